"""Where an aligned pair differs: text laid over, an object gone.

A window disagrees when it shows something in one of the pictures and correlates badly. Disagreeing windows are joined
to regions; small ones are noise of compression and alignment and are left out.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import LEAST_VARIANCE, local_correlation
from provcheck.matching.warping import warp
from provcheck.records import Box, Gray, Matrix

BLUR_PX: Final = 2.0
WINDOW_PX: Final = 16
DISAGREES: Final = 0.4
SHOWN_VARIANCE: Final = 4 * LEAST_VARIANCE
LEAST_AREA: Final = 0.006
"""Fraction of the overlap; smaller regions are not named."""

MOST_REGIONS: Final = 8
NOISY: Final = 0.6
"""When less of the textured overlap agrees than this, the picture is degraded all over and no region is singled out."""


def changed_boxes(query: Gray, reference: Gray, matrix: Matrix) -> list[Box]:
    """Find the regions of a reference that the aligned query shows otherwise, largest first.

    Returns
    -------
    list of Box
        In pixels of `reference`.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    there = np.asarray(cv2.GaussianBlur(warped, (0, 0), BLUR_PX), np.float32)
    here = np.asarray(cv2.GaussianBlur(reference, (0, 0), BLUR_PX), np.float32)
    correlation, of_query, of_reference, covered = local_correlation(there, here, inside, WINDOW_PX)
    seen = covered > 0.9
    textured = seen & (of_reference > SHOWN_VARIANCE)
    if not textured.any():
        return []
    gain = float(np.median(of_query[textured])) / max(1.0, float(np.median(of_reference[textured])))
    shown = seen & (np.maximum(of_query / max(gain, 1e-3), of_reference) > SHOWN_VARIANCE)
    disagreeing = shown & (correlation < DISAGREES)
    if disagreeing.sum() > (1 - NOISY) * shown.sum():
        return []
    return _boxes(disagreeing, LEAST_AREA * float(seen.sum()))


def _boxes(mask: npt.NDArray[np.bool_], least_area: float) -> list[Box]:
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (WINDOW_PX // 2, WINDOW_PX // 2))
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    regions = sorted((row for row in stats[1:].tolist() if row[4] >= least_area), key=lambda row: -row[4])
    return [(left, top, left + width, top + height) for left, top, width, height, _ in regions[:MOST_REGIONS]]
