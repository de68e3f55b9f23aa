"""Where the files taken out of containers are kept, and how much may be taken out.

Every file gets a numbered folder of its own, so no path that an archive gives ever becomes a path on disk. What is
taken out is counted as it is written: lengths that an archive states are not believed.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from provcheck.errors import RoomFull, TooLarge

LONGEST_NAME: Final = 100
_CHUNK: Final = 1 << 20
_UNPRINTABLE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be taken out of one release.

    Attributes
    ----------
    files : int
        Files in all its containers together.
    total_bytes : int
        Of all these files, unpacked.
    ratio, free_bytes : int
        A file may be at most `ratio` times as large as what it is packed into, unless it is at most `free_bytes`:
        deflate packs blank pixels 1000 times, but no photograph 20 times.
    depth : int
        Containers inside each other.
    """

    files: int = 10_000
    total_bytes: int = 2 << 30
    ratio: int = 200
    free_bytes: int = 16 << 20
    depth: int = 5


@dataclass(slots=True)
class Room:
    """The folder for what is taken out of one release, and how much of its limits is used."""

    folder: Path
    limits: Limits = field(default_factory=Limits)
    files: int = 0
    written: int = 0

    def keep(
        self, name: str, content: bytes | IO[bytes], *, packed: int | None = None, most: int | None = None
    ) -> Path:
        """Write a file under the last part of its name, and return where it is.

        Parameters
        ----------
        packed : int or None
            Bytes that it is packed into; None where it is not packed.
        most : int or None
            Bytes that it may have; None where only the limits of the room count.

        Raises
        ------
        TooLarge
            It is packed more tightly than any picture: a bomb; or it is larger than `most`.
        RoomFull
            It would be one too many, or too many bytes.
        """
        if self.files >= self.limits.files:
            raise RoomFull(f"more than {self.limits.files} files in it: the rest was not looked at")
        self.files += 1
        file = self.folder / f"{self.files:06}" / file_name(name)
        file.parent.mkdir(parents=True)
        try:
            self._write(file, BytesIO(content) if isinstance(content, bytes) else content, packed, most)
        except BaseException:
            file.unlink(missing_ok=True)
            raise
        return file

    def _write(self, file: Path, content: IO[bytes], packed: int | None, most: int | None) -> None:
        size, densest = 0, self._most(packed)
        with file.open("wb") as stream:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                self.written += len(chunk)
                if most is not None and size > most:
                    raise TooLarge(f"more than {most // 1_000_000} MB")
                if size > densest:
                    raise TooLarge(f"more than {self.limits.ratio} times as large as what it is packed into: a bomb")
                if self.written > self.limits.total_bytes:
                    megabytes = self.limits.total_bytes // 1_000_000
                    raise RoomFull(f"more than {megabytes} MB in the release: the rest was not looked at")
                stream.write(chunk)

    def _most(self, packed: int | None) -> float:
        return float("inf") if packed is None else max(self.limits.free_bytes, packed * self.limits.ratio)


@contextmanager
def working_folder() -> Iterator[Path]:
    """Make a folder for what is taken out of containers; it is gone afterwards, also after Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="provcheck-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def file_name(name: str) -> str:
    """Return the last part of a path in a container as a name that every file system takes; its suffix is kept."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2].encode("utf-8", "replace").decode("utf-8")
    last = _UNPRINTABLE.sub("_", last)
    stem, dot, suffix = last.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = last, "", ""
    return f"{stem[: LONGEST_NAME - len(suffix)] or '_'}{dot}{suffix}".rstrip(". ") or "_"
