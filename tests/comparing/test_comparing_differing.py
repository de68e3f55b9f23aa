"""Regions that differ are found where neither picture has texture, and nowhere else."""

import cv2
import numpy as np
import pytest
from rendered_scenes import crop, recompressed, resized, scene, toned, with_text_box

from provcheck.comparing.differing import differing_boxes
from provcheck.comparing.laying import lay_over
from provcheck.matching.transforms import mirroring, rescaling
from provcheck.records import RGB, Box, Picture

PIXELS = scene(5)
BOX = (120, 80, 200, 150)


def boxes(a: RGB, b: RGB, matrix: object = None, *, colours: bool = True) -> list[Box]:
    """Compare two pictures; by default they cover each other."""
    pictures = Picture(a), Picture(b)
    onto = rescaling(pictures[1].size, pictures[0].size) if matrix is None else np.asarray(matrix)
    return differing_boxes(lay_over(*pictures, onto), colours=colours)


def blurred(pixels: RGB, box: Box) -> RGB:
    left, top, right, bottom = box
    result = pixels.copy()
    result[top:bottom, left:right] = cv2.GaussianBlur(pixels[top:bottom, left:right], (0, 0), 15)
    return result


def flattened(pixels: RGB, box: Box) -> RGB:
    left, top, right, bottom = box
    result = pixels.copy()
    result[top:bottom, left:right] = result[top:bottom, left:right].mean(axis=(0, 1))
    return result


def reddened(pixels: RGB, box: Box) -> RGB:
    """Return the picture with another colour of the same luminance in a box."""
    left, top, right, bottom = box
    shifted = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb).astype(np.int16)
    shifted[top:bottom, left:right, 1] += 40
    return np.asarray(cv2.cvtColor(np.clip(shifted, 0, 255).astype(np.uint8), cv2.COLOR_YCrCb2RGB), np.uint8)


@pytest.mark.parametrize("edit", [blurred, flattened, reddened, with_text_box])
def test_an_edited_region_is_found_where_it_is(edit: object) -> None:
    (found, *_) = boxes(PIXELS, recompressed(edit(PIXELS, BOX)))  # type: ignore[operator]
    left, top, right, bottom = found
    assert left >= BOX[0] - 12
    assert top >= BOX[1] - 12
    assert right <= BOX[2] + 12
    assert bottom <= BOX[3] + 12
    assert (right - left) * (bottom - top) > 0.2 * 80 * 70


@pytest.mark.parametrize(
    "changed",
    [
        PIXELS,
        recompressed(PIXELS, 40),
        resized(PIXELS, 240, 160),
        toned(PIXELS, 0.5, 60),
        toned(PIXELS, 1.3, -20),
        255 - PIXELS,
    ],
    ids=["same", "compressed", "smaller", "flatter", "contrast", "negative"],
)
def test_no_region_differs_after_a_change_of_the_whole(changed: RGB) -> None:
    assert boxes(PIXELS, np.asarray(changed, np.uint8), colours=False) == []


def test_no_region_of_a_crop_differs() -> None:
    matrix = [[1, 0, 96], [0, 1, 64], [0, 0, 1]]
    assert boxes(PIXELS, recompressed(crop(PIXELS, 0.2, 0.2, 0.9, 0.9)), matrix) == []


def test_no_region_of_a_mirror_image_differs() -> None:
    assert boxes(PIXELS, np.ascontiguousarray(PIXELS[:, ::-1]), mirroring((480, 320))) == []


def test_boxes_are_in_pixels_of_the_original_a() -> None:
    large = resized(PIXELS, 960, 640)
    ((left, _, right, _), *_) = boxes(large, flattened(PIXELS, BOX))
    assert left == pytest.approx(240, abs=24)
    assert right == pytest.approx(400, abs=24)


def test_pictures_that_do_not_overlap_have_no_differing_region() -> None:
    assert boxes(PIXELS, PIXELS, [[1, 0, 9000], [0, 1, 0], [0, 0, 1]]) == []


def test_a_picture_that_differs_everywhere_has_no_region() -> None:
    assert boxes(PIXELS, scene(6)) == []
