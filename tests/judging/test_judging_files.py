"""What a file says about itself against the claims: when it speaks, how loud, and above all when it keeps silent."""

from dataclasses import replace

import pytest

from provcheck.judging import FILE_RULES, judge_file
from provcheck.judging.clocks import is_unset, without_zone
from provcheck.judging.previewed import PreviewShowsMore
from provcheck.judging.processed import ProcessedLater
from provcheck.judging.recorded import RecordContradictsClaim
from provcheck.judging.selfcontradiction import StatementsContradict
from provcheck.moments import parse_moment
from provcheck.records import (
    Block,
    Claims,
    FileMetadata,
    Finding,
    Moment,
    Outcome,
    Place,
    PreviewLook,
    PreviewRelation,
    Processing,
    ReleaseImage,
    Severity,
    Stated,
    Statement,
    Subject,
    Verdict,
    Voice,
)

DAY = "2017-11-09"
CAMERA = Statement(Block.EXIF_IFD0, "Make", Subject.CAMERA, Voice.RECORDS, "Maker", "Maker")
SCANNER = Statement(Block.EXIF_EXIF, "FileSource", Subject.OTHER, Voice.RECORDS, "2", "print scanner")


def taken(text: str, name: str = "DateTimeOriginal") -> Statement:
    block = Block.EXIF_GPS if name == "GPSDateStamp" else Block.XMP if ":" in name else Block.EXIF_EXIF
    return Statement(block, name, Subject.CAPTURED, Voice.RECORDS, text, parse_moment(text))


def changed(text: str, name: str = "DateTime", subject: Subject = Subject.MODIFIED) -> Statement:
    block = Block.XMP if ":" in name else Block.EXIF_IFD0 if name == "DateTime" else Block.EXIF_EXIF
    return Statement(block, name, subject, Voice.RECORDS, text, parse_moment(text))


def at(latitude: float, longitude: float) -> Statement:
    place = Place(latitude=latitude, longitude=longitude)
    return Statement(Block.EXIF_GPS, "GPS", Subject.PLACE, Voice.RECORDS, "x", place)


def said(text: str, block: Block = Block.IPTC) -> Statement:
    name = "2:55 Date Created" if block is Block.IPTC else "photoshop:DateCreated"
    return Statement(block, name, Subject.CAPTURED, Voice.SAYS, text, parse_moment(text))


def said_at(name: str, text: str) -> Statement:
    return Statement(Block.IPTC, name, Subject.PLACE, Voice.SAYS, text, text)


def image(*statements: Statement, captured: str | None = DAY, place: Place | None = None) -> ReleaseImage:
    claims = Claims(
        captured=Stated(parse_moment(captured), "release.toml, line 6") if captured else None,
        place=Stated(place, "release.toml, line 8") if place else None,
    )
    return ReleaseImage("a.jpg", "/a.jpg", "0" * 64, claims, FileMetadata(statements))


def found(rule: RecordContradictsClaim | StatementsContradict | ProcessedLater, of: ReleaseImage) -> list[Finding]:
    return list(rule.judge_file(of))


def severities(rule: RecordContradictsClaim | StatementsContradict, of: ReleaseImage) -> list[Severity]:
    return [finding.severity for finding in found(rule, of)]


# ---------------------------------------------------------------- PC107


def test_pc107_names_the_clock_the_claim_and_the_doubt() -> None:
    assert found(RecordContradictsClaim(), image(CAMERA, taken("2016-06-24T10:30:00"))) == [
        Finding(
            "PC107",
            Severity.WARNING,
            "The release says it was captured on 2017-11-09 (release.toml, line 6), but the camera recorded that it "
            "was taken at 2016-06-24T10:30:00 (EXIF DateTimeOriginal), which is earlier. A wrong clock would explain "
            "it.",
            "captured: 2016-06-24T10:30:00 (EXIF DateTimeOriginal)",
            "captured: 2017-11-09 (release.toml, line 6)",
        )
    ]


