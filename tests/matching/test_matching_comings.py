"""Things that came and went between two moments, beside what is laid over a copy or erased from one."""

from collections.abc import Sequence

import cv2
import numpy as np
from edited_scenes import with_caption, with_logo, with_lower_third
from rendered_scenes import recompressed

from provcheck.matching.comings import went_and_came
from provcheck.records import RGB, Gray

DARK = (25, 25, 30)
PLACES = ((90, 90), (200, 210), (310, 120), (410, 230))


def street(people: Sequence[tuple[int, int]], seed: int = 1) -> RGB:
    """Return what a resting camera sees of a square with people on it, each at (x, y)."""
    random = np.random.default_rng(seed)
    coarse = np.random.default_rng(5).normal(0, 7, (40, 60)).astype(np.float32)
    ground = cv2.resize(coarse, (480, 320), interpolation=cv2.INTER_CUBIC) + 130
    pixels = np.repeat(ground[..., None], 3, axis=2)
    for x, y in people:
        cv2.ellipse(pixels, (x, y), (9, 24), 0, 0, 360, DARK, -1, cv2.LINE_AA)
        cv2.circle(pixels, (x, y - 28), 7, DARK, -1, cv2.LINE_AA)
    return recompressed(np.asarray(np.clip(pixels + random.normal(0, 2, pixels.shape), 0, 255), np.uint8), 90)


def test_people_who_came_and_others_who_went_are_counted() -> None:
    assert _went_and_came(street(PLACES[2:], seed=2), street(PLACES[:2])) == (2, 2)


def test_what_was_erased_went_and_nothing_came() -> None:
    assert _went_and_came(street(PLACES[2:], seed=2), street(PLACES)) == (2, 0)


def test_a_copy_in_which_nothing_moved_has_neither() -> None:
    assert _went_and_came(recompressed(street(PLACES), 40), street(PLACES)) == (0, 0)


def test_nothing_goes_under_what_is_laid_over() -> None:
    for edited in (with_caption, with_logo, with_lower_third):
        assert _went_and_came(edited(street(PLACES)), street(PLACES))[0] < 2


def _went_and_came(query: RGB, reference: RGB) -> tuple[int, int]:
    return went_and_came(_grey(query), _grey(reference), np.eye(3))


def _grey(pixels: RGB) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
