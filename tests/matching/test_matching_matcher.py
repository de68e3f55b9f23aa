"""From pictures to matches, end to end on a rendered corpus: what must be found, and what must not."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
import pytest
from edited_scenes import (
    faint_ground,
    letter,
    seen_from,
    through_a_tube,
    with_caption,
    with_logo,
    with_lower_third,
    with_sight,
)
from known_scenes import Known, opened
from rendered_scenes import (
    build_corpus,
    collage,
    crop,
    mirrored,
    pasted,
    recompressed,
    resized,
    scene,
    toned,
    with_text_box,
)

from provcheck.matching.relations import MATCH_LOG10_FALSE_ALARMS
from provcheck.records import RGB, Relation

S = 3
COPY = scene(S)
BLURRED = np.asarray(cv2.GaussianBlur(COPY, (0, 0), 6), np.uint8)
TILTED = np.asarray(
    cv2.warpPerspective(
        COPY,
        cv2.getPerspectiveTransform(
            np.array([[0, 0], [480, 0], [480, 320], [0, 320]], np.float32),
            np.array([[30, 20], [430, 5], [470, 300], [10, 280]], np.float32),
        ),
        (480, 320),
    ),
    np.uint8,
)
NOISY = np.clip(COPY + np.random.default_rng(0).normal(0, 30, COPY.shape), 0, 255).astype(np.uint8)

EDITED: dict[str, tuple[RGB, bool, tuple[float, float]]] = {
    "copy": (COPY, False, (1, 1)),
    "heavily compressed": (recompressed(COPY, 10), False, (1, 1)),
    "crop of a half": (crop(COPY, 0.15, 0.1, 0.85, 0.8), False, (1, 0.49)),
    "crop of a sixth": (crop(COPY, 0.3, 0.3, 0.7, 0.7), False, (1, 0.16)),
    "mirrored": (mirrored(COPY), True, (1, 1)),
    "mirrored crop, compressed": (recompressed(mirrored(crop(COPY, 0.2, 0.1, 0.9, 0.8)), 40), True, (1, 0.49)),
    "pale": (toned(COPY, 0.4, 120), False, (1, 1)),
    "blurred": (BLURRED, False, (1, 1)),
    "noisy": (NOISY, False, (1, 1)),
    "tilted": (TILTED, False, (0.74, 1)),
    "with a text box": (with_text_box(COPY, (60, 220, 420, 290)), False, (1, 1)),
    "with a lower third": (with_lower_third(COPY), False, (1, 1)),
    "with a caption": (with_caption(COPY), False, (1, 1)),
    "picture in picture": (pasted(scene(100, 960, 640), COPY, 300, 200), False, (0.25, 1)),
    "small picture in picture": (pasted(scene(101, 960, 640), resized(COPY, 240, 160), 90, 400), False, (0.0625, 1)),
}
"""The query, whether it is a mirror image, and the overlap (query, reference)."""


@pytest.mark.parametrize(("pixels", "is_mirrored", "overlap"), EDITED.values(), ids=EDITED)
def test_an_edited_picture_is_found(known: Known, pixels: RGB, is_mirrored: bool, overlap: tuple[float, float]) -> None:
    match = known.only_match(pixels)
    assert match.source.facts.title == f"scene {S}"
    assert match.relation is Relation.SAME_PICTURE
    assert match.mirrored == is_mirrored
    assert (match.overlap.query, match.overlap.reference) == pytest.approx(overlap, abs=0.04)
    assert match.log10_false_alarms < -10
    assert match.frame_time_s is None
    assert match.time_range_s is None


@pytest.mark.parametrize("seed", [200, 201])
def test_an_unrelated_picture_matches_nothing(known: Known, seed: int) -> None:
    found = known.find(scene(seed))
    assert (found.matches, found.leads, found.not_checkable) == ((), (), "")


def test_a_collage_of_four_known_pictures_is_four_matches(known: Known) -> None:
    found = known.find(collage([scene(seed) for seed in (1, 5, 7, 9)]))
    assert {match.source.facts.title for match in found.matches} == {"scene 1", "scene 5", "scene 7", "scene 9"}
    for match in found.matches:
        assert match.overlap.query == pytest.approx(0.24, abs=0.02)
        assert match.overlap.reference > 0.97
    assert not found.leads


def test_matches_come_most_certain_first(known: Known) -> None:
    query = collage([scene(1), scene(5), recompressed(scene(7), 5), scene(100)])
    certainties = [match.log10_false_alarms for match in known.find(query).matches]
    assert len(certainties) == 3
    assert certainties == sorted(certainties)
    assert max(certainties) < MATCH_LOG10_FALSE_ALARMS


def test_the_transform_leads_from_the_query_to_the_reference(known: Known) -> None:
    match = known.only_match(resized(crop(COPY, 0.25, 0.25, 0.75, 0.75), 480, 320))
    matrix = np.array(match.transform)
    for x, y in ((0, 0), (479, 0), (240, 319)):
        mapped = matrix @ (x, y, 1)
        expected = ((x + 0.5) / 2 - 0.5 + 120, (y + 0.5) / 2 - 0.5 + 80)
        assert mapped[:2] / mapped[2] == pytest.approx(expected, abs=1)


def test_the_transform_of_a_mirror_image_mirrors(known: Known) -> None:
    matrix = np.array(known.only_match(mirrored(COPY)).transform)
    for x, y in ((0, 0), (479, 0), (240, 319)):
        mapped = matrix @ (x, y, 1)
        assert mapped[:2] / mapped[2] == pytest.approx((479 - x, y), abs=1)


def test_an_animation_is_all_its_pictures(known: Known) -> None:
    found = known.find(scene(200), scene(4), crop(scene(6), 0.1, 0.1, 0.8, 0.8))
    assert {match.source.facts.title for match in found.matches} == {"scene 4", "scene 6"}


def test_of_several_pictures_the_most_certain_match_stands_first(known: Known) -> None:
    """A source is placed by its best picture, not by its worst."""
    good, fair, worse = (
        crop(scene(4), 0.1, 0.1, 0.9, 0.9),
        crop(scene(6), 0.2, 0.2, 0.8, 0.8),
        crop(scene(4), 0.3, 0.3, 0.65, 0.65),
    )
    found = known.find(good, fair, worse)
    certainties = [match.log10_false_alarms for match in found.matches]
    assert len(certainties) == 2
    assert certainties == sorted(certainties)
    assert found.matches[0].source.facts.title == "scene 4"


def test_no_pictures_are_no_matches(known: Known) -> None:
    assert known.find().matches == ()


def test_the_same_search_gives_the_same_matches(known: Known) -> None:
    query = crop(COPY, 0.2, 0.2, 0.7, 0.7)
    assert known.find(query) == known.find(query)


def test_the_order_of_the_corpus_changes_nothing(known: Known, tmp_path_factory: pytest.TempPathFactory) -> None:
    order = [7, 0, 3, 9, 5, 1, 8, 2, 6, 4]
    path = tmp_path_factory.mktemp("order") / "corpus"
    query = collage([scene(seed) for seed in (1, 5, 7, 100)])
    with opened(build_corpus(path, {f"scene {seed}": scene(seed) for seed in order})) as other:
        assert other.titles(query) == known.titles(query)


# ---------------------------------------------------------------- what is shared without being the same


SHARED = {
    "lower third": with_lower_third,
    "caption": with_caption,
    "logo": with_logo,
    "sight": with_sight,
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Known]]:
    """For each shared element a corpus in which three scenes and one faint picture carry it."""
    with ExitStack() as stack:
        corpora = {}
        for name, draw in SHARED.items():
            pictures = {f"scene {seed}": draw(scene(seed)) for seed in (40, 42, 43)}
            path = tmp_path_factory.mktemp("shared") / "corpus"
            corpora[name] = stack.enter_context(opened(build_corpus(path, pictures | {"faint": draw(faint_ground(4))})))
        yield corpora


@pytest.mark.parametrize("name", SHARED)
def test_unrelated_pictures_with_the_same_element_do_not_match(shared: dict[str, Known], name: str) -> None:
    assert shared[name].titles(SHARED[name](scene(41))) == []


@pytest.mark.parametrize("name", ["lower third", "logo", "sight"])
def test_nor_do_faint_ones(shared: dict[str, Known], name: str) -> None:
    assert shared[name].titles(SHARED[name](faint_ground(5))) == []


def test_nor_does_a_faint_one_under_large_letters(shared: dict[str, Known]) -> None:
    assert shared["caption"].titles(with_caption(faint_ground(5))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [(through_a_tube(faint_ground(4)), through_a_tube(faint_ground(5))), (letter(1), letter(2))],
    ids=["tube", "letter"],
)
def test_the_same_frame_around_other_content_is_no_match(tmp_path: Path, one: RGB, other: RGB) -> None:
    with opened(build_corpus(tmp_path / "corpus", {"one": one, "scene": scene(40)})) as corpus:
        assert corpus.titles(other) == []


def test_scenes_through_one_sight_are_not_each_other_but_themselves(tmp_path: Path) -> None:
    seen = {str(seed): through_a_tube(scene(seed)) for seed in (4, 8, 10)}
    with opened(build_corpus(tmp_path / "corpus", seen)) as corpus:
        assert [corpus.titles(through_a_tube(scene(seed))) for seed in (6, 9)] == [[], []]
        assert corpus.titles(np.asarray(cv2.GaussianBlur(seen["8"], (0, 0), 2), np.uint8)) == ["8"]


def test_a_letter_is_found_again_but_not_another_of_its_kind(tmp_path: Path) -> None:
    with opened(build_corpus(tmp_path / "corpus", {"letter 1": letter(1), "letter 2": letter(2)})) as corpus:
        smaller = np.asarray(cv2.resize(letter(2), (384, 512), interpolation=cv2.INTER_AREA), np.uint8)
        assert corpus.titles(smaller) == ["letter 2"]
        other = corpus.find(letter(3))
        assert other.matches == ()
        assert "text" in other.not_checkable


@pytest.mark.parametrize("name", SHARED)
def test_the_picture_under_the_element_is_still_found(shared: dict[str, Known], name: str) -> None:
    assert shared[name].titles(scene(42)) == ["scene 42"]


# ---------------------------------------------------------------- one scene from two places


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """Scenes with depth, each seen from one place."""
    path = tmp_path_factory.mktemp("places") / "corpus"
    with opened(build_corpus(path, {f"scene {seed}": seen_from(seed, 0, 1) for seed in (5, 6, 7)})) as corpus:
        yield corpus


@pytest.mark.parametrize("seed", [5, 6])
def test_the_same_place_gives_the_same_picture(places: Known, seed: int) -> None:
    assert places.titles(seen_from(seed, 0, 2)) == [f"scene {seed}"]


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_from_another_place_a_scene_is_a_lead_and_no_match(places: Known, seed: int) -> None:
    """The nearest thing has moved by an eighth of the picture's width."""
    found = places.find(seen_from(seed, 60, 2))
    assert found.matches == ()
    assert [lead.relation for lead in found.leads] == [Relation.SAME_SCENE]
    assert found.leads[0].other_shot is not None


