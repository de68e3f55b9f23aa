"""Groups of pictures that are passed over, and what must not be lost with them."""

from pathlib import Path

import av
import numpy as np
import pytest
from rendered_media import RED, corners, has_colour, scene, write_video

from provcheck.fingerprints import ENOUGH_SIDE
from provcheck.media import pictures
from provcheck.media.quiet_groups import Packet, QuietGroups
from provcheck.media.shots import CUT_GAP_S, DRIFT_GAP_S, LONGEST_GAP_S
from provcheck.records import RGB

SIZE = (320, 192)
UNMARKED_CUTS = {"g": "25", "keyint_min": "25", "sc_threshold": "0"}
"""A key frame every second and nowhere else."""


def textured(seed: int) -> RGB:
    """A scene with fine detail, which makes key frames large, as those of cameras are."""
    grain = np.random.default_rng(seed).normal(0, 25, (SIZE[1], SIZE[0], 1))
    return np.clip(scene(seed, *SIZE) + grain, 0, 255).astype(np.uint8)


def resting(count: int) -> list[RGB]:
    """A resting camera, whose sensor has a little noise."""
    draw = np.random.default_rng(9)
    still = textured(1).astype(np.int16)
    return [np.clip(still + draw.integers(-1, 2, still.shape), 0, 255).astype(np.uint8) for _ in range(count)]


def write(path: Path, frames: list[RGB], **more: str) -> Path:
    return write_video(path, frames, codec="libx264", options={**UNMARKED_CUTS, **more})


def passed_on(path: Path) -> tuple[list[Packet], int]:
    """The packets that are left, and how many groups were passed over."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        groups = QuietGroups(stream)
        left = [packet for packet in groups.thinned(container.demux(stream)) if packet is not None]
        return [packet for packet in left if packet.size], len(groups.resumed)


def kept_times(path: Path) -> list[float]:
    return [picture.time_s or 0.0 for picture in pictures(path, enough_side=ENOUGH_SIDE)]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
@pytest.mark.parametrize("between", ["0", "3"])
def test_of_a_resting_camera_little_is_decoded_and_enough_is_kept(tmp_path: Path, name: str, between: str) -> None:
    path = write(tmp_path / name, resting(200), bf=between)
    left, over = passed_on(path)
    assert over == 7
    assert len(left) == 7 + 25
    times = kept_times(path)
    every = [picture.time_s for picture in pictures(path)]
    assert len(times) >= len(every)
    assert max(np.diff(times)) < LONGEST_GAP_S + DRIFT_GAP_S
    with av.open(str(path)) as container:
        assert set(times) <= {frame.time for frame in container.decode(video=0)}


@pytest.mark.parametrize("rate", [{"crf": "23"}, {"crf": "35"}, {"b": "300k", "maxrate": "300k", "bufsize": "150k"}])
@pytest.mark.parametrize("between", ["0", "3"])
def test_a_short_shot_inside_a_group_is_kept(tmp_path: Path, rate: dict[str, str], between: str) -> None:
    frames = resting(100)
    frames[36:42] = [textured(2)] * 6
    times = kept_times(write(tmp_path / "a.mp4", frames, bf=between, **rate))
    assert any(36 / 25 <= time <= 41 / 25 for time in times)
    assert min(np.diff(times)) >= CUT_GAP_S - 1e-9


def test_h265_is_thinned_out_too(tmp_path: Path) -> None:
    options = {"x265-params": "keyint=25:min-keyint=25:scenecut=0:log-level=none"}
    path = write_video(tmp_path / "a.mp4", resting(125), codec="libx265", options=options)
    assert passed_on(path)[1] >= 1
    times = kept_times(path)
    assert max(np.diff(times)) < LONGEST_GAP_S + DRIFT_GAP_S
    with av.open(str(path)) as container:
        assert set(times) <= {frame.time for frame in container.decode(video=0)}


def test_movement_is_decoded(tmp_path: Path) -> None:
    wide = np.concatenate([textured(1), textured(2)], axis=1)
    path = write(tmp_path / "a.mp4", [wide[:, 3 * at : 3 * at + SIZE[0]].copy() for at in range(100)])
    left, over = passed_on(path)
    assert (over, len(left)) == (0, 100)


def test_long_groups_are_decoded(tmp_path: Path) -> None:
    left, over = passed_on(write(tmp_path / "a.mp4", resting(160), g="75"))
    assert (over, len(left)) == (0, 160)


def test_groups_that_need_the_one_before_are_decoded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.ts", resting(100), **{"g": "24", "bf": "3", "x264-params": "open-gop=1:b-adapt=0"})
    left, over = passed_on(path)
    shown_before_their_key_frame = 3
    assert (over, len(left)) == (1, 100 - 21 + 1 - shown_before_their_key_frame)
    assert max(np.diff(kept_times(path))) < LONGEST_GAP_S + DRIFT_GAP_S


def test_videos_of_key_frames_alone_are_decoded(tmp_path: Path) -> None:
    left, over = passed_on(write(tmp_path / "a.mp4", resting(30), g="1", keyint_min="1"))
    assert (over, len(left)) == (0, 30)


def test_the_display_matrix_applies_to_what_is_left(tmp_path: Path) -> None:
    frames = [corners(96, 64)] * 200
    path = write_video(tmp_path / "a.mp4", frames, codec="libx264", turned=(90, False), options=UNMARKED_CUTS)
    assert passed_on(path)[1] == 7
    for picture in pictures(path, enough_side=ENOUGH_SIDE):
        assert picture.size == (64, 96)
        assert has_colour(picture.pixels, (0.1, 0.9), RED)


def test_damage_costs_no_more_than_what_is_damaged(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.ts", resting(200), bf="0")
    content = bytearray(whole.read_bytes())
    start, end = len(content) * 2 // 5, len(content) // 2
    content[start:end] = np.random.default_rng(1).bytes(end - start)
    path = tmp_path / "damaged.ts"
    path.write_bytes(content)
    times = kept_times(path)
    assert times[0] < 2
    assert times[-1] > 5
    assert set(times) <= {frame.time for frame in av.open(str(whole)).decode(video=0)}
