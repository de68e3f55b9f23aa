"""Which keypoint of the query could be which one of the reference: mutual nearest neighbours that stand out."""

from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.indexes import hamming
from provcheck.records import Codes

RATIO: Final = 0.9
"""Hamming distance to the nearest over that to the second nearest (Lowe, IJCV 2004, who used 0.8 on floats)."""


def correspondences(query: Codes, reference: Codes) -> npt.NDArray[np.int64]:
    """Pair codes of two pictures.

    1. Distances between all codes of one and all of the other.
    2. Keep pairs in which each is the other's nearest.
    3. Keep those that are clearly nearer than the second nearest in the reference.

    Parameters
    ----------
    query, reference : (Q, 32) and (R, 32) uint8 arrays

    Returns
    -------
    (M, 2) int64 array
        Indices into query and reference.
    """
    if len(query) < 2 or len(reference) < 2:
        return np.zeros((0, 2), np.int64)
    distances = hamming(query, reference)
    nearest, back = distances.argmin(axis=1), distances.argmin(axis=0)
    mutual = np.flatnonzero(back[nearest] == np.arange(len(query)))
    first = distances[mutual, nearest[mutual]]
    distances[mutual, nearest[mutual]] = np.iinfo(distances.dtype).max
    kept = mutual[first < RATIO * distances[mutual].min(axis=1)]
    return np.stack([kept, nearest[kept]], axis=1)
