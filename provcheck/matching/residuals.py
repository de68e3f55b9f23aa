"""What a frame leaves of a query unexplained: the measure by which the moments of a video are told apart.

Correlation is 1 for every frame of a quiet scene. The *residual*, the mean difference of detail that is left after
alignment, is not: text laid over the query is in the residual of every frame alike, a moved arm is not, and even the
noise of the camera differs from frame to frame.
"""

import math
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from provcheck.matching.agreement import overlap
from provcheck.matching.transforms import apply, corners, depth_ratio
from provcheck.matching.warping import Image, warp
from provcheck.records import Box, Gray, Matrix

DETAIL_PX: Final = 1.0
SURROUNDINGS_PX: Final = 25
"""Differences are taken of detail: a picture blurred by `DETAIL_PX` less its mean over so many pixels, which ignores
glare, vignettes and tone."""

LARGEST_DIFFERENCE: Final = 30.0
"""Grey levels; more than "completely different" is not worse."""

COARSE_PX: Final = 2.5
"""Blur at which a camera that shakes by a fraction of a pixel still sees the same."""

BLOCK_PX: Final = 16
BLOCK_COVERED: Final = 0.5
LEAST_ENERGY: Final = 1e-6

_Weights = tuple[Image, Image, Image]


def residual(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Mean difference of detail that is left after alignment, in grey levels of the query; infinite without overlap.

    The reference is scaled to the query and not the other way round: a blurred frame has little detail to differ in,
    and would win.
    """
    return residuals_under(query, matrix, [reference])[0]


def residuals_under(query: Gray, matrix: Matrix, references: Sequence[Gray]) -> list[float]:
    """Return the `residual` of several references of one size under one transform; the query is warped once for all."""
    if not references:
        return []
    left, top, right, bottom = _surroundings(query, matrix, references[0].shape)
    if left >= right or top >= bottom:
        return [float("inf")] * len(references)
    here = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ matrix
    warped, inside = warp(query, here, (right - left, bottom - top))
    mask = inside > 0
    if not mask.any():
        return [float("inf")] * len(references)
    weights = _weights(inside, DETAIL_PX)
    shown = _detail(warped, weights, DETAIL_PX)[mask]
    return [
        _difference(shown, _detail(known[top:bottom, left:right].astype(np.float32), weights, DETAIL_PX)[mask])
        for known in references
    ]


def _surroundings(query: Gray, matrix: Matrix, shape: tuple[int, ...]) -> Box:
    """Return the box of what the query covers, with as much around it as has a share in the detail."""
    size = query.shape[1], query.shape[0]
    if not math.isfinite(depth_ratio(matrix, size)):
        return 0, 0, shape[1], shape[0]
    outline = apply(matrix, corners(size))
    left, top = np.floor(outline.min(axis=0)).astype(int) - SURROUNDINGS_PX
    right, bottom = np.ceil(outline.max(axis=0)).astype(int) + SURROUNDINGS_PX + 1
    return max(0, int(left)), max(0, int(top)), min(shape[1], int(right)), min(shape[0], int(bottom))


def _difference(shown: Image, known: Image) -> float:
    gain = float((shown * known).sum()) / max(1.0, float((known * known).sum()))
    return float(np.minimum(np.abs(shown - max(gain, 0.0) * known), LARGEST_DIFFERENCE).mean())


def background_agreement(query: Gray, reference: Gray, matrix: Matrix) -> float:
    """Correlate an aligned pair where the query shows most: what a resting camera sees when people and cars pass.

    Returns
    -------
    float
        Median correlation of blocks, -1 to 1; 0 without overlap.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    there, here = (each * inside for each in details([warped, reference.astype(np.float32)], inside, COARSE_PX))
    size = max(1, inside.shape[1] // BLOCK_PX), max(1, inside.shape[0] // BLOCK_PX)
    covered, both, of_query, of_known = (
        np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA))
        for each in (inside, there * here, there * there, here * here)
    )
    shown = covered > BLOCK_COVERED
    if not shown.any():
        return 0.0
    shown &= of_query >= np.median(of_query[shown])
    return float(np.median(both[shown] / np.sqrt(np.maximum(of_query[shown] * of_known[shown], LEAST_ENERGY))))


def unexplained(query: Gray, frame: Gray, matrix: Matrix) -> float:
    """Return what a frame leaves of a query: the residual, and the detail that hangs out of it; grey levels."""
    return residual(query, frame, matrix) + lost(query, [frame], [matrix])[0]


def lost(query: Gray, greys: Sequence[Gray], matrices: Sequence[Matrix]) -> list[float]:
    """Detail of the query that hangs out of each frame: without it, the frame that shows least of a query could win."""
    everything = np.abs(details([query.astype(np.float32)], np.ones(query.shape, np.float32))[0])
    whole = float(np.minimum(everything, LARGEST_DIFFERENCE).mean())
    size = query.shape[1], query.shape[0]
    sizes = [(grey.shape[1], grey.shape[0]) for grey in greys]
    return [whole * (1 - overlap(one, size, frame).query) for one, frame in zip(matrices, sizes, strict=True)]


def details(pictures: list[Image], inside: Image, blur_px: float = DETAIL_PX) -> list[Image]:
    """Take means over what all show: beyond a crop's borders the warped query is black."""
    weights = _weights(inside, blur_px)
    return [_detail(picture, weights, blur_px) for picture in pictures]


def _weights(inside: Image, blur_px: float) -> _Weights:
    """Return where the query is, and how much of the near and of the wide surroundings of each pixel it covers."""
    near = np.maximum(cv2.GaussianBlur(inside, (0, 0), blur_px), 1e-3)
    wide = np.maximum(cv2.blur(inside, (SURROUNDINGS_PX, SURROUNDINGS_PX)), 1e-3)
    return inside, near, wide


def _detail(picture: Image, weights: _Weights, blur_px: float) -> Image:
    inside, near, wide = weights
    shown = picture * inside
    window = (SURROUNDINGS_PX, SURROUNDINGS_PX)
    return np.asarray(cv2.GaussianBlur(shown, (0, 0), blur_px) / near - cv2.blur(shown, window) / wide)
