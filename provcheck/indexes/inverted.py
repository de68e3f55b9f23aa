"""An inverted file, by FAISS: codes sorted into lists around binary centroids; a search looks into a few lists only.

Approximate: a neighbour in a list that is not looked at is missed (`tests/indexes` measures how many). Up to
`TRAIN_FROM` codes it keeps them in a flat index, exact and as fast; then it learns centroids from what it has, and
learns them again whenever it has grown `RETRAIN_GROWTH` times.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import faiss
import numpy as np
import numpy.typing as npt

from provcheck.indexes.flat import inside, nearest
from provcheck.records import Codes

TRAIN_FROM: Final = 20_000
RETRAIN_GROWTH: Final = 4
LISTS_FACTOR: Final = 3
"""Lists for each square root of the number of codes: more lists make searches shorter and building longer."""

TRAINING_CODES_A_LIST: Final = 40
TRAINING_ROUNDS: Final = 6
PROBED_LISTS: Final = 32
LARGEST_LISTS: Final = 65_536


class InvertedIndex:
    """An approximate index that grows from an exact one.

    Parameters
    ----------
    bits : int
        Length of the codes, a multiple of 8.
    """

    def __init__(self, bits: int) -> None:
        self._index: Any = faiss.IndexBinaryFlat(bits)
        self._owner: Any = self._index

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, codes: Codes) -> None:
        """Append codes, shape (N, bits / 8), numbered in the order of adding."""
        codes = np.ascontiguousarray(codes)
        if len(self) + len(codes) >= max(TRAIN_FROM, RETRAIN_GROWTH * self._trained_for()):
            codes = np.concatenate([self._stored(), codes])
            self._index = self._owner = _trained(codes, self._index.d)
        self._index.add(codes)

    def search(self, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return the distances and numbers of the `count` nearest codes, shape (Q, count); -1 where there are fewer."""
        return nearest(self._index, queries, count)

    def within(self, queries: Codes, radius: int) -> Iterator[tuple[int, int, int]]:
        """Return (query, number, distance) of the codes found at `radius` bits or nearer."""
        return inside(self._index, queries, radius)

    def write(self, path: Path) -> None:
        """Write the index to a file that `read` reads."""
        faiss.write_index_binary(self._index, str(path))

    @classmethod
    def read(cls, path: Path) -> "InvertedIndex":
        """Read what `write` wrote."""
        index = cls.__new__(cls)
        index._owner = faiss.read_index_binary(str(path))  # noqa: SLF001 - its own class; the next line only borrows
        index._index = faiss.downcast_IndexBinary(index._owner)  # noqa: SLF001
        return index

    def _trained_for(self) -> int:
        """How many codes the lists were made for; 0 while there are none."""
        lists = getattr(self._index, "nlist", 0)
        return int((lists / LISTS_FACTOR) ** 2)

    def _stored(self) -> Codes:
        if not len(self):
            return np.zeros((0, self._index.d // 8), np.uint8)
        if hasattr(self._index, "make_direct_map"):
            self._index.make_direct_map()
        codes = np.empty((len(self), self._index.d // 8), np.uint8)
        self._index.reconstruct_n(0, len(self), codes)
        return codes


def _trained(codes: Codes, bits: int) -> Any:
    lists = min(LARGEST_LISTS, max(16, int(LISTS_FACTOR * len(codes) ** 0.5)))
    lists = min(lists, len(codes) // TRAINING_CODES_A_LIST)
    index = faiss.IndexBinaryIVF(faiss.IndexBinaryFlat(bits), bits, lists)
    index.cp.niter = TRAINING_ROUNDS
    index.cp.seed = 1
    step = max(1, len(codes) // (lists * TRAINING_CODES_A_LIST))
    index.train(np.ascontiguousarray(codes[::step]))
    index.nprobe = min(PROBED_LISTS, lists)
    return index
