"""Footage is decoded once, in bounded memory, and is what decoding it each time would give."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from rendered_scenes import save_video, scene

from provcheck.fingerprints.local import REFERENCE_SIDE, scaled_grey
from provcheck.matching.reels import EVERY, Reels
from provcheck.media import video_window

RATE = 10
FRAMES = 65


@pytest.fixture(scope="module")
def pan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six and a half seconds."""
    ground = scene(40, 300, 96)
    pictures = [np.ascontiguousarray(ground[:, 2 * n : 2 * n + 128]) for n in range(FRAMES)]
    return save_video(tmp_path_factory.mktemp("reels") / "pan.mp4", pictures, rate=RATE)


@pytest.fixture
def passing_file(pan: Path, tmp_path: Path) -> Path:
    """A file that a test may remove: what it still gets then was kept."""
    return Path(shutil.copy(pan, tmp_path / "pan.mp4"))


@pytest.mark.parametrize("window", [(0.0, 1.0), (0.95, 3.0), (2.0, 2.0), (5.5, 9.0), (-1.0, 0.1), (8.0, 9.0)])
def test_frames_are_those_of_the_file(pan: Path, window: tuple[float, float]) -> None:
    reels = Reels()
    reels.frames(pan, (1.5, 2.5))
    found = reels.frames(pan, window)
    expected = list(video_window(pan, *window, max_side=REFERENCE_SIDE))
    assert found.times == [picture.time_s for picture in expected]
    for grey, picture in zip(found.greys, expected, strict=True):
        np.testing.assert_array_equal(grey, scaled_grey(picture.pixels, REFERENCE_SIDE))


def test_what_was_decoded_is_not_decoded_again(passing_file: Path) -> None:
    reels = Reels()
    before = reels.frames(passing_file, (1.0, 2.9)).times
    passing_file.unlink()
    assert reels.frames(passing_file, (1.0, 2.9)).times == before
    assert len(before) == 20
    assert reels.frames(passing_file, (4.0, 5.0)).times == []


def test_seconds_between_those_asked_for_are_decoded_with_them(passing_file: Path) -> None:
    reels = Reels()
    list(reels.details(passing_file, [(0.0, 0.5), (3.0, 3.5)]))
    passing_file.unlink()
    assert len(reels.frames(passing_file, (1.0, 2.9)).times) == 20


def test_what_is_kept_has_a_bound(passing_file: Path) -> None:
    second = RATE * 128 * 96
    reels = Reels(greys_bytes=2 * second)
    reels.frames(passing_file, (0.0, 5.9))
    passing_file.unlink()
    assert reels.frames(passing_file, (0.0, 5.9)).times == [n / RATE for n in range(4 * RATE, 6 * RATE)]


def test_detail_outlives_the_frames_that_it_was_made_of(passing_file: Path) -> None:
    reels = Reels(greys_bytes=0)
    before = {found.times[0]: found.details for found in reels.details(passing_file, [(0.0, 3.5)])}
    passing_file.unlink()
    after = {found.times[0]: found.details for found in reels.details(passing_file, [(0.0, 3.5)])}
    assert sorted(after) == [0, 1, 2, 3]
    assert all(after[time] is before[time] for time in after)
    assert after[0].shape == (RATE, 96 // EVERY, -(-128 // EVERY))


def test_several_threads_get_the_same(pan: Path) -> None:
    reels = Reels()
    with ThreadPoolExecutor(4) as executor:
        found = list(executor.map(lambda _: reels.frames(pan, (0.0, 3.0)), range(4)))
    assert all(one.times == found[0].times for one in found)
    assert all(one.greys[7] is found[0].greys[7] for one in found)


def test_a_video_that_is_gone_has_no_frames(tmp_path: Path) -> None:
    reel = Reels().of(tmp_path / "gone.mp4")
    assert reel.frames((0.0, 1.0)).times == []
    assert list(reel.details([(0.0, 1.0)])) == []
    assert reel.picture(0.5) is None


def test_one_frame_is_shown_in_colour(pan: Path) -> None:
    reel = Reels().of(pan)
    time = reel.frames((2.0, 3.0)).times[4]
    picture = reel.picture(time)
    assert picture is not None
    assert picture.time_s == time
    assert picture.pixels.shape == (96, 128, 3)
