"""What passes and what fails, of one image and of a whole check."""

from dataclasses import replace

import pytest
from report_records import A_GAME, UNLABELLED, image, report_of, verdict_with

from provcheck.records import Outcome, Skipped, Verdict, Waiver
from provcheck.report.states import State, state_of, worst_state

WAIVER = Waiver("sha256:" + "9" * 64, "PC104", "agreed")
WAIVED = replace(UNLABELLED, waiver=WAIVER)


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ((UNLABELLED,), State.FAILED),
        ((WAIVED,), State.WAIVED),
        ((WAIVED, A_GAME), State.FAILED),
        ((), State.FAILED),
    ],
)
def test_waivers_cover_an_image_only_together(findings: tuple[object, ...], state: State) -> None:
    verdict = Verdict(image("a.jpg"), Outcome.REUSED, findings=findings)  # type: ignore[arg-type]
    assert state_of(verdict, "reused") is state


def test_an_image_that_passes_is_not_waived() -> None:
    assert state_of(Verdict(image("a.jpg"), Outcome.REUSED, findings=(WAIVED,)), "mismatched") is State.PASSED


def test_the_worst_of_several_releases_counts() -> None:
    clean = report_of(verdict_with(Outcome.NO_MATCH))
    broken = report_of(skipped=(Skipped("a", "no such folder"),))
    found = report_of(verdict_with(Outcome.REUSED))
    waived = report_of(Verdict(image("a.jpg"), Outcome.REUSED, findings=(WAIVED,)))
    assert worst_state([clean, waived], "reused") is State.WAIVED
    assert worst_state([clean, broken], "reused") is State.UNCHECKED
    assert worst_state([broken, found, clean], "reused") is State.FAILED
    assert worst_state([clean], "reused") is State.PASSED
