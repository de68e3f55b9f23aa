"""Folders and files to the list of files to look at."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
    """Yield the files in the given folders, in the order of their names, and the given files; each path once.

    Hidden files and folders inside a given folder are left out, and so are corpora. A folder that is reached twice, by
    a link or a loop of links, is walked once; of folders inside each other the outer one counts.
    """
    found: dict[Path, FoundFile] = {}
    walked: set[tuple[int, int]] = set()
    absolute = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 (Path.resolve would follow links)
    folders = [path for path in absolute if os.path.isdir(path)]  # noqa: PTH112 (Path.is_dir may raise)
    for folder in sorted(folders, key=lambda path: len(path.parts)):
        for entry in _walk(folder, walked):
            if isinstance(entry, Skipped):
                yield entry
            else:
                found.setdefault(entry.path, entry)
    for path in absolute:
        if path not in folders:
            found[path] = replace(found.get(path, FoundFile(path, path.parent, named=True)), named=True)
    yield from found.values()


def _walk(root: Path, walked: set[tuple[int, int]]) -> Iterator[FoundFile | Skipped]:
    failures: list[OSError] = []
    for folder, folders, files in os.walk(root, followlinks=True, onerror=failures.append):
        if DATABASE in files or not _is_new(Path(folder), walked, failures):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            yield FoundFile(Path(folder, name), root, named=False)
    for failure in failures:
        yield Skipped(str(failure.filename), f"the folder cannot be read: {failure.strerror}")


def _is_new(folder: Path, walked: set[tuple[int, int]], failures: list[OSError]) -> bool:
    try:
        status = folder.stat()
    except OSError as error:
        failures.append(error)
        return False
    identity = status.st_dev, status.st_ino
    if identity in walked:
        return False
    walked.add(identity)
    return True
