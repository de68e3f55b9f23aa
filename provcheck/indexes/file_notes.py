"""Notes of derived files: their size and check values, so that one that was cut or altered is told from a sound one.

A file is looked at twice. On opening, its size and the CRC-32 of its first `HEAD` bytes: what a library takes lengths
and offsets from, read in a millisecond. On request, the CRC-32 of all of it.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HEAD: Final = 4_000_000
STAMP: Final = "index.json"
"""Names the derived files of a folder, under the key `files`; it is written last."""

_CHUNK: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file as it was written: name inside its folder, bytes, CRC-32 of its beginning and of all of it."""

    name: str
    size: int
    head_crc32: int
    crc32: int


def note_file(file: Path) -> FileNote:
    """Read a file and note what it is."""
    return FileNote(file.name, file.stat().st_size, _head_crc32(file), _crc32(file))


def seems_sound(folder: Path, note: FileNote) -> bool:
    """Whether the file is there with its size and its beginning."""
    file = folder / note.name
    return file.stat().st_size == note.size and _head_crc32(file) == note.head_crc32


def find_damaged(folder: Path) -> Iterator[tuple[str, str]]:
    """Read all the files that the stamp of a folder names; yield the name and the fault of each that is not sound."""
    try:
        notes = [FileNote(**note) for note in json.loads((folder / STAMP).read_text("utf-8"))["files"]]
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError):
        yield STAMP, "cannot be read"
        return
    for note in notes:
        try:
            if note != note_file(folder / note.name):
                yield note.name, "was altered since it was written"
        except OSError:
            yield note.name, "is missing"


def _head_crc32(file: Path) -> int:
    with file.open("rb") as stream:
        return zlib.crc32(stream.read(HEAD))


def _crc32(file: Path) -> int:
    value = 0
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value
