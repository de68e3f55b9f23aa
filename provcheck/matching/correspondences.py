"""Which keypoint of the query could be which one of the reference: mutual nearest neighbours that stand out."""

from typing import Final

import cv2
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
    distances, nearest = _nearest(query, reference, 2)
    _, back = _nearest(reference, query, 1)
    mutual = back[nearest[:, 0], 0] == np.arange(len(query))
    kept = np.flatnonzero(mutual & (distances[:, 0] < RATIO * distances[:, 1]))
    return np.stack([kept, nearest[kept, 0]], axis=1)


def _nearest(codes: Codes, others: Codes, count: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Distances in bits and numbers of the nearest others of each code, (N, count), nearest first."""
    found = cv2.batchDistance(codes, others, cv2.CV_32S, normType=cv2.NORM_HAMMING, K=count)
    distances, numbers = (np.asarray(one, np.int64) for one in found)
    return distances, numbers


def hamming(a: Codes, b: Codes) -> npt.NDArray[np.int64]:
    """Hamming distances between all codes of two sets, (A, B)."""
    return np.asarray(np.bitwise_count(a[:, None] ^ b[None]).sum(axis=2), np.int64)
