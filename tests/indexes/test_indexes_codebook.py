"""Centres of an inverted file: as many as were asked for, near the codes that they were learnt from."""

import numpy as np
import pytest
from index_codes import CENTRES, brute_force, clustered_codes, random_codes

from provcheck.indexes.codebook import FEWEST_LISTS, MOST_LISTS, learn_codebook, lists_for, nearest_lists


def test_the_number_of_lists_has_bounds() -> None:
    assert lists_for(10) == FEWEST_LISTS
    assert lists_for(10**12) == MOST_LISTS


def test_centres_are_nearer_to_the_codes_than_codes_drawn_at_random() -> None:
    codes = clustered_codes(CENTRES * 20, 256)
    book = learn_codebook(codes, expected=CENTRES * 400)
    centres = book.reconstruct_n(0, book.ntotal)
    assert 0.9 * CENTRES <= len(centres) <= 1.1 * CENTRES
    drawn = codes[np.random.default_rng(5).choice(len(codes), len(centres), replace=False)]
    learnt, random = (brute_force(codes[::10], some).min(axis=1).mean() for some in (centres, drawn))
    assert learnt < 0.85 * random


def test_the_same_codes_give_the_same_centres() -> None:
    codes = clustered_codes(4_000, 64)
    first, second = (learn_codebook(codes, len(codes)) for _ in range(2))
    assert (first.reconstruct_n(0, first.ntotal) == second.reconstruct_n(0, second.ntotal)).all()


@pytest.mark.parametrize("codes", [random_codes(1, 64), np.zeros((300, 8), np.uint8)], ids=["one code", "one value"])
def test_codes_of_one_kind_have_centres_too(codes: np.ndarray) -> None:
    book = learn_codebook(codes, len(codes))
    distances, lists = nearest_lists(book, codes[:1], 4)
    assert distances[0, 0] == 0
    assert 0 <= lists[0, 0] < book.ntotal
