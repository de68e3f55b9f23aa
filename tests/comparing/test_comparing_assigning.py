"""One to one, with the largest sum; equal bytes by name, then by place."""

from itertools import permutations

from comparing_records import image, images, match
from hypothesis import given, settings
from hypothesis import strategies as st

from provcheck.comparing.assigning import ANY_PAIR, assign, assign_equal_bytes, match_weight, preference
from provcheck.records import Alteration, Edit, Overlap

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.floats(1, 2, allow_nan=False), min_size=1, max_size=10
)


def best_sum(weights: dict[tuple[int, int], float]) -> float:
    """Try every assignment."""
    orders = permutations(range(4))
    return max(sum(weights.get((row, column), 0.0) for row, column in enumerate(order)) for order in orders)


@settings(deadline=None)  # the first call imports SciPy
@given(WEIGHTS)
def test_the_assignment_is_one_to_one_and_optimal(weights: dict[tuple[int, int], float]) -> None:
    pairs = assign(weights)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    assert set(pairs) <= weights.keys()
    assert abs(sum(weights[places] for places in pairs) - best_sum(weights)) < 1e-9


def test_nothing_is_assigned_without_weights() -> None:
    assert assign({}) == []


def test_places_that_are_far_apart_need_no_room() -> None:
    assert assign({(10**9, 5): 1.0, (3, 10**9): 1.0}) == [(3, 10**9), (10**9, 5)]


def test_two_pairs_outweigh_one_better_pair() -> None:
    best = match_weight(match()) + preference(0, image("x"), 0, image("x"))
    worst = match_weight(match(*(Alteration(Edit.CROPPED, ""),) * 9))
    assert assign({(0, 0): best, (0, 1): worst, (1, 0): worst}) == [(0, 1), (1, 0)]


def test_equal_bytes_are_paired_by_name_before_place() -> None:
    a = [image("one.jpg", "same"), image("two.jpg", "same")]
    b = [image("two.jpg", "same"), image("one.jpg", "same"), image("three.jpg")]
    assert assign_equal_bytes(a, b) == [(0, 1), (1, 0)]


def test_equal_bytes_without_equal_names_are_paired_in_order() -> None:
    a = [image("a.jpg", "same"), image("b.jpg", "same")]
    b = [image("x.jpg", "same"), image("y.jpg", "same")]
    assert assign_equal_bytes(a, b) == [(0, 0), (1, 1)]


def test_other_bytes_are_not_paired() -> None:
    assert assign_equal_bytes(images("a.jpg"), [image("a.jpg", "other")]) == []


def test_the_less_altered_copy_weighs_more() -> None:
    cropped = match(Alteration(Edit.CROPPED, ""), overlap=Overlap(1.0, 0.5))
    edited = match(Alteration(Edit.REGION_CHANGED, ""))
    assert match_weight(match()) > match_weight(edited) > match_weight(cropped) >= ANY_PAIR


def test_a_hair_of_agreement_decides_less_than_a_name() -> None:
    same, other = match(agreement=0.992), match(agreement=0.995)
    named = preference(0, image("x"), 5, image("x"))
    assert match_weight(same) + named > match_weight(other) + preference(0, image("x"), 0, image("y"))
