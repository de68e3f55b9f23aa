"""Paper with thin strokes, and what only looks like it."""

import cv2
import numpy as np
import pytest
from edited_scenes import letter
from rendered_scenes import scene

from provcheck.matching.pages import is_page
from provcheck.records import Gray


def grey(pixels: Gray) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def in_dots(picture: Gray) -> Gray:
    """Print a picture as black dots of many sizes on white."""
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]]
    screen = 127.5 + 63 * (np.cos(x * np.pi / 3) + np.cos(y * np.pi / 3))
    return np.where(picture > screen, 255, 0).astype(np.uint8)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_letter_is_a_page_in_both_polarities_and_under_noise(seed: int) -> None:
    page = grey(letter(seed))
    noisy = np.clip(page * 0.8 + np.random.default_rng(seed).normal(20, 3, page.shape), 0, 255).astype(np.uint8)
    assert is_page(page)
    assert is_page(np.asarray(255 - page, np.uint8))
    assert is_page(noisy)


def test_a_blank_sheet_is_a_page() -> None:
    assert is_page(np.full((300, 200), 240, np.uint8))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_picture_is_none_and_its_halftone_neither(seed: int) -> None:
    picture = grey(scene(seed))
    assert not is_page(picture)
    assert not is_page(in_dots(picture))


def test_a_picture_on_paper_is_none() -> None:
    sheet = np.full((640, 480), 255, np.uint8)
    sheet[60:360, 40:440] = grey(scene(5, 400, 300))
    assert not is_page(sheet)
