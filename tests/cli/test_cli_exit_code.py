from dataclasses import replace

import pytest
from report_records import report_of, verdict_with

from provcheck.cli.check import exit_code
from provcheck.records import Outcome, Skipped


@pytest.mark.parametrize(
    ("outcome", "codes"),
    [
        (Outcome.MISMATCHED, {"mismatched": 1, "reused": 1, "credited": 1, "never": 0}),
        (Outcome.REUSED, {"mismatched": 0, "reused": 1, "credited": 1, "never": 0}),
        (Outcome.CREDITED, {"mismatched": 0, "reused": 0, "credited": 1, "never": 0}),
        (Outcome.NO_MATCH, {"mismatched": 0, "reused": 0, "credited": 0, "never": 0}),
        (Outcome.INCONCLUSIVE, {"mismatched": 3, "reused": 3, "credited": 3, "never": 3}),
    ],
)
def test_exit_code_by_outcome_and_limit(outcome: Outcome, codes: dict[str, int]) -> None:
    report = report_of(verdict_with(Outcome.NO_MATCH), verdict_with(outcome))
    assert {limit: exit_code([report], limit) for limit in codes} == codes


def test_a_finding_weighs_more_than_what_could_not_be_checked() -> None:
    report = report_of(verdict_with(Outcome.INCONCLUSIVE), verdict_with(Outcome.REUSED))
    assert exit_code([report], "reused") == 1


def test_a_skipped_picture_is_3_and_a_skipped_text_is_not() -> None:
    report = report_of(verdict_with(Outcome.NO_MATCH))
    picture, text = Skipped("a.jpg", "broken"), Skipped("a.txt", "text", missed=False)
    assert exit_code([replace(report, skipped=(picture, text))], "reused") == 3
    assert exit_code([replace(report, skipped=(text,))], "reused") == 0


def test_a_picture_skipped_while_reading_the_release_is_3() -> None:
    report = report_of(verdict_with(Outcome.NO_MATCH))
    release = replace(report.release, skipped=(Skipped("a.jpg", "broken"),))
    assert exit_code([replace(report, release=release)], "reused") == 3


def test_an_empty_corpus_and_an_empty_release_are_3() -> None:
    assert exit_code([report_of(verdict_with(Outcome.NO_MATCH), sources=0)], "never") == 3
    assert exit_code([report_of()], "reused") == 3
