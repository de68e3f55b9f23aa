"""How a sharp reference would look as soft as its query.

A blurred copy is compared block by block with a sharp picture: what lies beside a block bleeds into it on one side
only, and the block is found better a few pixels off. Blurred alike, every block is in place. Two shots of one place
stay apart when they are blurred, and correlate hardly better.

The blur is the one with which the pictures correlate best. Its trace in the spectrum (fine over coarse detail) is
hidden by what compression adds.
"""

from typing import Final

import cv2
import numpy as np

from provcheck.matching.agreement import textured_correlation
from provcheck.matching.warping import Image, warp
from provcheck.records import Gray, Matrix

BLURS_PX: Final = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.5, 10.0)
"""Pixels of the reference; from the first on a query is soft."""

NOISE_PX: Final = 1.5
WINDOW_PX: Final = 48
FEWEST_WINDOWS: Final = 40
EXPLAINED: Final = 0.55
"""What blurring leaves of the misfit, at most: 0.04 and less of nine blurred copies that were called displaced, 0.51 of
a frame of a 240-line video; 0.66 and more of 28 pairs of other shots (two landmarks, OpenCV's samples) that had
displaced blocks and whose query is not blurred. Of those with a blurred query 0.10 to 0.44: they are displaced all the
same."""


def softened(query: Gray, reference: Gray, matrix: Matrix) -> Gray | None:
    """Return a reference blurred as much as its aligned query; None where blur is not what they differ by.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    here = np.asarray(cv2.GaussianBlur(warped, (0, 0), NOISE_PX), np.float32)
    misfits = {blur: _misfit(here, _blurred(reference, blur), inside) for blur in (0.0, *BLURS_PX)}
    best = min(misfits, key=lambda blur: misfits[blur])
    return _blurred(reference, best) if best and misfits[best] <= EXPLAINED * misfits[0.0] else None


def _blurred(picture: Gray, blur_px: float) -> Gray:
    if not blur_px:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), blur_px, borderType=cv2.BORDER_REFLECT), np.uint8)


def _misfit(here: Image, reference: Gray, inside: Image) -> float:
    """1 less the median local correlation; 1 where too little is shown."""
    known = np.asarray(cv2.GaussianBlur(reference, (0, 0), NOISE_PX), np.float32)
    correlation = textured_correlation(here, known, inside, WINDOW_PX)
    return 1 - float(np.median(correlation)) if len(correlation) >= FEWEST_WINDOWS else 1.0
