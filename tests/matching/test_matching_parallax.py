"""Parts of an aligned pair that are displaced against each other."""

import cv2
import numpy as np
import pytest
from edited_scenes import seen_from
from rendered_scenes import recompressed, scene

from provcheck.matching.parallax import measure_parallax
from provcheck.records import RGB, Gray

ALIGNED = np.eye(3)
SIZE = (384, 256)


def grey(pixels: RGB) -> Gray:
    small = cv2.resize(pixels, SIZE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def curled(picture: Gray, pixels: float) -> Gray:
    """A page that bulges in the middle."""
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    up = rows + np.float32(pixels) * np.sin(np.pi * columns / SIZE[0])
    return np.asarray(cv2.remap(picture, columns, up.astype(np.float32), cv2.INTER_LINEAR), np.uint8)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nothing_of_a_copy_is_displaced(seed: int) -> None:
    known = grey(scene(seed))
    assert measure_parallax(grey(recompressed(scene(seed), 30)), known, ALIGNED).displaced_share < 0.02


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_near_things_are_displaced_from_another_place(seed: int) -> None:
    left = measure_parallax(grey(seen_from(seed, 12, 2)), grey(seen_from(seed, 0, 1)), ALIGNED)
    assert left.displaced_share > 0.06
    assert left.unbent_share > 0.02


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_curled_copy_is_displaced_until_it_is_bent_back(seed: int) -> None:
    known = grey(scene(seed))
    left = measure_parallax(curled(known, 5), known, ALIGNED)
    assert left.displaced_share > 0.3
    assert left.unbent_share == 0.0
    assert left.displacement_px == pytest.approx(5, abs=1)


def test_a_picture_without_texture_tells_nothing() -> None:
    flat = np.full((SIZE[1], SIZE[0]), 128, np.uint8)
    assert measure_parallax(flat, flat, ALIGNED).displaced_share == 0.0
