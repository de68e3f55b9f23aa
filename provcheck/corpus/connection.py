"""Opening a corpus's SQLite file for reading or for writing.

Journal: write-ahead log, so that readers go on while a writer adds. `synchronous = FULL`: a commit is on the disk
before it is acknowledged. NORMAL would survive a killed process but not a power cut, and one flush a source costs
little beside decoding it.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from provcheck.corpus.failures import translating_failures
from provcheck.corpus.schema import check_versions, create_tables, is_blank, upgrade_tables
from provcheck.errors import CorpusError, CorpusMissing
from provcheck.presence import is_file, is_folder, is_there

DATABASE = "corpus.sqlite"
_OTHER_NAME = "known.corpus"
_BUSY_TIMEOUT_S = 10.0
PAGE_BYTES = 2048
"""Half of what SQLite takes: the last page of every thumbnail and of all keypoints is half empty, two pages a frame.
Reading 24 frames takes 0.46 ms of processor time instead of 0.36, all codes of a million frames 10 s instead of 6."""
THREADS_SHARE = sqlite3.threadsafety == 3
"""Whether SQLite was built so that threads may use one connection: nearly always."""


def connect_for_reading(path: Path, algorithms: Mapping[str, str]) -> sqlite3.Connection:
    """Open the corpus as it is now: the connection keeps seeing this state while a writer goes on.

    Raises
    ------
    CorpusMissing, CorpusVersion, CorpusDamaged
    """
    require_corpus(path)
    with translating_failures(path):
        connection = _connect_read_only(path / DATABASE)
        return _checked(connection, path, algorithms)


def connect_for_writing(path: Path, algorithms: Mapping[str, str]) -> sqlite3.Connection:
    """Open the corpus, and make its tables when it is new. The caller holds the write lock."""
    with translating_failures(path):
        connection = _connect(path / DATABASE, "mode=rwc")
        try:
            connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # decides about new files only
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if is_blank(connection):
                create_tables(connection, algorithms)
            upgrade_tables(connection)
        except BaseException:
            connection.close()
            raise
        return _checked(connection, path, algorithms)


def require_corpus(path: Path) -> None:
    """Raise `CorpusMissing` unless the directory holds a corpus."""
    if is_file(path / DATABASE):
        return
    if path.name == DATABASE and is_file(path):
        raise CorpusMissing(f"{path} is a file of the corpus {path.parent}", f"Name the folder: --corpus {path.parent}")
    found, new = "does not exist", path
    if is_folder(path):
        found = "is a folder without a corpus in it"
        new = path.with_name(_OTHER_NAME) if _others_in(path) else path
    elif is_there(path):
        found, new = "is a file, and a corpus is a folder", path.with_name(_OTHER_NAME)
    raise CorpusMissing(f"{path} {found}", f"Create a corpus with: provcheck corpus add PATH... --corpus {new}")


def prepare_directory(path: Path) -> None:
    """Make the directory of a new corpus; refuse a folder that holds other things."""
    if is_file(path / DATABASE):
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
        others = _others_in(path)
    except OSError as error:
        raise CorpusError(f"no corpus can be made at {path}: {error.strerror}", "Name another folder.") from error
    if others:
        raise CorpusError(
            f"{path} is no corpus, and holds other files ({others[0]} ...)",
            "Name a new or an empty folder for the corpus.",
        )


def _others_in(folder: Path) -> list[str]:
    """Return what a new corpus cannot share a folder with."""
    return [entry.name for entry in folder.iterdir() if not entry.name.startswith(("lock", DATABASE))]


def _checked(connection: sqlite3.Connection, path: Path, algorithms: Mapping[str, str]) -> sqlite3.Connection:
    try:
        check_versions(connection, path, algorithms)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_read_only(file: Path) -> sqlite3.Connection:
    try:
        return _begin_reading(_connect(file, "mode=ro"))
    except sqlite3.OperationalError:
        # On read-only media SQLite cannot make the small files of the write-ahead log beside the database. Without a
        # log there is nothing that they could hold back, and the file can be read as one that never changes.
        if _has_log(file):
            raise
        return _begin_reading(_connect(file, "immutable=1"))


def _has_log(file: Path) -> bool:
    log = file.with_name(f"{file.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _begin_reading(connection: sqlite3.Connection) -> sqlite3.Connection:
    try:
        connection.execute("BEGIN")
        with closing(connection.execute("SELECT count(*) FROM sqlite_master")) as cursor:
            cursor.fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(file: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_TIMEOUT_S,
        check_same_thread=not THREADS_SHARE,
    )
