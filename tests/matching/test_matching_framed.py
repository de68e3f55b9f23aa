"""A part of a known picture inside a frame of its own."""

from collections.abc import Iterator

import numpy as np
import pytest
from edited_scenes import with_caption
from known_scenes import Known, edits, opened
from rendered_scenes import box_of, build_corpus, crop, pasted, resized, scene

from provcheck.matching.framed import visible_part
from provcheck.records import RGB, Edit, Gray

KEPT = (0.1, 0.0, 0.85, 0.8)
"""What a post shows of a picture, fractions of its sides."""

MARGIN = (60, 90)


def posted(pixels: RGB) -> RGB:
    """A post on a white page with a cropped picture and a few lines under it."""
    shown = crop(pixels, *KEPT)
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