@pytest.mark.parametrize("seed", [5, 6, 7])
@pytest.mark.parametrize("disparity_px", [12])
def test_nor_is_it_a_match_from_a_step_aside(places: Known, seed: int, disparity_px: float) -> None:
    """The nearest thing has moved by a fortieth of the picture's width."""
    assert places.titles(seen_from(seed, disparity_px, 2)) == []


# ---------------------------------------------------------------- what cannot be checked


@pytest.mark.parametrize(
    ("pixels", "reason"),
    [
        (np.full((320, 480, 3), 128, np.uint8), "detail"),
        (np.zeros((320, 480, 3), np.uint8), "detail"),
        (scene(200, 60, 40), "small"),
        (scene(1, 3, 3), "small"),
        (np.zeros((1, 1, 3), np.uint8), "small"),
    ],
    ids=["grey", "black", "tiny", "3x3", "one pixel"],
)
def test_what_shows_too_little_says_so(known: Known, pixels: RGB, reason: str) -> None:
    found = known.find(pixels)
    assert found.matches == ()
    assert reason in found.not_checkable


def test_a_page_of_text_is_mostly_blank(known: Known) -> None:
    page = np.full((640, 480, 3), 255, np.uint8)
    for line in range(12):
        cv2.putText(page, "words that say little", (40, 60 + 40 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 0, 0), 1)
    found = known.find(page)
    assert found.matches == ()
    assert "blank" in found.not_checkable


