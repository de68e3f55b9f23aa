"""`picture.jpg`, or `video.mp4@12.48`: a file, and for a video the moment that is meant."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provcheck.errors import UsageError
from provcheck.presence import is_there

_TIMED: Final = re.compile(r"(?P<path>.+)@(?P<time>[^@/\\]*)", re.DOTALL)
_TIME: Final = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d*)?)")


@dataclass(frozen=True, slots=True)
class Named:
    """A file, and the time in seconds that was written behind it."""

    path: Path
    time_s: float | None = None


def read_named(text: str) -> Named:
    """Return what a person means; a file that is really called so comes first.

    Raises
    ------
    UsageError
        There is no such file, or what stands behind the `@` is no time.
    """
    written = _TIMED.fullmatch(text)
    if is_there(Path(text)) or written is None:
        return Named(_existing(Path(text)))
    time = _TIME.fullmatch(written["time"])
    if time is None:
        raise UsageError(f"{text}: “{written['time']}” is no time", "Write seconds or minutes: clip.mp4@12.48, @1:02.5")
    hours, minutes, seconds = (float(part or 0) for part in time.groups())
    return Named(_existing(Path(written["path"])), hours * 3600 + minutes * 60 + seconds)


def _existing(path: Path) -> Path:
    if not is_there(path):
        raise UsageError(f"there is no file {path}", "Check the path.")
    return path
