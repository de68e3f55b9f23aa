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


def refuse_unwritable(target: str) -> None:
    """Raise `OutputError` when `target` cannot be written, so that it is known before the work and not after it."""
    folder = Path(target).absolute().parent
    if target == STDOUT:
        return
    if Path(target).is_dir():
        raise _error(target, "it is a folder")
    if not folder.is_dir():
        raise _error(target, f"there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise _error(target, f"the folder {folder} may not be written to")


def write_output(target: str, write: Callable[[IO[str]], None]) -> None:
    """Call `write` with a text stream for `target`; a file is written aside and renamed when all went well.

    Raises
    ------
    OutputError
        When the file cannot be created or written.
    BrokenPipeError
        When the reader of stdout went away.
    """
    with _errors_named(target):
        if target == STDOUT:
            _write_stdout(write)
        elif Path(target).exists() and not Path(target).is_file():
            _write_file(Path(target), write)  # a pipe or a device: a rename would replace it
        else:
            _write_aside(Path(target), write)


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
def _errors_named(target: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _error(target, error.strerror or str(error)) from error


def _error(target: str, reason: str) -> OutputError:
    name = "stdout" if target == STDOUT else target
    return OutputError(f"cannot write {name}: {reason}", "Name a file with -o in a folder that you may write to.")
