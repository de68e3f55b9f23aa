"""Every edit is named, with its boxes on the side or sides where it can be seen."""

import cv2
import numpy as np
import pytest
from known_scenes import Known, edits
from rendered_scenes import box_of, crop, mirrored, pasted, resized, scene, toned, with_text_box

from provcheck.matching.alterations import bounding_box
from provcheck.records import RGB, Box, Edit

PIXELS = scene(3)
SIZE = (480, 320)


def near(found: Box, expected: Box, tolerance_px: int) -> bool:
    return max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= tolerance_px


def grey(pixels: RGB) -> RGB:
    return np.repeat(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)[..., None], 3, axis=2)


def reddened(pixels: RGB) -> RGB:
    return np.asarray(np.clip(pixels.astype(int) + np.array([45, -10, -35]), 0, 255), np.uint8)


def test_an_unedited_picture_has_no_alterations(known: Known) -> None:
    assert known.only_match(PIXELS).alterations == ()


@pytest.mark.parametrize(
    "fractions", [(0.2, 0.1, 0.8, 0.75), (0.0, 0.0, 0.6, 0.6), (0.35, 0.3, 0.8, 0.9)], ids=["inner", "corner", "lower"]
)
def test_a_crop_names_what_was_kept(known: Known, fractions: tuple[float, float, float, float]) -> None:
    (box,) = edits(known.only_match(crop(PIXELS, *fractions)))[Edit.CROPPED].reference_boxes
    assert near(box, box_of(PIXELS, *fractions), 3)


def test_a_crop_of_a_mirror_image_names_what_was_kept_of_the_known_frame(known: Known) -> None:
    found = edits(known.only_match(crop(mirrored(PIXELS), 0.1, 0.2, 0.7, 0.8)))
    (box,) = found[Edit.CROPPED].reference_boxes
    assert Edit.MIRRORED in found
    assert near(box, box_of(PIXELS, 0.3, 0.2, 0.9, 0.8), 3)


def test_a_picture_in_a_picture_says_where_it_is(known: Known) -> None:
    found = edits(known.only_match(pasted(scene(100, 960, 640), PIXELS, 300, 200)))
    (box,) = found[Edit.EMBEDDED].query_boxes
    assert near(box, (300, 200, 780, 520), 3)
    assert Edit.CROPPED not in found


def test_a_box_of_text_is_found_on_both_sides(known: Known) -> None:
    box = (60, 40, 200, 110)
    changed = edits(known.only_match(with_text_box(PIXELS, box, "EVIDENCE")))[Edit.REGION_CHANGED]
    assert near(changed.query_boxes[0], box, 16)
    assert near(changed.reference_boxes[0], box, 16)


def test_a_changed_region_of_a_crop_has_the_box_of_each_side(known: Known) -> None:
    cropped = crop(with_text_box(PIXELS, (160, 120, 280, 180), "EVIDENCE"), 0.25, 0.25, 1, 1)
    changed = edits(known.only_match(cropped))[Edit.REGION_CHANGED]
    assert near(changed.reference_boxes[0], (160, 120, 280, 180), 16)
    assert near(changed.query_boxes[0], (40, 40, 160, 100), 16)


def test_a_changed_region_of_a_mirror_image_has_the_box_of_each_side(known: Known) -> None:
    changed = edits(known.only_match(with_text_box(mirrored(PIXELS), (60, 40, 200, 110), "EVIDENCE")))[
        Edit.REGION_CHANGED
    ]
    assert near(changed.query_boxes[0], (60, 40, 200, 110), 16)
    assert near(changed.reference_boxes[0], (280, 40, 420, 110), 16)


def test_two_changed_regions_are_two_boxes(known: Known) -> None:
    twice = with_text_box(with_text_box(PIXELS, (40, 40, 160, 100), "ONE"), (300, 200, 440, 280), "TWO")
    changed = edits(known.only_match(twice))[Edit.REGION_CHANGED]
    assert len(changed.query_boxes) == len(changed.reference_boxes) == 2
    assert "2 regions" in changed.detail


