"""Bring a query onto its reference to a fraction of a pixel, by matching blocks of pixels.

Keypoints fix a transform to about a pixel; telling a copy from another shot of the same scene needs better. Blocks of
the warped query are sought in the reference near where they should be, and the transform is fitted again to where they
were found. What is left of the displacement after that is noise for a copy and parallax for another shot.

Why not gradient descent on the whole picture (ECC): one large overlay pulls it away, blocks vote it down.

A homography fits noise as readily as a tilt, and then a blurred copy is reported as turned, cropped and seen at an
angle. So the simplest transform wins unless a richer one explains the blocks better than its parameters must.

References
----------
Torr, "An assessment of information criteria for motion model selection", CVPR 1997.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np

from provcheck.matching.transforms import Floats, apply, fit_affine, fit_similarity, inverse, is_plausible
from provcheck.matching.warping import warp
from provcheck.records import Gray, Matrix

BLOCK_PX: Final = 32
SEARCH_PX: Final = (8, 4, 2)
"""How far a block is sought in each round, pixels of the reference picture."""

BLOCKS: Final = 150
"""About so many blocks are spread over the overlap."""

LEAST_STEP_PX: Final = 12
SMOOTHING_PX: Final = 1.5
LEAST_DEVIATION: Final = (2.0, 4.0)
"""Grey levels: flatter blocks of query and reference have no place of their own."""

LEAST_CORRELATION: Final = 0.6
FEWEST: Final = 6
HOMOGRAPHY_FROM: Final = 16
FIT_TOLERANCE_PX: Final = 1.5
LEAST_NOISE_PX: Final = 0.1
OUTLIER: Final = 16.0
"""Squared residual, in units of the noise, beyond which a block does not say more against a transform."""

PARAMETER_PRICE: Final = 3.0
"""Times the usual price, for blocks share pixels and their errors. With homographies alone 8 of 61 copies (blurred, of
other hues, halftone, low-bitrate video, made smaller) were said to be turned, stretched or seen at an angle, at 1 it
was 7, at 3 it was 5; all 12 photographed screens were seen at an angle every time."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Blocks of the warped query that the reference has near by.

    Attributes
    ----------
    expected, found : (N, 2) float64 arrays
        Where the transform puts their centres; where the reference has them.
    correlation, in_place : (N,) float64 arrays
        Correlation where they were found, and where they were expected.
    """

    expected: Floats
    found: Floats
    correlation: Floats
    in_place: Floats


def align(
    query: Gray, reference: Gray, matrix: Matrix, search_px: tuple[int, ...] = SEARCH_PX, *, simplest: bool = True
) -> Matrix:
    """Refine a transform.

    1. Warp the query onto the reference and find its blocks there.
    2. Fit a transform to where they are, ignoring outliers.
    3. Repeat with a smaller search; stop where it gets implausible.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference, right to within the first search distance.
    simplest : bool
        Prefer a similarity or an affine transform where it explains as much. Frames of a video, of which the one with
        the least difference is sought, are all given the same freedom instead.
    """
    known = smoothed(reference)
    for reach in search_px:
        blocks = find_blocks(query, known, matrix, reach)
        if len(blocks.found) < FEWEST:
            return matrix
        fit = _simplest if simplest else _robust
        better = fit(apply(inverse(matrix), blocks.expected), blocks.found)
        if better is None or not is_plausible(better, (query.shape[1], query.shape[0])):
            return matrix
        matrix = better
    return matrix


def _simplest(origin: Floats, known: Floats) -> Matrix | None:
    """Fit the simplest transform that explains where the blocks are, ignoring outliers."""
    full = _robust(origin, known)
    if full is None:
        return None
    near = _residual(full, origin, known) < FIT_TOLERANCE_PX
    if near.sum() < FEWEST:
        return full
    noise = max(LEAST_NOISE_PX, float(np.sqrt((_residual(full, origin[near], known[near]) ** 2).mean() / 2)))
    models = {4: fit_similarity(origin[near], known[near]), 6: fit_affine(origin[near], known[near])}
    if len(origin) >= HOMOGRAPHY_FROM:
        models[8] = full
    costs = {count: _cost(matrix, count, origin[near], known[near], noise) for count, matrix in models.items()}
    return models[min(costs, key=lambda count: costs[count])]


def _cost(matrix: Matrix, parameters: int, origin: Floats, known: Floats, noise: float) -> float:
    """Squared residuals in units of the noise, cut off at outliers, and the price of the parameters."""
    explained = np.minimum((_residual(matrix, origin, known) / noise) ** 2, OUTLIER)
    return float(explained.sum()) + PARAMETER_PRICE * parameters * math.log(4 * len(origin))


def _residual(matrix: Matrix, origin: Floats, known: Floats) -> Floats:
    return np.asarray(np.linalg.norm(apply(matrix, origin) - known, axis=1))


def _robust(origin: Floats, known: Floats) -> Matrix | None:
    if len(origin) >= HOMOGRAPHY_FROM:
        found: Any = cv2.findHomography(origin, known, cv2.RANSAC, FIT_TOLERANCE_PX)[0]
        return None if found is None else np.asarray(found, np.float64)
    affine: Any = cv2.estimateAffine2D(origin, known, ransacReprojThreshold=FIT_TOLERANCE_PX)[0]
    return None if affine is None else np.vstack([np.asarray(affine, np.float64), [0.0, 0.0, 1.0]])


def smoothed(picture: Gray) -> cv2.typing.MatLike:
    """Return the picture as blocks are compared in it: without the finest noise, float32."""
    return cv2.GaussianBlur(picture, (0, 0), SMOOTHING_PX).astype(np.float32)


def find_blocks(query: Gray, known: cv2.typing.MatLike, matrix: Matrix, reach: int, *, count: int = BLOCKS) -> Blocks:
    """Seek blocks of a warped query in a reference.

    Parameters
    ----------
    known : (height, width) float32 array
        The reference, `smoothed`.
    reach : int
        How far from its expected place a block is sought, pixels.
    count : int
        About so many blocks are spread over the overlap.
    """
    warped, inside = warp(query, matrix, (known.shape[1], known.shape[0]))
    smooth = cv2.GaussianBlur(warped, (0, 0), SMOOTHING_PX)
    step = max(LEAST_STEP_PX, int((float(inside.sum()) / count) ** 0.5))
    textured = _block_deviation(smooth) >= LEAST_DEVIATION[0]
    textured &= _block_deviation(known) >= LEAST_DEVIATION[1]
    textured &= cv2.erode(inside, np.ones((BLOCK_PX, BLOCK_PX), np.uint8), anchor=(0, 0), borderValue=0) > 0
    rows: list[tuple[float, ...]] = []
    for top in range(reach, known.shape[0] - BLOCK_PX - reach, step):
        for left in range(reach, known.shape[1] - BLOCK_PX - reach, step):
            if not textured[top, left]:
                continue
            block = smooth[top : top + BLOCK_PX, left : left + BLOCK_PX]
            around = known[top - reach : top + BLOCK_PX + reach, left - reach : left + BLOCK_PX + reach]
            shift = _shift(block, around, reach)
            if shift is not None:
                rows.append((left + (BLOCK_PX - 1) / 2, top + (BLOCK_PX - 1) / 2, *shift))
    table = np.array(rows, np.float64).reshape(-1, 6)
    return Blocks(table[:, :2], table[:, :2] + table[:, 2:4], table[:, 4], table[:, 5])


def _block_deviation(picture: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """Compute the standard deviation of the block that begins at each pixel, grey levels."""
    size, start = (BLOCK_PX, BLOCK_PX), (0, 0)
    mean = cv2.boxFilter(picture, cv2.CV_32F, size, anchor=start)
    square = cv2.boxFilter(picture * picture, cv2.CV_32F, size, anchor=start)
    return np.asarray(np.sqrt(np.maximum(square - mean * mean, 0)), np.float32)


def _shift(
    block: cv2.typing.MatLike, around: cv2.typing.MatLike, reach: int
) -> tuple[float, float, float, float] | None:
    """Find a block inside its surroundings, to a fraction of a pixel.

    Returns its displacement in x and y, its correlation there and in place; None where it is not there.
    """
    correlation = cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(correlation)
    if best < LEAST_CORRELATION or not (0 < x < 2 * reach and 0 < y < 2 * reach):
        return None
    return (
        x - reach + _peak(*correlation[y, x - 1 : x + 2].tolist()),
        y - reach + _peak(*correlation[y - 1 : y + 2, x].tolist()),
        best,
        float(correlation[reach, reach]),
    )


def _peak(before: float, at: float, after: float) -> float:
    """Offset of the top of a parabola through three equidistant values."""
    curvature = before - 2 * at + after
    return 0.0 if curvature >= 0 else 0.5 * (before - after) / curvature
