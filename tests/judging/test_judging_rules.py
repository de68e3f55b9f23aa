"""Every rule: when it speaks, how loud, and its golden sentences."""

from dataclasses import FrozenInstanceError, replace

import pytest
from judging_records import FOOTAGE, TRAILER, claims_of, match_of

from provcheck.judging import RULES
from provcheck.judging.altered import Altered
from provcheck.judging.earlier import EarlierThanClaimed
from provcheck.judging.elsewhere import OtherPlace
from provcheck.judging.uncredited import ReusedUncredited, is_acknowledged
from provcheck.judging.unreal import NotARecording
from provcheck.moments import parse_moment
from provcheck.records import Alteration, Claims, Edit, Facts, Finding, Kind, Label, Place, Severity

DAY = "2017-11-09"
ABU_KAMAL = Place("Abu Kamal", "Syria")


def dated(*, published: str | None = None, captured: str | None = None) -> Facts:
    return Facts(
        title="T",
        published=parse_moment(published) if published else None,
        captured=parse_moment(captured) if captured else None,
    )


def test_the_rules_have_the_ids_of_the_documentation() -> None:
    expected = [f"PC{number}" for number in (*range(101, 112), 112, 113, 901)]
    assert list(RULES) == expected


@pytest.mark.parametrize("rule_id", RULES)
def test_every_rule_explains_itself_in_sentences(rule_id: str) -> None:
    rule = RULES[rule_id]
    assert rule.id == rule_id
    assert rule.summary.endswith(".")
    assert rule.help.endswith(".")
    assert rule.severity in Severity


@pytest.mark.parametrize("rule_id", RULES)
def test_no_rule_can_be_changed_by_its_user(rule_id: str) -> None:
    with pytest.raises(FrozenInstanceError):
        RULES[rule_id].severity = Severity.NOTE  # type: ignore[misc]


# ---------------------------------------------------------------- PC101


def test_pc101_names_the_publication_its_publisher_and_the_line_of_the_claim() -> None:
    findings = list(EarlierThanClaimed().judge(claims_of(captured=DAY), match_of(TRAILER)))
    assert findings == [
        Finding(
            "PC101",
            Severity.ERROR,
            "The release says it was captured on 2017-11-09 (release.toml, line 8), but the known source "
            "“Gunship trailer” was published on 2015-03-25 by Nimbus Games (https://example.org/trailer).",
            "published: 2015-03-25 (“Gunship trailer”, Nimbus Games, https://example.org/trailer)",
            "captured: 2017-11-09 (release.toml, line 8)",
            "000000000001",
        )
    ]


def test_pc101_keeps_publication_and_capture_as_two_reasons() -> None:
    findings = list(EarlierThanClaimed().judge(claims_of(captured=DAY), match_of(FOOTAGE)))
    assert [finding.message for finding in findings] == [
        (
            "The release says it was captured on 2017-11-09 (release.toml, line 8), but the known source "
            "“Infrared footage” was published on 2016-07-01 by Ministry of Air (https://archive.example.org/1)."
        ),
        (
            "The release says it was captured on 2017-11-09 (release.toml, line 8), but the known source "
            "“Infrared footage” (Ministry of Air, https://archive.example.org/1) was captured in 2016-06."
        ),
    ]


@pytest.mark.parametrize(
    ("facts", "claimed", "severities"),
    [
        (dated(published="2015"), DAY, [Severity.ERROR]),
        (dated(published="2017-11-07"), DAY, [Severity.ERROR]),
        (dated(published="2017-11-08"), DAY, [Severity.NOTE]),
        (dated(published="2017-11-09"), DAY, []),
        (dated(published="2017-11-10"), DAY, []),
        (dated(published="2017"), DAY, []),
        (dated(captured="2017-11-07"), DAY, [Severity.ERROR]),
        (dated(captured="2017-11-08"), DAY, [Severity.NOTE]),
        (dated(captured="2017-11-09T23:00:00Z"), DAY, []),
        (dated(captured="2017-11-10"), DAY, [Severity.NOTE]),
        (dated(captured="2017-11-11"), DAY, [Severity.ERROR]),
        (dated(captured="2018"), "2016-06", [Severity.ERROR]),
        (dated(captured="2016-06-24"), "2016-06", []),
        (dated(published="2015", captured="2017-11-08"), DAY, [Severity.ERROR]),
        (dated(published="2017-11-08", captured="2017-11-08"), DAY, [Severity.NOTE]),
        (dated(), DAY, []),
        (dated(published="2015", captured="2014"), None, []),
    ],
)
def test_pc101_speaks_only_when_dates_are_apart(facts: Facts, claimed: str | None, severities: list[Severity]) -> None:
    findings = list(EarlierThanClaimed().judge(claims_of(captured=claimed), match_of(facts)))
    assert [finding.severity for finding in findings] == severities


