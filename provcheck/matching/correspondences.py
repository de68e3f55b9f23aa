"""Which keypoint of the query could be which one of the reference: mutual nearest neighbours that stand out."""

from typing import Final

import numpy as np
import numpy.typing as npt

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
    nearest = distances.argmin(axis=1)
    rows = np.arange(len(query))
    mutual = distances.argmin(axis=0)[nearest] == rows
    second = np.partition(distances, 1, axis=1)[:, 1]
    kept = np.flatnonzero(mutual & (distances[rows, nearest] < RATIO * second))
    return np.stack([kept, nearest[kept]], axis=1)


def hamming(a: Codes, b: Codes) -> npt.NDArray[np.float32]:
    """Hamming distances between all codes of two sets, (A, B): a product of sign matrices, the fastest way in numpy."""
    bits = a.shape[1] * 8
    product = _signs(a) @ _signs(b).T
    return np.asarray((bits - product) / 2, np.float32)


def _signs(codes: Codes) -> npt.NDArray[np.float32]:
    return np.unpackbits(codes, axis=1).astype(np.float32) * 2 - 1
