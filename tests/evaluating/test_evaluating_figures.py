"""The protocol's arithmetic, on answers that nobody had to search for."""

import pytest

from provcheck.evaluating.answers import Answer, Named
from provcheck.evaluating.curve import Accident, false_alarm_curve
from provcheck.evaluating.figures import average_precision, figures_of, shares
from provcheck.evaluating.truth import Truth


def known(query: str, *matches: Named, time_s: float | None = None) -> Answer:
    return Answer(Truth(query, "right.jpg", "crop", "crop-50", time_s), matches)


RIGHT, WRONG = Named("right.jpg", 20.0, 4.0), Named("wrong.jpg", 9.0)


def test_recall_counts_a_right_match_behind_a_wrong_one_but_full_precision_does_not() -> None:
    figures = figures_of([known("a", WRONG, Named("right.jpg", 8.0)), known("b", RIGHT), known("c")])
    assert figures.recall == pytest.approx(2 / 3)
    assert figures.recall_at_full_precision == pytest.approx(1 / 3)
    assert figures.wrong == ()


def test_only_others_is_a_wrong_source() -> None:
    assert figures_of([known("a", WRONG)]).wrong == ("a",)


def test_false_matches_of_the_same_scene_are_counted_apart() -> None:
    figures = figures_of([
        Answer(Truth("a"), (WRONG,)), Answer(Truth("b", family="near"), (WRONG,)), Answer(Truth("c")), known("d", RIGHT)
    ])  # fmt: skip
    assert (figures.false, figures.false_same_scene) == (("a",), ("b",))
    assert (figures.unrelated, figures.same_scene, figures.positives) == (2, 1, 1)


def test_a_false_match_lowers_the_bar_for_what_is_less_sure() -> None:
    figures = figures_of([Answer(Truth("a"), (Named("wrong.jpg", 30.0),)), known("b", RIGHT)])
    assert figures.recall_at_full_precision == 0
    assert figures.average_precision == pytest.approx(1 / 2)


def test_ties_do_not_help() -> None:
    assert average_precision([(5.0, True), (5.0, False)], 1) == pytest.approx(1 / 2)
    assert average_precision([(5.0, True), (4.0, False), (3.0, True)], 2) == pytest.approx(1 / 2 + 1 / 2 * 2 / 3)


def test_times_are_held_against_the_truth() -> None:
    answers = [known("a", RIGHT, time_s=4.5), known("b", RIGHT, time_s=4.1), known("c", RIGHT), known("d", time_s=1.0)]
    error = figures_of(answers).time_error
    assert error is not None
    assert error.count == 2
    assert error.worst_s == pytest.approx(0.5)


def test_without_positives_there_is_no_recall() -> None:
    figures = figures_of([Answer(Truth("a"))])
    assert (figures.recall, figures.average_precision, figures.time_error) == (None, None, None)


def test_shares_begin_with_the_lowest() -> None:
    rows = shares([("b", True), ("a", True), ("c", False), ("c", True)])
    assert [(row.name, row.found, row.asked) for row in rows] == [("c", 1, 2), ("a", 1, 1), ("b", 1, 1)]


def test_the_curve_counts_pairs_below_each_level_and_edits_of_one_picture_once() -> None:
    accidents = [Accident("q", "r", -2.5), Accident("q", "r", -1.5), Accident("p", "r", -0.5), Accident("p", "s", 1.0)]
    curve = false_alarm_curve(accidents, searches=50)
    assert [one.found for one in curve[:4]] == [3, 2, 1, 0]
    assert [one.distinct for one in curve[:4]] == [2, 1, 1, 0]
    assert [one.claimed for one in curve[:3]] == pytest.approx([50, 5, 0.5])


def test_a_same_scene_query_is_no_search_of_the_curve() -> None:
    near = Answer(Truth("a", family="near"), accidents=(Accident("a", "r", -9.0),))
    curve = figures_of([near, Answer(Truth("b"))]).curve
    assert (curve[0].claimed, curve[0].found) == (1, 0)
