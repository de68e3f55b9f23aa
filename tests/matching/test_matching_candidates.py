"""Which frames get a closer look: what stands out votes, what many sources share does not."""

import numpy as np
import numpy.typing as npt
import pytest
from known_scenes import Known
from rendered_scenes import crop, mirrored, scene

from provcheck.fingerprints.pdq import ORIENTATIONS
from provcheck.matching.candidates import (
    BACKGROUND_BITS,
    RIVAL_SOURCES,
    find_candidates,
    mirrored_orientation,
    vote_weights,
)
from provcheck.matching.views import look_at_query
from provcheck.records import RGB


def weights(distances: list[int], sources: list[int]) -> npt.NDArray[np.float64]:
    return np.asarray(vote_weights(np.array([distances], np.int32), np.array([sources], np.int64))[0])


def test_a_neighbour_counts_by_how_far_it_stands_out_from_the_background() -> None:
    found = weights([10, 90, 95, 100, 110], [0, 1, 2, 3, 4])
    assert found.tolist() == pytest.approx([0.9, 0.1, 0.05, 0, 0])


def test_what_more_sources_share_than_can_be_rivals_counts_nothing() -> None:
    shared = list(range(RIVAL_SOURCES + 1))
    assert weights([20] * len(shared), shared).tolist() == [0] * len(shared)


def test_what_rivals_share_counts() -> None:
    rivals = list(range(RIVAL_SOURCES))
    found = weights([20] * RIVAL_SOURCES + [100], [*rivals, RIVAL_SOURCES])
    assert (found[:RIVAL_SOURCES] > 0.5).all()
    assert found[RIVAL_SOURCES] == 0


def test_many_frames_of_one_source_do_not_cancel_each_other() -> None:
    found = weights([20] * 10 + [90, 92, 94], [0] * 10 + [1, 2, 3])
    assert (found[:10] > 0.7).all()


def test_a_near_background_is_not_believed_when_few_sources_were_reached() -> None:
    found = weights([20, 20, 20, 20], [0, 0, 0, 0])
    assert found.tolist() == pytest.approx([1 - 20 / BACKGROUND_BITS] * 4)


@pytest.mark.parametrize(("distances", "sources"), [([-1, -1], [0, 0]), ([5, 6], [-1, -1]), ([0, -1], [-1, 0])])
def test_neighbours_that_are_none_or_gone_count_nothing(distances: list[int], sources: list[int]) -> None:
    assert weights(distances, sources).tolist() == [0] * len(distances)


def test_an_exact_neighbour_counts_most_and_none_counts_more_than_one() -> None:
    assert weights([0, 128, 128, 128, 128], [0, 1, 2, 3, 4]).tolist() == [1, 0, 0, 0, 0]


def test_each_keypoint_has_a_background_of_its_own() -> None:
    distances = np.array([[10, 20, 30, 40], [10, 100, 100, 100]], np.int32)
    found = vote_weights(distances, np.array([[0, 1, 2, 3], [0, 1, 2, 3]], np.int64))
    assert found[:, 0].tolist() == pytest.approx([0.75, 0.9])


def test_no_neighbours_have_no_votes() -> None:
    assert vote_weights(np.zeros((0, 5), np.int32), np.zeros((0, 5), np.int64)).shape == (0, 5)


@pytest.mark.parametrize("number", range(len(ORIENTATIONS)))
def test_an_odd_number_of_reflections_is_a_mirror_image(number: int) -> None:
    assert mirrored_orientation(number) == (sum(ORIENTATIONS[number]) % 2 == 1)


@pytest.mark.parametrize(
    ("pixels", "is_mirrored"),
    [(scene(3), False), (mirrored(scene(3)), True), (crop(scene(3), 0.1, 0.2, 0.6, 0.7), False)],
    ids=["copy", "mirror image", "crop"],
)
def test_the_frame_that_is_shown_gets_the_most_votes(known: Known, pixels: RGB, is_mirrored: bool) -> None:
    first = find_candidates(look_at_query(pixels), known.lookup)[0]
    source = known.corpus.source(known.lookup.sources[first.frame])
    assert source.facts.title == "scene 3"
    assert first.mirrored == is_mirrored
    assert first.votes > 10


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_whole_picture_is_nominated_whichever_way_round(known: Known, turns: int, is_mirrored: bool) -> None:
    pixels = mirrored(scene(3)) if is_mirrored else scene(3)
    query = look_at_query(np.ascontiguousarray(np.rot90(pixels, turns)))
    nominated = [one for one in find_candidates(query, known.lookup) if one.orientation is not None]
    assert known.corpus.source(known.lookup.sources[nominated[0].frame]).facts.title == "scene 3"
    assert nominated[0].mirrored == is_mirrored
    assert nominated[0].distance is not None
    assert nominated[0].distance < 40
