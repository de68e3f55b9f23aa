"""A part of a picture that lies a little elsewhere, beside what is laid over a copy or degrades it."""

import cv2
import numpy as np
import pytest
from edited_scenes import with_caption, with_logo, with_lower_third
from rendered_scenes import recompressed, scene

from provcheck.matching.shifted import has_shifted
from provcheck.records import RGB, Gray

ALIGNED = np.eye(3)
SIZE = (384, 256)


def grey(pixels: RGB) -> Gray:
    small = cv2.resize(pixels, SIZE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def head(turned_px: float, centre: tuple[int, int] = (300, 200), reach: int = 140) -> RGB:
    """Return a view in which a part is displaced, most in its middle and not at all at its rim, as a head that nods."""
    pixels = cv2.GaussianBlur(scene(4, 768, 512), (0, 0), 2.5)
    rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]].astype(np.float32)
    away = np.hypot(columns - centre[0], rows - centre[1]) / reach
    displacement = np.float32(turned_px) * np.clip(3 * (1 - away), 0, 1).astype(np.float32)
    return recompressed(np.asarray(cv2.remap(pixels, columns + displacement, rows, cv2.INTER_LINEAR), np.uint8), 90)


@pytest.mark.parametrize("turned_px", [-24, -16, 16, 24])
def test_a_part_that_turned_has_shifted(turned_px: float) -> None:
    assert has_shifted(grey(head(turned_px)), grey(head(0)), ALIGNED)


def test_in_another_light_too() -> None:
    assert has_shifted(np.asarray(grey(head(20)) * 0.8 + 20, np.uint8), grey(head(0)), ALIGNED)


@pytest.mark.parametrize("laid_over", [with_caption, with_logo, with_lower_third])
def test_what_is_laid_over_is_no_shift(laid_over: object) -> None:
    assert callable(laid_over)
    assert not has_shifted(grey(laid_over(head(0).copy())), grey(head(0)), ALIGNED)


@pytest.mark.parametrize("quality", [20, 60])
def test_a_compressed_copy_has_not_shifted(quality: int) -> None:
    assert not has_shifted(grey(recompressed(head(0), quality)), grey(head(0)), ALIGNED)


def test_unrelated_pictures_have_not_shifted() -> None:
    assert not has_shifted(grey(scene(8)), grey(scene(9)), ALIGNED)
