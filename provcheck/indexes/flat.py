"""Brute force, by FAISS: every code is compared with every other, so nothing is missed."""

from collections.abc import Iterator
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from provcheck.records import Codes


class FlatIndex:
    """An exact index.

    Parameters
    ----------
    bits : int
        Length of the codes, a multiple of 8.
    """

    def __init__(self, bits: int) -> None:
        self._index: Any = faiss.IndexBinaryFlat(bits)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, codes: Codes) -> None:
        """Append codes, shape (N, bits / 8), numbered in the order of adding."""
        self._index.add(np.ascontiguousarray(codes))

    def search(self, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return the distances and numbers of the `count` nearest codes, shape (Q, count); -1 where there are fewer."""
        return nearest(self._index, queries, count)

    def within(self, queries: Codes, radius: int) -> Iterator[tuple[int, int, int]]:
        """Return (query, number, distance) of every code at `radius` bits or nearer."""
        return inside(self._index, queries, radius)


def one_thread() -> None:
    """Keep FAISS on the calling thread: its pool spins while it waits and starves the rest of a small machine."""
    faiss.omp_set_num_threads(1)


def nearest(index: Any, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Ask a FAISS binary index; (Q, count) distances and numbers, -1 in both where there are fewer."""
    if not len(queries) or not index.ntotal:
        shape = len(queries), count
        return np.full(shape, -1, np.int32), np.full(shape, -1, np.int64)
    distances, numbers = index.search(np.ascontiguousarray(queries), count)
    return np.where(numbers < 0, -1, distances).astype(np.int32), numbers


def inside(index: Any, queries: Codes, radius: int) -> Iterator[tuple[int, int, int]]:
    """Ask a FAISS binary index, whose own radius is not inclusive; yields (query, number, distance)."""
    if not len(queries) or not index.ntotal:
        return
    limits, distances, numbers = index.range_search(np.ascontiguousarray(queries), radius + 1)
    for query in range(len(queries)):
        for at in range(limits[query], limits[query + 1]):
            yield query, int(numbers[at]), int(distances[at])