def test_an_object_that_was_painted_over_is_found(known: Known) -> None:
    emptied = PIXELS.copy()
    emptied[100:200, 180:300] = cv2.GaussianBlur(PIXELS[100:200, 180:300], (0, 0), 25)
    changed = edits(known.only_match(emptied))[Edit.REGION_CHANGED]
    left, top, right, bottom = changed.query_boxes[0]
    assert left > 164
    assert top > 84
    assert right < 316
    assert bottom < 216
    assert (right - left) * (bottom - top) > 0.3 * 120 * 100


@pytest.mark.parametrize(
    ("turns", "words"), [(1, "90° counter-clockwise"), (2, "180°"), (3, "90° clockwise")], ids=["left", "over", "right"]
)
def test_a_turn_names_its_angle_and_sense(known: Known, turns: int, words: str) -> None:
    """As numpy: turning by one is counter-clockwise."""
    match = known.only_match(np.ascontiguousarray(np.rot90(PIXELS, turns)))
    assert words in edits(match)[Edit.ROTATED].detail
    assert set(edits(match)) == {Edit.ROTATED}


def test_a_small_turn_is_a_turn(known: Known) -> None:
    matrix = cv2.getRotationMatrix2D((240, 160), 8, 1)  # OpenCV: positive is counter-clockwise
    turned = np.asarray(cv2.warpAffine(PIXELS, matrix, SIZE), np.uint8)
    assert "8° counter-clockwise" in edits(known.only_match(turned))[Edit.ROTATED].detail


def test_upside_down_is_a_mirror_image_turned_over(known: Known) -> None:
    found = edits(known.only_match(np.ascontiguousarray(PIXELS[::-1])))
    assert set(found) == {Edit.MIRRORED, Edit.ROTATED}
    assert "180°" in found[Edit.ROTATED].detail


def test_a_mirror_image_is_only_that(known: Known) -> None:
    assert set(edits(known.only_match(mirrored(PIXELS)))) == {Edit.MIRRORED}


def test_a_stretch_says_how_much(known: Known) -> None:
    found = edits(known.only_match(resized(PIXELS, 480, 400)))
    assert set(found) == {Edit.STRETCHED}
    assert "1.25" in found[Edit.STRETCHED].detail


def test_a_smaller_copy_is_no_edit(known: Known) -> None:
    assert known.only_match(resized(PIXELS, 360, 240)).alterations == ()


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (grey(PIXELS), "colours taken out"),
        (toned(PIXELS, 1, -60), "darker"),
        (toned(PIXELS, 1, 60), "brighter"),
        (toned(PIXELS, 0.5, 64), "contrast"),
        (reddened(PIXELS), "other colours"),
    ],
    ids=["grey", "darker", "brighter", "contrast", "reddened"],
)
def test_other_colours_are_named(known: Known, pixels: RGB, words: str) -> None:
    found = edits(known.only_match(pixels))
    assert set(found) == {Edit.RECOLOURED}
    assert words in found[Edit.RECOLOURED].detail


def test_a_tilted_screen_is_a_perspective(known: Known) -> None:
    origin = np.array([[0, 0], [480, 0], [480, 320], [0, 320]], np.float32)
    target = np.array([[40, 30], [430, 5], [470, 300], [10, 270]], np.float32)
    tilted = np.asarray(cv2.warpPerspective(PIXELS, cv2.getPerspectiveTransform(origin, target), SIZE), np.uint8)
    found = edits(known.only_match(tilted))
    assert Edit.PERSPECTIVE in found
    assert Edit.ROTATED not in found or "°" in found[Edit.ROTATED].detail


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([[-0.5, -0.5], [99.5, 59.5]], (0, 0, 100, 60)),
        ([[9.5, 19.5], [29.5, 39.5]], (10, 20, 30, 40)),
        ([[10, 20], [29, 39]], (10, 20, 30, 40)),
        ([[-50, -50], [500, 500]], (0, 0, 100, 60)),
        ([[200, 200], [300, 300]], (100, 60, 100, 60)),
    ],
)
def test_a_box_holds_the_pixels_whose_area_is_touched(points: list[list[float]], expected: Box) -> None:
    assert bounding_box(np.array(points, np.float64), (100, 60)) == expected
