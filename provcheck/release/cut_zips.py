"""ZIP archives whose end is missing, as after a broken download: their files are found by the headers before each.

The directory of a ZIP file stands at its end, and without it nothing can be opened by `zipfile`. Where a header leaves
the packed length open, which those that write to a pipe do, a deflated file is unpacked once to find where it ends.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from provcheck.release.members import Member

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEADER: Final = b"PK\x03\x04"
NO_END: Final = "refused: the archive does not say where it ends"
_FIELDS: Final = struct.Struct("<4s5H3I2H")
_DEFLATED: Final = 8
_LENGTH_AFTER_BYTES: Final = 32
_ENCRYPTED, _LENGTH_AFTER, _IS_UTF8 = 0x1, 0x8, 0x800
_CHUNK: Final = 1 << 16
_UNPACKED_CHUNK: Final = 1 << 20
_IN_ZIP64: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before a file: `at` is where its bytes begin."""

    name: str
    flags: int
    method: int
    packed: int
    at: int


def cut_members(path: Path, encrypted: str) -> Iterator[Member]:
    """Yield the files of an archive without a directory, the last of which may be cut off.

    Parameters
    ----------
    encrypted : str
        The refusal of encrypted files.
    """
    with path.open("rb") as stream:
        at = 0
        while header := _header(stream, at):
            packed = _packed_length(stream, header)
            if packed is None:
                yield Member(header.name, partial(_entry, path, header, 0), 0, NO_END)
                return
            refusal = encrypted if header.flags & _ENCRYPTED else ""
            yield Member(header.name, partial(_entry, path, header, packed), packed, refusal)
            at = _next_header(stream, header.at + packed)


def _header(stream: IO[bytes], at: int) -> _Header | None:
    stream.seek(at)
    raw = stream.read(_FIELDS.size)
    if len(raw) < _FIELDS.size or not raw.startswith(HEADER):
        return None
    _, _, flags, method, _, _, _, packed, _, name_length, extra_length = _FIELDS.unpack(raw)
    name = stream.read(name_length).decode("utf-8" if flags & _IS_UTF8 else "cp437", "replace")
    return _Header(name, flags, method, packed, at + _FIELDS.size + name_length + extra_length)


def _packed_length(stream: IO[bytes], header: _Header) -> int | None:
    if header.packed != _IN_ZIP64 and (header.packed or not header.flags & _LENGTH_AFTER):
        return header.packed
    if header.method != _DEFLATED:
        return None
    stream.seek(header.at)
    unpacker, taken = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not unpacker.eof and (chunk := stream.read(_CHUNK)):
        taken += len(chunk)
        while chunk and not unpacker.eof:
            unpacker.decompress(chunk, _UNPACKED_CHUNK)
            chunk = unpacker.unconsumed_tail
    return taken - len(unpacker.unused_data)


def _next_header(stream: IO[bytes], at: int) -> int:
    """Return where the next file begins: at once, or behind a length that stands after the file."""
    stream.seek(at)
    return at + max(stream.read(_LENGTH_AFTER_BYTES).find(HEADER), 0)


def _entry(path: Path, header: _Header, packed: int) -> IO[bytes]:
    return BufferedReader(_Entry(_chunks(path, header, packed)))


def _chunks(path: Path, header: _Header, packed: int) -> Iterator[bytes]:
    """Yield a file unpacked.

    Raises
    ------
    EOFError
        The archive ends before it does.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if header.method == _DEFLATED else None
    with path.open("rb") as stream:
        stream.seek(header.at)
        while packed > 0:
            chunk = stream.read(min(_CHUNK, packed))
            if not chunk:
                raise EOFError("the archive ends within it")
            packed -= len(chunk)
            while chunk and unpacker:
                yield unpacker.decompress(chunk, _UNPACKED_CHUNK)
                chunk = unpacker.unconsumed_tail
            yield chunk
    if unpacker and not unpacker.eof:
        raise EOFError("the archive ends within it")


class _Entry(RawIOBase):
    """A file of which one chunk after the other comes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """See `io.RawIOBase`."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """See `io.RawIOBase`."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        room = memoryview(buffer).cast("B")
        count = min(len(room), len(self._rest))
        room[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
