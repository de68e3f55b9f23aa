"""Which moment of a video is a still: look through the intervals that it may lie in and take the frame that fits best.

A corpus keeps a frame only when the picture has changed, so the still is usually somewhere between two kept ones. Once
the picture is proven, correlation has done its work: it is 1 for every frame of a quiet scene. What tells the moments
apart is the *residual*, the mean difference that is left after alignment. Text laid over the query is in the residual
of every frame alike; a moved arm is not.

Steps
-----
1. The residual of the kept frames under the known transform: small for all of them when the camera rests, and only for
   the neighbours of the verified frame when it moves.
2. A moving camera: decode both intervals around the verified frame; align a few frames in order, and interpolate the
   transform between them.
3. A resting camera: scan every interval that begins or ends about as well as the best, small and at `SCAN_FPS` (a step
   of an arm shows for a fifth of a second); decode around the best moments and treat them as in 2.
4. Take the frame with the smallest residual; align the best few again, each by itself.

When the video file is gone the kept frame's time stands, with the times of its neighbours as the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled, scaled_grey
from provcheck.matching.agreement import overlap
from provcheck.matching.alignment import align
from provcheck.matching.transforms import rescaling
from provcheck.matching.warping import Image, warp
from provcheck.media import video_window
from provcheck.records import Gray, Matrix, Picture

LONGEST_INTERVAL_S: Final = 6.0
SCAN_FPS: Final = 12.5
SCAN_SIDE: Final = 192
SCANNED_INTERVALS: Final = 60
"""At most so many are scanned for one still: about two and a half minutes of footage at the spacing of kept frames."""

ABOUT_AS_GOOD: Final = 1.5
"""Kept frames whose residual is within this factor of the best one's were taken by a camera that had not moved."""

MOMENTS: Final = 3
AROUND_S: Final = 0.5
ANCHORS: Final = 4
"""Frames of an interval that are aligned by themselves; between them the transform is interpolated."""

ANCHOR_SEARCH_PX: Final = (8, 3)
FINAL_SEARCH_PX: Final = (3,)
REALIGNED: Final = 3

DETAIL_PX: Final = 1.0
SURROUNDINGS_PX: Final = 25
"""Differences are taken of detail: a picture blurred by `DETAIL_PX` less its mean over so many pixels, which ignores
glare, vignettes and tone."""

LARGEST_DIFFERENCE: Final = 30.0
"""Grey levels; more than "completely different" is not worse."""

AS_GOOD: Final = 1.03
"""Frames whose residual is within this factor of the best are in the range of possible times."""


Window = tuple[float, float]


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
    unexplained : float
        What the frame leaves of the query, grey levels.
    """

    picture: Picture
    matrix: Matrix
    range_s: tuple[float, float]
    unexplained: float


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A kept frame: its time in seconds and its residual under the known transform."""

    time_s: float
    residual: float


def locate(query: Gray, matrix: Matrix, at_s: float, video: Path, kept: Sequence[Kept]) -> Moment | None:
    """Find the frame of a video that a still shows.

    Parameters
    ----------
    query : (height, width) uint8 array
    matrix : (3, 3) float64 array
        Query to the kept frame at `at_s`, at `REFERENCE_SIDE`.
    kept : sequence of Kept
        The kept frames of the video in the order of their times.

    Returns
    -------
    Moment or None
        None when the file is gone or cannot be decoded there.
    """
    windows = _around(at_s, kept) + _scanned(query, matrix, at_s, video, kept)
    found: list[Moment] = []
    for start, end in windows:
        try:
            pictures = list(video_window(video, start, end, max_side=REFERENCE_SIDE))
        except UnreadableMedia:
            continue
        if pictures:
            found.append(_best_of(query, matrix, at_s, pictures))
    return min(found, key=lambda one: one.unexplained) if found else None


def _intervals(kept: Sequence[Kept]) -> list[tuple[Kept, Kept]]:
    ends = [*kept, Kept(kept[-1].time_s + LONGEST_INTERVAL_S, kept[-1].residual)]
    return list(pairwise(ends))


