"""Things that both pictures show, in different places."""

import cv2
import numpy as np
import pytest
from edited_scenes import with_caption, with_logo, with_lower_third
from rendered_scenes import scene

from provcheck.matching.movement import moved_blocks
from provcheck.matching.relations import MOVED_BLOCKS
from provcheck.records import RGB, Gray

ALIGNED = np.eye(3)
SIZE = (384, 256)
THING = scene(77, 90, 90)


def grey(pixels: RGB) -> Gray:
    small = cv2.resize(pixels, SIZE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def street(x: int, y: int = 120, *, darker: float = 1.0, seed: int = 1) -> RGB:
    """A view of a resting camera, with a thing in it."""
    pixels = scene(seed).copy()
    pixels[y : y + 90, x : x + 90] = THING
    return np.asarray(pixels * darker, np.uint8)


@pytest.mark.parametrize("to", [(150, 120), (190, 140), (130, 90)])
def test_a_thing_that_moved_is_found_where_it_went(to: tuple[int, int]) -> None:
    assert moved_blocks(grey(street(*to)), grey(street(120)), ALIGNED) >= MOVED_BLOCKS


def test_in_another_light_too() -> None:
    assert moved_blocks(grey(street(160, darker=0.7)), grey(street(120)), ALIGNED) >= MOVED_BLOCKS


@pytest.mark.parametrize("laid_over", [with_caption, with_logo, with_lower_third])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_laid_over_a_copy_has_not_moved(laid_over: object, seed: int) -> None:
    assert callable(laid_over)
    known = street(120, seed=seed)
    assert moved_blocks(grey(laid_over(known.copy())), grey(known), ALIGNED) == 0


def test_what_appears_has_not_moved() -> None:
    assert moved_blocks(grey(street(120)), grey(scene(1)), ALIGNED) == 0


def test_nothing_moves_between_a_picture_and_itself() -> None:
    assert moved_blocks(grey(street(120)), grey(street(120)), ALIGNED) == 0
