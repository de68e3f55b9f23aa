"""Two pictures under one graphic, beside copies of pictures under a graphic and of what is nothing but a graphic."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from edited_scenes import FONT, letter
from known_scenes import opened
from rendered_scenes import build_corpus, recompressed, resized, scene

from provcheck.matching.graphics import is_graphic, shares_graphic_only
from provcheck.records import RGB, Gray

SIZE = (600, 400)
CARD = (0, 150, 600, 400)
"""Left, top, right and bottom of what the headline covers."""


def under_letters(pixels: RGB) -> RGB:
    """Return a picture under the large white letters with dark rims of a meme."""
    result = pixels.copy()
    for text, row in (("NOBODY", 110), ("EXPECTS", 240), ("THIS", 370)):
        (width, _), _ = cv2.getTextSize(text, FONT, 1, 1)
        size = 560 / width
        for colour, thickness in (((0, 0, 0), 28), ((255, 255, 255), 18)):
            cv2.putText(result, text, (20, row), FONT, min(size, 5.0), colour, thickness, cv2.LINE_AA)
    return result


def under_an_emblem(pixels: RGB) -> RGB:
    """Return a picture under a large emblem of rings."""
    result = pixels.copy()
    for ring, colour in enumerate(((180, 20, 20), (240, 240, 240), (20, 40, 140), (240, 200, 40), (30, 30, 30))):
        cv2.ellipse(result, (300, 200), (260 - 45 * ring, 170 - 30 * ring), 0, 0, 360, colour, -1, cv2.LINE_AA)
    cv2.putText(result, "BUREAU", (200, 210), FONT, 1.6, (255, 255, 255), 4, cv2.LINE_AA)
    return result


def under_a_card(pixels: RGB) -> RGB:
    """Return a picture whose lower part is hidden by a headline on a card."""
    result = pixels.copy()
    left, top, right, bottom = CARD
    cv2.rectangle(result, (left, top), (right, bottom), (20, 40, 110), -1)
    for line, text in enumerate(("COUNCIL DENIES ALL", "BRIDGE STILL OPEN", "MORE AT TEN")):
        cv2.putText(result, text, (30, 220 + 75 * line), FONT, 1.5, (255, 255, 255), 3, cv2.LINE_AA)
    return result


GRAPHICS = [under_letters, under_an_emblem, under_a_card]


@pytest.mark.parametrize("lay_over", GRAPHICS)
@pytest.mark.parametrize("seeds", [(400, 401), (402, 403)])
def test_two_pictures_under_one_graphic_are_no_match(
    tmp_path: Path, lay_over: Callable[[RGB], RGB], seeds: tuple[int, int]
) -> None:
    known, other = (lay_over(scene(seed, *SIZE)) for seed in seeds)
    with opened(build_corpus(tmp_path / "corpus", {"known": known})) as corpus:
        assert corpus.find(recompressed(other, 80)).matches == ()


@pytest.mark.parametrize("lay_over", GRAPHICS)
def test_a_picture_under_its_graphic_is_found_again(tmp_path: Path, lay_over: Callable[[RGB], RGB]) -> None:
    known = lay_over(scene(400, *SIZE))
    with opened(build_corpus(tmp_path / "corpus", {"known": known})) as corpus:
        assert corpus.titles(recompressed(resized(known, 360, 240), 50)) == ["known"]


@pytest.mark.parametrize("lay_over", [under_letters, under_an_emblem])
def test_beside_one_graphic_other_pictures_disagree(lay_over: Callable[[RGB], RGB]) -> None:
    assert _shares_graphic_only(lay_over(scene(401, *SIZE)), lay_over(scene(400, *SIZE)))


@pytest.mark.parametrize("lay_over", GRAPHICS)
def test_a_graphic_laid_over_a_known_picture_is_not_shared(lay_over: Callable[[RGB], RGB]) -> None:
    assert not _shares_graphic_only(lay_over(scene(400, *SIZE)), scene(400, *SIZE))


def test_a_page_of_which_nothing_is_left_says_nothing() -> None:
    assert not _shares_graphic_only(recompressed(letter(7), 60), letter(7))


def test_a_card_is_a_graphic_and_a_picture_is_none() -> None:
    covered, bare = _grey(under_a_card(scene(400, *SIZE))), _grey(scene(400, *SIZE))
    assert is_graphic(covered, covered, np.eye(3), CARD)
    assert not is_graphic(bare, bare, np.eye(3), CARD)


def _shares_graphic_only(query: RGB, reference: RGB) -> bool:
    return shares_graphic_only(_grey(query), _grey(reference), np.eye(3))


def _grey(pixels: RGB) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
