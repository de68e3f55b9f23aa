"""Bring a query onto its reference to a fraction of a pixel, by matching blocks of pixels.

Keypoints fix a transform to about a pixel; telling a copy from another shot of the same scene needs better. Blocks of
the warped query are sought in the reference near where they should be, and the transform is fitted again to where they
were found. What is left of the displacement after that is noise for a copy and parallax for another shot.

Why not gradient descent on the whole picture (ECC): one large overlay pulls it away, blocks vote it down.
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from provcheck.matching.transforms import Floats, apply, inverse, is_plausible
from provcheck.matching.warping import warp
from provcheck.records import Gray, Matrix

BLOCK_PX: Final = 32
SEARCH_PX: Final = (8, 4, 2)
"""How far a block is sought in each round, pixels of the reference picture."""

PARALLAX_SEARCH_PX: Final = 6

BLOCKS: Final = 150
"""About so many blocks are spread over the overlap."""

SMOOTHING_PX: Final = 1.5
LEAST_DEVIATION: Final = (2.0, 4.0)
"""Grey levels: flatter blocks of query and reference have no place of their own."""

LEAST_CORRELATION: Final = 0.6
FEWEST: Final = 6
HOMOGRAPHY_FROM: Final = 16
FIT_TOLERANCE_PX: Final = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Where blocks of the warped query lie and where the reference has them: (N, 2) centres each."""

    expected: Floats
    found: Floats


def align(query: Gray, reference: Gray, matrix: Matrix, search_px: tuple[int, ...] = SEARCH_PX) -> Matrix:
    """Refine a transform.

    1. Warp the query onto the reference and find its blocks there.
    2. Fit a homography (an affine transform for few blocks) to where they are, ignoring outliers.
    3. Repeat with a smaller search; stop where it gets implausible.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference, right to within the first search distance.
    """
    known = cv2.GaussianBlur(reference, (0, 0), SMOOTHING_PX).astype(np.float32)
    for reach in search_px:
        blocks = _find_blocks(query, known, matrix, reach)
        if len(blocks.found) < FEWEST:
            return matrix
        better = _fitted(apply(inverse(matrix), blocks.expected), blocks.found)
        if better is None or not is_plausible(better, (query.shape[1], query.shape[0])):
            return matrix
        matrix = better
    return matrix


def displacement(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Measure what is left of block displacements after alignment: the 80th percentile, pixels of the reference.

    A copy has none but noise; another shot of the scene has parallax.
    """
    known = cv2.GaussianBlur(reference, (0, 0), SMOOTHING_PX).astype(np.float32)
    blocks = _find_blocks(query, known, matrix, PARALLAX_SEARCH_PX)
    if len(blocks.found) < FEWEST:
        return 0.0
    return float(np.quantile(np.linalg.norm(blocks.found - blocks.expected, axis=1), 0.8))


def _fitted(origin: Floats, known: Floats) -> Matrix | None:
    if len(origin) >= HOMOGRAPHY_FROM:
        found: Any = cv2.findHomography(origin, known, cv2.RANSAC, FIT_TOLERANCE_PX)[0]
        return None if found is None else np.asarray(found, np.float64)
    affine: Any = cv2.estimateAffine2D(origin, known, ransacReprojThreshold=FIT_TOLERANCE_PX)[0]
    return None if affine is None else np.vstack([np.asarray(affine, np.float64), [0.0, 0.0, 1.0]])


def _find_blocks(query: Gray, known: cv2.typing.MatLike, matrix: Matrix, reach: int) -> Blocks:
    warped, inside = warp(query, matrix, (known.shape[1], known.shape[0]))
    smooth = cv2.GaussianBlur(warped, (0, 0), SMOOTHING_PX)
    step = max(12, int((float(inside.sum()) / BLOCKS) ** 0.5))
    textured = _block_deviation(smooth) >= LEAST_DEVIATION[0]
    textured &= _block_deviation(known) >= LEAST_DEVIATION[1]
    textured &= cv2.erode(inside, np.ones((BLOCK_PX, BLOCK_PX), np.uint8), anchor=(0, 0), borderValue=0) > 0
    expected: list[tuple[float, float]] = []
    found: list[tuple[float, float]] = []
    for top in range(reach, known.shape[0] - BLOCK_PX - reach, step):
        for left in range(reach, known.shape[1] - BLOCK_PX - reach, step):
            if not textured[top, left]:
                continue
            block = np.s_[top : top + BLOCK_PX, left : left + BLOCK_PX]
            around = known[top - reach : top + BLOCK_PX + reach, left - reach : left + BLOCK_PX + reach]
            shift = _shift(smooth[block], around, reach)
            if shift is not None:
                centre = left + (BLOCK_PX - 1) / 2, top + (BLOCK_PX - 1) / 2
                expected.append(centre)
                found.append((centre[0] + shift[0], centre[1] + shift[1]))
    return Blocks(np.array(expected).reshape(-1, 2), np.array(found).reshape(-1, 2))


def _block_deviation(picture: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """Compute the standard deviation of the block that begins at each pixel, grey levels."""
    size, start = (BLOCK_PX, BLOCK_PX), (0, 0)
    mean = cv2.boxFilter(picture, cv2.CV_32F, size, anchor=start)
    square = cv2.boxFilter(picture * picture, cv2.CV_32F, size, anchor=start)
    return np.asarray(np.sqrt(np.maximum(square - mean * mean, 0)), np.float32)


def _shift(block: cv2.typing.MatLike, around: cv2.typing.MatLike, reach: int) -> tuple[float, float] | None:
    """Displacement of a block inside its surroundings, to a fraction of a pixel, or None where it is not there."""
    correlation = cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(correlation)
    if best < LEAST_CORRELATION or not (0 < x < 2 * reach and 0 < y < 2 * reach):
        return None
    return (
        x - reach + _peak(*correlation[y, x - 1 : x + 2].tolist()),
        y - reach + _peak(*correlation[y - 1 : y + 2, x].tolist()),
    )


def _peak(before: float, at: float, after: float) -> float:
    """Offset of the top of a parabola through three equidistant values."""
    curvature = before - 2 * at + after
    return 0.0 if curvature >= 0 else 0.5 * (before - after) / curvature
