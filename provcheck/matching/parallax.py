"""Whether the parts of an aligned pair are displaced against each other: two shots from two places, not a copy.

A copy that was bent (a lens, a curved print) is displaced smoothly; parallax moves whole things and leaves their
surroundings. So a smooth field is fitted to the displacements of blocks, and what counts is the share of blocks that
are found almost perfectly, but elsewhere than both the alignment and the field say. Where two shots differ too much
for that, in a street seen from a driving car, the displacements themselves are large.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.matching.alignment import Blocks, find_blocks, smoothed
from provcheck.matching.transforms import Floats
from provcheck.records import Gray, Matrix

SEARCH_PX: Final = 8
BLOCKS: Final = 300
CERTAIN: Final = 0.85
MOVED_PX: Final = 1.5
GAIN: Final = 0.1
"""Correlation that a displaced block gains over staying in place."""

FEWEST: Final = 20
ROUNDS: Final = 15
COORDINATE_UNIT_PX: Final = 200.0


@dataclass(frozen=True, slots=True)
class Parallax:
    """What is left of the displacements of blocks after alignment.

    Attributes
    ----------
    displacement_px : float
        80th percentile, pixels of the reference.
    displaced_share : float
        Share of the certain blocks that lie elsewhere, 0 to 1.
    """

    displacement_px: float
    displaced_share: float


def measure_parallax(query: Gray, reference: Gray, matrix: Matrix) -> Parallax:
    """Measure how parts of an aligned pair are displaced against each other; zeros when too few blocks are found.

    1. Find blocks of the warped query in the reference, near where they should be.
    2. Fit a cubic field to their displacements, ignoring outliers.
    3. Count the certain ones that moved and that the field does not explain.
    """
    blocks = find_blocks(query, smoothed(reference), matrix, SEARCH_PX, count=BLOCKS)
    certain = blocks.correlation > CERTAIN
    if len(blocks.found) < FEWEST:
        return Parallax(0.0, 0.0)
    moved = blocks.found - blocks.expected
    length = np.linalg.norm(moved, axis=1)
    share = float(_elsewhere(blocks, moved)[certain].mean()) if certain.sum() >= FEWEST else 0.0
    return Parallax(float(np.quantile(length, 0.8)), share)


def _elsewhere(blocks: Blocks, moved: Floats) -> npt.NDArray[np.bool_]:
    unexplained = np.linalg.norm(moved - _smooth_field(blocks.expected, moved), axis=1) > MOVED_PX
    far = np.linalg.norm(moved, axis=1) > MOVED_PX
    return np.asarray(unexplained & far & (blocks.correlation - blocks.in_place > GAIN))


def _smooth_field(places: Floats, moved: Floats) -> Floats:
    """Cubic polynomial of the place, fitted to (N, 2) displacements with Cauchy weights."""
    x, y = (places / COORDINATE_UNIT_PX - 1).T
    design = np.stack([np.ones_like(x), x, y, x * x, y * y, x * y, x**3, x * x * y, x * y * y, y**3], axis=1)
    weight = np.ones(len(x))
    field = np.zeros_like(moved)
    for _ in range(ROUNDS):
        root = np.sqrt(weight)[:, None]
        field = design @ np.linalg.lstsq(design * root, moved * root, rcond=None)[0]
        weight = 1 / (1 + np.sum((moved - field) ** 2, axis=1))
    return np.asarray(field)
