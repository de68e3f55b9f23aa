"""Where in the footage of a resting camera a still may lie: every frame of it, compared under one transform.

What moves past a resting camera leaves and comes back, so kept frames say little about the moments between them. But
the transform is the same for all, and once a frame is reduced to its detail, comparing it is one pass over a few
thousand numbers.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled_grey
from provcheck.matching.residuals import LARGEST_DIFFERENCE, SURROUNDINGS_PX, details
from provcheck.matching.warping import warp
from provcheck.media import video_window
from provcheck.records import Gray, Matrix, Size

SCANNED_INTERVALS: Final = 60
"""At most so many are scanned for one still: about two and a half minutes of footage at the spacing of kept frames."""

EVERY: Final = 3
"""Of the rows and columns of a frame's detail, which is blurred by a pixel, so many are compared."""

Window = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """Frames of an interval, reduced to their detail.

    Attributes
    ----------
    times : (N,) float64 array
        Seconds.
    details : (N, ceil(height / EVERY), ceil(width / EVERY)) float16 array
        Every `EVERY`th row and column, grey levels.
    size : (width, height)
        Of the frames.
    """

    times: npt.NDArray[np.float64]
    details: npt.NDArray[np.float16]
    size: Size


def scan_residuals(query: Gray, matrix: Matrix, video: Path, windows: Sequence[Window]) -> list[tuple[float, float]]:
    """Compare a query with every frame of some intervals under one transform.

    Parameters
    ----------
    query : (height, width) uint8 array
    matrix : (3, 3) float64 array
        Query to the frames, at `REFERENCE_SIDE`.

    Returns
    -------
    list of (residual in grey levels, time in seconds)
        Unordered; nothing for an interval that cannot be decoded, or where the query shows too little of the frame.
    """
    found: list[tuple[float, float]] = []
    for start, end in windows[:SCANNED_INTERVALS]:
        scan = _scan(video, start, end)
        if scan is not None:
            found += zip(_residuals(query, matrix, scan), scan.times.tolist(), strict=True)
    return found


@lru_cache(maxsize=2 * SCANNED_INTERVALS)
def _scan(video: Path, start: float, end: float) -> Scan | None:
    """Read an interval; None when it cannot be decoded.

    Kept for the next still: a release often shows several of one video.
    """
    times: list[float] = []
    details: list[npt.NDArray[np.float16]] = []
    size = 0, 0
    try:
        for picture in video_window(video, start, end, max_side=REFERENCE_SIDE):
            grey = scaled_grey(picture.pixels, REFERENCE_SIDE)
            times.append(picture.time_s or 0.0)
            details.append(_thinned(grey))
            size = grey.shape[1], grey.shape[0]
    except UnreadableMedia:
        return None
    return Scan(np.array(times), np.stack(details), size) if details else None


def _thinned(grey: Gray) -> npt.NDArray[np.float16]:
    fine = details([grey.astype(np.float32)], np.ones(grey.shape, np.float32))[0]
    return fine[::EVERY, ::EVERY].astype(np.float16)


def _residuals(query: Gray, matrix: Matrix, scan: Scan) -> list[float]:
    """Mean differences of detail, as `residuals.residual` has them but for the rim of the query."""
    warped, inside = warp(query, matrix, scan.size)
    beside_rim = cv2.erode(inside, np.ones((SURROUNDINGS_PX, SURROUNDINGS_PX), np.uint8))[::EVERY, ::EVERY] > 0
    if not beside_rim.any():
        return [math.inf] * len(scan.times)
    there = details([warped], inside)[0][::EVERY, ::EVERY][beside_rim]
    here = scan.details[:, beside_rim].astype(np.float32)
    gain = np.maximum(here @ there, 0) / np.maximum(np.einsum("np,np->n", here, here), 1.0)
    difference = np.minimum(np.abs(there - gain[:, None] * here), LARGEST_DIFFERENCE)
    return [float(value) for value in difference.mean(axis=1)]
