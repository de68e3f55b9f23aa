"""Where a report goes: stdout for `-`, or a file that appears whole or not at all."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from provcheck.errors import OutputError

STDOUT = "-"


def refuse_unwritable(destination: str) -> None:
    """Raise `OutputError` when `destination` cannot be written: it is to be known before the work, not after it."""
    folder = Path(destination).absolute().parent
    if destination == STDOUT:
        return
    if Path(destination).is_dir():
        raise _error(destination, "it is a folder")
    if not folder.is_dir():
        raise _error(destination, f"there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise _error(destination, f"the folder {folder} may not be written to")


def write_output(destination: str, write: Callable[[IO[str]], None]) -> None:
    """Call `write` with a text stream for `destination`; a file is written aside and renamed when all went well.

    Raises
    ------
    OutputError
        When the file cannot be created or written.
    BrokenPipeError
        When the reader of stdout went away.
    """
    with _errors_named(destination):
        if destination == STDOUT:
            _write_stdout(write)
        elif Path(destination).exists() and not Path(destination).is_file():
            _write_file(Path(destination), write)  # a pipe or a device: a rename would replace it
        else:
            _write_aside(Path(destination), write)


def _write_stdout(write: Callable[[IO[str]], None]) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its escape
    write(sys.stdout)
    sys.stdout.flush()


def _write_file(path: Path, write: Callable[[IO[str]], None]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(stream)


def _write_aside(path: Path, write: Callable[[IO[str]], None]) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write_file(aside, write)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _errors_named(destination: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _error(destination, error.strerror or str(error)) from error


def _error(destination: str, reason: str) -> OutputError:
    name = "stdout" if destination == STDOUT else destination
    return OutputError(f"cannot write {name}: {reason}", "Name a file with -o in a folder that you may write to.")
