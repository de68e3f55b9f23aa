"""Which keypoints to keep: strong ones, spread over the picture and over scales.

The strongest keypoints of a picture crowd into its busiest texture and its finest scale, so a crop of a calm part would
have none, and a blurred copy would share none. Each keypoint is ranked three times, in all, in its cell of an 8x8 grid
and in its octave; the best of the combined ranks stay. Against the plain strongest 300 this lifted the share of edited
photographs whose reference is among the first eight candidates from 0.952 to 0.966 (Debian's gcompris-qt-data).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.records import Points, Size

GRID: Final = 8
OCTAVES: Final = 4
SMALLEST_DIAMETER: Final = 2.5

Floats = npt.NDArray[np.float32]


def spread(points: Points, scales: Floats, responses: Floats, size: Size, count: int) -> npt.NDArray[np.int64]:
    """Choose at most `count` keypoints.

    Parameters
    ----------
    points : (N, 2) float32 array
    scales : (N,) float32 array
        Diameters, pixels.
    responses : (N,) float32 array
    size : (width, height)

    Returns
    -------
    (M,) int64 array
        Indices of the chosen ones, best first.
    """
    strongest_first = np.argsort(-responses, kind="stable")
    if len(points) <= count:
        return strongest_first
    cell = np.clip(points / np.array(size) * GRID, 0, GRID - 1).astype(np.int64) @ np.array([1, GRID])
    octave = np.clip(np.log2(scales / SMALLEST_DIAMETER).astype(np.int64), 0, OCTAVES - 1)
    in_all = _ranks(np.zeros_like(cell), strongest_first) / count
    in_cell = _ranks(cell, strongest_first) * (GRID * GRID / count)
    in_octave = _ranks(octave, strongest_first) * (OCTAVES / count)
    order: npt.NDArray[np.int64] = np.argsort(in_cell + np.minimum(in_octave, in_all), kind="stable")
    return order[:count]


def _ranks(group: npt.NDArray[np.int64], strongest_first: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Rank of each keypoint among those of its group, 0 for the strongest."""
    by_group = strongest_first[np.argsort(group[strongest_first], kind="stable")]
    sizes = np.bincount(group)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    ranks = np.empty(len(group), np.float64)
    ranks[by_group] = np.arange(len(group)) - np.repeat(starts, sizes)
    return ranks
