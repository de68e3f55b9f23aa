"""A path, checked before it is opened.

Opening a FIFO blocks for ever and opening a device can do worse, so the kind of a file is asked of the file system
first. Every refusal is an `UnreadableMedia` with one line that names the file.
"""

import hashlib
import stat
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.media.refusals import refusal

HEAD_BYTES: Final = 4096


def read_head(path: Path) -> bytes:
    """Return the first `HEAD_BYTES` bytes of a regular file.

    Raises
    ------
    UnreadableMedia
        Nothing there, no permission, not a regular file.
    """
    require_regular(path)
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except OSError as error:
        raise _unopened(path, error) from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits; raise `UnreadableMedia` when it cannot be read."""
    require_regular(path)
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _unopened(path, error) from error


def require_regular(path: Path) -> None:
    """Refuse everything but a regular file (or a link to one), without opening it."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from error
    if not stat.S_ISREG(mode):
        raise refusal(path, f"not a regular file but {_kind(mode)}")


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file is UTF-8 text (a character that is cut off at its end is forgiven)."""
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and error.start > len(head) - 4
    return True


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a directory",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a character device",
        stat.S_IFBLK: "a block device",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def _unopened(path: Path, error: OSError | ValueError) -> UnreadableMedia:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return refusal(path, f"cannot be opened: {reason.lower()}")
