"""Letters that are laid over a picture, and what else differs between two pictures."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rendered_scenes import recompressed, scene

from provcheck.matching.comings import went_and_came
from provcheck.matching.drawn import drawn_over
from provcheck.matching.movement import moved_blocks
from provcheck.matching.parallax import measure_parallax
from provcheck.matching.relations import DISPLACED_SHARE, MOVED_BLOCKS
from provcheck.records import RGB, Gray

ALIGNED = np.eye(3)
SIZE = (384, 256)
LEVEL_IN_DOUBT = 200
ONE = "NOBODY\nREADS THE\nCAPTION"
OTHER = "BORDER AND\nA READER\nNOD TO A CAB"


def grey(pixels: RGB) -> Gray:
    small = cv2.resize(pixels, SIZE, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


def photograph(seed: int) -> RGB:
    """A picture in which no grey level is drawn."""
    return recompressed(np.asarray(cv2.GaussianBlur(scene(seed, 768, 512), (0, 0), 2.5), np.uint8), 90)


def written_on(pixels: RGB, words: str, size: int = 90) -> RGB:
    """Return a picture with words in white letters with a black outline, as in a meme."""
    picture = Image.fromarray(pixels)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size)
    for line, text in enumerate(words.split("\n")):
        at = 20 + 25 * line, 20 + 160 * line
        draw.text(at, text, "white", font, stroke_width=size // 15, stroke_fill="black")
    return recompressed(np.asarray(picture), 85)


@pytest.mark.parametrize("size", [60, 90, 140])
@pytest.mark.parametrize("seed", [1, 2])
def test_letters_of_both_pictures_are_found_whatever_their_size(size: int, seed: int) -> None:
    clean = photograph(seed)
    query, reference = (grey(written_on(clean, words, size)) for words in (ONE, OTHER))
    letters = np.abs(query.astype(int) - reference) > LEVEL_IN_DOUBT
    drawn = drawn_over(query, reference, ALIGNED)
    assert drawn[letters].mean() > 0.5
    untouched = cv2.dilate((np.abs(query.astype(int) - reference) > 25).astype(np.uint8), np.ones((9, 9))) == 0
    assert drawn[untouched].mean() < 0.02


def test_letters_in_another_light_are_found_too() -> None:
    clean = photograph(3)
    darker = np.asarray(written_on(clean, ONE) * 0.7 + 20, np.uint8)
    assert drawn_over(grey(darker), grey(written_on(clean, OTHER)), ALIGNED).mean() > 0.05


def test_letters_that_both_pictures_have_are_not_laid_over() -> None:
    written = written_on(photograph(1), ONE)
    assert not drawn_over(grey(recompressed(written, 60)), grey(written), ALIGNED).any()


def test_what_is_written_on_paper_is_its_content() -> None:
    paper = np.full((512, 768, 3), 235, np.uint8)
    assert not drawn_over(grey(written_on(paper, ONE)), grey(written_on(paper, OTHER)), ALIGNED).any()


@pytest.mark.parametrize("to", [(180, 150), (300, 220)])
def test_things_that_moved_are_not_drawn(to: tuple[int, int]) -> None:
    assert drawn_over(grey(with_thing(*to)), grey(with_thing(120, 150)), ALIGNED).mean() < 0.001


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_words_are_no_movement(seed: int) -> None:
    clean = photograph(seed)
    query, reference = (grey(written_on(clean, words)) for words in (ONE, OTHER))
    drawn = drawn_over(query, reference, ALIGNED)
    assert moved_blocks(query, reference, ALIGNED) >= MOVED_BLOCKS
    assert moved_blocks(query, reference, ALIGNED, drawn) < MOVED_BLOCKS
    assert sum(went_and_came(query, reference, ALIGNED, drawn=drawn)) < 2
    assert measure_parallax(query, reference, ALIGNED, drawn).displaced_share < DISPLACED_SHARE[0][1]


def test_what_moved_beside_other_words_is_counted() -> None:
    query = grey(written_on(with_thing(560, 330), "A CAB OF", 90))
    reference = grey(written_on(with_thing(460, 330), "NOBODY", 90))
    drawn = drawn_over(query, reference, ALIGNED)
    assert drawn.any()
    assert moved_blocks(query, reference, ALIGNED, drawn) >= MOVED_BLOCKS


def with_thing(x: int, y: int) -> RGB:
    """Return a photograph with a thing in it."""
    pixels = photograph(5).copy()
    pixels[y : y + 150, x : x + 150] = scene(77, 150, 150)
    return pixels
