"""The approximate index: exact while small, measured when large; its segments lose nothing and stay few."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import faiss
import numpy as np
import pytest
from index_codes import brute_force, clustered_codes, flipped

from provcheck.indexes import FlatIndex, InvertedIndex, Segment
from provcheck.indexes.inverted import GROWTH, MERGED_BELOW, TRAIN_FROM
from provcheck.records import Codes

LEAST_RECALL = 0.97
"""Measured: the nearest of 20,000 clustered codes was found for 0.999, 0.998 and 0.980 of the queries that lay 0.05,
0.15 and 0.25 of their bits away from it."""


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> Iterator[None]:
    """Learning with more threads than idle processors takes ten times as long."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    yield
    faiss.omp_set_num_threads(threads)


@pytest.fixture(scope="module")
def codes() -> Codes:
    return clustered_codes(TRAIN_FROM, 256)


@pytest.fixture(scope="module")
def trained(codes: Codes) -> InvertedIndex:
    index = InvertedIndex(256)
    index.add(codes)
    return index


def all_of(index: InvertedIndex, codes: Codes) -> bool:
    """Whether the index finds every one of these codes under its own number."""
    distances, numbers = index.search(codes, 1)
    return bool((distances == 0).all() and (codes[numbers[:, 0]] == codes).all())


def test_below_its_first_training_it_is_exact() -> None:
    codes = clustered_codes(TRAIN_FROM - 1, 64)
    index = InvertedIndex(64)
    index.add(codes)
    queries = flipped(codes[::400], 0.3, 1)
    assert (index.search(queries, 5)[0] == np.sort(brute_force(queries, codes), axis=1)[:, :5]).all()


@pytest.mark.parametrize("share", [0.05, 0.15, 0.25])
def test_above_it_finds_nearly_every_nearest_neighbour(trained: InvertedIndex, codes: Codes, share: float) -> None:
    exact = FlatIndex(256)
    exact.add(codes)
    queries = flipped(codes[::20], share, 1)
    found, nearest = trained.search(queries, 1)[0], exact.search(queries, 1)[0]
    assert (found == nearest).mean() >= LEAST_RECALL


def test_it_is_approximate_above(trained: InvertedIndex, codes: Codes) -> None:
    """Else the two tests before this one would compare an exact index with itself."""
    assert len(list(trained.within(codes[:1], 256))) < len(codes)


def test_distances_and_numbers_belong_together(trained: InvertedIndex, codes: Codes) -> None:
    queries = flipped(codes[::500], 0.2, 2)
    distances, numbers = trained.search(queries, 24)
    assert (np.take_along_axis(brute_force(queries, codes), numbers, axis=1) == distances).all()
    assert (np.diff(distances, axis=1) >= 0).all()


def test_what_was_flat_is_still_there_when_lists_begin() -> None:
    codes = clustered_codes(TRAIN_FROM, 256, seed=4)
    index = InvertedIndex(256)
    for part in np.split(codes, 4):
        index.add(part)
    assert len(index) == len(codes)
    assert len(index.segments) == 1
    assert all_of(index, codes)


def test_a_search_over_segments_is_a_search_over_one(codes: Codes) -> None:
    one, many = InvertedIndex(256), InvertedIndex(256)
    for index in (one, many):
        index.learn(codes, len(codes))
    one.add(codes)
    for part in np.split(codes, [15_000, 19_000, 19_900]):
        many.add(part)
    assert [len(segment) for segment in many.segments] == [15_000, 4_000, 900, 100]
    queries = flipped(codes[::50], 0.2, 3)
    assert (one.search(queries, 24)[0] == many.search(queries, 24)[0]).all()
    assert sorted(one.within(queries[:20], 70)) == sorted(many.within(queries[:20], 70))


def test_codes_in_parts_become_one_segment(codes: Codes) -> None:
    index = InvertedIndex(256)
    index.learn(codes, len(codes))
    index.add_segment(iter(np.split(codes, [0, 9_000, 9_000])))
    assert [len(segment) for segment in index.segments] == [len(codes)]
    assert all_of(index, codes)


def test_parts_are_exact_until_there_are_many() -> None:
    codes = clustered_codes(TRAIN_FROM, 256, seed=5)
    index = InvertedIndex(256)
    index.add_segment(np.split(codes[:-1], [4_000, 4_000]))
    assert not index.segments
    index.add_segment([])
    assert len(index) == len(codes) - 1
    index.add_segment(np.split(codes[-1:], 1))
    assert [len(segment) for segment in index.segments] == [len(codes)]
    assert all_of(index, codes)


def test_segments_are_merged_until_each_is_much_smaller_than_the_one_before(codes: Codes) -> None:
    index = InvertedIndex(256)
    index.learn(codes, len(codes))
    for part in np.split(codes, 50):
        index.add(part)
        sizes = [len(segment) for segment in index.segments]
        assert all(older >= MERGED_BELOW * newer for older, newer in pairwise(sizes))
    assert len(index.segments) <= 6
    assert all_of(index, codes)


def test_a_segment_that_is_a_file_is_found_merged_and_left_as_it_was(codes: Codes, tmp_path: Path) -> None:
    index = InvertedIndex(256)
    index.add(codes)
    index.segments = tuple(segment.write(tmp_path / "first") for segment in index.segments)
    content = (tmp_path / "first").read_bytes()
    assert all_of(index, codes)
    again = InvertedIndex(256, [Segment.read(tmp_path / "first")], count=len(codes), learnt_for=index.learnt_for)
    more = clustered_codes(TRAIN_FROM, 256, seed=9)
    again.add(more)
    assert [segment.file for segment in again.segments] == [None]
    assert all_of(again, np.concatenate([codes, more]))
    assert (tmp_path / "first").read_bytes() == content


def test_what_is_no_segment_is_refused(codes: Codes, tmp_path: Path) -> None:
    flat = faiss.IndexBinaryFlat(256)
    flat.add(codes[:10])
    faiss.write_index_binary(flat, str(tmp_path / "flat"))
    with pytest.raises(RuntimeError, match="no inverted lists"):
        Segment.read(tmp_path / "flat")
    (tmp_path / "text").write_text("hello")
    with pytest.raises(RuntimeError):
        Segment.read(tmp_path / "text")


def test_it_says_when_it_would_outgrow_its_centres(codes: Codes) -> None:
    index = InvertedIndex(256)
    assert not index.outgrown_with(len(codes))
    index.learn(codes, len(codes))
    for _ in range(GROWTH - 1):
        index.add(codes)
    assert not index.outgrown_with(0)
    assert not index.outgrown_with(len(codes) - 1)
    assert index.outgrown_with(len(codes))


def test_nothing_to_add_and_nothing_to_ask(trained: InvertedIndex) -> None:
    nothing = np.zeros((0, 32), np.uint8)
    before = trained.segments
    trained.add(nothing)
    assert trained.segments == before
    assert trained.search(nothing, 4)[1].shape == (0, 4)
    assert InvertedIndex(256).search(np.zeros((2, 32), np.uint8), 3)[1].tolist() == [[-1] * 3] * 2
