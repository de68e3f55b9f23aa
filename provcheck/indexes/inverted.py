"""An inverted file, by FAISS: codes sorted into lists around centres; a search looks into a few lists only.

Approximate: a neighbour in a list that is not looked at is missed (`tests/indexes` measures how many). Up to
`TRAIN_FROM` codes it keeps them in a flat index, exact and as fast; then it learns centres (`codebook`).

It grows by *segments*, as a log-structured merge tree does (O'Neil et al., Acta Informatica 1996): what is added
becomes a segment of its own and no older one is touched, so a corpus of a million frames takes a thousand more in
seconds. A small segment is merged with the one before it as soon as that is not much larger, which keeps them few, and
none becomes larger than `LARGEST_SEGMENT`, which bounds the memory that merging takes. All segments share their
centres. A segment can be a file that is mapped into memory; nothing of it is read but what a search looks at.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import faiss
import numpy as np
import numpy.typing as npt

from provcheck.indexes.codebook import for_adding, for_searching, learn_codebook, nearest_lists
from provcheck.indexes.flat import inside, nearest
from provcheck.records import Codes

TRAIN_FROM: Final = 20_000
GROWTH: Final = 4
"""New centres are due when there are so many times more codes than the present ones were learnt for."""

PROBED_LISTS: Final = 32
MERGED_BELOW: Final = 3
"""Two neighbouring segments are merged when the older one is less than so many times larger."""

LARGEST_SEGMENT: Final = 16_000_000
"""Codes: 640 MB in lists, up to twice that while they grow."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """An immutable part of an index.

    Attributes
    ----------
    lists : faiss.IndexBinaryIVF
        Its ids are the numbers of the codes in the whole index.
    file : Path or None
        Where it lies; None while it is in memory only.
    """

    lists: Any
    file: Path | None = None

    def __len__(self) -> int:
        return int(self.lists.ntotal)

    def write(self, path: Path) -> "Segment":
        """Write the segment, and return it as it is read from there."""
        faiss.write_index_binary(self.lists, str(path))
        return Segment.read(path)

    @classmethod
    def read(cls, path: Path, *, mapped: bool = True) -> "Segment":
        """Read what `write` wrote; raise `RuntimeError` when it is no such file."""
        lists = faiss.read_index_binary(str(path), faiss.IO_FLAG_MMAP if mapped else 0)
        if not isinstance(lists, faiss.IndexBinaryIVF):
            raise RuntimeError(f"{path} holds no inverted lists")  # noqa: TRY004 - what FAISS raises for such files
        lists.nprobe = PROBED_LISTS
        return cls(lists, path)


class InvertedIndex:
    """An approximate index that grows from an exact one.

    Parameters
    ----------
    bits : int
        Length of the codes, a multiple of 8.
    segments : sequence of Segment
        What it begins with, in the order of adding.
    count, learnt_for : int
        How many codes they were given, and how many their centres were learnt for.
    """

    def __init__(self, bits: int, segments: Sequence[Segment] = (), *, count: int = 0, learnt_for: int = 0) -> None:
        self._flat: Any = faiss.IndexBinaryFlat(bits)
        self._book: Any = for_searching(_quantizer(segments[0])) if segments else None
        self._owner = segments[:1]  # of the book, which goes with it
        self._count = count
        self.segments = tuple(segments)
        self.learnt_for = learnt_for

    def __len__(self) -> int:
        return self._count

    def outgrown_with(self, more: int) -> bool:
        """Whether new centres are due once `more` codes are added: make a new index of all codes instead."""
        return self._book is not None and self._count + more >= GROWTH * self.learnt_for

    def learn(self, codes: Codes, expected: int) -> None:
        """Learn the centres for `expected` codes, of which these are a part, before any are added."""
        self._book, self.learnt_for = learn_codebook(np.ascontiguousarray(codes), expected), expected

    def add(self, codes: Codes) -> None:
        """Append codes, shape (N, bits / 8), numbered in the order of adding."""
        self.add_segment([codes])

    def add_segment(self, parts: Iterable[Codes]) -> None:
        """Append codes part by part, as one segment where there are lists: memory never holds all of them twice."""
        if self._book is None:
            codes = np.concatenate([np.zeros((0, self._flat.code_size), np.uint8), *parts])
            if self._count + len(codes) < TRAIN_FROM:
                self._flat.add(codes)
                self._count += len(codes)
                return
            parts = [self._out_of_flat(codes)]
        lists = self._lists_of(parts)
        if lists.ntotal:
            self.segments = _tidied([*self.segments, Segment(lists)])

    def search(self, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return the distances and numbers of the `count` nearest codes, shape (Q, count); -1 where there are fewer."""
        if self._book is None or not len(queries):
            return nearest(self._flat, queries, count)
        queries = np.ascontiguousarray(queries)
        away, lists = nearest_lists(self._book, queries, PROBED_LISTS)
        return _nearest_of([part.lists.search_preassigned(queries, count, lists, away) for part in self.segments])

    def within(self, queries: Codes, radius: int) -> Iterator[tuple[int, int, int]]:
        """Yield (query, number, distance) of the codes found at `radius` bits or nearer."""
        yield from inside(self._flat, queries, radius)
        for part in self.segments:
            yield from inside(part.lists, queries, radius)

    def _out_of_flat(self, codes: Codes) -> Codes:
        """Return what was exact so far, and more codes, once centres are learnt for all of them."""
        codes = np.concatenate([self._flat.reconstruct_n(0, self._count), codes])
        self._count = 0
        self._flat.reset()
        self.learn(codes, len(codes))
        return codes

    def _lists_of(self, parts: Iterable[Codes]) -> Any:
        lists = faiss.IndexBinaryIVF(self._book, self._flat.d, int(self._book.ntotal))
        lists.is_trained = True
        lists.nprobe = PROBED_LISTS
        with for_adding(self._book):
            for codes in parts:
                numbers = np.arange(self._count, self._count + len(codes), dtype=np.int64)
                lists.add_with_ids(np.ascontiguousarray(codes), numbers)
                self._count += len(codes)
        return lists


def _quantizer(segment: Segment) -> Any:
    return faiss.downcast_IndexBinary(segment.lists.quantizer)


def _tidied(segments: list[Segment]) -> tuple[Segment, ...]:
    """Merge from the end while the last is not much smaller than the one before it."""
    while len(segments) > 1:
        older, newer = len(segments[-2]), len(segments[-1])
        if older >= MERGED_BELOW * newer or older + newer > LARGEST_SEGMENT:
            break
        segments[-2:] = [_merged(segments[-2], segments[-1])]
    return tuple(segments)


def _merged(older: Segment, newer: Segment) -> Segment:
    """Return both as one, in memory. FAISS empties what it merges, so files are read anew."""
    lists = _in_memory(older)
    lists.merge_from(_in_memory(newer), 0)
    return Segment(lists)


def _in_memory(segment: Segment) -> Any:
    return segment.lists if segment.file is None else Segment.read(segment.file, mapped=False).lists


def _nearest_of(
    found: list[tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the nearest of what each segment found."""
    count = found[0][0].shape[1]
    distances, numbers = (np.concatenate(parts, axis=1) for parts in zip(*found, strict=True))
    distances = np.where(numbers < 0, np.iinfo(np.int32).max, distances)
    order = np.argsort(distances, axis=1, kind="stable")[:, :count]
    distances, numbers = (np.take_along_axis(values, order, axis=1) for values in (distances, numbers))
    return np.where(numbers < 0, -1, distances).astype(np.int32), numbers
