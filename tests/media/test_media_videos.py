"""Video files: containers and codecs, exact times, turned and stretched pictures, damage."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from rendered_media import BLUE, GREY, RED, corners, has_colour, numbered, scene, write_video

from provcheck.errors import UnreadableMedia
from provcheck.media import describe, pictures, recognise, video_window
from provcheck.media.shots import LONGEST_GAP_S
from provcheck.media.video_frames import display_orientation, square_size
from provcheck.records import RGB, Medium

CONTAINERS = [
    ("a.mp4", "libx264", "yuv420p", "mov,mp4/h264"),
    ("a.mov", "prores_ks", "yuv422p10le", "mov,mp4/prores"),
    ("a.mkv", "ffv1", "yuv420p", "matroska,webm/ffv1"),
    ("b.mkv", "rawvideo", "yuv420p", "matroska,webm/rawvideo"),
    ("a.webm", "libvpx-vp9", "yuv420p", "matroska,webm/vp9"),
    ("a.avi", "mpeg4", "yuv420p", "avi/mpeg4"),
    ("b.avi", "mjpeg", "yuvj420p", "avi/mjpeg"),
    ("a.ts", "mpeg2video", "yuv420p", "mpegts/mpeg2video"),
    ("a.mpg", "mpeg2video", "yuv420p", "mpeg/mpeg2video"),
    ("a.flv", "flv1", "yuv420p", "flv/flv"),
    ("a.wmv", "wmv2", "yuv420p", "asf/wmv2"),
    ("a.y4m", "wrapped_avframe", "yuv420p", "yuv4mpegpipe/rawvideo"),
]


def slides(count: int, each: int) -> list[RGB]:
    """`count` unrelated pictures, each shown for `each` frames."""
    return [scene(number) for number in range(count) for _ in range(each)]


def frame_times(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [frame.time for frame in container.decode(video=0)]


@pytest.mark.parametrize(("name", "codec", "pixel_format", "form"), CONTAINERS)
def test_containers_and_codecs(tmp_path: Path, name: str, codec: str, pixel_format: str, form: str) -> None:
    path = write_video(tmp_path / name, [corners()] * 10, codec=codec, pixel_format=pixel_format)
    first = next(pictures(path))
    summary = describe(path)
    assert recognise(path) is Medium.VIDEO
    assert (summary.medium, summary.size, summary.format) == (Medium.VIDEO, (96, 64), form)
    assert first.size == (96, 64)
    assert first.time_s == frame_times(path)[0]
    assert has_colour(first.pixels, (0.15, 0.15), RED)
    assert has_colour(first.pixels, (0.85, 0.85), BLUE)


def test_the_duration_is_the_containers(tmp_path: Path) -> None:
    assert describe(write_video(tmp_path / "a.mp4", [corners()] * 50)).duration_s == pytest.approx(2.0)


def test_a_frame_is_kept_when_the_picture_changes(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", slides(3, each=20))
    found = list(pictures(path))
    assert [picture.number for picture in found] == [0, 20, 40]
    assert [picture.time_s for picture in found] == [0.0, 0.8, 1.6]


def test_a_picture_that_stands_still_is_kept_every_few_seconds(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", [scene(1)] * 40, tick=Fraction(1, 5))
    times = [picture.time_s for picture in pictures(path)]
    assert times == pytest.approx([0.0, 2.6, 5.2, 7.8])
    assert np.diff(np.array(times, float)).min() >= LONGEST_GAP_S


def test_black_at_the_beginning_is_left_out(tmp_path: Path) -> None:
    black = np.zeros((64, 96, 3), np.uint8)
    path = write_video(tmp_path / "a.mp4", [black] * 5 + [scene(1)] * 5)
    assert [picture.number for picture in pictures(path)] == [5]


def test_a_video_of_nothing_but_black_is_one_black_picture(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", [np.zeros((64, 96, 3), np.uint8)] * 100)
    (picture,) = pictures(path)
    assert (picture.number, picture.time_s, picture.pixels.max()) == (0, 0.0, 0)


def test_times_of_a_variable_frame_rate_are_the_frames_own(tmp_path: Path) -> None:
    ticks = [0, 10, 13, 200, 201, 450, 900, 1000]
    path = write_video(
        tmp_path / "a.mkv", [scene(i) for i in range(8)], ticks=ticks, tick=Fraction(1, 1000), codec="libx264"
    )
    assert [p.time_s for p in video_window(path, 0, 9)] == [tick / 1000 for tick in ticks]
    assert {p.time_s for p in pictures(path)} <= {tick / 1000 for tick in ticks}


def test_frames_without_times_follow_at_the_average_rate(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.h264", slides(2, each=10), codec="libx264", container="h264")
    assert [p.time_s for p in video_window(path, 0, 9)] == pytest.approx([i / 25 for i in range(20)])
    assert [p.time_s for p in pictures(path)] == pytest.approx([0.0, 0.4])


def test_reordered_frames_in_avi_keep_rising_times(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.avi", slides(3, each=10), codec="libx264", options={"bf": "3"})
    times = [p.time_s for p in video_window(path, 0, 9)]
    assert len(times) == 30
    assert (np.diff(np.array(times, float)) > 0).all()


@pytest.mark.parametrize("start_s", [1, 50_000])
def test_the_clock_of_a_broadcast_is_taken_from_its_start(tmp_path: Path, start_s: int) -> None:
    ticks = [start_s * 25 + i for i in range(20)]
    path = write_video(tmp_path / "a.ts", slides(1, each=20), ticks=ticks, codec="mpeg2video")
    times = [p.time_s for p in video_window(path, 0, 1e9)]
    assert len(times) == 20
    if start_s == 1:
        assert times == frame_times(path)
    else:
        assert times == pytest.approx([i / 25 for i in range(20)], abs=1e-3)


# Where the red corner, stored top left, and the blue one are shown: degrees are anticlockwise, mirroring comes after.
TURNED = [
    ((0, False), (0.1, 0.1), (0.9, 0.9)),
    ((90, False), (0.1, 0.9), (0.9, 0.1)),
    ((180, False), (0.9, 0.9), (0.1, 0.1)),
    ((270, False), (0.9, 0.1), (0.1, 0.9)),
    ((0, True), (0.9, 0.1), (0.1, 0.9)),
    ((90, True), (0.9, 0.9), (0.1, 0.1)),
    ((180, True), (0.1, 0.9), (0.9, 0.1)),
    ((270, True), (0.1, 0.1), (0.9, 0.9)),
]


@pytest.mark.parametrize(("turned", "red", "blue"), TURNED)
def test_the_display_matrix_is_applied(
    tmp_path: Path, turned: tuple[int, bool], red: tuple[float, float], blue: tuple[float, float]
) -> None:
    path = write_video(tmp_path / "a.mp4", [corners()] * 3, codec="libx264", turned=turned)
    size = (64, 96) if turned[0] in {90, 270} else (96, 64)
    (picture,) = pictures(path)
    assert picture.size == describe(path).size == size
    assert has_colour(picture.pixels, red, RED)
    assert has_colour(picture.pixels, blue, BLUE)
    assert next(video_window(path, 0, 1, max_side=48)).size == (size[0] // 2, size[1] // 2)


@pytest.mark.parametrize(
    ("degrees", "turns"), [(0, 0), (3, 0), (90, 1), (87, 1), (180, 2), (-180, 2), (270, 3), (-90, 3), (359, 0)]
)
def test_odd_angles_are_rounded_to_quarter_turns(degrees: float, turns: int) -> None:
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    matrix = np.array([cos, -sin, 0, sin, cos, 0, 0, 0, 16384]) * 65536
    assert display_orientation(matrix.astype(np.int32)) == (turns, False)


def test_a_display_matrix_cut_short_is_none() -> None:
    assert display_orientation(np.zeros(2, np.int32)) == (0, False)


@pytest.mark.parametrize(("aspect", "size"), [(Fraction(4, 3), (128, 64)), (Fraction(3, 4), (96, 85))])
def test_pixels_become_square(tmp_path: Path, aspect: Fraction, size: tuple[int, int]) -> None:
    path = write_video(tmp_path / "a.mkv", [corners()] * 3, codec="libx264", aspect=aspect)
    (picture,) = pictures(path)
    assert picture.size == describe(path).size == size
    assert has_colour(picture.pixels, (0.15, 0.15), RED)
    assert has_colour(picture.pixels, (0.85, 0.15), GREY)


def test_an_absurd_aspect_is_ignored() -> None:
    assert square_size(640, 480, Fraction(1, 1000)) == (640, 480)
    assert square_size(640, 480, Fraction(5000)) == (640, 480)


@pytest.mark.parametrize(
    ("codec", "pixel_format", "options"),
    [
        ("libx264", "yuv420p10le", {}),
        ("libx264", "yuv444p", {}),
        ("libx264", "yuvj420p", {}),
        ("libx264", "yuv420p", {"x264-params": "colormatrix=bt709:fullrange=on"}),
        ("libx264", "gray", {}),
        ("ffv1", "bgr0", {}),
    ],
)
def test_depths_ranges_and_matrices(tmp_path: Path, codec: str, pixel_format: str, options: dict[str, str]) -> None:
    path = write_video(tmp_path / "a.mkv", [corners()] * 3, codec=codec, pixel_format=pixel_format, options=options)
    (picture,) = pictures(path)
    assert has_colour(picture.pixels, (0.85, 0.15), GREY, 12)
    assert pixel_format == "gray" or "fullrange" in str(options) or has_colour(picture.pixels, (0.15, 0.15), RED)


def test_broken_packets_are_passed_over_and_the_rest_is_decoded(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "a.ts", slides(6, each=12), codec="mpeg2video", options={"g": "12"})
    damaged = bytearray(whole.read_bytes())
    start, end = len(damaged) // 3, len(damaged) // 2
    damaged[start:end] = np.random.default_rng(1).bytes(end - start)
    path = tmp_path / "damaged.ts"
    path.write_bytes(damaged)
    times = [p.time_s for p in video_window(path, 0, 99)]
    assert 20 < len(times) < 72
    assert set(frame_times(whole)) >= {times[0], times[-1]}


def test_a_video_that_is_cut_short_yields_what_is_there(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "a.mkv", slides(4, each=12), codec="libx264").read_bytes()
    path = tmp_path / "cut.mkv"
    path.write_bytes(whole[: len(whole) // 2])
    assert 1 <= len(list(pictures(path))) < 4


def test_a_video_without_a_single_good_frame_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    content = bytearray(write_video(tmp_path / "a.mp4", [scene(1)] * 10, codec="libx264").read_bytes())
    body = content.index(b"mdat") + 4
    content[body : content.index(b"moov") - 4] = bytes(content.index(b"moov") - 4 - body)
    path = tmp_path / "zeros.mp4"
    path.write_bytes(content)
    for read in (lambda: list(pictures(path)), lambda: list(video_window(path, 0, 1)), lambda: describe(path)):
        with pytest.raises(UnreadableMedia, match=r"zeros\.mp4: mov,mp4/h264: none of its frames can be decoded"):
            read()
    assert capfd.readouterr().err == ""


def test_a_video_without_its_index_is_refused_with_a_reason(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.mp4", [numbered(i) for i in range(5)]).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[:1000])
    with pytest.raises(UnreadableMedia, match=r"^cut\.mp4: video cannot be decoded: Invalid data"):
        list(pictures(path))


def test_names_that_look_like_addresses_are_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_video(tmp_path / "plain.mp4", [corners()] * 3).rename(tmp_path / "concat:a|b.mp4")
    assert describe(Path("concat:a|b.mp4")).size == (96, 64)


def test_pictures_and_frames_do_not_leak_the_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", slides(3, each=20))
    found = pictures(path)
    next(found)
    path.unlink()
    assert len(list(found)) == 2
