"""The fewest pictures that moved."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.comparing.order import out_of_order


def moved(*places: int, renamed: tuple[int, ...] = ()) -> set[int]:
    return out_of_order(places, renamed=[at in renamed for at in range(len(places))])


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((), set()),
        ((0, 1, 2), set()),
        ((0, 5, 9), set()),
        ((3, 0, 1, 2), {0}),
        ((1, 2, 3, 0), {3}),
        ((0, 3, 1, 2, 4), {1}),
    ],
)
def test_one_moved_picture_is_one_move(places: tuple[int, ...], expected: set[int]) -> None:
    assert moved(*places) == expected


@pytest.mark.parametrize("renamed", [0, 1])
def test_of_two_that_changed_places_the_renamed_one_moved(renamed: int) -> None:
    assert moved(1, 0, renamed=(renamed,)) == {renamed}


def test_more_pictures_in_order_count_more_than_names() -> None:
    assert moved(2, 0, 1, renamed=(1, 2)) == {0}


@given(st.permutations(range(7)))
def test_what_is_left_is_in_order_and_as_much_as_possible(places: list[int]) -> None:
    out = out_of_order(places, renamed=[False] * len(places))
    kept = [place for at, place in enumerate(places) if at not in out]
    assert kept == sorted(kept)
    longer = combinations(places, len(kept) + 1)
    assert not any(list(some) == sorted(some) for some in longer)
