"""Two pages, posts or covers that differ in the picture they show, beside copies of each and of photographs."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from edited_scenes import letter, with_caption, with_logo
from known_scenes import opened
from rendered_scenes import build_corpus, pasted, recompressed, resized, scene

from provcheck.matching.surroundings import shows_other_picture
from provcheck.records import RGB, Gray, OtherShot, Relation

WIDTH, HEIGHT = 480, 640
PICTURE = (40, 180, 400, 260)
"""Left, top, width and height on the page."""


def page(seed: int) -> RGB:
    """Return the front page of an invented paper with one picture in it."""
    left, top, width, height = PICTURE
    return pasted(letter(7), scene(seed, width, height), left, top)


def poster(seed: int) -> RGB:
    """Return the cover of an invented series with one picture in it."""
    cover = np.full((HEIGHT, WIDTH, 3), (235, 225, 200), np.uint8)
    cv2.rectangle(cover, (15, 15), (WIDTH - 15, HEIGHT - 15), (120, 30, 20), 8)
    for text, at, size in (("FIELD GUIDE", (60, 90), 1.9), ("VOLUME", (120, 510), 1.9), ("PRESS", (170, 580), 1.2)):
        cv2.putText(cover, text, at, cv2.FONT_HERSHEY_DUPLEX, size, (120, 30, 20), 4)
    left, top, width, height = PICTURE
    return pasted(cover, scene(seed, width, height), left, top - 40)


@pytest.mark.parametrize("of", [page, poster])
def test_another_picture_on_the_same_page_is_a_lead_that_says_so(tmp_path: Path, of: Callable[[int], RGB]) -> None:
    with opened(build_corpus(tmp_path / "corpus", {"known": of(20)})) as corpus:
        found = corpus.find(recompressed(of(31), 80))
        assert found.matches == ()
        assert [(lead.relation, lead.other_shot) for lead in found.leads] == [
            (Relation.SAME_SCENE, OtherShot.OTHER_CONTENT)
        ]


@pytest.mark.parametrize("of", [page, poster])
def test_the_same_page_is_found_again(tmp_path: Path, of: Callable[[int], RGB]) -> None:
    with opened(build_corpus(tmp_path / "corpus", {"known": of(20)})) as corpus:
        assert corpus.titles(recompressed(resized(of(20), 360, 480), 60)) == ["known"]


def test_a_page_with_a_plain_box_on_its_picture_is_the_same_page() -> None:
    hidden = page(20)
    hidden[300:380, 60:420] = 0
    assert not _is_other(hidden, page(20))


@pytest.mark.parametrize("edited", [with_caption, with_logo], ids=["caption", "emblem"])
def test_a_photograph_with_something_laid_over_is_the_same(edited: Callable[[RGB], RGB]) -> None:
    assert not _is_other(edited(scene(20)), scene(20))


def _is_other(query: RGB, reference: RGB) -> bool:
    return shows_other_picture(_grey(query), _grey(reference), np.eye(3))


def _grey(pixels: RGB) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
