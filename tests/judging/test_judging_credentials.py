"""PC111: broken credentials are reported, unknown signers and unread credentials are not."""

from dataclasses import replace

import pytest
from judging_records import claims_of, image_of, weights
from report_records import BROKEN, SIGNED, UNREAD

from provcheck.judging import judge, judge_file
from provcheck.records import Credentials, CredentialState, Outcome, Severity, Verdict


def judged(credentials: Credentials | None) -> Verdict:
    return judge_file(judge(replace(image_of(claims_of()), credentials=credentials), (), ()))


def test_a_file_that_was_changed_after_signing_is_a_warning_and_no_mismatch() -> None:
    verdict = judged(BROKEN)
    assert weights(verdict.findings) == [("PC111", Severity.WARNING)]
    assert verdict.outcome is Outcome.NO_MATCH
    assert "“Ana Ruiz” (Meridian Picture Desk)" in verdict.findings[0].message
    assert "the file was changed after it was signed" in verdict.findings[0].message


def test_a_signature_that_is_otherwise_wrong_is_a_note() -> None:
    invalid = replace(BROKEN, state=CredentialState.INVALID, problem="the certificate of the signer had expired")
    assert weights(judged(invalid).findings) == [("PC111", Severity.NOTE)]


@pytest.mark.parametrize("credentials", [None, UNREAD, SIGNED, replace(SIGNED, state=CredentialState.TRUSTED)])
def test_what_is_intact_or_unknown_is_no_finding(credentials: Credentials | None) -> None:
    assert judged(credentials).findings == ()


def test_an_image_that_could_not_be_searched_is_judged_by_its_file_all_the_same() -> None:
    image = replace(image_of(claims_of()), credentials=BROKEN)
    verdict = judge_file(Verdict(image, Outcome.INCONCLUSIVE, reason="too small"))
    assert weights(verdict.findings) == [("PC111", Severity.WARNING)]
    assert verdict.outcome is Outcome.INCONCLUSIVE
