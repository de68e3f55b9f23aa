"""Which moment of a video is a still: decode around the kept frame that matched and take the frame that fits best.

A corpus keeps a frame only when the picture has changed, so the still is usually a little earlier or later. Each frame
between the kept neighbours is compared with the query after its own alignment, first every few frames, then each one
around the best. What is compared is the mean local correlation at the finest scale at which the pair agrees: it notices
a moved arm that a median would not.

When the video file is gone the kept frame's time stands, with the times of its neighbours as the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled_grey
from provcheck.matching.agreement import SCALES, textured_correlation
from provcheck.matching.alignment import align
from provcheck.matching.verification import Verified
from provcheck.matching.warping import warp
from provcheck.media import video_window
from provcheck.records import Gray, Matrix, Picture

COARSE_FRAMES: Final = 16
"""About so many frames of the window are tried first."""

LONGEST_WINDOW_S: Final = 12.0
AS_GOOD: Final = 0.002
"""Mean correlation: frames that fit as well as this are in the range of possible times."""

RESEARCH_PX: Final = (8, 3)


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a still is in a video.

    Attributes
    ----------
    picture : Picture
        The best frame, its longest side at most `REFERENCE_SIDE` pixels.
    matrix : (3, 3) float64 array
        View to that frame.
    range_s : (float, float)
        Times that fit as well.
    """

    picture: Picture
    matrix: Matrix
    range_s: tuple[float, float]


def locate(verified: Verified, video: Path, times: Sequence[float]) -> Moment | None:
    """Find the frame of a video that a verified still shows.

    Parameters
    ----------
    times : sequence of float
        Times of the kept frames of the video, seconds, ascending.

    Returns
    -------
    Moment or None
        None when the file is gone or cannot be decoded there.
    """
    at = verified.reference.time_s
    if at is None:
        return None
    start = max([time for time in times if time < at], default=0.0)
    end = min([time for time in times if time > at], default=at + LONGEST_WINDOW_S / 2)
    start, end = max(start, at - LONGEST_WINDOW_S / 2), min(end, at + LONGEST_WINDOW_S / 2)
    try:
        pictures = list(video_window(video, start, end, max_side=REFERENCE_SIDE))
    except UnreadableMedia:
        return None
    return _best_of(verified, pictures, at) if pictures else None


def _best_of(verified: Verified, pictures: list[Picture], at: float) -> Moment:
    greys = [scaled_grey(picture.pixels, REFERENCE_SIDE) for picture in pictures]
    nearest = min(range(len(pictures)), key=lambda n: abs((pictures[n].time_s or 0.0) - at))
    step = max(1, len(pictures) // COARSE_FRAMES)
    fits = _Fits(verified, greys, nearest)
    for number in sorted(range(nearest % step, len(pictures), step), key=lambda n: abs(n - nearest)):
        fits.try_frame(number)
    while True:
        best = fits.best()
        around = [n for n in range(best - step, best + step + 1) if 0 <= n < len(pictures) and n not in fits.scores]
        if not around:
            break
        for number in around:
            fits.try_frame(number)
    alike = fits.as_good_as(best)
    first, last = pictures[min(alike)].time_s or 0.0, pictures[max(alike)].time_s or 0.0
    return Moment(pictures[best], fits.matrices[best], (first, last))


class _Fits:
    """Frames tried so far: how well each agrees, and its transform, which starts from the nearest one tried."""

    def __init__(self, verified: Verified, greys: list[Gray], start: int) -> None:
        self._query = verified.view.grey
        self._greys = greys
        self._start = start
        self._first = verified.matrix
        self.scores: dict[int, float] = {}
        self.matrices: dict[int, Matrix] = {}

    def try_frame(self, number: int) -> None:
        near = min(self.matrices, key=lambda n: (abs(n - number), -self.scores[n]), default=None)
        first = self._first if near is None else self.matrices[near]
        matrix = align(self._query, self._greys[number], first, RESEARCH_PX)
        self.matrices[number] = matrix
        self.scores[number] = mean_correlation(self._query, self._greys[number], matrix)

    def best(self) -> int:
        return max(self.scores, key=lambda n: (self.scores[n], -abs(n - self._start)))

    def as_good_as(self, best: int) -> list[int]:
        """Frames without a worse one between them and the best that fit as well."""
        enough = self.scores[best] - AS_GOOD
        run = [best]
        for direction in (-1, 1):
            number = best + direction
            while self.scores.get(number, -1.0) >= enough:
                run.append(number)
                number += direction
        return run


def mean_correlation(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Mean local correlation of an aligned pair over its textured windows, at the fine scales, -1 to 1."""
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    means = []
    for blur, window in SCALES[:2]:
        there = np.asarray(cv2.GaussianBlur(warped, (0, 0), blur), np.float32)
        here = np.asarray(cv2.GaussianBlur(reference, (0, 0), blur), np.float32)
        windows = textured_correlation(there, here, inside, window)
        means.append(float(windows.mean()) if len(windows) else 0.0)
    return float(np.mean(means))
