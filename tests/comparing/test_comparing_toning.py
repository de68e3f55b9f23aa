"""A change of all tones is told from most of the pixels."""

import cv2
import numpy as np
import pytest
from rendered_scenes import recompressed, resized, scene, toned, with_text_box

from provcheck.comparing.laying import lay_over
from provcheck.comparing.toning import describe_tones
from provcheck.matching.transforms import rescaling
from provcheck.records import RGB, Picture

PIXELS = scene(7)
GREY = np.repeat(np.asarray(cv2.cvtColor(PIXELS, cv2.COLOR_RGB2GRAY), np.uint8)[..., None], 3, axis=2)
MUTED = np.asarray(GREY + 0.8 * (PIXELS.astype(np.float32) - GREY), np.uint8)


def tones(a: RGB, b: RGB) -> str:
    pictures = Picture(a), Picture(b)
    return describe_tones(lay_over(*pictures, rescaling(pictures[1].size, pictures[0].size)))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (PIXELS, GREY, "colours taken out"),
        (GREY, PIXELS, "colours put in"),
        (PIXELS, np.ascontiguousarray(PIXELS[..., ::-1]), "other colours than before"),
        (PIXELS, toned(PIXELS, 1, 12), "brighter than before"),
        (PIXELS, toned(PIXELS, 1, -12), "darker than before"),
        (GREY, toned(GREY, 0.6, 0.4 * float(np.median(GREY))), "other contrast than before"),
    ],
    ids=["grey", "from grey", "colours", "brighter", "darker", "contrast"],
)
def test_other_tones_are_named(a: RGB, b: RGB, expected: str) -> None:
    assert tones(a, b) == expected


def test_muted_colours_that_were_taken_out_are_noticed() -> None:
    assert tones(MUTED, GREY) == "colours taken out"


@pytest.mark.parametrize(
    "b",
    [PIXELS, recompressed(PIXELS, 35), resized(PIXELS, 200, 134), with_text_box(PIXELS, (40, 40, 300, 200))],
    ids=["same", "compressed", "smaller", "white box"],
)
def test_the_same_tones_are_none(b: RGB) -> None:
    assert tones(PIXELS, b) == ""


def test_what_does_not_overlap_has_no_tones() -> None:
    far = np.array([[1, 0, 9000], [0, 1, 0], [0, 0, 1]], np.float64)
    assert describe_tones(lay_over(Picture(PIXELS), Picture(GREY), far)) == ""
