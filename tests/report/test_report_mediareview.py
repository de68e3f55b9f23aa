"""The MediaReview drafts: terms of schema.org alone, nothing invented, and categories only where a finding says so."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from report_records import CROPPED, PICTURE, TOO_EARLY, TRAILER, full_report, image, report_of

from provcheck.records import (
    Alteration,
    Edit,
    Finding,
    Kind,
    Match,
    Outcome,
    Relation,
    Report,
    Severity,
    Verdict,
    Waiver,
)
from provcheck.report.mediareview import categories, write_mediareview

THING = {"name", "description", "url"}
CREATIVE_WORK = THING | {
    "archivedAt", "author", "creativeWorkStatus", "creditText", "dateCreated", "datePublished", "inLanguage",
    "interpretedAsClaim", "isPartOf", "text",
}  # fmt: skip
MEDIA_OBJECT = CREATIVE_WORK | {"contentUrl", "sha256"}
TERMS = {
    "CreativeWork": CREATIVE_WORK,
    "Claim": CREATIVE_WORK,
    "ImageObject": MEDIA_OBJECT | {"caption", "embeddedTextCaption"},
    "MediaReviewItem": CREATIVE_WORK | {"mediaItemAppearance"},
    "MediaReview": CREATIVE_WORK
    | {"itemReviewed", "reviewAspect", "reviewBody", "reviewRating"}
    | {"mediaAuthenticityCategory", "originalMediaContextDescription", "originalMediaLink"},
}
"""Terms that matter here, as https://schema.org/MediaReview and the pages of the other types have them."""

CATEGORIES = {
    "DecontextualizedContent", "EditedOrCroppedContent", "OriginalMediaContent", "SatireOrParodyContent",
    "StagedContent", "TransformedContent",
}  # fmt: skip
"""All members of https://schema.org/MediaManipulationRatingEnumeration."""

INVENTED = {"author", "datePublished", "url", "reviewRating", "publisher"}
"""What only a person can say of a review."""


def written(*reports: Report) -> str:
    stream = io.StringIO()
    write_mediareview(reports, stream)
    return stream.getvalue()


def drafts(*reports: Report) -> list[dict[str, Any]]:
    document = json.loads(written(*reports))
    assert document.keys() == {"@context", "@graph"}
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from nodes(part)


def flagged(*matches: Match, findings: tuple[Finding, ...] = ()) -> Verdict:
    return Verdict(image("a.jpg"), Outcome.MISMATCHED if findings else Outcome.REUSED, matches, findings=findings)


def altered(*edits: Edit) -> Match:
    return replace(CROPPED, alterations=tuple(Alteration(edit, "") for edit in edits))


def test_every_term_is_one_of_schema_org() -> None:
    for draft in drafts(full_report()):
        for node in nodes(draft):
            assert node.keys() - {"@type"} <= TERMS[node["@type"]], node["@type"]
        assert set(draft["mediaAuthenticityCategory"]) <= CATEGORIES


def test_nothing_is_said_that_only_a_person_can_say() -> None:
    for draft in drafts(full_report()):
        assert not draft.keys() & INVENTED
        assert draft["creativeWorkStatus"] == "Draft"
        assert draft["name"].startswith("DRAFT")
        assert "is not a review" in draft["description"]
        assert "contentUrl" not in json.dumps(draft["itemReviewed"])


def test_flagged_pictures_alone_are_drafted_and_waived_ones_are_not() -> None:
    names = [draft["itemReviewed"]["mediaItemAppearance"][0]["name"] for draft in drafts(full_report())]
    assert names == ["column.jpg", "mirrored.jpg", "collage.jpg"]
    waived = replace(TOO_EARLY, waiver=Waiver("sha256:0", "PC101", "cleared"))
    assert drafts(report_of(flagged(CROPPED, findings=(waived,)))) == []
    assert drafts(report_of()) == []


def test_the_original_is_linked_at_its_moment_and_described() -> None:
    (draft,) = drafts(report_of(flagged(CROPPED, findings=(TOO_EARLY,))))
    assert draft["originalMediaLink"] == [
        "https://video.example/watch?v=gunship#t=12.48",
        "https://archive.example/2015/gunship",
    ]
    context = draft["originalMediaContextDescription"]
    assert "“Gunship Duty: announcement trailer” (game, Bytewing Games, published 2015-03-25) at 0:12.48" in context
    assert "PC101" in draft["reviewBody"]
    appearance = draft["itemReviewed"]["mediaItemAppearance"][0]
    assert appearance["sha256"] == "9" * 64
    assert "captured: 2017-11-09 (release.toml, line 3)" in appearance["interpretedAsClaim"]["text"]


@pytest.mark.parametrize("rule", ["PC101", "PC102", "PC103", "PC106"])
def test_another_time_place_or_kind_is_another_context(rule: str) -> None:
    finding = replace(TOO_EARLY, rule=rule)
    assert next(iter(categories(flagged(altered(), findings=(finding,))))) == "DecontextualizedContent"
    assert "DecontextualizedContent" not in categories(
        flagged(altered(), findings=(replace(finding, severity=Severity.NOTE),))
    )


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ((), ["OriginalMediaContent"]),
        ((Edit.CROPPED,), ["EditedOrCroppedContent"]),
        ((Edit.MIRRORED, Edit.CROPPED), ["EditedOrCroppedContent"]),
        ((Edit.REGION_CHANGED,), ["TransformedContent"]),
        ((Edit.CROPPED, Edit.REGION_CHANGED), ["EditedOrCroppedContent", "TransformedContent"]),
        ((Edit.RECOLOURED, Edit.EMBEDDED), []),
    ],
)
def test_what_was_done_to_a_picture_suggests_its_category(edits: tuple[Edit, ...], expected: list[str]) -> None:
    assert list(categories(flagged(altered(*edits)))) == expected


def test_another_moment_of_a_video_is_not_called_the_original() -> None:
    assert not categories(flagged(replace(PICTURE, relation=Relation.SAME_FOOTAGE)))


@pytest.mark.parametrize(("kind", "staged"), [(Kind.FILM, True), (Kind.GAME, False), (Kind.PHOTO, False)])
def test_a_film_shown_as_real_was_staged(kind: Kind, staged: bool) -> None:
    source = replace(TRAILER, facts=replace(TRAILER.facts, kind=kind))
    unreal = replace(TOO_EARLY, rule="PC103")
    assert ("StagedContent" in categories(flagged(replace(CROPPED, source=source), findings=(unreal,)))) is staged


def test_a_draft_can_stand_inside_a_script_element() -> None:
    report = report_of(flagged(CROPPED))
    text = written(replace(report, release=replace(report.release, title="</script><script>alert(1)</script>")))
    assert "<" not in text
    assert "</script>" in json.dumps(json.loads(text), ensure_ascii=False)


def test_the_draft_is_as_it_was(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.mediareview.jsonld", written(full_report()))
