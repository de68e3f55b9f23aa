"""Rules weigh what a user says, and outcomes follow."""

import pytest
from judging_records import FOOTAGE, claims_of, image_of, match_of, weights

from provcheck.judging import inconclusive, judge, reweigh
from provcheck.records import Claims, Outcome, Severity, Verdict

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def verdict_of(claims: Claims) -> Verdict:
    return judge(image_of(claims), (match_of(FOOTAGE),), ())


def test_without_wishes_nothing_changes() -> None:
    verdict = verdict_of(claims_of(captured="2017-11-09"))
    assert reweigh([verdict], {}) == (verdict,)
    assert reweigh([verdict], {"PC105": ERROR}) == (verdict,)


@pytest.mark.parametrize(("severity", "outcome"), [(WARNING, Outcome.REUSED), (NOTE, Outcome.REUSED)])
def test_a_lighter_error_makes_no_mismatch(severity: Severity, outcome: Outcome) -> None:
    (verdict,) = reweigh([verdict_of(claims_of(captured="2017-11-09"))], {"PC101": severity})
    assert verdict.outcome is outcome
    assert ("PC101", severity) in weights(verdict.findings)
    assert verdict.reason.endswith("and the release does not say so.")


def test_a_heavier_warning_makes_a_mismatch_and_says_that_it_was_asked_for() -> None:
    (verdict,) = reweigh([verdict_of(claims_of())], {"PC104": ERROR})
    assert verdict.outcome is Outcome.MISMATCHED
    assert verdict.reason == "It was taken from “Infrared footage”, and PC104 counts as an error here."


def test_a_case_that_cannot_be_decided_stays_a_note() -> None:
    undecided = verdict_of(claims_of(captured="2016-07-01", credit="Ministry of Air"))
    assert weights(undecided.findings) == [("PC101", NOTE)]
    (verdict,) = reweigh([undecided], {"PC101": WARNING})
    assert weights(verdict.findings) == [("PC101", NOTE)]


def test_what_could_not_be_checked_stays_inconclusive() -> None:
    (verdict,) = reweigh([inconclusive(image_of(claims_of()), "too small")], {"PC901": ERROR})
    assert (verdict.outcome, verdict.reason) == (Outcome.INCONCLUSIVE, "too small.")
    assert weights(verdict.findings) == [("PC901", ERROR)]
