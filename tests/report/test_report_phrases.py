from dataclasses import replace

import pytest
from report_records import BRIDGE, CROPPED, LOGO, MIRRORED, PICTURE, SCENE, full_report, report_of

from provcheck.records import Facts
from provcheck.report.phrases import (
    coverage_line,
    how_sure,
    link,
    looks_like,
    source_name,
    summary_line,
    timecode,
    where_from,
    without_links,
)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.0, "0:00.00"), (12.48, "0:12.48"), (59.999, "1:00.00"), (600, "10:00.00"), (3723.5, "1:02:03.50")],
)
def test_timecode(seconds: float, shown: str) -> None:
    assert timecode(seconds) == shown


@pytest.mark.parametrize(
    ("log10", "said"),
    [
        (-23.4, "sure: one accidental match this good in 10^23 searches of this corpus"),
        (-6.0, "sure: one accidental match this good in 10^6 searches of this corpus"),
        (-3.3, "sure: one accidental match this good in 2,000 searches of this corpus"),
        (-50.9, "sure: one accidental match this good in 10^50 searches of this corpus"),
        (-284.2, "sure: one accidental match this good in more than 10^50 searches of this corpus"),
        (float("-inf"), "sure: one accidental match this good in more than 10^50 searches of this corpus"),
        (-0.1, "not sure: every search of this corpus may give an accidental match this good"),
        (2.0, "not sure: every search of this corpus may give an accidental match this good"),
    ],
)
def test_how_sure(log10: float, said: str) -> None:
    assert how_sure(log10) == said


def test_a_frame_is_named_with_title_kind_publisher_date_time_and_edits() -> None:
    assert where_from(CROPPED) == (
        "is a frame of “Gunship Duty: announcement trailer” (game, Bytewing Games, published 2015-03-25) at 0:12.48; "
        "altered: cropped to 62 % of the frame, changed in 1 region"
    )


def test_another_moment_is_not_called_the_frame() -> None:
    assert where_from(MIRRORED) == (
        "is another moment of the footage “Infrared footage” (captured 2016-06) near 1:02:03.50; altered: mirrored"
    )


def test_a_picture_without_facts_is_named_by_its_file() -> None:
    assert where_from(PICTURE) == "is the known picture bridge.jpg"
    assert link(BRIDGE.facts) is None


def test_an_archived_page_stands_in_for_a_missing_address() -> None:
    assert link(Facts(archive_url="https://archive.example/1")) == "https://archive.example/1"


def test_an_address_that_stands_beside_a_sentence_is_left_out_of_it() -> None:
    url = "https://video.example/watch?v=gunship"
    sentence = f"The source “X” (Bytewing Games, {url}) was published in 2015 by Bytewing Games ({url}); see {url}."
    assert without_links(sentence, [CROPPED]) == (
        f"The source “X” (Bytewing Games) was published in 2015 by Bytewing Games; see {url}."
    )
    assert without_links(sentence, [PICTURE]) == sentence


def test_a_lead_asks_for_a_person() -> None:
    told = "things in it have moved, as at another moment"
    assert looks_like(SCENE) == f"looks like the same scene as bridge.jpg ({told}), a person should look"
    assert looks_like(LOGO).startswith("shares an element")


def test_facts_cannot_send_control_codes() -> None:
    assert "\x1b" not in source_name(replace(BRIDGE, facts=Facts(title="\x1b[2J", publisher="\x1b]0;x\x07")))


def test_the_summary_counts_what_there_is() -> None:
    assert summary_line(full_report()) == (
        "7 images: 2 mismatched, 1 reused, 1 credited, 2 no-match, 1 inconclusive; 3 files skipped"
    )


def test_the_coverage_says_what_no_match_means() -> None:
    assert coverage_line(report_of().coverage) == (
        "Checked against 14 sources, 210 frames, newest 2017-06-01; no-match means: not in this corpus (known.corpus)."
    )