@pytest.mark.parametrize(
    ("recorded", "captured", "severity"),
    [
        ("2016-06-24T10:30:00", "2017-11-09", Severity.WARNING),
        ("2017-11-20T10:30:00", "2017-11-09", Severity.WARNING),
        ("2017-11-09T23:00:00", "2017-11-09", None),
        # Without zones a day is uncertain by half a day on both sides.
        ("2017-11-08T10:30:00", "2017-11-09", None),
        ("2017-11-10T20:00:00", "2017-11-09", None),
        ("2017-11-07T20:00:00", "2017-11-09", Severity.WARNING),
        # With zones on both sides two hours are forgiven.
        ("2017-11-09T08:10:00+03:00", "2017-11-09T10:00:00+03:00", None),
        ("2017-11-09T07:30:00+03:00", "2017-11-09T10:00:00+03:00", Severity.WARNING),
        ("2017-11-09T10:00:00+09:00", "2017-11-09T04:00:00+03:00", None),
        # A claim that leaves much open.
        ("2017-03-01T10:30:00", "2017", None),
        # Clocks that were never set.
        ("2000-01-01T00:03:10", "2017-11-09", None),
        ("2001-01-01T12:00:00", "2017-11-09", None),
        ("2014-01-01T04:11:00", "2017-11-09", None),
        ("1970-01-01T00:00:00", "2017-11-09", None),
        ("1980-03-14T00:00:00", "2017-11-09", None),
    ],
)
def test_pc107_forgives_unknown_zones_and_unset_clocks(recorded: str, captured: str, severity: Severity | None) -> None:
    of = image(CAMERA, taken(recorded), captured=captured)
    assert severities(RecordContradictsClaim(), of) == ([severity] if severity else [])


def test_pc107_a_later_time_without_a_camera_is_a_note_and_so_is_a_scan() -> None:
    later = taken("2017-11-20T10:30:00")
    (without,) = found(RecordContradictsClaim(), image(later))
    (scan,) = found(RecordContradictsClaim(), image(CAMERA, later, SCANNER))
    assert without.severity is scan.severity is Severity.NOTE
    assert without.message.endswith("No camera is named, so this may be the time of a scan or of an export.")


@pytest.mark.parametrize(
    ("satellites", "camera", "speaks"),
    [
        ("2017-11-09T10:00:00Z", "2016-06-24T10:30:00", False),  # the clock of the camera is wrong
        ("2016-06-24T10:30:00Z", "2017-11-09T10:00:00", True),
        ("1998-03-26T10:00:00Z", "2017-11-09T10:00:00", False),  # 1,024 weeks too early
        ("1998-03-26T10:00:00Z", "2016-06-24T10:30:00", True),
    ],
)
def test_pc107_satellites_overrule_the_camera_unless_they_lost_count(
    satellites: str, camera: str, speaks: bool
) -> None:
    of = image(CAMERA, taken(satellites, "GPSDateStamp"), taken(camera))
    assert bool(found(RecordContradictsClaim(), of)) is speaks


def test_pc107_contradictory_zones_of_camera_and_satellites_accuse_nobody() -> None:
    """13:37 was recorded as one of Tokyo, while satellites say that it was one of Baghdad."""
    camera, satellites = taken("2017-11-09T13:37:00+09:00"), taken("2017-11-09T10:37:00Z", "GPSDateStamp")
    of = image(CAMERA, camera, satellites, captured="2017-11-09T13:37:00+03:00")
    assert found(RecordContradictsClaim(), of) == []
    assert severities(RecordContradictsClaim(), image(camera, captured="2017-11-09T13:37:00+03:00")) == [
        Severity.WARNING
    ]


@pytest.mark.parametrize(
    ("statement", "speaks"),
    [
        (changed("2016-06-24T10:30:00"), True),
        (changed("2017-11-20T10:30:00"), False),
        (changed("2016-06-24T10:30:00", "xmp:ModifyDate"), True),
        (changed("2016-06-24T10:30:00", "DateTimeDigitized", Subject.DIGITIZED), True),
        (changed("2016-06-24T10:30:00", "xmp:CreateDate", Subject.DIGITIZED), False),  # an old layout, used again
        (changed("2000-01-01T00:00:10"), False),
    ],
)
def test_pc107_a_file_that_was_finished_before_the_event(statement: Statement, speaks: bool) -> None:
    assert severities(RecordContradictsClaim(), image(statement)) == ([Severity.WARNING] if speaks else [])


