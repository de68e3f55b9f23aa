"""The one form that a bundle has as a ZIP file, byte by byte.

Files are stored and not compressed: what is large in a bundle is compressed already, the same case gives the same bytes
whatever version of zlib is there, and a file is still in one piece when the bytes before it are damaged. So every byte
between the files follows from their names, sizes and checksums and from one time, and can be checked. Python's zipfile
would pass over changes in most of these fields.

The form is that of APPNOTE 6.3 for archives without ZIP64: local headers (4.3.7), the directory (4.3.12), its end
(4.3.16).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LOCAL: Final = struct.Struct("<4s5H3I2H")
ENTRY: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
LOCAL_MARK: Final = b"PK\x03\x04"
ENTRY_MARK: Final = b"PK\x01\x02"
END_MARK: Final = b"PK\x05\x06"
STORED: Final = 0

MOST_FILES: Final = 0xFFFF
MOST_BYTES: Final = 0xFFFFFFFF

_VERSION: Final = 20
_UNIX: Final = 3 << 8
_MODE: Final = 0o100644 << 16
_EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in the archive, under its whole name."""

    name: str
    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the archive.

    Attributes
    ----------
    what : str
        What it is called in messages.
    written : bytes
        What stands there; empty where it is the content of a file.
    entry : int or None
        The number of the file whose content it is.
    """

    what: str
    start: int
    size: int
    written: bytes = b""
    entry: int | None = None


def parts(entries: Sequence[Entry], made: datetime) -> Iterator[Part]:
    """Yield the stretches of an archive from its first to its last byte.

    1. Each file: its header, then its content.
    2. The directory, entry by entry, and its end.

    Parameters
    ----------
    made : datetime
        Aware; stands beside every file, in UTC.
    """
    at, starts = 0, []
    for number, entry in enumerate(entries):
        header = _local(entry, made)
        starts.append(at)
        yield Part(f"the ZIP header of {entry.name}", at, len(header), header)
        yield Part(entry.name, at + len(header), entry.size, entry=number)
        at += len(header) + entry.size
    first = at
    for entry, start in zip(entries, starts, strict=True):
        row = _row(entry, start, made)
        yield Part(f"the entry of {entry.name} in the ZIP directory", at, len(row), row)
        at += len(row)
    end = END.pack(END_MARK, 0, 0, len(entries), len(entries), at - first, first, 0)
    yield Part("the end of the ZIP directory", at, len(end), end)


def fits(entries: Iterable[Entry]) -> bool:
    """Whether the files fit into an archive of this form."""
    named = [(entry.size, len(entry.name)) for entry in entries]
    total = sum(size + 2 * length + LOCAL.size + ENTRY.size for size, length in named) + END.size
    return len(named) <= MOST_FILES and total <= MOST_BYTES


def _local(entry: Entry, made: datetime) -> bytes:
    name = entry.name.encode("ascii")
    fixed = (_VERSION, 0, STORED, *_dos_time(made), entry.crc, entry.size, entry.size, len(name), 0)
    return LOCAL.pack(LOCAL_MARK, *fixed) + name


def _row(entry: Entry, start: int, made: datetime) -> bytes:
    name = entry.name.encode("ascii")
    like_local = (_VERSION, 0, STORED, *_dos_time(made), entry.crc, entry.size, entry.size, len(name))
    return ENTRY.pack(ENTRY_MARK, _UNIX | _VERSION, *like_local, 0, 0, 0, 0, _MODE, start) + name


def _dos_time(made: datetime) -> tuple[int, int]:
    """Return time and date as DOS wrote them, to two seconds (APPNOTE 4.4.6); years beyond its range at its ends."""
    at = min(max(made.astimezone(UTC), _EARLIEST), _LATEST)
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - 1980) << 9 | at.month << 5 | at.day
