"""TIFF and DNG: a manifest store is the tag 52545 of a directory at the top level; BigTIFF included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from provcheck.credentials.containers.pieces import Container, Piece, read_at

C2PA_TAG: Final = 52545
XMP_TAG: Final = 700
_MOST_DIRECTORIES: Final = 100
_MOST_TAGS: Final = 65_535
_BIG: Final = 43


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide the numbers of a file are, in bytes, and in which order."""

    order: Literal["little", "big"]
    count_bytes: int
    offset_bytes: int
    tag_bytes: int
    first: int

    def number(self, data: bytes) -> int:
        return int.from_bytes(data, self.order)


def _pieces(file: BinaryIO, size: int) -> Iterator[Piece]:
    """Yield every tag, its content as the field says where it is."""
    layout = _layout(read_at(file, 0, 4))
    at = layout.number(read_at(file, layout.first, layout.offset_bytes))
    for _ in range(_MOST_DIRECTORIES):
        count = layout.number(read_at(file, at, layout.count_bytes)) if 0 < at < size else 0
        begins = at + layout.count_bytes
        ends = begins + count * layout.tag_bytes
        if not 0 < count <= _MOST_TAGS or ends > size:
            return
        tags = read_at(file, begins, count * layout.tag_bytes)
        for start in range(0, len(tags), layout.tag_bytes):
            yield _piece(layout, tags[start : start + layout.tag_bytes], size)
        at = layout.number(read_at(file, ends, layout.offset_bytes))


def _piece(layout: _Layout, tag: bytes, size: int) -> Piece:
    """Return a tag, its content taken for single bytes: so it is of those that are asked for."""
    ends = 4 + layout.offset_bytes
    length, start = layout.number(tag[4:ends]), layout.number(tag[ends:])
    return Piece(str(layout.number(tag[:2])).encode(), start, max(0, min(length, size - start)), b"")


def _layout(head: bytes) -> _Layout:
    order: Literal["little", "big"] = "little" if head[:2] == b"II" else "big"
    is_big = int.from_bytes(head[2:4], order) == _BIG
    return _Layout(order, 8, 8, 20, 8) if is_big else _Layout(order, 2, 4, 12, 4)


def _holds(piece: Piece) -> bool:
    return piece.name == str(C2PA_TAG).encode()


def _is_xmp(piece: Piece) -> bool:
    return piece.name == str(XMP_TAG).encode()


TIFF: Final = Container(
    re.compile(rb"II[\x2a\x2b]\x00|MM\x00[\x2a\x2b]"), _pieces, _holds, _is_xmp, f"tag {C2PA_TAG} of the TIFF file"
)
