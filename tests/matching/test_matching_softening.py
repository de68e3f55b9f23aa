"""A blurred copy is compared with a reference that was blurred alike."""

import cv2
import numpy as np
import pytest
from edited_scenes import seen_from
from rendered_scenes import recompressed, scene

from provcheck.matching.parallax import measure_parallax
from provcheck.matching.softening import softened
from provcheck.records import RGB, Gray

ALIGNED = np.eye(3)
SIZE = (384, 256)


def grey(pixels: RGB) -> Gray:
    small = cv2.resize(pixels, SIZE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def blurred(picture: Gray, pixels: float) -> Gray:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), pixels), np.uint8)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("pixels", [4.0, 7.0])
def test_the_reference_becomes_as_soft_as_a_blurred_copy(seed: int, pixels: float) -> None:
    known = grey(scene(seed))
    query = blurred(known, pixels)
    soft = softened(query, known, ALIGNED)
    assert soft is not None
    assert np.abs(soft.astype(np.float32) - query).mean() < 1.5
    assert measure_parallax(query, soft, ALIGNED).displaced_share == 0.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sharp_copy_is_compared_with_what_is_known(seed: int) -> None:
    assert softened(grey(recompressed(scene(seed), 30)), grey(scene(seed)), ALIGNED) is None


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_another_shot_is_not_taken_for_a_blurred_copy(seed: int) -> None:
    assert softened(grey(seen_from(seed, 12, 2)), grey(seen_from(seed, 0, 1)), ALIGNED) is None


def test_a_blurred_other_shot_stays_displaced() -> None:
    known, query = grey(seen_from(5, 0, 1)), blurred(grey(seen_from(5, 16, 2)), 3)
    soft = softened(query, known, ALIGNED)
    assert soft is None or measure_parallax(query, soft, ALIGNED).displaced_share > 0.06


def test_a_picture_without_texture_is_not_softened() -> None:
    flat = np.full((SIZE[1], SIZE[0]), 128, np.uint8)
    assert softened(flat, flat, ALIGNED) is None
