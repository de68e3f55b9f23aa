"""The store of a corpus: what is known, in SQLite. One source is one transaction.

A reader sees the corpus as it was when it was opened, however long it reads and whatever a writer adds or removes
meanwhile: every frame that a search finds can be loaded. Frame ids are never used again after a removal, so an index
that lags behind can miss frames but never name a wrong one.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from provcheck.corpus.connection import THREADS_SHARE
from provcheck.corpus.encoding import decode_codes
from provcheck.corpus.failures import reading_stored, translating_failures
from provcheck.corpus.identifiers import resolve_source_id
from provcheck.corpus.rows import (
    CODES_QUERY,
    FRAME_QUERY,
    SOURCE_COLUMNS,
    Row,
    facts_values,
    frame_from_row,
    insert_frame,
    insert_source,
    path_value,
    source_from_row,
)
from provcheck.corpus.schema import read_algorithms
from provcheck.records import Codes, Coverage, Facts, Frame, FrameCodes, Source

_FRAMES_A_QUERY = 500
FRAME_SOURCE = np.dtype([("frame", np.int64), ("source", "S12")])


@dataclass(frozen=True, slots=True, eq=False)
class SearchedCodes:
    """What is searched of a frame: a whole-image code, and local codes of shape (N, 32), strongest first."""

    frame: int
    source: str
    whole: bytes
    local: Codes


class Corpus:
    """An open corpus. Made by `provcheck.corpus.open_corpus`.

    Every method raises `CorpusDamaged` when the store holds what it cannot, and `CorpusBusy` or `CorpusError` when the
    file cannot be read or written now.

    Parameters
    ----------
    path : Path
        The corpus's directory.
    lock : ExitStack, optional
        Releases the write lock; None for a reader.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: ExitStack | None = None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store and release the write lock."""
        self._connection.close()
        if self._lock is not None:
            self._lock.close()

    @property
    def threads_share(self) -> bool:
        """Whether several threads may read from this corpus at once."""
        return THREADS_SHARE

    # ------------------------------------------------------------ about the whole

    def frames_state(self) -> str | None:
        """Return a word that is drawn anew whenever frames were added or removed, but not with a change of facts.

        Two stores with the same word hold the same frames, also when one was put in the place of the other. None for a
        corpus of schema 1 that nobody has written to since.
        """
        return next((str(word) for (word,) in self.rows("SELECT value FROM meta WHERE name = 'frames_state'")), None)

    def algorithms(self) -> dict[str, str]:
        """Return the version of each algorithm that computed the codes, by name."""
        with translating_failures(self.path):
            return read_algorithms(self._connection)

    def coverage(self) -> Coverage:
        """Return how large and how recent the corpus is."""
        newest = "SELECT newest FROM source WHERE newest IS NOT NULL ORDER BY newest_start DESC LIMIT 1"
        return Coverage(
            path=str(self.path),
            sources=self._number("SELECT count(*) FROM source"),
            frames=self._number("SELECT count(*) FROM frame"),
            newest=next((text for (text,) in self.rows(newest)), None),
            updated=next(text or None for (text,) in self.rows("SELECT value FROM meta WHERE name = 'updated'")),
        )

    # ------------------------------------------------------------ sources

    def sources(self) -> Iterator[Source]:
        """Yield all sources, ordered by path."""
        return self._sources("ORDER BY path, id")

    def source(self, prefix: str) -> Source:
        """Return the source whose id or SHA-256 begins with `prefix`.

        Raises
        ------
        UsageError
            When there is none, or more than one; names the nearest ids.
        """
        identifier = resolve_source_id(prefix, self.rows)
        return next(self._sources("WHERE id = ?", identifier))

    def source_by_sha256(self, sha256: str) -> Source | None:
        """Return the source with these bytes, or None."""
        return next(self._sources("WHERE sha256 = ?", sha256), None)

    def has_id(self, source_id: str) -> bool:
        """Whether there is a source with exactly this id."""
        return any(self.rows("SELECT 1 FROM source WHERE id = ?", (source_id,)))

    def add_source(self, source: Source, frames: Sequence[FrameCodes]) -> bool:
        """Add a source with all its frames, or nothing; return False when its SHA-256 is there already."""
        with self._transaction():
            if self.source_by_sha256(source.sha256) is not None:
                return False
            insert_source(self._connection, source, len(frames))
            for codes in frames:
                insert_frame(self._connection, source.id, codes)
            self._note_change(frames=True)
        return True

    def remove_source(self, prefix: str) -> Source:
        """Remove a source and its frames; return what it was. Raises `UsageError` as `source` does."""
        with self._transaction():
            source = self.source(prefix)
            self._connection.execute("DELETE FROM source WHERE id = ?", (source.id,))
            self._note_change(frames=True)
        return source

    def set_facts(self, source_id: str, facts: Facts) -> bool:
        """Replace the facts of a source; return False when they are what they were."""
        with self._transaction():
            if self.source(source_id).facts == facts:
                return False
            self._connection.execute(
                "UPDATE source SET facts = ?, newest = ?, newest_start = ? WHERE id = ?",
                (*facts_values(facts), source_id),
            )
            self._note_change(frames=False)
        return True

    def set_path(self, source_id: str, path: str) -> None:
        """Note where the file of a source is now."""
        with self._transaction():
            self._connection.execute("UPDATE source SET path = ? WHERE id = ?", (path_value(path), source_id))
            self._note_change(frames=False)

    # ------------------------------------------------------------ frames

    def frames(self, source_id: str) -> list[Frame]:
        """Return all frames of a source with all that is stored about them, ordered by number."""
        order = {frame: place for place, (frame, _, _) in enumerate(self.frame_times(source_id))}
        return sorted(self.load_frames(list(order)).values(), key=lambda frame: order[frame.id])

    def frame_times(self, source_id: str) -> list[tuple[int, int, float | None]]:
        """Return `(frame id, number, time in seconds)` of each frame of a source, ordered by number."""
        return list(self.rows("SELECT id, number, time_s FROM frame WHERE source = ? ORDER BY number", (source_id,)))

    def frame_sources(self) -> npt.NDArray[np.void]:
        """Return id and source id of every frame, ordered by id: fields `frame` (int64) and `source` (bytes)."""
        return np.fromiter(self.rows("SELECT id, source FROM frame ORDER BY id"), FRAME_SOURCE)

    def load_frames(self, frame_ids: Sequence[int]) -> dict[int, Frame]:
        """Return frames with their features and thumbnails by id; ids that are not there are left out."""
        frames: dict[int, Frame] = {}
        for start in range(0, len(frame_ids), _FRAMES_A_QUERY):
            frames.update(self._load([int(frame) for frame in frame_ids[start : start + _FRAMES_A_QUERY]]))
        return frames

    def searched_codes(self, name: str, *, after_frame: int = 0, step: int = 1) -> Iterator[SearchedCodes]:
        """Yield what an index is built from, by ascending frame id.

        Parameters
        ----------
        name : str
            Of the whole-image fingerprint.
        after_frame, step : int
            Only frames behind this one, and of these one in so many.

        Raises
        ------
        KeyError
            When the corpus has no fingerprint of this name.
        """
        if name not in self.algorithms():
            raise KeyError(name)
        for frame, source, whole, codes in self.rows(CODES_QUERY, (name, after_frame, step)):
            with reading_stored(self.path):
                found = SearchedCodes(frame, source, whole, decode_codes(codes))
            yield found

    # ------------------------------------------------------------ SQLite

    def rows(self, sql: str, values: Iterable[object] = ()) -> Iterator[Row]:
        """Yield the rows of a query: for the modules of this package."""
        with translating_failures(self.path):
            # `yield from` would close the cursor when the generator goes, and that fails once the connection is closed.
            for row in self._connection.execute(sql, tuple(values)):  # noqa: UP028
                yield row

    def _number(self, sql: str) -> int:
        return next(int(number) for (number,) in self.rows(sql))

    def _sources(self, condition: str, *values: str) -> Iterator[Source]:
        for row in self.rows(f"SELECT {SOURCE_COLUMNS} FROM source {condition}", values):  # noqa: S608
            with reading_stored(self.path):
                source = source_from_row(row)
            yield source

    def _load(self, frame_ids: list[int]) -> dict[int, Frame]:
        chosen = f"({', '.join('?' * len(frame_ids))})"
        whole: dict[int, dict[str, bytes]] = {}
        for frame, name, code in self.rows(f"SELECT frame, name, code FROM code WHERE frame IN {chosen}", frame_ids):  # noqa: S608
            whole.setdefault(frame, {})[name] = code
        rows = self.rows(f"{FRAME_QUERY} WHERE frame.id IN {chosen}", frame_ids)
        with reading_stored(self.path):
            return {row[0]: frame_from_row(row, whole.get(row[0], {})) for row in rows}

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._lock is None:
            raise ValueError(f"{self.path} was opened for reading")
        with translating_failures(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _note_change(self, *, frames: bool) -> None:
        if frames:
            self._connection.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE name = 'frames_state'")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._connection.execute("UPDATE meta SET value = ? WHERE name = 'updated'", (now,))
