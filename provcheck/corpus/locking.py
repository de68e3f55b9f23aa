"""One writer at a time, told apart by process id.

The lock belongs to the open file, so the operating system drops it when its process ends in whatever way: `kill -9`
leaves no stale lock, and the lock file itself is never deleted (deleting it would let two processes lock two files of
the same name). SQLite's own write lock is not enough: it lasts for a transaction, and two ingests that take turns would
compute everything twice.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from provcheck.errors import CorpusBusy, CorpusError

LOCK_FILE = "lock"
_RETRY_S = 0.1


@contextmanager
def locked_for_writing(corpus: Path, *, wait_s: float) -> Iterator[None]:
    """Hold the corpus's write lock inside the block.

    Parameters
    ----------
    corpus : Path
        The corpus's directory.
    wait_s : float
        How long to wait for another writer, seconds.

    Raises
    ------
    CorpusBusy
        When another process still holds the lock after `wait_s`.
    CorpusError
        When the directory cannot be written to.
    """
    with _open_lock_file(corpus) as file:
        _acquire(file, corpus, time.monotonic() + wait_s)
        _write_holder(file)
        yield


def _open_lock_file(corpus: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(corpus / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o666), "r+b", buffering=0)
    except OSError as error:
        raise CorpusError(
            f"the corpus {corpus} cannot be written to: {error.strerror}", "Check the permissions of the folder."
        ) from error


def _acquire(file: IO[bytes], corpus: Path, deadline: float) -> None:
    while not _try_lock(file):
        if time.monotonic() >= deadline:
            raise CorpusBusy(
                f"another process (pid {_read_holder(corpus)}) is writing to the corpus {corpus}",
                "Wait until it has finished, or stop it; what it has added so far is kept.",
            )
        time.sleep(_RETRY_S)


def _write_holder(file: IO[bytes]) -> None:
    file.truncate(0)
    file.seek(0)
    file.write(f"{os.getpid()}\n".encode())


def _read_holder(corpus: Path) -> str:
    try:
        return (corpus / LOCK_FILE).read_text().strip() or "unknown"
    except OSError:
        return "unknown"


if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes against reading too, so the locked byte lies far behind the process id.
    _LOCKED_BYTE = 1 << 20

    def _try_lock(file: IO[bytes]) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