@pytest.mark.parametrize(
    ("claimed", "speaks"),
    [
        (Place("Abu Kamal", "Syria", 34.45, 40.92), True),
        (Place("Fallujah", "Iraq", 33.3, 43.8), False),
        (Place("Abu Kamal", "Syria"), False),  # no list of places is here to know where that is
    ],
)
def test_pc107_coordinates_are_held_against_coordinates(claimed: Place, speaks: bool) -> None:
    messages = [one.message for one in found(RecordContradictsClaim(), image(at(33.35, 43.78), place=claimed))]
    expected = (
        "The release says it shows Abu Kamal, Syria (release.toml, line 8), but the file records that it was taken at "
        "33.3500° N, 43.7800° E (EXIF GPS). The two places are 291 km apart."
    )
    assert messages == ([expected] if speaks else [])


# ---------------------------------------------------------------- PC108


@pytest.mark.parametrize(
    ("statements", "severity"),
    [
        ([said("2016-06-24")], Severity.ERROR),
        ([said("2016-06-24", Block.XMP)], Severity.ERROR),
        ([said("2017-11-20")], Severity.WARNING),  # programs fill in the date of scanning and exporting
        ([said("2016-06-24"), taken("2016-06-24T10:30:00")], Severity.WARNING),  # a copy of a clock
        ([said("2017-11-10")], None),
        ([said("2017")], None),
        ([said("2001-01-01")], None),
    ],
)
def test_pc108_dates(statements: list[Statement], severity: Severity | None) -> None:
    assert severities(StatementsContradict(), image(*statements)) == ([severity] if severity else [])


def test_pc108_names_both_statements() -> None:
    (finding,) = found(StatementsContradict(), image(said("2016-06-24")))
    assert finding.message == (
        "The release says it was captured on 2017-11-09 (release.toml, line 6), but inside the picture stands that it "
        "was created on 2016-06-24 (IPTC 2:55 Date Created)."
    )
    assert finding.fact == "captured: 2016-06-24 (IPTC 2:55 Date Created)"


def test_pc108_one_clock_time_under_two_zones_is_no_contradiction() -> None:
    """IPTC has +0000 from a program that knew no zone, XMP the right one."""
    iptc, xmp = said("2017-11-09T23:37:00+00:00"), said("2017-11-09T23:37:00+14:00", Block.XMP)
    assert found(StatementsContradict(), image(iptc, xmp, captured="2017-11-09T23:37:00-11:00")) == []


def test_pc108_a_statement_does_not_contradict_itself() -> None:
    claims = Claims(captured=Stated(parse_moment("2016-06-24"), "IPTC 2:55 Date Created"))
    of = ReleaseImage("a.jpg", "/a.jpg", "0" * 64, claims, FileMetadata((said("2016-06-24"),)))
    assert found(StatementsContradict(), of) == []


@pytest.mark.parametrize(("country", "speaks"), [("Iraq", True), ("Syria", False), ("Syrian Arab Republic", False)])
def test_pc108_places_differ_by_country_and_not_by_name(country: str, speaks: bool) -> None:
    statements = (said_at("2:90 City", "Fallujah"), said_at("2:101 Country", country))
    of = image(*statements, place=Place("Abu Kamal", "Syria"))
    assert severities(StatementsContradict(), of) == ([Severity.ERROR] if speaks else [])


# ---------------------------------------------------------------- PC109


def step(software: str | None, when: str | None, action: str = "saved") -> Statement:
    value = Processing(action, software, parse_moment(when) if when else None)
    return Statement(Block.XMP, "xmpMM:History", Subject.PROCESSED, Voice.RECORDS, "x", value)


def program(name: str) -> Statement:
    return Statement(Block.EXIF_IFD0, "Software", Subject.SOFTWARE, Voice.RECORDS, name, name)


def test_pc109_lists_the_steps_after_the_claimed_time() -> None:
    steps = [step("Adobe Photoshop 21.0", f"2017-11-{day}T08:00:00+03:00") for day in ("08", "12", "13", "14", "15")]
    (finding,) = found(ProcessedLater(), image(*steps))
    assert finding.severity is Severity.NOTE
    assert finding.message == (
        "After the claimed time, 2017-11-09 (release.toml, line 6), it was processed: saved with Adobe Photoshop 21.0 "
        "at 2017-11-12T08:00:00+03:00 (XMP xmpMM:History); saved with Adobe Photoshop 21.0 at "
        "2017-11-13T08:00:00+03:00 (XMP xmpMM:History); saved with Adobe Photoshop 21.0 at 2017-11-14T08:00:00+03:00 "
        "(XMP xmpMM:History); and 1 more."
    )


