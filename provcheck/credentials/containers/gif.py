"""GIF: a manifest store is the application extension `C2PA_GIF`, before the first picture."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from provcheck.credentials.containers.pieces import MOST_PIECES, Container, Piece, piece_at, read_at

_HEADER_BYTES: Final = 13
_EXTENSION: Final = 0x21
_HAS_COLOURS: Final = 0x80


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    """Yield each block of data of the extensions: what is asked for stands in the first of its extension."""
    flags = read_at(file, 10, 1)
    colours = 3 * 2 ** ((flags[0] & 7) + 1) if flags and flags[0] & _HAS_COLOURS else 0
    at = _HEADER_BYTES + colours
    is_inside = False
    for _ in range(MOST_PIECES):
        if not is_inside:
            if read_at(file, at, 1) != bytes((_EXTENSION,)):
                return
            at += 2
        length = int.from_bytes(read_at(file, at, 1), "big")
        if at + 1 + length > size:
            return
        is_inside = length > 0
        if is_inside:
            yield piece_at(file, b"block", at + 1, length)
        at += 1 + length


def _holds(piece: Piece) -> bool:
    return piece.head.startswith(b"C2PA_GIF") and piece.size == 11


def _is_xmp(_: Piece) -> bool:
    return False  # it is cut into blocks whose lengths are a part of it


GIF: Final = Container(
    re.compile(rb"GIF8[79]a"), _pieces, _holds, _is_xmp, "the application extension C2PA_GIF of the file"
)
