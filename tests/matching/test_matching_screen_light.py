"""Stripes of light are taken off a photographed screen, and nothing else is."""

import cv2
import numpy as np
import pytest
from rendered_scenes import scene

from provcheck.matching.agreement import look
from provcheck.matching.candidates import Candidate
from provcheck.matching.screen_light import without_stripes
from provcheck.matching.verification import verify
from provcheck.matching.views import Reference, decoded_reference, look_at_query
from provcheck.records import RGB, Gray, Matrix, Picture

SIZE = (384, 256)
STILL = np.eye(3)


def grey(seed: int) -> Gray:
    return np.asarray(cv2.cvtColor(scene(seed, *SIZE), cv2.COLOR_RGB2GRAY), np.uint8)


def striped(picture: Gray, length: float, *, height: float = 0.15, bend: float = 0.0) -> Gray:
    """Lay waves of light over a picture, their fronts bent by so many waves."""
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    phase = 2 * np.pi * ((rows + 0.7 * columns) / length + bend * (columns / picture.shape[1]) ** 2)
    return np.asarray(np.clip(picture * (1 + height * np.sin(phase)), 0, 255), np.uint8)


def difference(first: Gray, second: Gray) -> float:
    return float(np.abs(first.astype(float) - second)[16:-16, 16:-16].mean())


@pytest.mark.parametrize("length", [9.0, 20.0, 40.0])
@pytest.mark.parametrize("bend", [0.0, 0.7])
def test_stripes_are_taken_off_be_they_bent_a_little(length: float, bend: float) -> None:
    known = grey(3)
    query = striped(known, length, bend=bend)
    even = without_stripes(query, known, STILL)
    assert even is not None
    assert difference(even, known) < 0.6 * difference(query, known)
    assert look(even, known, STILL).mean > look(query, known, STILL).mean


def test_two_patterns_of_stripes_are_taken_off() -> None:
    known = grey(3)
    query = striped(striped(known, 30.0), 11.0, bend=0.3)
    even = without_stripes(query, known, STILL)
    assert even is not None
    assert difference(even, known) < 0.5 * difference(query, known)


def test_stripes_of_a_turned_and_smaller_query_are_found_in_place() -> None:
    known = grey(3)
    matrix: Matrix = np.array([[1.3, -0.2, -20.0], [0.2, 1.3, -40.0], [0.0, 0.0, 1.0]])
    plain = np.asarray(cv2.warpPerspective(known, np.linalg.inv(matrix), SIZE), np.uint8)
    query = striped(plain, 18.0)
    even = without_stripes(query, known, matrix)
    assert even is not None
    assert difference(even, plain) < 0.6 * difference(query, plain)


def test_what_has_no_stripes_is_left_as_it_is() -> None:
    known = grey(3)
    noise = np.random.default_rng(5).normal(0, 12, known.shape)
    assert without_stripes(known, known, STILL) is None
    assert without_stripes(np.clip(known + noise, 0, 255).astype(np.uint8), known, STILL) is None


def test_a_query_beside_the_reference_has_nothing_to_take_off() -> None:
    known = grey(3)
    assert without_stripes(known, known, np.array([[1.0, 0, 5000], [0, 1, 0], [0, 0, 1]])) is None


@pytest.mark.parametrize("seed", range(4, 10))
def test_another_picture_does_not_become_alike(seed: int) -> None:
    known, other = grey(3), grey(seed)
    even = without_stripes(striped(other, 20.0), known, STILL)
    assert even is None or look(even, known, STILL).median < 0.3


def photographed(pixels: RGB, seed: int) -> RGB:
    """Return a screen with the picture, seen at an angle: strong stripes, slower ones, noise."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]]
    light = 1 + 0.3 * np.sin(2 * np.pi * (0.7 * rows + columns) / 33) + 0.1 * np.sin(2 * np.pi * rows / 90)
    height, width = pixels.shape[:2]
    seen = np.array([[30, 20], [width - 60, 50], [width - 20, height - 30], [60, height - 70]], np.float32)
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    tilt = cv2.getPerspectiveTransform(whole, seen)
    lit = cv2.warpPerspective(
        pixels * light[..., None].astype(np.float32), tilt, (width, height), borderValue=(30,) * 3
    )
    return np.asarray(np.clip(lit + rng.normal(0, 8, lit.shape), 0, 255), np.uint8)


def reference_of(pixels: RGB) -> Reference:
    return decoded_reference(Picture(pixels), (pixels.shape[1], pixels.shape[0]))


@pytest.mark.parametrize("seed", [8, 14])
def test_a_striped_screen_agrees_with_its_picture_once_verified(seed: int) -> None:
    pixels = scene(seed, 600, 400)
    query = look_at_query(photographed(pixels, seed))
    verified = verify(query, Candidate(0, mirrored=False, votes=1.0), reference_of(pixels))
    assert verified is not None
    striped_look = look(query.views[0].grey, verified.reference.grey, verified.matrix)
    assert verified.look.median > 0.9
    assert verified.look.mean > striped_look.mean + 0.1
