"""Where in the footage of a resting camera a still may lie: every frame of it, compared under one transform.

What moves past a resting camera leaves and comes back, so kept frames say little about the moments between them. But
the transform is the same for all, and once a frame is reduced to its detail, comparing it is one pass over a few
thousand numbers.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.reels import EVERY, Details, Reel, Window
from provcheck.matching.residuals import LARGEST_DIFFERENCE, SURROUNDINGS_PX, details
from provcheck.matching.warping import warp
from provcheck.records import Gray, Matrix, Size

SCANNED_INTERVALS: Final = 60
"""At most so many are scanned for one still: about two and a half minutes of footage at the spacing of kept frames."""


def scan_residuals(query: Gray, matrix: Matrix, reel: Reel, windows: Sequence[Window]) -> list[tuple[float, float]]:
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
    scanned = windows[:SCANNED_INTERVALS]
    found: list[tuple[float, float]] = []
    seen: dict[Size, _Seen | None] = {}
    for second in reel.details(scanned):
        if second.size not in seen:
            seen[second.size] = _see(query, matrix, second.size)
        shown = seen[second.size]
        if shown is not None:
            found += zip(_residuals(*shown, second), second.times, strict=True)
    return [(left, time) for left, time in found if any(start <= time <= end for start, end in scanned)]


_Seen = tuple[npt.NDArray[np.bool_], npt.NDArray[np.float32]]


def _see(query: Gray, matrix: Matrix, size: Size) -> _Seen | None:
    """Return which of the kept rows and columns the query shows but for its rim, and its detail there."""
    warped, inside = warp(query, matrix, size)
    beside_rim = cv2.erode(inside, np.ones((SURROUNDINGS_PX, SURROUNDINGS_PX), np.uint8))[::EVERY, ::EVERY] > 0
    if not beside_rim.any():
        return None
    return beside_rim, details([warped], inside)[0][::EVERY, ::EVERY][beside_rim]


def _residuals(beside_rim: npt.NDArray[np.bool_], there: npt.NDArray[np.float32], second: Details) -> list[float]:
    """Mean differences of detail, as `residuals.residual` has them."""
    here = second.details[:, beside_rim].astype(np.float32)
    gain = np.maximum(here @ there, 0) / np.maximum(np.einsum("np,np->n", here, here), 1.0)
    difference = np.minimum(np.abs(there - gain[:, None] * here), LARGEST_DIFFERENCE)
    return [float(value) for value in difference.mean(axis=1)]
