"""The tables of a corpus, and the versions that say who may read them.

What is read together lies together: whole-image codes, keypoints and thumbnails have tables of their own, so building
an index from the codes of a million frames does not page through their thumbnails. Keypoints and thumbnails carry a
CRC-32, because SQLite's integrity check looks at its own pages only and would pass a flipped bit inside a blob.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from provcheck.corpus.failures import damaged
from provcheck.errors import CorpusMissing, CorpusVersion

APPLICATION_ID = 0x50724368
"""`PrCh`: lets file(1) and us tell a corpus from any other SQLite file."""
SCHEMA_VERSION = 2
OLDEST_READ = 1
"""What a reader takes as it is; the next writer brings it to `SCHEMA_VERSION`."""

_UPGRADES = {
    1: "INSERT INTO meta (name, value) SELECT 'frames_state', lower(hex(randomblob(16)));",
}
"""What makes a corpus of each schema version one of the next."""

_TABLES = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE algorithm (
    name TEXT PRIMARY KEY,
    version TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
    id TEXT PRIMARY KEY CHECK (length(id) = 12),
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    path NOT NULL,              -- text; a blob of the raw bytes when the file name is not UTF-8
    medium TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    duration_s REAL,
    frames INTEGER NOT NULL,
    added TEXT NOT NULL,
    facts TEXT NOT NULL,        -- JSON
    newest TEXT,                -- the later of its capture and publication dates, as written ...
    newest_start REAL           -- ... and when that begins, in seconds since 1970 UTC, to compare by
) WITHOUT ROWID;

CREATE TABLE frame (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time_s REAL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    pdq_quality INTEGER NOT NULL,
    UNIQUE (source, number)
);

CREATE TABLE code (
    frame INTEGER NOT NULL REFERENCES frame (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    code BLOB NOT NULL,
    PRIMARY KEY (frame, name)
) WITHOUT ROWID;

CREATE TABLE keypoints (
    frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    crc32 INTEGER NOT NULL,
    geometry BLOB NOT NULL,
    codes BLOB NOT NULL
);

CREATE TABLE thumbnail (
    frame INTEGER PRIMARY KEY REFERENCES frame (id) ON DELETE CASCADE,
    crc32 INTEGER NOT NULL,
    jpeg BLOB NOT NULL
);

INSERT INTO meta (name, value) VALUES ('updated', ''), ('frames_state', lower(hex(randomblob(16))));
"""


def create_tables(connection: sqlite3.Connection, algorithms: Mapping[str, str]) -> None:
    """Make the tables of a new corpus, in one transaction: a killed process leaves all of them or none."""
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}")
    connection.executemany("INSERT INTO algorithm (name, version) VALUES (?, ?)", sorted(algorithms.items()))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def upgrade_tables(connection: sqlite3.Connection) -> None:
    """Bring a corpus of an older schema to this one, each step in one transaction; leaves any other alone."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        return
    while (found := _pragma(connection, "user_version")) in _UPGRADES:
        connection.executescript(f"BEGIN IMMEDIATE; {_UPGRADES[found]} PRAGMA user_version = {found + 1}; COMMIT")


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether the file holds nothing yet: new, or its first writer was killed before the tables were made."""
    if _pragma(connection, "application_id") != 0:
        return False
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def check_versions(connection: sqlite3.Connection, path: Path, algorithms: Mapping[str, str]) -> None:
    """Raise unless this program can read the corpus's tables and computes the same codes.

    Raises
    ------
    CorpusMissing
        When the corpus was never finished being created.
    CorpusVersion
        When another schema or another algorithm wrote it; names both versions.
    CorpusDamaged
        When the file belongs to another program.
    """
    if is_blank(connection):
        raise CorpusMissing(f"the corpus {path} is empty", "Fill it with: provcheck corpus add PATH... --corpus DIR")
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise damaged(path, "its corpus.sqlite was not written by provcheck")
    _check_schema(_pragma(connection, "user_version"), path)
    _check_algorithms(read_algorithms(connection), algorithms, path)


def read_algorithms(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the stored version of each algorithm by name."""
    return dict(connection.execute("SELECT name, version FROM algorithm ORDER BY name"))


def _check_schema(found: int, path: Path) -> None:
    if OLDEST_READ <= found <= SCHEMA_VERSION:
        return
    raise CorpusVersion(
        f"the corpus {path} has schema version {found}; this provcheck reads versions {OLDEST_READ} to "
        f"{SCHEMA_VERSION}",
        "Use the provcheck that wrote it, or add the media again to a new corpus."
        if found < OLDEST_READ
        else "Upgrade provcheck, or add the media again to a new corpus.",
    )


def _check_algorithms(stored: Mapping[str, str], current: Mapping[str, str], path: Path) -> None:
    different = [
        f"{name} (corpus: {stored.get(name, 'none')}, this provcheck: {current.get(name, 'none')})"
        for name in sorted(stored.keys() | current.keys())
        if stored.get(name) != current.get(name)
    ]
    if different:
        raise CorpusVersion(
            f"the codes of the corpus {path} were computed by other algorithms: {', '.join(different)}",
            "Use the provcheck that wrote it, or add the media again to a new corpus: "
            "provcheck corpus add PATH... --corpus NEW",
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
