"""Findings to outcomes, and the images of a release against each other."""

import pytest
from judging_records import FOOTAGE, TRAILER, claims_of, image_of, match_of, weights

from provcheck.judging import inconclusive, judge, judge_release
from provcheck.records import (
    Alteration,
    Claims,
    Edit,
    Facts,
    Finding,
    Kind,
    Label,
    Match,
    Outcome,
    Place,
    Relation,
    Severity,
)

DAY = "2017-11-09"
ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def test_the_story_is_mismatched_for_every_reason() -> None:
    claims = claims_of(captured=DAY, place=Place("Abu Kamal", "Syria"), kind=Kind.VIDEO)
    verdict = judge(image_of(claims), (match_of(TRAILER, Alteration(Edit.CROPPED, "cropped")),), ())
    assert weights(verdict.findings) == [("PC101", ERROR), ("PC103", ERROR), ("PC104", WARNING), ("PC105", NOTE)]
    assert verdict.outcome is Outcome.MISMATCHED
    assert verdict.reason == "It was taken from “Gunship trailer”, and what is known contradicts what the release says."


@pytest.mark.parametrize(
    ("claims", "outcome", "reason"),
    [
        (claims_of(), Outcome.REUSED, "It was taken from “Infrared footage”, and the release does not say so."),
        (claims_of(credit="Ministry of Air"), Outcome.CREDITED,
         "It was taken from “Infrared footage”, and the release says so."),
        (claims_of(label=Label.FILE, captured="2016", place=Place("Fallujah")), Outcome.CREDITED,
         "It was taken from “Infrared footage”, and the release says so."),
        (claims_of(label=Label.FILE, captured="2017"), Outcome.MISMATCHED,
         "It was taken from “Infrared footage”, and what is known contradicts what the release says."),
    ],
)  # fmt: skip
def test_the_outcome_of_a_match(claims: Claims, outcome: Outcome, reason: str) -> None:
    verdict = judge(image_of(claims), (match_of(FOOTAGE),), ())
    assert (verdict.outcome, verdict.reason) == (outcome, reason)


def test_no_match_is_said_of_this_corpus_only() -> None:
    verdict = judge(image_of(claims_of(captured=DAY)), (), ())
    assert (verdict.outcome, verdict.findings) == (Outcome.NO_MATCH, ())
    assert verdict.reason == "Nothing in this corpus matches."


def test_leads_give_no_findings() -> None:
    lead = match_of(TRAILER, relation=Relation.SAME_SCENE)
    for verdict in (
        judge(image_of(claims_of(captured=DAY)), (), (lead,)),
        judge(image_of(claims_of(captured=DAY)), (lead,), ()),
    ):
        assert (verdict.outcome, verdict.findings) == (Outcome.NO_MATCH, ())
    assert judge(image_of(Claims()), (), (lead,)).leads == (lead,)


def test_footage_at_another_moment_is_judged_like_the_picture() -> None:
    match = match_of(TRAILER, relation=Relation.SAME_FOOTAGE)
    assert judge(image_of(claims_of(captured=DAY)), (match,), ()).outcome is Outcome.MISMATCHED


def test_every_source_is_judged_and_named() -> None:
    matches = (match_of(TRAILER), match_of(FOOTAGE, number=2))
    verdict = judge(image_of(claims_of(captured=DAY)), matches, ())
    assert {finding.source_id for finding in verdict.findings} == {"000000000001", "000000000002"}
    assert verdict.reason.startswith("It was taken from “Gunship trailer” and “Infrared footage”, and ")


def test_one_uncredited_source_makes_a_picture_reused() -> None:
    matches = (match_of(Facts(publisher="A")), match_of(Facts(publisher="B"), number=2))
    assert judge(image_of(claims_of(credit="A")), matches, ()).outcome is Outcome.REUSED
    assert judge(image_of(claims_of(credit="A / B")), matches, ()).outcome is Outcome.CREDITED


def test_a_finding_is_said_once() -> None:
    twice = (match_of(FOOTAGE, time_s=1.0), match_of(FOOTAGE, time_s=2.0))
    once = judge(image_of(claims_of(captured=DAY)), twice[:1], ())
    assert judge(image_of(claims_of(captured=DAY)), twice, ()).findings == once.findings


def test_what_could_not_be_checked_keeps_its_reason() -> None:
    verdict = inconclusive(image_of(Claims()), "too little detail")
    assert (verdict.outcome, verdict.reason) == (Outcome.INCONCLUSIVE, "too little detail.")
    assert verdict.findings == (Finding("PC901", NOTE, "This image could not be checked: too little detail."),)


