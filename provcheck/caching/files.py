"""A directory of cache entries that several processes may use at once.

An entry is one file, written aside and renamed, so a reader sees all of it or nothing. It begins with the digest of the
rest: one that was cut off or changed is as good as none, and is written anew. Nothing is locked: of two processes that
write one entry both wrote the same. What was not used for longest goes first when the directory grows too large.
"""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from provcheck.errors import OutputError

LAYOUT: Final = "provcheck-1"
"""Name of the folder of the entries: another layout is another folder."""

LIMIT_BYTES: Final = 256 * 1024 * 1024
"""An entry is about 3 kB: room for some 80,000 pictures."""

_KEPT_SHARE: Final = 0.8
"""What a sweep leaves of the limit, so that the next one is not due at once."""

_BLOCK: Final = 4096
"""What the smallest file takes on most disks, bytes."""

_DIGEST_BYTES: Final = 32
_LEFTOVER_S: Final = 3600.0
_ASIDE: Final = ".part"


class FileCache:
    """Entries in a directory; as a context manager it sweeps when it has written.

    Parameters
    ----------
    folder : Path
        Where the entries lie; it must exist.
    limit_bytes : int
        How large the directory may grow.
    """

    def __init__(self, folder: Path, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self._has_written = False

    @classmethod
    def at(cls, folder: Path, *, limit_bytes: int = LIMIT_BYTES) -> Self:
        """Return the cache of a directory, which need not be there."""
        return cls(folder / LAYOUT, limit_bytes=limit_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._has_written:
            self.sweep()

    def get(self, key: str) -> bytes | None:
        """Return the entry of a key; None when there is none that is whole."""
        path = self._path(key)
        try:
            written = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        digest, value = written[:_DIGEST_BYTES], written[_DIGEST_BYTES:]
        return value if hashlib.sha256(value).digest() == digest else None

    def put(self, key: str, value: bytes) -> None:
        """Keep an entry; does nothing where that is not possible."""
        path = self._path(key)
        aside = path.with_name(f"{secrets.token_hex(8)}{_ASIDE}")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            try:
                aside.write_bytes(hashlib.sha256(value).digest() + value)
                aside.replace(path)
                self._has_written = True
            finally:
                aside.unlink(missing_ok=True)

    def size_bytes(self) -> int:
        """Return what the entries take on the disk."""
        return sum(size for _, size, _ in self._entries())

    def count(self) -> int:
        """Return how many entries there are."""
        return len(self._entries())

    def clear(self) -> int:
        """Remove every entry; return how many there were."""
        entries = self._entries()
        for _, _, path in entries:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        return len(entries)

    def sweep(self) -> None:
        """Remove what was not used for longest, until the rest is well below the limit; and what crashes left over."""
        self._remove_leftovers()
        entries = sorted(self._entries())
        excess = sum(size for _, size, _ in entries) - self.limit_bytes
        if excess <= 0:
            return
        excess += round((1 - _KEPT_SHARE) * self.limit_bytes)
        for _, size, path in entries:
            if excess <= 0:
                return
            with suppress(OSError):
                path.unlink(missing_ok=True)
            excess -= size

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name[2:]

    def _entries(self) -> list[tuple[float, int, Path]]:
        """Return the time of the last use, the size on disk and the path of every entry."""
        found = []
        for path in self.folder.glob("??/*"):
            with suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, -(-state.st_size // _BLOCK) * _BLOCK, path))
        return [entry for entry in found if entry[2].suffix != _ASIDE]

    def _remove_leftovers(self) -> None:
        for path in self.folder.glob(f"??/*{_ASIDE}"):
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > _LEFTOVER_S:
                    path.unlink(missing_ok=True)


def open_cache(folder: Path, *, limit_bytes: int = LIMIT_BYTES) -> FileCache:
    """Open the cache in a directory, which is made when it is not there.

    Raises
    ------
    OutputError
        When it cannot be made.
    """
    try:
        (folder / LAYOUT).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the cache {folder} cannot be made: {error.strerror or error}",
            "Name a directory that you may write to with --cache DIR, or use --no-cache.",
        ) from error
    return FileCache.at(folder, limit_bytes=limit_bytes)
