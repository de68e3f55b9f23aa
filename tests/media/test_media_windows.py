"""A window gives the same times and pixels as decoding from the start."""

import gc
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from rendered_media import numbered, picture_bytes, scene, write_video

from provcheck.errors import UnreadableMedia
from provcheck.media import pictures, video_window
from provcheck.records import Picture

FRAMES = 250


def long_group(path: Path) -> Path:
    options = {"g": "120", "bf": "3", "sc_threshold": "0"}
    return write_video(path / "a.mp4", [numbered(i) for i in range(FRAMES)], codec="libx264", options=options)


def open_groups(path: Path) -> Path:
    options = {"x264-params": "keyint=20:min-keyint=20:open-gop=1:bframes=3:scenecut=0"}
    return write_video(path / "a.mkv", [numbered(i) for i in range(FRAMES)], codec="libx264", options=options)


def transport(path: Path) -> Path:
    return write_video(
        path / "a.ts", [numbered(i) for i in range(FRAMES)], codec="mpeg2video", options={"g": "15", "bf": "2"}
    )


def reordered_avi(path: Path) -> Path:
    return write_video(path / "a.avi", [numbered(i) for i in range(FRAMES)], codec="libx264", options={"g": "25"})


def raw_stream(path: Path) -> Path:
    return write_video(path / "a.h264", [numbered(i) for i in range(FRAMES)], codec="libx264", container="h264")


def variable_rate(path: Path) -> Path:
    ticks = np.cumsum(np.random.default_rng(3).integers(5, 120, FRAMES)).tolist()
    frames = [numbered(i) for i in range(FRAMES)]
    return write_video(
        path / "a.mkv", frames, codec="libx264", ticks=ticks, tick=Fraction(1, 1000), options={"g": "30", "bf": "2"}
    )


def broadcast(path: Path) -> Path:
    ticks = [20_000 * 25 + i for i in range(FRAMES)]
    return write_video(path / "b.ts", [numbered(i) for i in range(FRAMES)], codec="mpeg2video", ticks=ticks)


@pytest.mark.parametrize(
    "render", [long_group, open_groups, transport, reordered_avi, raw_stream, variable_rate, broadcast]
)
def test_a_window_equals_decoding_from_the_start(tmp_path: Path, render: Callable[[Path], Path]) -> None:
    path = render(tmp_path)
    whole = list(video_window(path, -1, 1e9))
    assert len(whole) == FRAMES
    draw = np.random.default_rng(7)
    end_s = whole[-1].time_s or 0.0
    for start_s in draw.uniform(0, end_s, 6):
        stop_s = start_s + draw.uniform(0, 1)
        expected = [p for p in whole if start_s <= (p.time_s or 0) <= stop_s]
        assert_same(list(video_window(path, start_s, stop_s)), expected)


def assert_same(found: list[Picture], expected: list[Picture]) -> None:
    assert [p.time_s for p in found] == [p.time_s for p in expected]
    assert [p.number for p in found] == list(range(len(expected)))
    assert all(np.array_equal(p.pixels, q.pixels) for p, q in zip(found, expected, strict=True))


def test_kept_pictures_lie_on_the_clock_of_the_window(tmp_path: Path) -> None:
    path = long_group(tmp_path)
    for kept in pictures(path):
        assert kept.time_s is not None
        (found,) = video_window(path, kept.time_s, kept.time_s)
        assert np.array_equal(found.pixels, kept.pixels)


def test_frames_are_exact_at_the_ends_of_the_window(tmp_path: Path) -> None:
    path = long_group(tmp_path)
    assert [p.time_s for p in video_window(path, 4.0, 4.08)] == [4.0, 4.04, 4.08]
    assert [p.time_s for p in video_window(path, 4.01, 4.07)] == [4.04]


def test_a_window_beyond_the_end_is_empty(tmp_path: Path) -> None:
    assert list(video_window(long_group(tmp_path), 100, 200)) == []


def test_the_longest_side_is_bounded(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", [scene(1, 320, 180)] * 3)
    assert next(video_window(path, 0, 1, max_side=160)).size == (160, 90)
    assert next(video_window(path, 0, 1, max_side=1000)).size == (320, 180)


def test_a_picture_has_no_window(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(picture_bytes(scene(1), "PNG"))
    with pytest.raises(UnreadableMedia, match="a picture, which has no times; expected a video"):
        list(video_window(path, 0, 1))


def test_decoded_frames_do_not_pile_up_until_garbage_is_sought(tmp_path: Path) -> None:
    path = long_group(tmp_path)
    gc.collect()
    gc.disable()
    try:
        read = sum(1 for _ in video_window(path, 0, 3))
        left = sum(isinstance(one, VideoFrame) for one in gc.get_objects())
    finally:
        gc.enable()
    assert read > 50
    assert left < 10
