"""Where reports go: stdout for `-`, or files that appear whole or not at all, several of them together."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from provcheck.errors import OutputError
from provcheck.presence import is_file, is_folder, is_there

STDOUT = "-"

_NAME_ANOTHER: Final = "Name a file with -o in a folder that you may write to."
_MAKE_ROOM: Final = "Free some space on that disk, or write to another one."

Write = Callable[[IO[str]], None]


def refuse_unwritable(destination: str) -> None:
    """Raise `OutputError` when `destination` cannot be written: it is to be known before the work, not after it."""
    folder = Path(destination).absolute().parent
    if destination == STDOUT:
        return
    if is_folder(Path(destination)):
        raise _error(destination, "it is a folder")
    if not is_folder(folder):
        raise _error(destination, f"there is no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise _error(destination, f"the folder {folder} may not be written to")


def write_output(destination: str, write: Write) -> None:
    """Call `write` with a text stream for one destination; see `write_outputs`."""
    write_outputs([(destination, write)])


def write_outputs(outputs: Sequence[tuple[str, Write]]) -> None:
    """Write several reports: files first and only when all of them could be made, then pipes, devices and stdout.

    1. Write every file aside, with another name in its folder.
    2. Give all of them their names.
    3. Write what cannot be renamed; the reader of a pipe may go away, and the files are there by then.

    Raises
    ------
    OutputError
        A file cannot be created or written; no file of step 1 has changed then.
    BrokenPipeError
        The reader of stdout went away.
    """
    streams = [output for output in outputs if _is_stream(output[0])]
    with _aside() as written:
        for destination, write in outputs:
            if not _is_stream(destination):
                written.append(_write_aside(destination, write))
        for file in written:
            with _errors_named(file.destination):
                file.aside.replace(file.destination)
    for destination, write in streams:
        with _errors_named(destination):
            _write_stream(destination, write)


class _Aside(NamedTuple):
    """A file that waits for its name."""

    aside: Path
    destination: str


@contextmanager
def _aside() -> Iterator[list[_Aside]]:
    """Collect the files that wait for their names, and remove those that never got one."""
    written: list[_Aside] = []
    try:
        yield written
    finally:
        for file in written:
            file.aside.unlink(missing_ok=True)


def _is_stream(destination: str) -> bool:
    """Whether it is stdout, a pipe or a device: a rename would replace it."""
    path = Path(destination)
    return destination == STDOUT or (is_there(path) and not is_file(path) and not is_folder(path))


def _write_aside(destination: str, write: Write) -> _Aside:
    refuse_unwritable(destination)
    path = Path(destination)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _errors_named(destination):
            _write_file(aside, write)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return _Aside(aside, destination)


def _write_stream(destination: str, write: Write) -> None:
    if destination != STDOUT:
        _write_file(Path(destination), write)
        return
    if sys.stdout is None:
        raise _error(destination, "it is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that lacks a letter shows its escape; line ends are those that the format asks for.
        sys.stdout.reconfigure(errors="backslashreplace", newline="\n")
    write(sys.stdout)
    sys.stdout.flush()


def _write_file(path: Path, write: Write) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        write(stream)


@contextmanager
def _errors_named(destination: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        is_full = error.errno == errno.ENOSPC
        raise _error(destination, error.strerror or str(error), _MAKE_ROOM if is_full else _NAME_ANOTHER) from error


def _error(destination: str, reason: str, remedy: str = _NAME_ANOTHER) -> OutputError:
    name = "stdout" if destination == STDOUT else destination
    return OutputError(f"cannot write {name}: {reason}", remedy)
