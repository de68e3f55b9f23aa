"""Whatever a decoder raises becomes one line that names the file.

Decoders fed with damaged bytes raise nearly everything: OSError, SyntaxError, struct.error, IndexError, KeyError,
OverflowError, MemoryError, zlib.error, errors of their own. A list of them is never complete, and a bug in a decoder
must cost one file, not the run. So the single broad `except` of this package stands here, around foreign code only.
"""

import logging
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableMedia

LONGEST_REASON: Final = 200
STDERR_IS_MINE: Final = threading.Lock()


def refusal(path: Path, reason: str) -> UnreadableMedia:
    """Return the error that says why one file is not used, in one line."""
    return UnreadableMedia(f"{one_line(path.name or str(path))}: {one_line(reason)}")


@contextmanager
def decoding(path: Path, what: str) -> Iterator[None]:
    """Turn whatever the enclosed decoder raises into `UnreadableMedia`.

    Parameters
    ----------
    what : str
        What the file was found to be, such as `JPEG`.
    """
    try:
        yield
    except UnreadableMedia:
        raise
    except Exception as error:
        raise refusal(path, f"{what} cannot be decoded: {_said(error)}") from error


@contextmanager
def quiet(logger: str = "PIL") -> Iterator[None]:
    """Drop warnings, and the log lines of a library: what matters becomes an error, and odd tags are repaired."""
    log, handler = logging.getLogger(logger), logging.NullHandler()
    log.addHandler(handler)  # without any handler Python prints log lines on the standard error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.removeHandler(handler)


@contextmanager
def mute_stderr(wanted: bool) -> Iterator[None]:  # noqa: FBT001 - reads as `mute_stderr(image.format in TALKATIVE)`
    """Send what C libraries write to the standard error of the process nowhere, if wanted.

    libtiff (and libdav1d, in some builds) prints damage on file descriptor 2, past every Python hook. The descriptor
    belongs to the whole process, so threads take turns, and this is used for their formats alone.
    """
    if not wanted:
        yield
        return
    with STDERR_IS_MINE:
        try:
            kept = os.dup(2)
        except OSError:  # the process has no standard error
            yield
            return
        try:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def one_line(text: str) -> str:
    """Return the text without line breaks and control characters, cut at `LONGEST_REASON` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST_REASON else line[: LONGEST_REASON - 3] + "..."


def _said(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "it asks for more memory than there is"
    # PyAV's errors carry `strerror` too, and their text repeats the whole path.
    text = getattr(error, "strerror", None) or str(error)
    return one_line(text) or type(error).__name__