def test_pc101_says_why_it_cannot_decide() -> None:
    findings = list(EarlierThanClaimed().judge(claims_of(captured=DAY), match_of(dated(captured="2017-11-08"))))
    assert findings[0].message == (
        "The release says it was captured on 2017-11-09 (release.toml, line 8), and the known source “T” was captured "
        "on 2017-11-08; whether these contradict each other cannot be decided without time zones."
    )


# ---------------------------------------------------------------- PC102


def test_pc102_names_both_places_and_the_reason() -> None:
    findings = list(OtherPlace().judge(claims_of(place=ABU_KAMAL), match_of(FOOTAGE)))
    assert findings == [
        Finding(
            "PC102",
            Severity.ERROR,
            "The release says it shows Abu Kamal, Syria (release.toml, line 9), but the known source “Infrared "
            "footage” (Ministry of Air, https://archive.example.org/1) shows Fallujah, Iraq. Syria and Iraq are "
            "different countries.",
            "place: Fallujah, Iraq (“Infrared footage”, Ministry of Air, https://archive.example.org/1)",
            "place: Abu Kamal, Syria (release.toml, line 9)",
            "000000000001",
        )
    ]


def test_pc102_notes_what_cannot_be_decided() -> None:
    findings = list(OtherPlace().judge(claims_of(place=Place("Ramadi", "Iraq")), match_of(FOOTAGE)))
    assert [(finding.severity, finding.message) for finding in findings] == [
        (
            Severity.NOTE,
            (
                "The release says it shows Ramadi, Iraq (release.toml, line 9), and the known source “Infrared "
                "footage” (Ministry of Air, https://archive.example.org/1) shows Fallujah, Iraq; whether this is the "
                "same place cannot be decided. The names differ, but they may be two names of one place, and "
                "coordinates are missing."
            ),
        )
    ]


def test_pc102_is_silent_about_one_place_and_about_places_that_agree() -> None:
    assert not list(OtherPlace().judge(claims_of(place=ABU_KAMAL), match_of(TRAILER)))
    assert not list(OtherPlace().judge(claims_of(), match_of(FOOTAGE)))
    assert not list(OtherPlace().judge(claims_of(place=Place("fallujah", "Ирак")), match_of(FOOTAGE)))


# ---------------------------------------------------------------- PC103


def test_pc103_is_an_error_when_the_picture_is_shown_as_evidence() -> None:
    findings = list(NotARecording().judge(claims_of(captured=DAY, place=ABU_KAMAL), match_of(TRAILER)))
    claim = "captured: 2017-11-09 (release.toml, line 8); place: Abu Kamal, Syria (release.toml, line 9)"
    assert findings == [
        Finding(
            "PC103",
            Severity.ERROR,
            f"The release shows it as a recording of a real event ({claim}), but the known source “Gunship trailer” "
            "(Nimbus Games, https://example.org/trailer) is a video game.",
            "kind: game (“Gunship trailer”, Nimbus Games, https://example.org/trailer)",
            claim,
            "000000000001",
        )
    ]


