"""SQLite's errors as ours: what happened to which corpus, and what to do, instead of a traceback."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provcheck.errors import CorpusBusy, CorpusDamaged, CorpusError, FactsError

RESTORE = "Restore it from a backup, or add the media again to a new corpus: provcheck corpus add PATH... --corpus NEW"


@contextmanager
def translating_failures(path: Path) -> Iterator[None]:
    """Raise what SQLite raises inside the block as the `CorpusError` that names the corpus and the remedy."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # somebody wrote what the tables refuse: a bug, not damage
    except UnicodeDecodeError as error:
        raise damaged(path, "a text in it is not UTF-8") from error  # raised for SQLite's messages too
    except sqlite3.Error as error:
        raise _translate(error, path) from error


@contextmanager
def reading_stored(path: Path) -> Iterator[None]:
    """Raise `CorpusDamaged` when stored values cannot be what they stand for: a length, a date, a JSON text."""
    try:
        yield
    except (ValueError, TypeError, KeyError, FactsError) as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, found: str) -> CorpusDamaged:
    """Return the error for a store at `path` that holds something it cannot hold."""
    return CorpusDamaged(f"the corpus {path} is damaged: {found}", RESTORE)


def _translate(error: sqlite3.Error, path: Path) -> CorpusError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CorpusBusy(
            f"another process is writing to the corpus {path}", "Wait until it has finished, then try again."
        )
    if code.startswith("SQLITE_FULL"):
        return CorpusError(f"the disk of the corpus {path} is full", "Free some space and run the command again.")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return CorpusError(f"the corpus {path} cannot be opened: {error}", "Check the permissions of the folder.")
    if code.startswith("SQLITE_IOERR"):
        return CorpusError(f"the corpus {path} cannot be read or written: {error}", "Check the disk, then try again.")
    return damaged(path, str(error))
