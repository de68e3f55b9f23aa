"""The centres around which an inverted file sorts its codes: learnt once, in two levels, as majority votes.

A code belongs to the list of its nearest centre. Comparing it with all of 65,536 centres would cost more than the
search itself, so the centres are sorted around a few hundred of their own, by FAISS, and only those near the nearest of
these are looked at. They are learnt in the same two steps. FAISS learns binary centres by k-means on 256 floats a code,
which took 45 s for the codes of 10,000 frames; a majority vote of bits is the same idea under Hamming distance (Grana
et al., A fast approach for integrating ORB descriptors in the bag of words model, SPIE 2013) and takes two.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import faiss
import numpy as np
import numpy.typing as npt

from provcheck.records import Codes

CODES_A_LIST: Final = 400
"""When the centres are learnt; lists grow `GROWTH` times as long before new centres are learnt."""

FEWEST_LISTS: Final = 16
MOST_LISTS: Final = 65_536
LEARNING_CODES_A_LIST: Final = 40
ROUNDS: Final = 6
FIRST_CODES: Final = 100_000
"""At most so many codes learn the first level."""

SEARCHED_CELLS: Final = 16
"""Cells of the first level in which a search looks for its nearest centres; adding looks into `ADDED_CELLS`."""

ADDED_CELLS: Final = 4


def learn_codebook(codes: Codes, expected: int) -> Any:
    """Learn centres from a part of the codes that are to be added.

    Parameters
    ----------
    codes : (N, bits / 8) uint8 array
        Drawn evenly from all; of more than `learning_codes(expected)` a part is used.
    expected : int
        How many there will be.

    Returns
    -------
    faiss.IndexBinaryIVF
        Of the centres, to be the quantizer of others.
    """
    random = np.random.default_rng(1)
    lists = lists_for(expected)
    codes = codes[:: max(1, len(codes) // learning_codes(expected))]
    first = _learn(codes[:: max(1, len(codes) // FIRST_CODES)], max(1, round(lists**0.5)), random)
    centres = np.concatenate([_learn(cell, count, random) for cell, count in _cells(codes, first, lists)])
    flat = faiss.IndexBinaryFlat(codes.shape[1] * 8)
    flat.add(first)
    book = faiss.IndexBinaryIVF(flat, flat.d, len(first))
    book.is_trained = True
    book.nprobe = ADDED_CELLS
    book.add(centres)
    return for_searching(book)


def lists_for(expected: int) -> int:
    """Return how many lists so many codes get."""
    return min(MOST_LISTS, max(FEWEST_LISTS, expected // CODES_A_LIST))


def learning_codes(expected: int) -> int:
    """Return how many codes are enough to learn the centres for so many."""
    return lists_for(expected) * LEARNING_CODES_A_LIST


def for_searching(book: Any) -> Any:
    """Let a codebook look for centres as far as a search needs it; threads can then share it."""
    book.nprobe = SEARCHED_CELLS
    return book


@contextmanager
def for_adding(book: Any) -> Iterator[None]:
    """Let a codebook look less far inside the block: a code belongs to one list only."""
    book.nprobe = ADDED_CELLS
    yield
    for_searching(book)


def nearest_lists(book: Any, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return distances and numbers of the nearest centres, shape (Q, count); -1 where fewer were found."""
    distances, lists = book.search(np.ascontiguousarray(queries), count)
    return distances, lists


def _cells(codes: Codes, first: Codes, lists: int) -> list[tuple[Codes, int]]:
    """Sort the codes around the first level; each cell gets lists in proportion to its codes."""
    cell = _nearest(codes, first)
    sizes = np.bincount(cell, minlength=len(first))
    counts = np.maximum(1, np.rint(lists * sizes / len(codes)).astype(np.int64))
    parts = np.split(codes[np.argsort(cell, kind="stable")], np.cumsum(sizes)[:-1])
    return [(part, int(count)) for part, count in zip(parts, counts, strict=True) if len(part)]


def _learn(codes: Codes, count: int, random: np.random.Generator) -> Codes:
    """Return at most `count` centres of codes: start from some of them, then vote `ROUNDS` times."""
    centres = codes[random.choice(len(codes), min(count, len(codes)), replace=False)]
    for _ in range(ROUNDS if len(centres) > 1 else 1):
        label = _nearest(codes, centres)
        order = np.argsort(label, kind="stable")
        present, starts, sizes = np.unique(label[order], return_index=True, return_counts=True)
        ones = np.add.reduceat(np.unpackbits(codes[order], axis=1), starts, axis=0, dtype=np.int32)
        centres = centres.copy()
        centres[present] = np.packbits(2 * ones > sizes[:, None], axis=1)
    return centres


def _nearest(codes: Codes, centres: Codes) -> npt.NDArray[np.int64]:
    flat = faiss.IndexBinaryFlat(codes.shape[1] * 8)
    flat.add(np.ascontiguousarray(centres))
    return np.asarray(flat.search(np.ascontiguousarray(codes), 1)[1][:, 0], np.int64)
