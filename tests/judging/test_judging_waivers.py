"""A waiver lets one finding about one picture pass, and no other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from judging_records import FOOTAGE, TRAILER, claims_of, image_of, match_of

from provcheck.judging import apply_waivers, inconclusive, judge
from provcheck.judging.waivers import RADIUS, is_same_content
from provcheck.moments import parse_moment
from provcheck.records import Claims, Facts, Outcome, Verdict, Waiver

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = "pdq:" + "a5" * 32
SOURCE = "000000000001"


def near(bits: int) -> str:
    """Return the key of a picture whose code differs from that of `KEY` in so many bits."""
    return f"pdq:{int(KEY.removeprefix('pdq:'), 16) ^ ((1 << bits) - 1):064x}"


def verdict_of(claims: Claims, facts: Facts = FOOTAGE, *, key: str = KEY) -> Verdict:
    return replace(judge(image_of(claims, sha256="0" * 64), (match_of(facts),), ()), content_key=key)


def waiver(rule: str, *, picture: str = KEY, source: str | None = SOURCE, expires: str | None = None) -> Waiver:
    return Waiver(picture, rule, "checked by hand", source, parse_moment(expires) if expires else None)


def applied(verdict: Verdict, *waivers: Waiver) -> Verdict:
    (result,) = apply_waivers([verdict], waivers, now=NOW)
    return result


def waived_rules(verdict: Verdict) -> list[str]:
    return [finding.rule for finding in verdict.findings if finding.waiver]


def test_a_waived_finding_stays_and_the_outcome_too_but_it_stands_for_nothing() -> None:
    before = verdict_of(claims_of())
    after = applied(before, waiver("PC104"))
    assert [finding.message for finding in after.findings] == [finding.message for finding in before.findings]
    assert (after.outcome, after.waived, after.standing) == (Outcome.REUSED, True, Outcome.NO_MATCH)
    assert (before.waived, before.standing) == (False, Outcome.REUSED)
    assert after.findings[0].waiver == waiver("PC104")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (waiver("PC101"), "another rule"),
        (waiver("PC104", source="000000000002"), "another source"),
        (waiver("PC104", source=None), "no source"),
        (waiver("PC104", picture=near(RADIUS + 1)), "another picture"),
        (waiver("PC104", picture="sha256:" + "1" * 64), "another file"),
        (waiver("PC104", expires="2026-11-22"), "expired yesterday"),
    ],
)
def test_a_waiver_of_something_else_changes_nothing(other: Waiver, why: str) -> None:
    before = verdict_of(claims_of())
    assert applied(before, other) == before, why


@pytest.mark.parametrize(
    "fitting",
    [
        waiver("PC104", picture=near(RADIUS)),
        waiver("PC104", picture="sha256:" + "0" * 64),
        waiver("PC104", expires="2026-11-23"),
        waiver("PC104", expires="2026-12"),
    ],
)
def test_a_waiver_counts_for_copies_for_the_very_file_and_on_its_last_day(fitting: Waiver) -> None:
    assert waived_rules(applied(verdict_of(claims_of()), fitting)) == ["PC104"]


def test_of_two_errors_one_waiver_lets_one_pass() -> None:
    verdict = verdict_of(claims_of(captured="2017-11-09"), TRAILER)
    one = applied(verdict, waiver("PC101"), waiver("PC104"))
    assert (one.waived, one.standing) == (False, Outcome.MISMATCHED)
    both = applied(verdict, waiver("PC101"), waiver("PC103"))
    assert (both.waived, both.standing) == (False, Outcome.REUSED)
    assert applied(verdict, waiver("PC101"), waiver("PC103"), waiver("PC104")).standing is Outcome.NO_MATCH


def test_what_could_not_be_checked_can_be_waived() -> None:
    verdict = replace(inconclusive(image_of(claims_of()), "mostly blank"), content_key=KEY)
    after = applied(verdict, waiver("PC901", source=None))
    assert (after.outcome, after.waived) == (Outcome.INCONCLUSIVE, True)


def test_keys_of_two_kinds_are_never_the_same() -> None:
    digits = "0" * 64
    assert is_same_content(f"sha256:{digits}", f"sha256:{digits}")
    assert not is_same_content(f"sha256:{digits}", f"pdq:{digits}")
    assert not is_same_content(f"sha256:{digits}", f"sha256:{'0' * 63}1")
