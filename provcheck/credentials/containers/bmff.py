"""ISO base media files (HEIC, AVIF, MP4, MOV) and JPEG XL: boxes at the top level.

A manifest store is a box `uuid` with the number of C2PA; in JPEG XL it is a box `jumb` as it is.
"""

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

C2PA_NUMBER: Final = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
XMP_NUMBER: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_TO_THE_END: Final = 0
_IN_EIGHT_BYTES: Final = 1


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    at = 0
    for _ in range(MOST_PIECES):
        header = read_at(file, at, 16)
        if len(header) < 8:
            return
        length, begins = int.from_bytes(header[:4], "big"), 8
        if length == _IN_EIGHT_BYTES:
            length, begins = int.from_bytes(header[8:], "big"), 16
        elif length == _TO_THE_END:
            length = size - at
        if length < begins or at + length > size:
            return
        yield piece_at(file, header[4:8], at + begins, length - begins)
        at += length


def _holds_number(piece: Piece) -> bool:
    return piece.name == b"uuid" and piece.head.startswith(C2PA_NUMBER)


def _holds_store(piece: Piece) -> bool:
    return piece.name == b"jumb" and STORE_MARK in piece.head


def _is_xmp(piece: Piece) -> bool:
    return piece.name == b"uuid" and piece.head.startswith(XMP_NUMBER)


def _is_xml(piece: Piece) -> bool:
    return piece.name == b"xml "


BMFF: Final = Container(re.compile(rb"....ftyp", re.DOTALL), _pieces, _holds_number, _is_xmp, "a uuid box of the file")
JPEG_XL: Final = Container(
    re.compile(rb"\x00\x00\x00\x0cJXL \r\n\x87\n"), _pieces, _holds_store, _is_xml, "a jumb box of the JPEG XL file"
)
