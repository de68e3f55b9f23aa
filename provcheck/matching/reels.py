"""Decoded footage that all stills of a release share, in bounded memory.

A still is sought in several stretches of a video, again under a better transform, and beside other stills of the same
video, which other threads seek at the same time. So footage is decoded second by second, once for all as long as there
is room: in grey, at the size in which frames are compared, and of that the detail by which a resting camera is scanned
(`resting`), which is smaller and kept longer. Seconds that follow one another are decoded in one pass, for a decoder
begins at a key frame, which may lie many seconds before. Only one thread decodes a video at a time: the others would
decode the same.
"""

import math
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Final, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled_grey
from provcheck.matching.recent import Recent
from provcheck.matching.residuals import details
from provcheck.media import video_window
from provcheck.records import Gray, Picture, Size

GREYS_BYTES: Final = 120_000_000
"""About 1,400 frames of wide footage."""

DETAILS_BYTES: Final = 180_000_000
"""About 10,000 frames of wide footage, more than five minutes."""

BRIDGED_S: Final = 2
"""Seconds that nobody asked for are decoded, too, where so few lie between others: seeking would cost more."""

EVERY: Final = 3
"""Of the rows and columns of a frame's detail, which is blurred by a pixel, so many are kept."""

Window = tuple[float, float]
"""Start and end in seconds, both included."""

_Second = tuple[Path, int]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """Frames of a stretch of footage.

    Attributes
    ----------
    times : sequence of float
        Seconds.
    greys : sequence of (height, width) uint8 arrays
        Their longest side at most `REFERENCE_SIDE`.
    """

    times: Sequence[float]
    greys: Sequence[Gray]

    @property
    def size_bytes(self) -> int:
        """What the pixels take."""
        return sum(grey.nbytes for grey in self.greys)


@dataclass(frozen=True, slots=True, eq=False)
class Details:
    """Frames of a stretch of footage, reduced to their detail.

    Attributes
    ----------
    times : sequence of float
        Seconds.
    details : (N, ceil(height / EVERY), ceil(width / EVERY)) float16 array
        Every `EVERY`th row and column, grey levels.
    size : (width, height)
        Of the frames.
    """

    times: Sequence[float]
    details: npt.NDArray[np.float16]
    size: Size

    @property
    def size_bytes(self) -> int:
        """What the detail takes."""
        return self.details.nbytes


class _Sized(Protocol):
    @property
    def size_bytes(self) -> int: ...


Kept = TypeVar("Kept", bound=_Sized)


class Reels:
    """Footage of videos, decoded when it is asked for; for several threads.

    A file that is gone, or is no video, has no frames.
    """

    def __init__(self, greys_bytes: int = GREYS_BYTES, details_bytes: int = DETAILS_BYTES) -> None:
        self._frames: Recent[_Second, Frames] = Recent(greys_bytes)
        self._details: Recent[_Second, Details] = Recent(details_bytes)
        self._lock = Lock()
        self._reading: dict[Path, Lock] = {}

    def of(self, video: Path) -> "Reel":
        """Return the footage of one video."""
        return Reel(video, self)

    def frames(self, video: Path, window: Window) -> Frames:
        """Return every frame within a window, in the order of their times."""
        found = dict(self._seconds(video, _seconds_of([window]), self._frames, lambda frames: frames))
        shown = [
            (time, grey)
            for second in sorted(found)
            for time, grey in zip(found[second].times, found[second].greys, strict=True)
            if window[0] <= time <= window[1]
        ]
        return Frames([time for time, _ in shown], [grey for _, grey in shown])

    def details(self, video: Path, windows: Sequence[Window]) -> Iterator[Details]:
        """Yield the frames of every second that some windows touch, those of a second together, in any order."""
        for _, found in self._seconds(video, _seconds_of(windows), self._details, _details_of):
            if found.times:
                yield found

    def _seconds(
        self, video: Path, seconds: Sequence[int], kept: Recent[_Second, Kept], make: Callable[[Frames], Kept]
    ) -> Iterator[tuple[int, Kept]]:
        """Yield what there is of each second: what is kept first, then what has to be decoded."""
        missing = yield from self._known(video, seconds, kept, make)
        if not missing:
            return
        with self._alone(video):
            missing = yield from self._known(video, missing, kept, make)
            for second, frames in _decoded(video, missing):
                self._frames.put((video, second), frames, frames.size_bytes)
                yield second, _put(kept, (video, second), make(frames))

    def _known(
        self, video: Path, seconds: Sequence[int], kept: Recent[_Second, Kept], make: Callable[[Frames], Kept]
    ) -> Generator[tuple[int, Kept], None, list[int]]:
        """Yield what is kept, or made of frames that are kept; return the seconds that have to be decoded."""
        missing: list[int] = []
        for second in seconds:
            found = kept.get((video, second))
            if found is None and (frames := self._frames.get((video, second))) is not None:
                found = _put(kept, (video, second), make(frames))
            if found is None:
                missing.append(second)
            else:
                yield second, found
        return missing

    def _alone(self, video: Path) -> Lock:
        with self._lock:
            return self._reading.setdefault(video, Lock())


