"""Where findings point, without looking at the disk."""

from dataclasses import replace

import pytest
from report_records import CLAIMS, TOO_EARLY, UNLABELLED, image

from provcheck.records import Outcome, Release, Skipped, Stated, Verdict
from provcheck.report.locations import Location, finding_location, skipped_location

RELEASE = Release("in/statement", ())
VERDICT = Verdict(image("sub/old.jpg"), Outcome.REUSED)


def test_a_claim_of_the_manifest_is_pointed_at() -> None:
    assert finding_location(TOO_EARLY, VERDICT, RELEASE) == Location("in/statement/release.toml", 3)


def test_what_is_about_no_claim_points_at_the_image() -> None:
    assert finding_location(UNLABELLED, VERDICT, RELEASE) == Location("in/statement/sub/old.jpg", 1)


@pytest.mark.parametrize("origin", ["IPTC 2:55 Date Created", "release.toml", "release.toml, line x", ""])
def test_a_claim_inside_the_picture_points_at_the_picture(origin: str) -> None:
    assert CLAIMS.captured
    claims = replace(CLAIMS, captured=Stated(CLAIMS.captured.value, origin))
    verdict = replace(VERDICT, image=image("sub/old.jpg", claims))
    finding = replace(TOO_EARLY, claim=f"captured 2017-11-09 ({origin})")
    assert finding_location(finding, verdict, RELEASE) == Location("in/statement/sub/old.jpg", 1)


@pytest.mark.parametrize(
    ("skipped", "location"),
    [
        (Skipped("a.jpg", "cut off"), Location("in/statement/a.jpg", 1)),
        (Skipped("release.toml", "line 7: unknown key"), Location("in/statement/release.toml", 7)),
        (Skipped("b.jpg", "named in release.toml, line 9, but not here"), Location("in/statement/release.toml", 9)),
        (Skipped("in/statement", "there is no such file or folder"), Location("in/statement", 1)),
        (Skipped("a.jpg", "line 0: odd"), Location("in/statement/a.jpg", 1)),
    ],
)
def test_a_file_that_was_not_used_is_pointed_at(skipped: Skipped, location: Location) -> None:
    assert skipped_location(skipped, RELEASE) == location
