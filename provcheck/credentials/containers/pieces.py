"""What all walks through containers share: the piece, its limits, and the mark of a C2PA manifest store."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

MOST_PIECES: Final = 100_000
"""A PNG file of 800 MB with the usual 8 kB a chunk has as many."""

HEAD_BYTES: Final = 64
"""Of each piece: enough for the mark of a manifest store behind the headers of any container."""

STORE_MARK: Final = bytes.fromhex("63327061 0011 0010 8000 00aa00389b71")
"""The type of a JUMBF superbox that holds a C2PA manifest store: `c2pa`, then what all such types end with."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment, chunk, box or tag.

    Attributes
    ----------
    name : bytes
        As the container has it.
    start, size : int
        Of its content in the file, bytes; `size` is as stated and never beyond the end of the file.
    head : bytes
        The first `HEAD_BYTES` of its content.
    """

    name: bytes
    start: int
    size: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Container:
    """One kind of file.

    Attributes
    ----------
    magic : pattern
        Of its first 16 bytes.
    pieces : callable
        Walks an open file of a size in bytes; yields what it passes, in order.
    holds : callable
        Whether a piece is, or begins, a manifest store.
    is_xmp : callable
        Whether a piece is, or holds, an XMP packet.
    place : str
        Where a manifest store is, in words.
    """

    magic: re.Pattern[bytes]
    pieces: Callable[[BinaryIO, int], Iterator[Piece]]
    holds: Callable[[Piece], bool]
    is_xmp: Callable[[Piece], bool]
    place: str


def read_at(file: BinaryIO, start: int, size: int) -> bytes:
    """Return the bytes from a place; fewer where the file ends."""
    file.seek(start)
    return file.read(size)


def piece_at(file: BinaryIO, name: bytes, start: int, size: int) -> Piece:
    """Return a piece with its head."""
    return Piece(name, start, size, read_at(file, start, min(size, HEAD_BYTES)))