@dataclass(frozen=True, slots=True, eq=False)
class Reel:
    """The footage of one video."""

    video: Path
    reels: Reels

    def frames(self, window: Window) -> Frames:
        """Return every frame within a window, in the order of their times."""
        return self.reels.frames(self.video, window)

    def details(self, windows: Sequence[Window]) -> Iterator[Details]:
        """Yield the frames of every second that some windows touch, those of a second together, in any order."""
        return self.reels.details(self.video, windows)

    def picture(self, time_s: float) -> Picture | None:
        """Decode one frame in colour, its longest side at most `REFERENCE_SIDE`; None where there is none."""
        try:
            return next(video_window(self.video, time_s, time_s, max_side=REFERENCE_SIDE), None)
        except UnreadableMedia:
            return None


def _put(kept: Recent[_Second, Kept], key: _Second, item: Kept) -> Kept:
    kept.put(key, item, item.size_bytes)
    return item


def _seconds_of(windows: Iterable[Window]) -> list[int]:
    return sorted({second for start, end in windows for second in range(math.floor(start), math.floor(end) + 1)})


def _decoded(video: Path, seconds: Sequence[int]) -> Iterator[tuple[int, Frames]]:
    """Decode seconds, those near each other in one pass; yields those between them as well."""
    for first, last in _runs(seconds):
        done: set[int] = set()
        with suppress(UnreadableMedia):
            pictures = video_window(video, first, math.nextafter(last + 1, first), max_side=REFERENCE_SIDE)
            for second, shown in groupby(pictures, key=lambda picture: math.floor(picture.time_s or 0.0)):
                done.add(second)
                yield second, _frames_of(shown)
        yield from ((second, Frames([], [])) for second in range(first, last + 1) if second not in done)


def _runs(seconds: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for second in seconds:
        if runs and second - runs[-1][1] <= BRIDGED_S + 1:
            runs[-1] = runs[-1][0], second
        else:
            runs.append((second, second))
    return runs


def _frames_of(pictures: Iterable[Picture]) -> Frames:
    timed = [(picture.time_s or 0.0, scaled_grey(picture.pixels, REFERENCE_SIDE)) for picture in pictures]
    return Frames([time for time, _ in timed], [grey for _, grey in timed])


def _details_of(frames: Frames) -> Details:
    """Reduce frames to their detail; of a video that changes its size, those that have the first one's."""
    if not frames.times:
        return Details([], np.zeros((0, 0, 0), np.float16), (0, 0))
    shape = frames.greys[0].shape
    alike = [(time, grey) for time, grey in zip(frames.times, frames.greys, strict=True) if grey.shape == shape]
    thinned = np.stack([_thinned(grey) for _, grey in alike])
    return Details([time for time, _ in alike], thinned, (shape[1], shape[0]))


def _thinned(grey: Gray) -> npt.NDArray[np.float16]:
    fine = details([grey.astype(np.float32)], np.ones(grey.shape, np.float32))[0]
    return fine[::EVERY, ::EVERY].astype(np.float16)
