"""Reading no more pixels than are enough: what gets smaller, what stays, and what is then left out of videos."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from rendered_media import RED, corners, has_colour, numbered, picture_bytes, scene, write_video

from provcheck.errors import UnreadableMedia
from provcheck.media import colour, describe, pictures, read, upright_rgb
from provcheck.media.reduction import reduction
from provcheck.records import RGB, Picture

SLOWLY_REFERRED = {"bf": "12", "x264-params": "b-adapt=0:b-pyramid=none:scenecut=0:keyint=250"}
"""Twelve frames in a row that no other frame depends on."""


def only(path: Path, enough_side: int | None) -> Picture:
    (picture,) = pictures(path, enough_side=enough_side)
    return picture


def write(path: Path, body: bytes) -> Path:
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("size", "enough", "factor"),
    [
        *[((400, 300), None, 1), ((400, 300), 401, 1), ((400, 300), 400, 1), ((399, 300), 200, 1)],
        *[((400, 300), 200, 2), ((300, 400), 100, 4), ((400, 1), 100, 4), ((1, 1), 768, 1)],
    ],
)
def test_the_factor_leaves_enough_of_the_longest_side(size: tuple[int, int], enough: int | None, factor: int) -> None:
    assert reduction(size, enough) == factor


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP", "TIFF", "GIF", "BMP"])
@pytest.mark.parametrize("enough", [250, 130, 77, 30])
def test_a_picture_is_read_as_small_as_is_enough(tmp_path: Path, form: str, enough: int) -> None:
    path = write(tmp_path / "a", picture_bytes(corners(601, 403), form))
    picture = only(path, enough)
    assert picture.size == (601, 403)
    assert enough <= max(picture.pixels.shape) <= 2 * enough + 8
    assert picture.pixels.shape[1] / picture.pixels.shape[0] == pytest.approx(601 / 403, rel=0.05)
    assert has_colour(picture.pixels, (0.15, 0.15), RED)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_without_more_than_enough_is_read_as_it_is(tmp_path: Path, form: str) -> None:
    path = write(tmp_path / "a", picture_bytes(scene(1, 300, 200), form))
    assert (only(path, 151).pixels == only(path, None).pixels).all()
    assert only(path, 151).original is None


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_every_pixel_stands_for_the_block_that_it_replaces(tmp_path: Path, form: str) -> None:
    path = write(tmp_path / "a", picture_bytes(scene(2, 640, 480), form, quality=95))
    blocks = only(path, None).pixels.reshape(120, 4, 160, 4, 3).mean(axis=(1, 3))
    assert np.abs(blocks - only(path, 160).pixels).mean() < 1.5


@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF"])
def test_the_size_is_that_of_the_upright_original(tmp_path: Path, form: str) -> None:
    block = Image.Exif()
    block[0x0112] = 6
    picture = only(write(tmp_path / "a", picture_bytes(corners(400, 200), form, exif=block.tobytes())), 100)
    assert (picture.size, picture.pixels.shape) == ((200, 400), (100, 50, 3))
    assert has_colour(picture.pixels, (0.85, 0.15), RED)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_can_be_reduced(mode: str) -> None:
    grey = Image.fromarray(corners(120, 80)).convert("L")
    image = Image.fromarray(np.asarray(grey, np.uint16) * 257) if mode == "I;16" else grey.convert(mode)
    whole, small = upright_rgb(image), np.asarray(upright_rgb(image).reshape(20, 4, 30, 4, 3).mean(axis=(1, 3)))
    reduced = colour.upright_rgb(image, reduce=4)
    assert (whole.shape, reduced.shape) == ((80, 120, 3), (20, 30, 3))
    assert np.abs(reduced - small).max() < 2


def test_a_truncated_jpeg_is_refused_also_where_detail_is_left_out(tmp_path: Path) -> None:
    body = picture_bytes(scene(3, 800, 600), "JPEG")
    with pytest.raises(UnreadableMedia):
        only(write(tmp_path / "a.jpg", body[: len(body) // 2]), 100)


def moving(count: int, width: int = 96, height: int = 64) -> list[RGB]:
    return [numbered(number, width, height) for number in range(count)]


def test_a_video_is_read_as_small_as_is_enough_with_the_size_of_the_original(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", [corners(640, 360)] * 5, turned=(90, False))
    summary, found = read(path, enough_side=160)
    picture = next(found)
    assert summary.size == picture.size == (360, 640)
    assert picture.pixels.shape == (160, 90, 3)
    assert picture.time_s == 0.0


@pytest.mark.parametrize("enough_side", [None, 160])
def test_reading_a_video_at_once_gives_what_describing_and_its_pictures_give(
    tmp_path: Path, enough_side: int | None
) -> None:
    path = write_video(tmp_path / "a.mp4", moving(60, 640, 360), turned=(90, True))
    summary, found = read(path, enough_side=enough_side)
    assert summary == describe(path)
    shown, expected = list(found), list(pictures(path, enough_side=enough_side))
    assert [(one.time_s, one.number, one.size) for one in shown] == [
        (one.time_s, one.number, one.size) for one in expected
    ]
    assert all((one.pixels == other.pixels).all() for one, other in zip(shown, expected, strict=True))


def times_of_frames(path: Path) -> set[float]:
    with av.open(str(path)) as container:
        return {frame.time for frame in container.decode(video=0)}


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_frames_that_no_other_depends_on_are_left_out_and_times_stay(tmp_path: Path, name: str) -> None:
    path = write_video(tmp_path / name, moving(100), codec="libx264", options={"bf": "3"})
    every, needed = list(pictures(path)), list(pictures(path, enough_side=768))
    assert {picture.time_s for picture in needed} <= times_of_frames(path)
    assert needed[-1].number < every[-1].number
    assert len(needed) == pytest.approx(len(every), abs=1)


def test_a_cut_is_found_as_soon_as_a_needed_frame_shows_it(tmp_path: Path) -> None:
    slides = [scene(number) for number in range(6) for _ in range(20)]
    path = write_video(tmp_path / "a.mp4", slides, codec="libx264", options={"bf": "3"})
    times = [picture.time_s or 0.0 for picture in pictures(path, enough_side=768)]
    assert len(times) == 6
    assert np.allclose(times, [0.0, 0.8, 1.6, 2.4, 3.2, 4.0], atol=0.161)


def test_where_few_frames_are_needed_all_are_read(tmp_path: Path) -> None:
    """Nothing but the first gap is lost: what shows for a third of a second in the middle of the rest is kept."""
    shown = [scene(1)] * 66 + [scene(2)] * 8 + [scene(1)] * 40
    path = write_video(tmp_path / "a.mp4", shown, codec="libx264", options=SLOWLY_REFERRED)
    assert any(2.64 <= (p.time_s or 0) < 2.96 for p in pictures(path, enough_side=768))


def test_a_container_that_counts_its_times_is_read_completely(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.avi", moving(40), codec="libx264", options={"bf": "3"}, tick=Fraction(1, 25))
    every, enough = list(pictures(path)), list(pictures(path, enough_side=768))
    assert [(p.number, p.time_s) for p in every] == [(p.number, p.time_s) for p in enough]
