"""Whether the parts of an aligned pair are displaced against each other: two shots from two places, not a copy.

A block is displaced when it is found elsewhere so much better than in place that noise cannot explain it: a blurred
copy is found a little better elsewhere, too, and says nothing. A copy that was bent (a lens, a curled page) is
displaced smoothly, and once the query is bent back nothing is left; parallax moves whole things against their
surroundings and stays. Where two shots differ too much for that, in a street seen from a driving car, the displacements
themselves are large.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.alignment import BLOCK_PX, Blocks, find_blocks, smoothed
from provcheck.matching.transforms import Floats
from provcheck.matching.warping import Image, warp
from provcheck.records import Gray, Matrix, Size

SEARCH_PX: Final = 8
BLOCKS: Final = 300
CERTAIN: Final = 0.85
"""Correlation of a block that is surely found."""

MOVED_PX: Final = 0.8
TIMES_WORSE: Final = 6.0
LEAST_MISFIT: Final = 0.01
"""A block is displaced when it fits (1 - correlation) so many times worse in place than where it is found."""

FEWEST: Final = 12
FEWEST_TO_BEND: Final = 20
WORTH_BENDING: Final = 0.02
"""Share of displaced blocks below which no shot is told, bent or not."""

DRAWN_SHARE: Final = 0.03
"""Of a block, as in `movement`."""

BENDS: Final = 2
ROUNDS: Final = 15

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Parallax:
    """What is left of the displacements of blocks after alignment.

    Attributes
    ----------
    displacement_px : float
        80th percentile, pixels of the reference.
    displaced_share : float
        Share of the certain blocks that lie elsewhere, 0 to 1.
    unbent_share : float
        The same after the query was bent as smoothly as a lens or a curled page would.
    """

    displacement_px: float
    displaced_share: float
    unbent_share: float


NONE: Final = Parallax(0.0, 0.0, 0.0)


def measure_parallax(query: Gray, reference: Gray, matrix: Matrix, drawn: Mask | None = None) -> Parallax:
    """Measure how parts of an aligned pair are displaced against each other; zeros when too few blocks are found.

    1. Find blocks of the warped query in the reference, near where they should be.
    2. Count the certain ones that are displaced.
    3. When they are many, bend the query by a cubic field fitted to the displacements, and count again.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    drawn : (height, width) bool array or None
        Letters and flat graphics in pixels of the reference (`drawn`); blocks that show some are left out.
    """
    known = smoothed(reference)
    blocks = _beside(drawn, find_blocks(query, known, matrix, SEARCH_PX, count=BLOCKS))
    if len(blocks.found) < FEWEST_TO_BEND:
        return NONE
    share = displaced_share(blocks)
    bent = share
    if share > WORTH_BENDING:
        warped, _ = warp(query, matrix, (reference.shape[1], reference.shape[0]))
        bent = displaced_share(_beside(drawn, _bent_back(warped, known, blocks)))
    return Parallax(float(np.quantile(_lengths(blocks), 0.8)), share, bent)


def _beside(drawn: Mask | None, blocks: Blocks) -> Blocks:
    """Leave out blocks that show something drawn; all stay where too few of the rest are certain to prove anything."""
    if drawn is None:
        return blocks
    share = cv2.boxFilter(drawn.astype(np.float32), cv2.CV_32F, (BLOCK_PX, BLOCK_PX))
    columns, rows = np.round(blocks.expected).astype(int).T
    bare = share[rows, columns] < DRAWN_SHARE
    if (bare & (blocks.correlation > CERTAIN)).sum() < FEWEST_TO_BEND:
        return blocks
    return Blocks(blocks.expected[bare], blocks.found[bare], blocks.correlation[bare], blocks.in_place[bare])


def displaced_share(blocks: Blocks) -> float:
    """Share of the certain blocks that fit elsewhere far better than in place; 0 when they are few."""
    certain = blocks.correlation > CERTAIN
    if certain.sum() < FEWEST:
        return 0.0
    misfit = np.maximum(1 - blocks.correlation, LEAST_MISFIT)
    displaced = (_lengths(blocks) > MOVED_PX) & (1 - blocks.in_place > TIMES_WORSE * misfit)
    return float(displaced[certain].mean())


def _lengths(blocks: Blocks) -> Floats:
    return np.asarray(np.linalg.norm(blocks.found - blocks.expected, axis=1))


def _bent_back(warped: Image, known: cv2.typing.MatLike, blocks: Blocks) -> Blocks:
    """Bend a warped query so that its blocks come to lie where they were found, and find them again."""
    height, width = warped.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    places = np.stack([columns.ravel(), rows.ravel()], axis=1).astype(np.float64)
    field = np.zeros((height, width, 2), np.float32)
    for _ in range(BENDS):
        field += _smooth_field(blocks, places, (width, height)).reshape(height, width, 2).astype(np.float32)
        bent = cv2.remap(warped, columns - field[..., 0], rows - field[..., 1], cv2.INTER_LINEAR)
        grey = np.clip(bent, 0, 255).astype(np.uint8)
        blocks = find_blocks(grey, known, np.eye(3), SEARCH_PX, count=BLOCKS)
        if len(blocks.found) < FEWEST_TO_BEND:
            break
    return blocks


def _smooth_field(blocks: Blocks, places: Floats, size: Size) -> Floats:
    """Cubic polynomial fitted to the displacements of blocks with Cauchy weights, at (N, 2) places."""
    moved, design = blocks.found - blocks.expected, _cubic(blocks.expected, size)
    sure = np.clip((blocks.correlation - 0.6) / 0.3, 0.02, 1.0)
    weight: Floats = sure
    terms: Floats = np.zeros((design.shape[1], 2))
    for _ in range(ROUNDS):
        root = np.sqrt(weight)[:, None]
        terms = np.asarray(np.linalg.lstsq(design * root, moved * root, rcond=None)[0])
        weight = np.asarray(sure / (1 + np.sum((moved - design @ terms) ** 2, axis=1)))
    return np.asarray(_cubic(places, size) @ terms)


def _cubic(places: Floats, size: Size) -> Floats:
    x, y = ((places - np.array(size) / 2) / (max(size) / 2)).T
    powers = [np.ones_like(x), x, y, x * x, x * y, y * y, x**3, x * x * y, x * y * y, y**3]
    return np.stack(powers, axis=1)
