"""JPEG: a row of segments up to the scan; JUMBF boxes stand in APP11 (ISO/IEC 19566-5, annex D)."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from provcheck.credentials.containers.pieces import (
    MOST_PIECES,
    STORE_MARK,
    Container,
    Piece,
    piece_at,
    read_at,
)

APP1: Final = b"\xff\xe1"
APP11: Final = b"\xff\xeb"
_SCAN: Final = 0xDA
_STANDALONE: Final = frozenset((0x01, *range(0xD0, 0xD9)))
_JUMBF_IN_APP11: Final = b"JP"


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    at = 2
    for _ in range(MOST_PIECES):
        marker = read_at(file, at, 4)
        if len(marker) < 4 or marker[0] != 0xFF or marker[1] == _SCAN:
            return
        if marker[1] == 0xFF:  # a filling byte before the marker
            at += 1
            continue
        if marker[1] in _STANDALONE:
            at += 2
            continue
        length = int.from_bytes(marker[2:], "big") - 2
        if length < 0 or at + 4 + length > size:
            return
        yield piece_at(file, marker[:2], at + 4, length)
        at += 4 + length


def _holds(piece: Piece) -> bool:
    return piece.name == APP11 and piece.head.startswith(_JUMBF_IN_APP11) and STORE_MARK in piece.head


def _is_xmp(piece: Piece) -> bool:
    return piece.name == APP1 and piece.head.startswith(b"http://ns.adobe.com/x")  # the packet, or the extended one


JPEG: Final = Container(re.compile(rb"\xff\xd8\xff"), _pieces, _holds, _is_xmp, "APP11 of the JPEG file")
