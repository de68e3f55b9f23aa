"""RIFF, of which WebP is one: chunks of an even size; a manifest store is the chunk `C2PA`."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from provcheck.credentials.containers.pieces import MOST_PIECES, Container, Piece, piece_at, read_at

_HEADER_BYTES: Final = 12


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    at = _HEADER_BYTES
    for _ in range(MOST_PIECES):
        header = read_at(file, at, 8)
        length = int.from_bytes(header[4:], "little")
        if len(header) < 8 or at + 8 + length > size:
            return
        yield piece_at(file, header[:4], at + 8, length)
        at += 8 + length + length % 2


def _holds(piece: Piece) -> bool:
    return piece.name == b"C2PA"


def _is_xmp(piece: Piece) -> bool:
    return piece.name == b"XMP "


RIFF: Final = Container(
    re.compile(rb"RIFF....(WEBP|AVI )", re.DOTALL), _pieces, _holds, _is_xmp, "the chunk C2PA of the file"
)
