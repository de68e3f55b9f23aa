"""Which moment of a video is a still: look through the intervals that it may lie in and take the frame that fits best.

A corpus keeps a frame only when the picture has changed, so the still is usually somewhere between two kept ones. Once
the picture is proven, what is left of it after alignment tells the moments apart (`residuals`).

Steps
-----
1. How the kept frames agree under the known transform where nothing passes: well, all of them, when the camera rests,
   and only the neighbours of the verified frame when it moves.
2. A moving camera: decode both intervals around the verified frame; align a few frames in order, and interpolate the
   transform between them.
3. A resting camera: scan every interval that begins or ends with such a frame (`resting`); decode around the best
   moments and treat them as in 2. Where that corrects the transform, scan again.
4. Take the frame with the smallest residual; align the best few again, each by itself.

When the video file is gone the kept frame's time stands, with the times of its neighbours as the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from provcheck.matching.alignment import align
from provcheck.matching.reels import Frames, Reel, Window
from provcheck.matching.residuals import lost, residual, residuals_under
from provcheck.matching.resting import scan_residuals
from provcheck.records import Gray, Matrix

LONGEST_INTERVAL_S: Final = 6.0
RESTING: Final = 0.4
"""Background agreement from which on a kept frame was taken by the camera where it was. On eight clips, under the
transform of one of its own frames: 0.99 and more for four cameras that rest, 0.35 to 0.98 for one in the wind, above an
almost empty road, 0.1 and less (median) for a drone."""

ROUNDS: Final = 2
MOMENTS: Final = 3
AROUND_S: Final = 0.5
ANCHORS: Final = 4
"""Frames of an interval that are aligned by themselves; between them the transform is interpolated."""

ANCHOR_SEARCH_PX: Final = (8, 3)
FINAL_SEARCH_PX: Final = (3,)
REALIGNED: Final = 3

AS_GOOD: Final = 1.03
"""Frames whose residual is within this factor of the best are in the range of possible times."""


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """Where a still is in a video.

    Attributes
    ----------
    time_s : float
        Of the best frame.
    matrix : (3, 3) float64 array
        View to that frame.
    range_s : (float, float)
        Times that fit as well.
    unexplained : float
        What the frame leaves of the query, grey levels.
    hidden : float
        How much of that hangs out of the frame.
    """

    time_s: float
    matrix: Matrix
    range_s: tuple[float, float]
    unexplained: float
    hidden: float


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A kept frame: its time in seconds and the agreement of its background under the known transform, -1 to 1."""

    time_s: float
    agreement: float


def locate(query: Gray, matrix: Matrix, at_s: float, reel: Reel, kept: Sequence[Kept]) -> Moment | None:
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
    windows = _around(at_s, kept) + _scanned(query, matrix, reel, kept, but=at_s)
    return _best_within(query, matrix, at_s, reel, windows)


def locate_again(query: Gray, moment: Moment, reel: Reel, kept: Sequence[Kept]) -> Moment:
    """Scan the footage of a resting camera under the transform of the best moment so far.

    On nearly featureless ground the transform of a kept frame may be a pixel off, which hides what a scan can tell.
    """
    for _ in range(ROUNDS):
        windows = _scanned(query, moment.matrix, reel, kept)
        found = _best_within(query, moment.matrix, moment.range_s[0], reel, windows)
        if found is None:
            break
        better = best_of([moment, found])
        if better.matrix is moment.matrix:
            return better
        moment = better
    return moment


def best_of(moments: Sequence[Moment]) -> Moment:
    """Return the moment that leaves the least unexplained; its range holds those that fit as well."""
    best = min(moments, key=lambda one: one.unexplained)
    hidden = min(one.hidden for one in moments)
    enough = AS_GOOD * (best.unexplained - hidden)
    as_good = [one.range_s for one in moments if one is best or one.unexplained - hidden <= enough]
    return replace(best, range_s=(min(start for start, _ in as_good), max(end for _, end in as_good)))


def _best_within(query: Gray, matrix: Matrix, at_s: float, reel: Reel, windows: Sequence[Window]) -> Moment | None:
    found: list[Moment] = []
    for window in windows:
        frames = reel.frames(window)
        if frames.times:
            found.append(_best_frame(query, matrix, at_s, frames))
    return best_of(found) if found else None


def _intervals(kept: Sequence[Kept]) -> list[tuple[Kept, Kept]]:
    ends = [*kept, Kept(kept[-1].time_s + LONGEST_INTERVAL_S, kept[-1].agreement)]
    return list(pairwise(ends))


def _around(at_s: float, kept: Sequence[Kept]) -> list[Window]:
    """Return the intervals that the verified frame ends and begins."""
    return [_window(left, right) for left, right in _intervals(kept) if at_s in {left.time_s, right.time_s}]


def _window(left: Kept, right: Kept) -> Window:
    return left.time_s, min(right.time_s, left.time_s + LONGEST_INTERVAL_S)


def _scanned(
    query: Gray, matrix: Matrix, reel: Reel, kept: Sequence[Kept], *, but: float | None = None
) -> list[Window]:
    """Scan what a resting camera took, but around one kept frame; returns windows around the best moments."""
    resting = sorted(
        (-max(left.agreement, right.agreement), _window(left, right))
        for left, right in _intervals(kept)
        if max(left.agreement, right.agreement) >= RESTING and but not in {left.time_s, right.time_s}
    )
    best: list[float] = []
    for _, time in sorted(scan_residuals(query, matrix, reel, [window for _, window in resting])):
        if len(best) < MOMENTS and all(abs(time - other) > 2 * AROUND_S for other in best):
            best.append(time)
    return [(max(0.0, time - AROUND_S), time + AROUND_S) for time in best]


def _best_frame(query: Gray, matrix: Matrix, at_s: float, frames: Frames) -> Moment:
    """Find the frame that leaves the least of the query unexplained."""
    times, greys = frames.times, frames.greys
    start = min(range(len(times)), key=lambda n: abs(times[n] - at_s))
    matrices = _camera_path(query, matrix, greys, start)
    residuals = [residual(query, grey, one) for grey, one in zip(greys, matrices, strict=True)]
    for number, resting in enumerate(residuals_under(query, matrix, greys)):
        if resting < residuals[number]:
            matrices[number], residuals[number] = matrix, resting
    for number in np.argsort(residuals, kind="stable")[:REALIGNED].tolist():
        better = align(query, greys[number], matrices[number], FINAL_SEARCH_PX, simplest=False)
        left = residual(query, greys[number], better)
        if left < residuals[number]:
            matrices[number], residuals[number] = better, left
    left_out = lost(query, greys, matrices)
    unexplained = [left + hidden for left, hidden in zip(residuals, left_out, strict=True)]
    best = int(np.argmin(unexplained))
    first, last = _run_around(best, [value - min(left_out) for value in unexplained])
    return Moment(times[best], matrices[best], (times[first], times[last]), unexplained[best], left_out[best])


def _camera_path(query: Gray, matrix: Matrix, greys: Sequence[Gray], start: int) -> list[Matrix]:
    """Transform of the query onto every frame: aligned outwards from `start` at anchors, interpolated between them."""
    step = max(1, len(greys) // ANCHORS)
    anchors: dict[int, Matrix] = {}
    for numbers in (range(start, len(greys), step), range(start, -1, -step)):
        known = matrix
        for number in _with_end(numbers, len(greys)):
            if number not in anchors:
                anchors[number] = align(query, greys[number], known, ANCHOR_SEARCH_PX, simplest=False)
            known = anchors[number]
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