def _around(at_s: float, kept: Sequence[Kept]) -> list[Window]:
    """Return the intervals that the verified frame ends and begins."""
    return [_window(left, right) for left, right in _intervals(kept) if at_s in {left.time_s, right.time_s}]


def _window(left: Kept, right: Kept) -> Window:
    return left.time_s, min(right.time_s, left.time_s + LONGEST_INTERVAL_S)


def _scanned(query: Gray, matrix: Matrix, at_s: float, video: Path, kept: Sequence[Kept]) -> list[Window]:
    """Scan what a resting camera took elsewhere; returns windows around the best moments."""
    enough = ABOUT_AS_GOOD * min(frame.residual for frame in kept)
    near = sorted(
        (min(left.residual, right.residual), _window(left, right))
        for left, right in _intervals(kept)
        if min(left.residual, right.residual) <= enough and at_s not in {left.time_s, right.time_s}
    )
    small = scaled(query, SCAN_SIDE)
    fits: list[tuple[float, float]] = []
    for _, (start, end) in near[:SCANNED_INTERVALS]:
        for time, grey in _scan(video, start, end):
            path = _small_matrix(matrix, query, small, grey)
            fits.append((residual(small, grey, path), time))
    best: list[float] = []
    for _, time in sorted(fits):
        if len(best) < MOMENTS and all(abs(time - other) > 2 * AROUND_S for other in best):
            best.append(time)
    return [(max(0.0, time - AROUND_S), time + AROUND_S) for time in best]


@lru_cache(maxsize=2 * SCANNED_INTERVALS)
def _scan(video: Path, start: float, end: float) -> tuple[tuple[float, Gray], ...]:
    """Return small grey frames of an interval with their times, `SCAN_FPS` a second; empty when it cannot be decoded.

    Kept for the next still: a release often shows several of one video.
    """
    frames: list[tuple[float, Gray]] = []
    try:
        for picture in video_window(video, start, end, max_side=SCAN_SIDE):
            time = picture.time_s or 0.0
            if not frames or time - frames[-1][0] >= 0.99 / SCAN_FPS:
                frames.append((time, scaled_grey(picture.pixels, SCAN_SIDE)))
    except UnreadableMedia:
        return ()
    return tuple(frames)


def _small_matrix(matrix: Matrix, query: Gray, small: Gray, grey: Gray) -> Matrix:
    """Turn a transform between a query and a frame at `REFERENCE_SIDE` into one between small pictures of both."""
    full = REFERENCE_SIDE / max(grey.shape)
    frame = round(grey.shape[1] * full), round(grey.shape[0] * full)
    down = rescaling(frame, (grey.shape[1], grey.shape[0]))
    up = rescaling((small.shape[1], small.shape[0]), (query.shape[1], query.shape[0]))
    return np.asarray(down @ matrix @ up)


