"""Which moment of a video is a still: find the intervals that it may lie in, decode them, take the frame that fits best.

A corpus keeps a frame only when the picture has changed, so the still is usually somewhere between two kept ones. Once
the picture is proven, correlation has done its work: it is 1 for every frame of a quiet scene. What tells the moments
apart is the *residual*, the mean difference that is left after alignment. Text laid over the query is in the residual
of every frame alike; a moved arm is not.

Steps
-----
1. The residual of every kept frame under the known transform. A camera at rest makes all of them comparable; for a
   moving one only the frames around the verified one stay small. Take the intervals between kept frames whose two ends
   have the smallest.
2. Decode them. Align a few frames of each in order, and interpolate the transform between: a camera moves smoothly.
3. Take the frame with the smallest residual; align the best few again, each by itself.

When the video file is gone the kept frame's time stands, with the times of its neighbours as the range.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled_grey
from provcheck.matching.alignment import align
from provcheck.matching.warping import Image, warp
from provcheck.media import video_window
from provcheck.records import Gray, Matrix, Picture

INTERVALS: Final = 3
"""Between kept frames, that are decoded. On 96 stills of 8 clips the nearest kept frame was next to the right interval
for most, but not where little moves."""

LONGEST_INTERVAL_S: Final = 6.0
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
    found: list[tuple[float, Moment]] = []
    for start, end in _intervals(kept):
        try:
            pictures = list(video_window(video, start, end, max_side=REFERENCE_SIDE))
        except UnreadableMedia:
            continue
        if pictures:
            found.append(_best_of(query, matrix, at_s, pictures))
    return min(found, key=lambda one: one[0])[1] if found else None


def _intervals(kept: Sequence[Kept]) -> list[tuple[float, float]]:
    """Return the most promising intervals, none longer than `LONGEST_INTERVAL_S`."""
    ends = [*kept, Kept(kept[-1].time_s + LONGEST_INTERVAL_S, kept[-1].residual)]
    ranked = sorted(pairwise(ends), key=lambda pair: pair[0].residual + pair[1].residual)
    return [(left.time_s, min(right.time_s, left.time_s + LONGEST_INTERVAL_S)) for left, right in ranked[:INTERVALS]]


def residual(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Mean difference of detail that is left after alignment, in grey levels of the query; infinite without overlap.

    The reference is scaled to the query and not the other way round: a blurred frame has little detail to differ in,
    and would win.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    mask = inside > 0
    if not mask.any():
        return float("inf")
    there, here = _detail(warped)[mask], _detail(reference.astype(np.float32))[mask]
    gain = float((there * here).sum()) / max(1.0, float((here * here).sum()))
    return float(np.minimum(np.abs(there - max(gain, 0.0) * here), LARGEST_DIFFERENCE).mean())


def _detail(picture: Image) -> Image:
    blurred = cv2.GaussianBlur(picture, (0, 0), DETAIL_PX)
    return np.asarray(blurred - cv2.blur(picture, (SURROUNDINGS_PX, SURROUNDINGS_PX)), np.float32)


def _best_of(query: Gray, matrix: Matrix, at_s: float, pictures: list[Picture]) -> tuple[float, Moment]:
    """Return the smallest residual and its moment."""
    times = [picture.time_s or 0.0 for picture in pictures]
    greys = [scaled_grey(picture.pixels, REFERENCE_SIDE) for picture in pictures]
    start = min(range(len(times)), key=lambda n: abs(times[n] - at_s))
    matrices = _camera_path(query, matrix, greys, start)
    residuals = [residual(query, grey, one) for grey, one in zip(greys, matrices, strict=True)]
    for number in np.argsort(residuals, kind="stable")[:REALIGNED].tolist():
        better = align(query, greys[number], matrices[number], FINAL_SEARCH_PX)
        left = residual(query, greys[number], better)
        if left < residuals[number]:
            matrices[number], residuals[number] = better, left
    best = int(np.argmin(residuals))
    first, last = _run_around(best, residuals)
    return residuals[best], Moment(pictures[best], matrices[best], (times[first], times[last]))


def _camera_path(query: Gray, matrix: Matrix, greys: list[Gray], start: int) -> list[Matrix]:
    """Transform of the query onto every frame: aligned outwards from `start` at anchors, interpolated between them."""
    step = max(1, len(greys) // ANCHORS)
    anchors: dict[int, Matrix] = {}
    for numbers in (range(start, len(greys), step), range(start, -1, -step)):
        known = matrix
        for number in _with_end(numbers, len(greys)):
            known = anchors.setdefault(number, align(query, greys[number], known, ANCHOR_SEARCH_PX))
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
