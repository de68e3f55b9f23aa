"""A part of a known picture inside a frame of its own."""

from collections.abc import Iterator

import numpy as np
import pytest
from edited_scenes import with_caption
from known_scenes import Known, edits, opened
from rendered_scenes import box_of, build_corpus, crop, pasted, resized, scene

from provcheck.matching.agreement import look
from provcheck.matching.framed import agrees_as_part, outlined_parts, visible_part
from provcheck.records import RGB, Edit, Gray

KEPT = (0.1, 0.0, 0.85, 0.8)
"""What a post shows of a picture, fractions of its sides."""

MARGIN = (60, 90)


LITTLE = (0.2, 0.2, 0.7, 0.75)


def posted(pixels: RGB, kept: tuple[float, float, float, float] = KEPT) -> RGB:
    """A post on a white page with a cropped picture and a few lines under it."""
    shown = crop(pixels, *kept)
    height, width = shown.shape[:2]
    page = np.full((height + 260, width + 2 * MARGIN[0], 3), 250, np.uint8)
    for row in range(height + 110, height + 240, 26):
        page[row : row + 12, 70 : 70 + (row * 37) % width] = 60
    return pasted(page, shown, *MARGIN)


def grey(pixels: RGB) -> Gray:
    return np.asarray(pixels.mean(axis=2), np.uint8)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    path = tmp_path_factory.mktemp("framed") / "corpus"
    with opened(build_corpus(path, {f"scene {seed}": scene(seed) for seed in range(60, 66)})) as corpus:
        yield corpus


@pytest.mark.parametrize("seed", range(60, 66))
def test_the_part_that_a_post_shows_is_found(known: Known, seed: int) -> None:
    match = known.only_match(posted(scene(seed)))
    assert match.source.facts.title == f"scene {seed}"
    assert match.overlap.reference == pytest.approx(0.6, abs=0.05)
    cropped = edits(match)[Edit.CROPPED]
    assert np.abs(np.subtract(cropped.reference_boxes[0], box_of(scene(seed), *KEPT))).max() <= 8
    assert Edit.REGION_CHANGED not in edits(match)


@pytest.mark.parametrize("seed", range(60, 66))
def test_a_quarter_of_a_picture_in_a_post_is_found(known: Known, seed: int) -> None:
    match = known.only_match(posted(scene(seed), LITTLE))
    assert match.source.facts.title == f"scene {seed}"
    assert match.overlap.reference == pytest.approx(0.275, abs=0.04)


@pytest.mark.parametrize("seed", range(60, 66))
def test_an_inset_that_both_show_is_no_part(seed: int) -> None:
    inset = resized(scene(70), 260, 195)
    one, other = pasted(scene(seed), inset, 150, 120), pasted(scene(seed + 20), inset, 150, 120)
    box = (150, 120, 410, 315)
    shown = look(grey(other), grey(one), np.eye(3), box)
    assert shown.median > 0.99
    assert not agrees_as_part(shown, grey(one), box)


@pytest.mark.parametrize("seed", range(60, 66))
def test_a_picture_laid_over_another_is_a_part_where_the_known_one_goes_on(seed: int) -> None:
    left, top, right, bottom = box = (150, 120, 410, 315)
    one = scene(seed)
    other = pasted(scene(seed + 20), one[top:bottom, left:right], left, top)
    assert agrees_as_part(look(grey(other), grey(one), np.eye(3), box), grey(one), box)


def test_an_outline_that_covers_nearly_all_is_no_part() -> None:
    outline = np.array([[-0.5, -0.5], [395.5, -0.5], [395.5, 299.5], [-0.5, 299.5]])
    assert list(outlined_parts([outline], np.eye(3), (400, 300), 1.0)) == []
    assert list(outlined_parts([outline * 0.8], np.eye(3), (400, 300), 1.0)) == [(0, 0, 316, 240)]


def test_a_turned_outline_is_no_part() -> None:
    outline = np.array([[40.0, 20.0], [360.0, 80.0], [330.0, 280.0], [10.0, 220.0]])
    assert list(outlined_parts([outline], np.eye(3), (400, 300), 1.0)) == []


def test_at_half_the_size_too(known: Known) -> None:
    post = posted(scene(61))
    assert known.titles(resized(post, post.shape[1] // 2, post.shape[0] // 2)) == ["scene 61"]


def test_the_same_page_with_another_picture_matches_nothing(known: Known) -> None:
    assert known.titles(posted(scene(99))) == []


def test_a_copy_shows_no_part() -> None:
    picture = grey(scene(60))
    assert visible_part(picture, picture, np.eye(3)) is None


@pytest.mark.parametrize("seed", [61, 62, 63])
def test_shared_letters_are_no_part(seed: int) -> None:
    one, other = with_caption(scene(60)), with_caption(scene(seed))
    assert visible_part(grey(other), grey(one), np.eye(3)) is None
