"""Which frames of a video to keep: those whose picture changed, and one every few seconds.

Frames are compared through small grey versions of 64 x 36 pixels, by one minus their normalised correlation: 0 for the
same picture at any brightness or contrast (fades and exposure are no news), around 1 for unrelated ones. A mean
difference of grey levels, the obvious other way, misses pans over hazy scenes and fires on every flicker.

What set the thresholds: 250 photographs, each compared with a window of itself that was moved. Moved by 20 % of its
side, 95 % of them change by more than 0.26; by 30 %, 98 % change by more than 0.21. So `DRIFT` at 0.2 keeps about
four fifths of the picture in common between two kept frames, unless the motion is faster than `DRIFT_GAP_S` allows.
Unrelated photographs change by more than 0.55 in 98 % of the pairs: that is `CUT`. On eight clips (272 s: static
cameras, traffic, a toy, a film, a drone) the rules keep 24 to 39 frames a minute, 76 and 78 of the traffic and the
drone, 39 on average.
"""

from typing import Final

import numpy as np

from provcheck.records import Gray, Size

SMALL_SIZE: Final[Size] = (64, 36)
"""`(width, height)` of the grey versions, whatever the shape of the frame."""
DRIFT: Final = 0.2
DRIFT_GAP_S: Final = 0.5
CUT: Final = 0.5
CUT_GAP_S: Final = 0.2
"""No two kept frames are nearer than this: strobing and noise change with every frame."""
LONGEST_GAP_S: Final = 2.5
FLAT_LEVELS: Final = 2.0
FLAT_RANGE: Final = 16
"""A grey version with less deviation and range, in levels, shows nothing: black, white, a fade's end."""
VISIBLE_MEAN: Final = 2.0
VISIBLE_LEVELS: Final = 32
VISIBLE_CELLS: Final = 0.01


class FrameSelector:
    """Decides frame by frame, in the order of time."""

    __slots__ = ("_small", "_time_s")

    def __init__(self) -> None:
        self._small: Gray | None = None
        self._time_s = 0.0

    def is_due(self, time_s: float) -> bool:
        """Whether a frame of this time can be kept at all, whatever it shows."""
        return self._small is None or abs(time_s - self._time_s) >= CUT_GAP_S

    def keeps(self, small: Gray, time_s: float, next_s: float | None = None) -> bool:
        """Whether to keep this frame; remembers it if so.

        Parameters
        ----------
        small : (36, 64) uint8 array
            The frame at `SMALL_SIZE`.
        time_s : float
            Its time in seconds. Clocks that jump back are taken by the length of the jump.
        next_s : float, optional
            Time of the frame behind it: where that would come much too late, this one is kept.
        """
        gap_s = abs(time_s - self._time_s)
        if is_flat(small) or not (self._is_news(small, gap_s) or self._is_last_in_time(gap_s, next_s)):
            return False
        self._small, self._time_s = small, time_s
        return True

    def _is_last_in_time(self, gap_s: float, next_s: float | None) -> bool:
        return next_s is not None and gap_s >= CUT_GAP_S and next_s - self._time_s >= LONGEST_GAP_S + DRIFT_GAP_S

    def _is_news(self, small: Gray, gap_s: float) -> bool:
        if self._small is None or gap_s >= LONGEST_GAP_S:
            return True
        if gap_s < CUT_GAP_S:
            return False
        return change(small, self._small) > (CUT if gap_s < DRIFT_GAP_S else DRIFT)


def change(small: Gray, other: Gray) -> float:
    """Return one minus the normalised correlation of two small grey pictures: 0 (same) to 2 (inverted)."""
    first, second = (picture - picture.mean() for picture in (small.astype(np.float32), other.astype(np.float32)))
    # The floor keeps the noise of two nearly flat pictures from looking like news.
    spread = max(float(first.std() * second.std()), FLAT_LEVELS**2)
    return 1.0 - float((first * second).mean()) / spread


def is_flat(small: Gray) -> bool:
    """Whether a small grey picture shows nothing."""
    return float(small.std()) < FLAT_LEVELS and int(small.max()) - int(small.min()) < FLAT_RANGE


def differ_visibly(small: Gray, other: Gray) -> bool:
    """Whether a reader would tell two frames of an animation apart: all of it changed a little, or a part much."""
    levels = np.abs(small.astype(np.int16) - other)
    return bool(levels.mean() > VISIBLE_MEAN or (levels > VISIBLE_LEVELS).mean() > VISIBLE_CELLS)