@pytest.mark.parametrize(
    ("statements", "speaks"),
    [
        ([program("Adobe Photoshop CC 2017"), changed("2017-11-12T08:00:00")], True),
        ([program("Ver.1.10"), changed("2017-11-12T08:00:00")], False),  # the firmware of a camera
        ([program("GIMP 2.10"), changed("2017-11-09T18:00:00")], False),
        ([program("GIMP 2.10")], False),
        ([step("Photo Mechanic", "2017-11-12T08:00:00Z", "saved (metadata only)")], False),
        ([step(None, "2017-11-12T08:00:00Z")], False),
        ([step("Adobe Photoshop", None)], False),
    ],
)
def test_pc109_speaks_of_editors_alone(statements: list[Statement], speaks: bool) -> None:
    assert bool(found(ProcessedLater(), image(*statements))) is speaks


# ---------------------------------------------------------------- PC110


@pytest.mark.parametrize(
    ("relation", "severity", "said"),
    [
        (PreviewRelation.SAME, None, ""),
        (PreviewRelation.UNCLEAR, None, ""),
        (PreviewRelation.WIDER, Severity.NOTE, "shows more than the picture, which is 36% of it"),
        (PreviewRelation.EDITED, Severity.WARNING, "differs from the picture in a region"),
        (PreviewRelation.OTHER, Severity.WARNING, "shows another picture than this one"),
    ],
)
def test_pc110_tells_what_the_preview_shows(relation: PreviewRelation, severity: Severity | None, said: str) -> None:
    look = PreviewLook("EXIF thumbnail", (160, 107), relation, 0.36)
    findings = list(PreviewShowsMore().judge_file(replace(image(), previews=(look,))))
    assert [finding.severity for finding in findings] == ([severity] if severity else [])
    assert all(f"The EXIF thumbnail stored in the file (160x107 pixels) {said}" in one.message for one in findings)


# ---------------------------------------------------------------- all of them


@pytest.mark.parametrize("rule", FILE_RULES, ids=lambda rule: rule.id)
def test_without_claims_no_file_is_accused(rule: RecordContradictsClaim) -> None:
    everything = image(
        CAMERA, taken("2016-06-24T10:30:00"), said("2015-01-02"), at(1.0, 2.0), step("GIMP", "2018"), captured=None
    )
    assert list(rule.judge_file(everything)) == []


def test_an_error_makes_it_mismatched_because_the_release_contradicts_itself() -> None:
    verdict = judge_file(Verdict(image(said("2016-06-24")), Outcome.NO_MATCH))
    assert verdict.outcome is Outcome.MISMATCHED
    assert verdict.reason == "Nothing in this corpus matches, but the release contradicts itself."


def test_a_warning_leaves_the_outcome_as_it_is() -> None:
    verdict = judge_file(Verdict(image(CAMERA, taken("2016-06-24T10:30:00")), Outcome.NO_MATCH))
    assert (verdict.outcome, [finding.rule for finding in verdict.findings]) == (Outcome.NO_MATCH, ["PC107"])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2017-11-09T13:37:05.25+03:00", "2017-11-09T13:37:05.25"),
        ("2017-11-09T13:37-05:00", "2017-11-09T13:37"),
        ("2017-11-09T13:37Z", "2017-11-09T13:37"),
        ("2017-11-09", "2017-11-09"),
        ("2017", "2017"),
    ],
)
def test_a_moment_without_its_zone(text: str, plain: str) -> None:
    assert without_zone(parse_moment(text)) == parse_moment(plain)


@pytest.mark.parametrize(
    ("text", "unset"),
    [("2016-01-01", True), ("2016-01-02", False), ("2016", False), ("2016-01", False), ("1970", True)],
)
def test_what_an_unset_clock_shows(text: str, unset: bool) -> None:
    moment: Moment = parse_moment(text)
    assert is_unset(moment) is unset