# ---------------------------------------------------------------- PC106


def test_pc106_names_both_claims_on_both_images() -> None:
    one = judge(image_of(claims_of(captured=DAY), "a.jpg", sha256="f"), (), ())
    other = judge(image_of(claims_of(captured="2017-11-10"), "b.jpg", sha256="f"), (), ())
    judged = judge_release((one, other))
    assert [verdict.findings for verdict in judged] == [
        (
            Finding(
                "PC106",
                ERROR,
                "The release shows the same picture twice under different claims: here captured: 2017-11-09 "
                "(release.toml, line 8), but in b.jpg captured: 2017-11-10 (release.toml, line 8).",
                None,
                "captured: 2017-11-09 (release.toml, line 8)",
            ),
        ),
        (
            Finding(
                "PC106",
                ERROR,
                "The release shows the same picture twice under different claims: here captured: 2017-11-10 "
                "(release.toml, line 8), but in a.jpg captured: 2017-11-09 (release.toml, line 8).",
                None,
                "captured: 2017-11-10 (release.toml, line 8)",
            ),
        ),
    ]
    assert {verdict.outcome for verdict in judged} == {Outcome.MISMATCHED}
    assert judged[0].reason == "Nothing in this corpus matches, but the release contradicts itself."


@pytest.mark.parametrize(
    ("claims", "other", "severity"),
    [
        (claims_of(captured=DAY), claims_of(captured=DAY), None),
        (claims_of(captured="2017"), claims_of(captured=DAY), None),
        (claims_of(captured=DAY), claims_of(), None),
        (claims_of(captured=DAY), claims_of(captured="2017-11-10T01:00:00+03:00"), None),
        (claims_of(captured=DAY), claims_of(captured="2017-11-12T01:00:00+03:00"), ERROR),
        (claims_of(place=Place("Abu Kamal", "Syria")), claims_of(place=Place("Fallujah", "Iraq")), ERROR),
        (claims_of(place=Place("Ramadi")), claims_of(place=Place("Fallujah")), NOTE),
        (claims_of(place=Place("Fallujah")), claims_of(place=Place("Fallujah", "Iraq")), None),
    ],
)
def test_pc106_speaks_of_different_claims_only(claims: Claims, other: Claims, severity: Severity | None) -> None:
    verdicts = [judge(image_of(said, f"{at}.jpg", sha256="f"), (), ()) for at, said in enumerate((claims, other))]
    expected = [[("PC106", severity)]] * 2 if severity else [[], []]
    assert [weights(verdict.findings) for verdict in judge_release(verdicts)] == expected


@pytest.mark.parametrize(
    ("match", "other", "is_same"),
    [
        (match_of(Facts(), time_s=12.0), match_of(Facts(), time_s=12.5), True),
        (match_of(Facts(), time_s=12.0), match_of(Facts(), time_s=12.6), False),
        (match_of(Facts(), time_s=None), match_of(Facts(), time_s=None), True),
        (match_of(Facts(), time_s=None), match_of(Facts(), time_s=0.0), False),
        (match_of(Facts(), time_s=1.0), match_of(Facts(), time_s=1.0, number=2), False),
        (match_of(Facts(), time_s=1.0), match_of(Facts(), time_s=1.0, relation=Relation.SAME_SCENE), False),
    ],
)
def test_pc106_knows_one_picture_by_its_source_and_time(match: Match, other: Match, is_same: bool) -> None:
    verdicts = (
        judge(image_of(claims_of(captured="2016"), "a.jpg"), (match,), ()),
        judge(image_of(claims_of(captured="2017"), "b.jpg"), (other,), ()),
    )
    has_spoken = [any(f.rule == "PC106" for f in verdict.findings) for verdict in judge_release(verdicts)]
    assert has_spoken == [is_same, is_same]


def test_pc106_leaves_out_what_could_not_be_checked() -> None:
    verdicts = tuple(
        inconclusive(image_of(claims_of(captured=year), f"{year}.jpg", sha256="empty"), "empty file")
        for year in ("2016", "2017")
    )
    assert judge_release(verdicts) == verdicts


def test_judging_a_release_twice_adds_nothing() -> None:
    verdicts = [
        judge(image_of(claims_of(captured=year), f"{year}.jpg", sha256="f"), (match_of(FOOTAGE),), ())
        for year in ("2016", "2017")
    ]
    once = judge_release(verdicts)
    assert judge_release(once) == once
    assert weights(once[1].findings) == [
        ("PC101", ERROR),
        ("PC101", ERROR),
        ("PC106", ERROR),
        ("PC104", WARNING),
    ]
