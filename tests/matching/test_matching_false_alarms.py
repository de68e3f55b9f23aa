"""Expected numbers of accidents, against scipy where it can follow, and monotone everywhere."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from provcheck.matching.false_alarms import (
    INDEPENDENT_BITS,
    log10_binomial_tail,
    log10_by_code,
    log10_by_geometry,
    log10_by_look,
)

SIZE = (384, 256)


@pytest.mark.parametrize("trials", [1, 2, 7, 50, 233, 600])
@pytest.mark.parametrize("probability", [0.0005, 0.05, 0.15, 0.5, 0.9])
def test_the_tail_is_that_of_scipy(trials: int, probability: float) -> None:
    for successes in sorted({0, 1, trials // 5, trials // 2, trials - 1, trials}):
        expected = stats.binom.logsf(successes - 1, trials, probability) / math.log(10)
        if expected > -280:
            found = log10_binomial_tail(trials, successes, probability)
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_the_tail_goes_below_what_a_float_holds() -> None:
    assert log10_binomial_tail(600, 600, 0.0005) == pytest.approx(600 * math.log10(0.0005))


@pytest.mark.parametrize(
    ("trials", "successes", "expected"), [(10, 0, 0.0), (0, 0, 0.0), (10, 11, -math.inf), (0, 1, -math.inf)]
)
def test_the_tail_at_its_ends(trials: int, successes: int, expected: float) -> None:
    assert log10_binomial_tail(trials, successes, 0.3) == expected


@given(st.integers(1, 200), st.floats(0.001, 0.999))
def test_the_tail_falls_with_every_success(trials: int, probability: float) -> None:
    values = [log10_binomial_tail(trials, successes, probability) for successes in range(trials + 2)]
    assert all(later <= earlier + 1e-12 for earlier, later in pairwise(values))
    assert max(values) <= 0


@given(st.integers(3, 300), st.data())
def test_geometry_gets_more_certain_with_inliers_and_less_with_outliers(
    correspondences: int, data: st.DataObject
) -> None:
    inliers = data.draw(st.integers(3, correspondences))
    chance = log10_by_geometry(correspondences, inliers, 4, SIZE)
    assert chance <= 0
    assert log10_by_geometry(correspondences + 10, inliers, 4, SIZE) >= chance
    assert log10_by_geometry(correspondences + 1, inliers + 1, 4, SIZE) <= chance
    assert log10_by_geometry(correspondences, inliers, 8, SIZE) >= chance


@pytest.mark.parametrize("inliers", [0, 1, 2])
def test_what_a_proposal_needs_proves_nothing(inliers: int) -> None:
    assert log10_by_geometry(50, inliers, 4, SIZE) == 0


def test_all_correspondences_that_agree_are_hardly_an_accident() -> None:
    assert log10_by_geometry(30, 30, 4, SIZE) < -60


def test_a_tolerance_as_large_as_the_picture_proves_nothing() -> None:
    assert log10_by_geometry(30, 30, 1000, SIZE) == 0


def test_codes_get_less_certain_with_distance() -> None:
    values = [log10_by_code(distance, 256) for distance in range(257)]
    assert values == sorted(values)
    assert values[0] == pytest.approx(INDEPENDENT_BITS * math.log10(0.5))
    assert values[128] == pytest.approx(math.log10(0.5), abs=0.05)
    assert values[256] == 0


@pytest.mark.parametrize(("distance", "found"), [(84, 12), (80, 4)])
def test_near_codes_are_granted_what_was_found_among_unrelated_pictures(distance: int, found: int) -> None:
    """9.4 million comparisons; 233 fair coins, which spread as widely, would grant less than one in both cases."""
    granted = 9.4e6 * 10 ** log10_by_code(distance, 256)
    assert found < granted < 5 * found


def test_a_quarter_of_the_windows_is_no_evidence() -> None:
    assert log10_by_look(42, 11) > -0.5


def test_a_short_code_proves_less_than_a_long_one() -> None:
    assert log10_by_code(4, 64) > log10_by_code(16, 256)


def test_agreeing_windows_are_evidence() -> None:
    assert log10_by_look(40, 0) == 0
    assert log10_by_look(40, 10) > -1
    assert log10_by_look(40, 36) < -15
    assert log10_by_look(10, 9) > log10_by_look(40, 36)
