"""The files in a bundle as it lies there, whole or damaged: a ZIP file, or the folder that it was unpacked to.

A ZIP file says twice where its files are: before each, and in the directory at its end. Damage to one of the two must
not hide what the other still knows, so both are read. Nothing is unpacked for that, and nothing is believed: a file is
a stretch of the archive, however large it is said to be.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from provcheck.bundling.contents import CHUNK
from provcheck.bundling.zip_form import END, END_MARK, ENTRY, ENTRY_MARK, LOCAL, LOCAL_MARK, MOST_FILES, STORED
from provcheck.errors import BundleError

LARGEST_DIRECTORY_BYTES: Final = 16 << 20
MOST_IN_MEMORY: Final = 256 << 20
REMEDY: Final = "Give a file that `provcheck bundle` wrote, or the folder that one was unpacked to."

UNPACK: Final = f"{REMEDY[:-1]}: one that was packed anew has to be unpacked."


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle: a stretch of `path`.

    Attributes
    ----------
    name : str
        As it is written, with the folder of the bundle: not to be used as a path.
    """

    name: str
    path: Path
    start: int
    size: int

    def chunks(self) -> Iterator[bytes]:
        """Yield what is in it, bit by bit."""
        if not self.size:
            return  # what is no regular file is not even opened
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            left = self.size
            while left and (chunk := stream.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk

    def read(self) -> bytes:
        """Return what is in it; raise `BundleError` for more than any list or report has."""
        if self.size > MOST_IN_MEMORY:
            raise BundleError(f"{self.name} has {self.size} bytes; at most {MOST_IN_MEMORY} are read", REMEDY)
        return b"".join(self.chunks())

    def sha256(self) -> str:
        """Return its digest."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()


Members = tuple[Member, ...]


def read_members(path: Path) -> list[Members]:
    """Return what is in a bundle: once or, where an archive contradicts itself, in both ways to read it.

    Raises
    ------
    BundleError
        It is neither a folder nor a ZIP file that anything can be read from.
    OSError
        It cannot be read.
    """
    if path.is_dir():
        return [_of_folder(path)]
    if not path.is_file():
        raise BundleError(f"{path}: there is no such file or folder", REMEDY)
    readings = [members for members in (_by_directory(path), _by_headers(path)) if members]
    if not readings:
        raise BundleError(f"{path}: is no bundle: no ZIP file of uncompressed files can be read from it", UNPACK)
    return list(dict.fromkeys(readings))


def _of_folder(path: Path) -> Members:
    found = [Path(folder) / name for folder, folders, names in os.walk(path) for name in (*names, *folders)]
    return tuple(_of_file(file, path) for file in sorted(found) if file.is_symlink() or not file.is_dir())


def _of_file(file: Path, folder: Path) -> Member:
    """Return a file of a folder; what is no regular file counts as empty, and reading it may block for ever."""
    name = f"{folder.absolute().name}/{file.relative_to(folder).as_posix()}"
    if file.is_symlink() or not file.is_file():
        return Member(name, file, 0, 0)
    return Member(name, file, 0, file.stat().st_size)


def _by_directory(path: Path) -> Members:
    """Return the files that the directory at the end names; none where it makes no sense."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        end = _read_at(stream, size - END.size, END.size)
        if end[:4] != END_MARK:
            return ()
        _, _, _, _, count, length, first, _ = END.unpack(end)
        if length > LARGEST_DIRECTORY_BYTES or first + length > size:
            return ()
        rows = _read_at(stream, first, length)
    members, at = [], 0
    for _ in range(count):
        if rows[at : at + 4] != ENTRY_MARK or len(rows) < at + ENTRY.size:
            return ()
        row = ENTRY.unpack_from(rows, at)
        if row[4] != STORED:
            return ()
        named, further = row[10], row[11] + row[12]
        at += ENTRY.size
        name = rows[at : at + named]
        members.append(Member(_decoded(name), path, row[16] + LOCAL.size + named, row[8]))
        at += named + further
    return _files(members) if _lie_apart(members, size) else ()


def _by_headers(path: Path) -> Members:
    """Return the files one after the other, as the headers before them tell, up to the first that makes no sense."""
    size, at = path.stat().st_size, 0
    members: list[Member] = []
    with path.open("rb") as stream:
        while len(members) < MOST_FILES:
            header = _read_at(stream, at, LOCAL.size)
            if header[:4] != LOCAL_MARK or len(header) < LOCAL.size:
                break
            _, _, _, method, _, _, _, _, length, named, further = LOCAL.unpack(header)
            if method != STORED:
                return ()
            name = _read_at(stream, at + LOCAL.size, named)
            start = at + LOCAL.size + named + further
            if start + length > size:
                break
            members.append(Member(_decoded(name), path, start, length))
            at = start + length
    return _files(members)


def _read_at(stream: IO[bytes], start: int, size: int) -> bytes:
    if start < 0:
        return b""
    stream.seek(start)
    return stream.read(size)


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _files(members: list[Member]) -> Members:
    """Return the members without the folders, which other programs list, too."""
    return tuple(member for member in members if member.size or not member.name.endswith("/"))


def _lie_apart(members: list[Member], size: int) -> bool:
    """Whether no two files share bytes: a small archive could otherwise pretend to be an endless one."""
    at = 0
    for member in sorted(members, key=lambda member: member.start):
        if member.start < at:
            return False
        at = member.start + member.size
    return at <= size