def test_pc103_is_a_warning_when_nothing_is_claimed() -> None:
    findings = list(NotARecording().judge(Claims(), match_of(TRAILER)))
    assert [(finding.severity, finding.message) for finding in findings] == [
        (
            Severity.WARNING,
            (
                "The known source “Gunship trailer” (Nimbus Games, https://example.org/trailer) is a video game, and "
                "the release does not say so."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("claims", "known", "severities"),
    [
        (claims_of(kind=Kind.PHOTO), Kind.GAME, [Severity.ERROR]),
        (claims_of(kind=Kind.SATELLITE), Kind.CGI, [Severity.ERROR]),
        (claims_of(captured=DAY), Kind.AI_GENERATED, [Severity.ERROR]),
        (claims_of(place=ABU_KAMAL), Kind.FILM, [Severity.ERROR]),
        (claims_of(captured=DAY, label=Label.FILE), Kind.SIMULATION, [Severity.ERROR]),
        (claims_of(label=Label.ARCHIVE), Kind.GAME, [Severity.WARNING]),
        (claims_of(credit="Nimbus Games"), Kind.GAME, [Severity.WARNING]),
        (claims_of(captured=DAY, label=Label.ILLUSTRATION), Kind.GAME, []),
        (claims_of(captured=DAY, kind=Kind.GAME), Kind.GAME, []),
        (claims_of(captured=DAY, kind=Kind.SIMULATION), Kind.GAME, []),
        (claims_of(captured=DAY), Kind.VIDEO, []),
        (claims_of(captured=DAY), Kind.ILLUSTRATION, []),
        (claims_of(captured=DAY), None, []),
    ],
)
def test_pc103_weighs_what_is_claimed(claims: Claims, known: Kind | None, severities: list[Severity]) -> None:
    findings = list(NotARecording().judge(claims, match_of(Facts(kind=known))))
    assert [finding.severity for finding in findings] == severities


# ---------------------------------------------------------------- PC104


def test_pc104_says_that_label_and_credit_are_missing() -> None:
    findings = list(ReusedUncredited().judge(Claims(), match_of(TRAILER)))
    assert findings == [
        Finding(
            "PC104",
            Severity.WARNING,
            "It was taken from the known source “Gunship trailer” (Nimbus Games, https://example.org/trailer), and the "
            "release gives neither a label nor a credit.",
            "source: “Gunship trailer” (Nimbus Games, https://example.org/trailer)",
            None,
            "000000000001",
        )
    ]


def test_pc104_quotes_a_credit_that_names_somebody_else() -> None:
    findings = list(ReusedUncredited().judge(claims_of(credit="Air\nForce"), match_of(TRAILER)))
    assert findings[0].message == (
        "It was taken from the known source “Gunship trailer” (Nimbus Games, https://example.org/trailer), but the "
        "release credits “Air Force” (IPTC 2:110 Credit)."
    )
    assert findings[0].claim == "credit: Air Force (IPTC 2:110 Credit)"


def test_pc104_names_a_source_without_title_by_its_file() -> None:
    findings = list(ReusedUncredited().judge(Claims(), match_of(Facts())))
    assert "the known source “clip.mp4”, and the release" in findings[0].message


@pytest.mark.parametrize(
    ("claims", "is_truthful"),
    [
        (claims_of(credit="NIMBUS GAMES, 2015"), True),
        (claims_of(credit="Photo: nimbus-games"), True),
        (claims_of(credit="still from “Gunship Trailer”"), True),
        (claims_of(label=Label.FILE), True),
        (claims_of(label=Label.ILLUSTRATION), True),
        (claims_of(credit="Nimbus"), False),
        (claims_of(credit="Nimbus Gamesters"), False),
        (claims_of(), False),
    ],
)
def test_a_label_or_a_credit_that_names_the_source_is_truthful(claims: Claims, is_truthful: bool) -> None:
    match = match_of(TRAILER)
    assert is_acknowledged(claims, match) is is_truthful
    assert bool(list(ReusedUncredited().judge(claims, match))) is not is_truthful


def test_a_source_without_names_cannot_be_credited() -> None:
    assert not is_acknowledged(claims_of(credit="Anybody"), match_of(Facts(publisher="…")))


# ---------------------------------------------------------------- PC105


def test_pc105_lists_every_alteration_in_words() -> None:
    match = match_of(
        TRAILER,
        Alteration(Edit.CROPPED, "cropped to 48 % of the frame."),
        Alteration(Edit.MIRRORED, ""),
        Alteration(Edit.REGION_CHANGED, "text laid over"),
    )
    (finding,) = Altered().judge(Claims(), match)
    assert (finding.severity, finding.message) == (
        Severity.NOTE,
        (
            "It differs from the known source “Gunship trailer” (Nimbus Games, https://example.org/trailer): cropped "
            "to 48 % of the frame; mirrored; region changed (text laid over)."
        ),
    )


def test_pc105_is_silent_about_an_exact_copy() -> None:
    assert not list(Altered().judge(Claims(), match_of(TRAILER)))


# ---------------------------------------------------------------- PC113


@pytest.mark.parametrize(("published", "said"), [("2016-05-04", "“An earlier one”, on 2016-05-04."), (None, "one”.")])
def test_pc113_names_the_earlier_release_and_its_date(published: str | None, said: str) -> None:
    facts = replace(dated(published=published), release="An earlier one")
    (finding,) = RULES["PC113"].judge(claims_of(), match_of(facts))  # type: ignore[attr-defined]
    assert finding.message.endswith(said)
