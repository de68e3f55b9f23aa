"""Changes are told from A to B, whichever side was searched; the heaviest comes first."""

import pytest
from comparing_records import match

from provcheck.comparing.describing import align_versions, describe_changes
from provcheck.records import Alteration, Edit, Overlap
from provcheck.versions import Change, PairKind, Side

HALF = ((1.0, 0.0, 20.0), (0.0, 1.0, 10.0), (0.0, 0.0, 1.0))
CROPPED = match(Alteration(Edit.CROPPED, "shows 40% of the known frame"), overlap=Overlap(1.0, 0.4), transform=HALF)
EDITED = Alteration(Edit.REGION_CHANGED, "", ((0, 0, 10, 20),), ((5, 5, 15, 25),))


def changes(one: object, *, b_was_query: bool, size: tuple[int, int] = (100, 80)) -> tuple[Change, ...]:
    return describe_changes(align_versions(one, size, b_was_query=b_was_query))  # type: ignore[arg-type]


def test_a_crop_in_b_keeps_a_part_of_a() -> None:
    (change,) = changes(CROPPED, b_was_query=True, size=(60, 50))
    assert (change.kind, change.side, change.area) == (PairKind.CROPPED, Side.B, 0.4)
    assert change.detail == "shows 40% of the picture before"
    assert (change.a_boxes, change.b_boxes) == (((20, 10, 80, 60),), ((0, 0, 60, 50),))


def test_a_crop_in_a_is_a_part_of_b() -> None:
    (change,) = changes(CROPPED, b_was_query=False, size=(60, 50))
    assert (change.kind, change.side, change.area) == (PairKind.CROPPED, Side.A, 0.4)
    assert change.detail == "the picture before was 40% of this one"
    assert (change.a_boxes, change.b_boxes) == (((0, 0, 60, 50),), ((20, 10, 80, 60),))


def test_what_surrounds_the_picture_of_a_in_b_is_no_crop_of_b() -> None:
    embedded = match(Alteration(Edit.EMBEDDED, ""), overlap=Overlap(0.4, 1.0))
    (change,) = changes(embedded, b_was_query=True)
    assert (change.side, change.area) == (Side.A, 0.4)


@pytest.mark.parametrize(("b_was_query", "expected"), [(True, ((5, 5, 15, 25),)), (False, ((0, 0, 10, 20),))])
def test_an_edit_has_its_boxes_on_the_right_sides(b_was_query: bool, expected: object) -> None:
    (change,) = changes(match(EDITED), b_was_query=b_was_query)
    assert change.a_boxes == expected
    assert change.area == pytest.approx(200 / 8000, abs=0.005)
    assert change.detail.startswith("one region differs, ")


@pytest.mark.parametrize(
    ("kind", "detail", "forwards", "backwards"),
    [
        (Edit.ROTATED, "turned by 90° clockwise", "turned by 90° clockwise", "turned by 90° counter-clockwise"),
        (Edit.ROTATED, "turned by 9° counter-clockwise", "turned by 9° counter-clockwise", "turned by 9° clockwise"),
        (Edit.RECOLOURED, "darker than the known frame", "darker than before", "brighter than before"),
        (Edit.RECOLOURED, "colours taken out", "colours taken out", "colours put in"),
        (Edit.MIRRORED, "left and right are swapped", "left and right are swapped", "left and right are swapped"),
    ],
)
def test_phrases_with_a_direction_are_turned_round(kind: Edit, detail: str, forwards: str, backwards: str) -> None:
    one = match(Alteration(kind, detail))
    assert [change.detail for change in changes(one, b_was_query=True)] == [forwards]
    assert [change.detail for change in changes(one, b_was_query=False)] == [backwards]


def test_the_heaviest_change_comes_first() -> None:
    edits = [Edit.RECOLOURED, Edit.STRETCHED, Edit.CROPPED, Edit.MIRRORED, Edit.ROTATED, Edit.REGION_CHANGED]
    found = changes(match(*(Alteration(edit, "") for edit in edits)), b_was_query=True)
    assert [change.kind.value for change in found] == [
        "edited", "mirrored", "rotated", "cropped", "recoloured", "stretched",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "detail"),
    [((100, 80), "re-encoded, 100x80 pixels as before"), ((50, 40), "resized from 100x80 to 50x40 pixels")],
)
def test_without_changes_it_is_the_same_picture(size: tuple[int, int], detail: str) -> None:
    assert changes(match(), b_was_query=True, size=size) == (Change(PairKind.RE_ENCODED, detail),)


def test_every_edit_of_matching_has_a_kind() -> None:
    for edit in Edit:
        assert changes(match(Alteration(edit, "")), b_was_query=True)[0].kind.is_same_picture


def test_a_closer_look_replaces_the_regions_of_the_match() -> None:
    aligned = align_versions(match(EDITED), (50, 40), b_was_query=True)
    assert describe_changes(aligned, [])[0].kind is PairKind.RE_ENCODED
    half = align_versions(match(transform=((2.0, 0, 0.5), (0, 2.0, 0.5), (0, 0, 1.0))), (50, 40), b_was_query=True)
    (change,) = describe_changes(half, [(20, 10, 60, 50)])
    assert (change.a_boxes, change.b_boxes) == (((20, 10, 60, 50),), ((10, 5, 30, 25),))
    assert change.area == pytest.approx(0.2, abs=0.01)
