"""All distances between two sets of codes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_codes import brute_force, random_codes

from provcheck.indexes import hamming


@settings(deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from([64, 256]), st.integers(0, 99))
def test_hamming_is_the_number_of_different_bits(a: int, b: int, length: int, seed: int) -> None:
    one, other = random_codes(a, length, seed), random_codes(b, length, seed + 1)
    expected = brute_force(one, other)
    assert (hamming(one, other) == expected).all()


def test_codes_that_nobody_may_write_to_are_compared() -> None:
    stored = np.frombuffer(bytes(range(64)), np.uint8).reshape(2, 32)
    assert hamming(stored, stored[::-1])[0, 1] == 0


@pytest.mark.parametrize(("one", "other"), [(32, 16), (12, 12)])
def test_codes_of_other_lengths_are_refused(one: int, other: int) -> None:
    with pytest.raises(ValueError, match="bytes; both must"):
        hamming(np.zeros((2, one), np.uint8), np.zeros((2, other), np.uint8))
