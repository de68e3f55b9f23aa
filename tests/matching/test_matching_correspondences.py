"""Which keypoint could be which: mutual nearest neighbours that stand out."""

import numpy as np
import pytest

from provcheck.matching.correspondences import RATIO, correspondences
from provcheck.records import Codes


def codes(count: int, seed: int = 0, length: int = 32) -> Codes:
    return np.random.default_rng(seed).integers(0, 256, (count, length), np.uint8)


def flipped(some: Codes, bits: int) -> Codes:
    unpacked = np.unpackbits(some, axis=1)
    unpacked[:, :bits] ^= 1
    return np.packbits(unpacked, axis=1)


def test_every_code_finds_its_copy() -> None:
    reference = codes(50)
    order = np.random.default_rng(1).permutation(50)
    assert correspondences(flipped(reference[order], 20), reference).tolist() == [[i, order[i]] for i in range(50)]


def test_unrelated_codes_seldom_correspond() -> None:
    assert len(correspondences(codes(400, 1), codes(300, 2))) < 20


def test_of_two_that_want_the_same_the_nearer_gets_it() -> None:
    reference = codes(10)
    query = np.concatenate([flipped(reference[:1], 12), flipped(reference[:1], 4)])
    assert correspondences(query, reference).tolist() == [[1, 0]]


def test_what_is_in_the_reference_twice_corresponds_to_neither() -> None:
    reference = np.concatenate([codes(10), codes(1)])
    assert 0 not in correspondences(codes(10), reference)[:, 0]


@pytest.mark.parametrize(("second", "kept"), [(100, True), (112, True), (110, False)])
def test_the_nearest_must_be_clearly_nearer_than_the_second(second: int, kept: bool) -> None:
    query = codes(2)
    reference = np.concatenate([flipped(query[:1], 100 if second > 100 else 80), flipped(query[:1], second)])
    assert ((100 if second > 100 else 80) < RATIO * second) == kept
    assert (0 in correspondences(query, reference)[:, 0]) == kept


@pytest.mark.parametrize(("a", "b"), [(0, 0), (0, 5), (5, 0), (1, 5), (5, 1)])
def test_too_few_codes_have_no_correspondences(a: int, b: int) -> None:
    assert correspondences(codes(a), codes(b)).shape == (0, 2)