def test_one_picture_of_an_animation_that_shows_something_is_enough(known: Known) -> None:
    flat = np.full((320, 480, 3), 128, np.uint8)
    assert known.find(flat, scene(200)).not_checkable == ""
    assert known.find(flat, flat).not_checkable


def test_a_faint_picture_on_a_page_of_words_is_found_and_another_one_is_not(tmp_path: Path) -> None:
    page = np.full((760, 640, 3), 20, np.uint8)
    for line in range(14):
        cv2.putText(page, "words of a post " * 3, (20, 430 + 24 * line), cv2.FONT_HERSHEY_PLAIN, 1.3, (235,) * 3)
    with opened(build_corpus(tmp_path / "corpus", {"faint": faint_ground(4), "scene": scene(40)})) as corpus:
        assert corpus.titles(pasted(page, faint_ground(4), 80, 60)) == ["faint"]
        assert corpus.titles(pasted(page, faint_ground(5), 80, 60)) == []


def test_a_heavily_blurred_picture_is_laid_whole_over_whole(tmp_path: Path) -> None:
    blurred = np.asarray(cv2.GaussianBlur(scene(40), (0, 0), 14), np.uint8)
    with opened(build_corpus(tmp_path / "corpus", {f"scene {seed}": scene(seed) for seed in (40, 41, 42)})) as corpus:
        match = corpus.only_match(blurred)
    assert match.source.facts.title == "scene 40"
    assert match.overlap.query == pytest.approx(1, abs=0.01)
    assert match.overlap.reference == pytest.approx(1, abs=0.01)
