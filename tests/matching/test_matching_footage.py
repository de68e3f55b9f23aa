"""Which moment of a video a still shows: to the frame while the file is there, near it when it is gone."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from known_scenes import Known, opened
from rendered_scenes import build_corpus, crop, mirrored, recompressed, save_video, scene, toned, with_text_box

from provcheck.matching.residuals import residual, residuals_under
from provcheck.media import video_window
from provcheck.records import RGB, Gray, Match, Medium, Relation

RATE = 15
FRAMES = 75
SIZE = (384, 256)


def pan(number: int) -> RGB:
    """A camera that pans two pixels a frame over wide ground."""
    return np.ascontiguousarray(GROUND[:, 2 * number : 2 * number + SIZE[0]])


def passing(number: int) -> RGB:
    """A camera that rests while a thing passes."""
    pixels = scene(31, *SIZE)
    left = 20 + 4 * number
    pixels[90:150, left : left + 60] = scene(32, 60, 60)[:, : SIZE[0] - left]
    return pixels


GROUND = scene(30, 700, 256)
EDITS: dict[str, Callable[[RGB], RGB]] = {
    "copy": lambda pixels: pixels,
    "compressed": lambda pixels: recompressed(pixels, 40),
    "crop": lambda pixels: crop(pixels, 0.1, 0.1, 0.85, 0.9),
    "mirrored": mirrored,
    "paler, with text": lambda pixels: with_text_box(toned(pixels, 0.6, 60), (30, 190, 350, 240)),
}


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two videos and two pictures."""
    folder = tmp_path_factory.mktemp("videos")
    files = (
        save_video(folder / "pan.mp4", [pan(number) for number in range(FRAMES)], rate=RATE),
        save_video(folder / "passing.mp4", [passing(number) for number in range(FRAMES)], rate=RATE),
    )
    return build_corpus(folder / "corpus", {f"scene {seed}": scene(seed) for seed in (0, 1)}, videos=files)


@pytest.fixture(scope="module")
def footage(videos: Path) -> Iterator[Known]:
    with opened(videos) as corpus:
        yield corpus


def frame_of(match: Match) -> float:
    assert match.frame_time_s is not None
    return match.frame_time_s * RATE


@pytest.mark.parametrize(
    ("edit", "number"), [("copy", 17), ("compressed", 52), ("mirrored", 17), ("paler, with text", 52)]
)
def test_a_still_of_a_moving_camera_is_placed_to_the_frame(footage: Known, edit: str, number: int) -> None:
    match = footage.only_match(EDITS[edit](pan(number)))
    assert match.source.facts.title == "pan"
    assert match.source.medium is Medium.VIDEO
    assert match.relation is Relation.SAME_PICTURE
    assert match.mirrored == (edit == "mirrored")
    assert frame_of(match) == pytest.approx(number, abs=0.01)


def test_a_crop_that_many_frames_of_a_pan_hold_is_told_by_its_noise(footage: Known, videos: Path) -> None:
    """The camera passes over what was kept for two seconds; only the noise of the encoder differs."""
    (still,) = video_window(videos.parent / "pan.mp4", 51.9 / RATE, 52.1 / RATE)
    match = footage.only_match(EDITS["crop"](still.pixels))
    assert match.source.facts.title == "pan"
    assert frame_of(match) == pytest.approx(52, abs=0.01)


def grey(pixels: RGB) -> Gray:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def test_a_crop_of_a_frame_differs_from_it_in_nothing() -> None:
    """What lies beyond the borders of a crop is no difference, or the frame that a crop hangs out of would win."""
    matrix = np.array([[1.0, 0, 38], [0, 1, 26], [0, 0, 1]])
    cropped = grey(pan(17))[26:230, 38:326]
    assert residual(cropped, grey(pan(17)), matrix) < 0.01
    assert residual(cropped, grey(pan(19)), matrix) > 1


def test_what_lies_around_a_crop_is_no_difference() -> None:
    """Only the surroundings of what the query covers are compared, for several frames at once."""
    matrix = np.array([[1.0, 0, 138], [0, 1, 76], [0, 0, 1]])
    cropped = grey(pan(17))[76:180, 138:260]
    elsewhere = grey(pan(30))
    elsewhere[76:180, 138:260] = cropped
    assert max(residuals_under(cropped, matrix, [grey(pan(17)), elsewhere])) < 0.01


def test_tone_is_no_difference() -> None:
    assert residual(grey(toned(pan(17), 0.7, 30)), grey(pan(17)), np.eye(3)) < 0.5


def test_what_does_not_overlap_differs_without_bound() -> None:
    away = np.array([[1.0, 0, 900], [0, 1, 0], [0, 0, 1]])
    assert residual(grey(pan(17)), grey(pan(17)), away) == float("inf")


@pytest.mark.parametrize(("edit", "number"), [("copy", 17), ("compressed", 52), ("crop", 17)])
def test_a_still_of_a_resting_camera_is_placed_by_what_moves(footage: Known, edit: str, number: int) -> None:
    match = footage.only_match(EDITS[edit](passing(number)))
    assert match.source.facts.title == "passing"
    assert frame_of(match) == pytest.approx(number, abs=1.01)


def test_the_range_of_times_holds_the_frame(footage: Known) -> None:
    match = footage.only_match(pan(40))
    assert match.time_range_s is not None
    assert match.frame_time_s is not None
    assert match.time_range_s[0] <= match.frame_time_s <= match.time_range_s[1]
    assert match.time_range_s[1] - match.time_range_s[0] < 4 / RATE


def test_the_first_and_the_last_frame_are_found(footage: Known) -> None:
    assert frame_of(footage.only_match(pan(0))) == pytest.approx(0, abs=0.01)
    assert frame_of(footage.only_match(pan(FRAMES - 1))) == pytest.approx(FRAMES - 1, abs=0.01)


def test_a_video_that_is_gone_leaves_the_kept_frame_and_its_neighbours(videos: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(videos, tmp_path / "corpus"))
    film = videos.parent / "pan.mp4"
    away = film.rename(tmp_path / "away.mp4")
    try:
        with opened(path) as corpus:
            match = corpus.only_match(pan(40))
            kept = [time for _, _, time in corpus.corpus.frame_times(match.source.id)]
    finally:
        away.rename(film)
    assert match.source.facts.title == "pan"
    assert match.relation.is_match
    assert match.frame_time_s in kept
    assert match.time_range_s is not None
    assert match.time_range_s[0] <= 40 / RATE <= match.time_range_s[1]


def test_a_video_that_was_replaced_by_something_else_is_as_good_as_gone(videos: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(videos, tmp_path / "corpus"))
    film = videos.parent / "pan.mp4"
    away = film.rename(tmp_path / "away.mp4")
    try:
        film.write_text("not a video any more")
        with opened(path) as corpus:
            match = corpus.only_match(pan(40))
    finally:
        away.replace(film)
    assert match.source.facts.title == "pan"
    assert match.relation.is_match


def test_an_unrelated_picture_is_in_no_video(footage: Known) -> None:
    assert footage.titles(scene(200)) == []