def residual(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Mean difference of detail that is left after alignment, in grey levels of the query; infinite without overlap.

    The reference is scaled to the query and not the other way round: a blurred frame has little detail to differ in,
    and would win.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    mask = inside > 0
    if not mask.any():
        return float("inf")
    there, here = (picture[mask] for picture in _details([warped, reference.astype(np.float32)], inside))
    gain = float((there * here).sum()) / max(1.0, float((here * here).sum()))
    return float(np.minimum(np.abs(there - max(gain, 0.0) * here), LARGEST_DIFFERENCE).mean())


def unexplained(query: Gray, frame: Gray, matrix: Matrix) -> float:
    """Return what a frame leaves of a query: the residual, and the detail that hangs out of it; grey levels."""
    return residual(query, frame, matrix) + _lost(query, [frame], [matrix])[0]


def _details(pictures: list[Image], inside: Image) -> list[Image]:
    """Take means over what both show alone: beyond a crop's borders the warped query is black."""
    window = (SURROUNDINGS_PX, SURROUNDINGS_PX)
    fine_share = np.maximum(cv2.GaussianBlur(inside, (0, 0), DETAIL_PX), 1e-3)
    coarse_share = np.maximum(cv2.blur(inside, window), 1e-3)
    shown = [picture * inside for picture in pictures]
    return [
        np.asarray(cv2.GaussianBlur(one, (0, 0), DETAIL_PX) / fine_share - cv2.blur(one, window) / coarse_share)
        for one in shown
    ]


def _best_of(query: Gray, matrix: Matrix, at_s: float, pictures: list[Picture]) -> Moment:
    """Find the frame that leaves the least of the query unexplained."""
    times = [picture.time_s or 0.0 for picture in pictures]
    greys = [scaled_grey(picture.pixels, REFERENCE_SIDE) for picture in pictures]
    start = min(range(len(times)), key=lambda n: abs(times[n] - at_s))
    matrices = _camera_path(query, matrix, greys, start)
    residuals = [residual(query, grey, one) for grey, one in zip(greys, matrices, strict=True)]
    for number in np.argsort(residuals, kind="stable")[:REALIGNED].tolist():
        better = align(query, greys[number], matrices[number], FINAL_SEARCH_PX, simplest=False)
        left = residual(query, greys[number], better)
        if left < residuals[number]:
            matrices[number], residuals[number] = better, left
    lost = _lost(query, greys, matrices)
    unexplained = [left + hidden for left, hidden in zip(residuals, lost, strict=True)]
    best = int(np.argmin(unexplained))
    first, last = _run_around(best, [value - min(lost) for value in unexplained])
    return Moment(pictures[best], matrices[best], (times[first], times[last]), unexplained[best])


def _lost(query: Gray, greys: list[Gray], matrices: list[Matrix]) -> list[float]:
    """Detail of the query that hangs out of each frame: without it, the frame that shows least of a query could win."""
    everything = np.abs(_details([query.astype(np.float32)], np.ones(query.shape, np.float32))[0])
    detail = float(np.minimum(everything, LARGEST_DIFFERENCE).mean())
    size = query.shape[1], query.shape[0]
    sizes = [(grey.shape[1], grey.shape[0]) for grey in greys]
    return [detail * (1 - overlap(one, size, frame).query) for one, frame in zip(matrices, sizes, strict=True)]


def _camera_path(query: Gray, matrix: Matrix, greys: list[Gray], start: int) -> list[Matrix]:
    """Transform of the query onto every frame: aligned outwards from `start` at anchors, interpolated between them."""
    step = max(1, len(greys) // ANCHORS)
    anchors: dict[int, Matrix] = {}
    for numbers in (range(start, len(greys), step), range(start, -1, -step)):
        known = matrix
        for number in _with_end(numbers, len(greys)):
            known = anchors.setdefault(number, align(query, greys[number], known, ANCHOR_SEARCH_PX, simplest=False))
    path: list[Matrix] = []
    for left, right in pairwise(sorted(anchors)):
        path += [_between(anchors[left], anchors[right], (n - left) / (right - left)) for n in range(left, right)]
    return [*path, anchors[max(anchors)]]


def _with_end(numbers: range, count: int) -> list[int]:
    """Return the numbers and the frame at the end that they run towards."""
    end = count - 1 if numbers.step > 0 else 0
    return [*numbers] if end in numbers else [*numbers, end]


def _between(left: Matrix, right: Matrix, part: float) -> Matrix:
    return np.asarray((1 - part) * left / left[2, 2] + part * right / right[2, 2])


def _run_around(best: int, residuals: list[float]) -> tuple[int, int]:
    """First and last frame of the run around the best in which all fit about as well."""
    enough = residuals[best] * AS_GOOD
    first = last = best
    while first > 0 and residuals[first - 1] <= enough:
        first -= 1
    while last + 1 < len(residuals) and residuals[last + 1] <= enough:
        last += 1
    return first, last
