"""Folders and files to the list of files to look at."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from provcheck.corpus.connection import DATABASE
from provcheck.records import Skipped


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file to look at.

    Attributes
    ----------
    path : Path
        Absolute; links are not resolved, so it is the name that the user knows.
    root : Path
        The folder, as given, in which it was found; for a file that was named itself, the folder that holds it.
    named : bool
        Whether the user named the file itself.
    """

    path: Path
    root: Path
    named: bool


def find_files(paths: Sequence[Path]) -> Iterator[FoundFile | Skipped]:
    """Yield the given files, and the files in the given folders, each path once, in the order of their names.

    Hidden files and folders inside a given folder are left out, and so are corpora. A folder that is reached twice, by
    a link or a loop of links, is walked once.
    """
    seen: set[Path] = set()
    walked: set[tuple[int, int]] = set()
    named = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 (Path.resolve would follow links)
    for path in sorted(named, key=Path.is_dir):
        for found in _walk(path, walked) if path.is_dir() else [FoundFile(path, path.parent, named=True)]:
            if isinstance(found, FoundFile) and found.path in seen:
                continue
            if isinstance(found, FoundFile):
                seen.add(found.path)
            yield found


def _walk(root: Path, walked: set[tuple[int, int]]) -> Iterator[FoundFile | Skipped]:
    failures: list[OSError] = []
    for folder, folders, files in os.walk(root, followlinks=True, onerror=failures.append):
        if DATABASE in files or not _is_new(Path(folder), walked):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            yield FoundFile(Path(folder, name), root, named=False)
    for failure in failures:
        yield Skipped(str(failure.filename), f"the folder cannot be read: {failure.strerror}")


def _is_new(folder: Path, walked: set[tuple[int, int]]) -> bool:
    status = folder.stat()
    identity = status.st_dev, status.st_ino
    if identity in walked:
        return False
    walked.add(identity)
    return True
