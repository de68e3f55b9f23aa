"""The small pictures inside pictures: found in every place, and never a trouble."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from embedded_media import exif_of, write_jpeg
from PIL import Image
from previewed_media import as_jpeg, exif_with_thumbnail, with_large_thumbnail

from provcheck.metadata.previews import read_previews

RED = Image.new("RGB", (160, 120), (200, 30, 10))
HEADER = struct.pack(">IIIIIIHH", 1, 160, 120, 480, 57600, 1000, 24, 1)


def only_preview(path: Path) -> tuple[str, tuple[int, int], list[int]]:
    (preview,), unread = read_previews(path)
    assert unread == []
    colour = [round(float(c) / 10) * 10 for c in np.mean(preview.pixels, axis=(0, 1))]
    return preview.name, preview.size, colour


def test_the_exif_thumbnail(tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "a.jpg", exif=exif_with_thumbnail(RED))
    assert only_preview(path) == ("EXIF thumbnail", (160, 120), [200, 30, 10])


@pytest.mark.parametrize("suffix", ["png", "webp"])
def test_the_exif_thumbnail_of_other_formats(tmp_path: Path, suffix: str) -> None:
    RED.save(tmp_path / f"a.{suffix}", exif=exif_with_thumbnail(RED))
    assert only_preview(tmp_path / f"a.{suffix}")[0] == "EXIF thumbnail"


@pytest.mark.parametrize(("number", "colour"), [(1036, [200, 30, 10]), (1033, [10, 30, 200])])
def test_photoshops_thumbnails_old_ones_with_red_and_blue_exchanged(
    tmp_path: Path, number: int, colour: list[int]
) -> None:
    path = write_jpeg(tmp_path / "a.jpg", resources={number: HEADER + as_jpeg(RED)})
    assert only_preview(path) == ("Photoshop thumbnail", (160, 120), colour)


def test_the_large_thumbnail_of_a_multi_picture_file(tmp_path: Path) -> None:
    path = with_large_thumbnail(write_jpeg(tmp_path / "a.jpg"), as_jpeg(RED.resize((640, 480))))
    assert only_preview(path) == ("multi-picture thumbnail", (640, 480), [200, 30, 10])


def test_other_pictures_of_a_multi_picture_file_are_no_previews(tmp_path: Path) -> None:
    path = with_large_thumbnail(write_jpeg(tmp_path / "a.jpg"), as_jpeg(RED), kind=0x020002)
    assert read_previews(path) == ([], [])


@pytest.mark.parametrize(
    "data",
    [b"\xff\xd8\xff\xd9", as_jpeg(RED)[:400], b"not a picture", as_jpeg(Image.new("RGB", (8, 8)))],
)
def test_a_preview_that_cannot_be_read_is_named(tmp_path: Path, data: bytes) -> None:
    previews, unread = read_previews(write_jpeg(tmp_path / "a.jpg", resources={1036: HEADER + data}))
    assert previews == []
    assert len(unread) == 1
    assert "Photoshop thumbnail" in unread[0]


def test_a_preview_of_endless_size_is_refused(tmp_path: Path) -> None:
    stream = BytesIO()
    Image.new("L", (4097, 4097)).save(stream, "JPEG")
    previews, unread = read_previews(
        write_jpeg(tmp_path / "a.jpg", resources={1036: HEADER + stream.getvalue()[:60_000]})
    )
    assert (previews, len(unread)) == ([], 1)


def test_a_picture_without_previews_has_none(tmp_path: Path) -> None:
    assert read_previews(write_jpeg(tmp_path / "a.jpg", exif=exif_of("2017:11:09 13:37:05"))) == ([], [])
