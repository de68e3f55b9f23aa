"""The door to a corpus: lock, connection, versions, in this order."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from provcheck.corpus.connection import connect_for_reading, connect_for_writing, prepare_directory, require_corpus
from provcheck.corpus.locking import locked_for_writing
from provcheck.corpus.store import Corpus

LOCK_WAIT_S = 10.0
"""Seconds that a writer waits for another one: enough for a removal, not for an ingest."""


def open_corpus(
    path: Path,
    *,
    write: bool = False,
    create: bool = False,
    algorithms: Mapping[str, str] | None = None,
    wait_s: float = LOCK_WAIT_S,
) -> Corpus:
    """Open the corpus in a directory; use it as a context manager, or `close` it.

    Parameters
    ----------
    write : bool
        Hold the write lock until the corpus is closed.
    create : bool
        With `write`: make the corpus when there is none.
    algorithms : mapping of str to str, optional
        The versions that the codes must have; those of this program by default.
    wait_s : float
        How long to wait for another writer, seconds.

    Raises
    ------
    CorpusMissing, CorpusBusy, CorpusVersion, CorpusDamaged
    """
    versions = _current_algorithms() if algorithms is None else algorithms
    if not write:
        return Corpus(path, connect_for_reading(path, versions))
    if create:
        prepare_directory(path)
    else:
        require_corpus(path)
    with ExitStack() as stack:
        stack.enter_context(locked_for_writing(path, wait_s=wait_s))
        return Corpus(path, connect_for_writing(path, versions), lock=stack.pop_all())


def _current_algorithms() -> Mapping[str, str]:
    from provcheck.fingerprints import ALGORITHMS  # noqa: PLC0415 (imports OpenCV: only when a corpus is opened)

    return ALGORITHMS
