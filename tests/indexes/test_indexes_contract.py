"""The contract of every index, over the registry. Brute force in numpy defines what is right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_codes import brute_force, random_codes

from provcheck.indexes import INDEXES
from provcheck.protocols import Index
from provcheck.records import Codes

EVERY = pytest.mark.parametrize("name", INDEXES)


@st.composite
def code_sets(draw: st.DrawFn) -> tuple[Codes, Codes]:
    """Stored codes and queries of one length; few different bytes, so that ties and exact copies are common."""
    length = draw(st.sampled_from([8, 32]))
    letters = draw(st.lists(st.integers(0, 255), min_size=1, max_size=4))
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = draw(st.integers(0, 40)), length
    return (
        np.asarray(random.choice(letters, shape), np.uint8),
        np.asarray(random.choice([*letters, 85], (draw(st.integers(0, 6)), length)), np.uint8),
    )


def filled(name: str, codes: Codes) -> Index:
    index = INDEXES[name](codes.shape[1] * 8)
    index.add(codes)
    return index


@EVERY
@settings(deadline=None, max_examples=60)
@given(data=code_sets(), count=st.integers(1, 50))
def test_search_gives_the_nearest_first_and_pads_with_minus_one(
    name: str, data: tuple[Codes, Codes], count: int
) -> None:
    codes, queries = data
    distances, numbers = filled(name, codes).search(queries, count)
    truth = brute_force(queries, codes)
    found = min(count, len(codes))
    assert distances.shape == numbers.shape == (len(queries), count)
    assert (distances.dtype, numbers.dtype) == (np.dtype(np.int32), np.dtype(np.int64))
    assert (distances[:, :found] == np.sort(truth, axis=1)[:, :found]).all()
    assert (np.take_along_axis(truth, numbers[:, :found], axis=1) == distances[:, :found]).all()
    assert all(len(set(row)) == found for row in numbers[:, :found].tolist())
    assert (distances[:, found:] == -1).all()
    assert (numbers[:, found:] == -1).all()


@EVERY
@settings(deadline=None, max_examples=60)
@given(data=code_sets(), radius=st.integers(0, 256))
def test_within_gives_every_code_up_to_the_radius(name: str, data: tuple[Codes, Codes], radius: int) -> None:
    codes, queries = data
    found = list(filled(name, codes).within(queries, radius))
    truth = brute_force(queries, codes)
    expected = [(int(q), int(n), int(truth[q, n])) for q, n in np.argwhere(truth <= radius)]
    assert sorted(found) == expected


@EVERY
@pytest.mark.parametrize("distance", [0, 1, 31, 256])
def test_the_radius_is_inclusive(name: str, distance: int) -> None:
    query = random_codes(1, 256)
    bits = np.unpackbits(query)
    bits[:distance] ^= 1
    index = filled(name, np.packbits(bits)[None])
    assert list(index.within(query, distance)) == [(0, 0, distance)]
    assert not list(index.within(query, distance - 1))


@EVERY
def test_an_empty_index_finds_nothing(name: str) -> None:
    index = INDEXES[name](256)
    distances, numbers = index.search(random_codes(3, 256), 2)
    assert len(index) == 0
    assert (distances == -1).all()
    assert (numbers == -1).all()
    assert not list(index.within(random_codes(3, 256), 256))


@EVERY
def test_no_queries_find_nothing(name: str) -> None:
    index = filled(name, random_codes(5, 256))
    nothing = np.zeros((0, 32), np.uint8)
    assert index.search(nothing, 4)[1].shape == (0, 4)
    assert not list(index.within(nothing, 256))


@EVERY
@settings(deadline=None, max_examples=20)
@given(parts=st.lists(st.integers(0, 30), min_size=1, max_size=5))
def test_codes_are_numbered_in_the_order_of_adding(name: str, parts: list[int]) -> None:
    codes = random_codes(sum(parts), 256)
    index = INDEXES[name](256)
    at = 0
    for part in parts:
        index.add(codes[at : at + part])
        at += part
        assert len(index) == at
    assert index.search(codes, 1)[1][:, 0].tolist() == list(range(len(codes)))


@EVERY
def test_codes_need_not_be_contiguous(name: str) -> None:
    codes = random_codes(40, 256)
    index = INDEXES[name](256)
    index.add(codes[::2])
    assert index.search(codes[::4], 1)[1][:, 0].tolist() == list(range(0, 20, 2))
