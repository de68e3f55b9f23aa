"""PNG: a row of chunks; a manifest store is the chunk `caBX`."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from provcheck.credentials.containers.pieces import MOST_PIECES, Container, Piece, piece_at, read_at

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHECKSUM_BYTES: Final = 4
_END: Final = b"IEND"


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    at = len(SIGNATURE)
    for _ in range(MOST_PIECES):
        header = read_at(file, at, 8)
        length = int.from_bytes(header[:4], "big")
        if len(header) < 8 or header[4:] == _END or at + 8 + length > size:
            return
        yield piece_at(file, header[4:], at + 8, length)
        at += 8 + length + _CHECKSUM_BYTES


def _holds(piece: Piece) -> bool:
    return piece.name == b"caBX"


def _is_xmp(piece: Piece) -> bool:
    return piece.name == b"iTXt" and piece.head.startswith(b"XML:com.adobe.xmp\x00")


PNG: Final = Container(re.compile(re.escape(SIGNATURE)), _pieces, _holds, _is_xmp, "the chunk caBX of the PNG file")
