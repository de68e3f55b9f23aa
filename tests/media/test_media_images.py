"""Picture files: formats, animations, pages, damage, and what is refused."""

import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from rendered_media import RED, corners, has_colour, picture_bytes, scene

from provcheck.errors import UnreadableMedia
from provcheck.media import describe, pictures
from provcheck.media.images import MAX_FRAMES, MAX_PIXELS
from provcheck.records import Medium, Picture


def read(path: Path) -> list[Picture]:
    return list(pictures(path))


def refused(path: Path) -> str:
    with pytest.raises(UnreadableMedia) as caught:
        read(path)
    assert caught.value.message.startswith(f"{path.name}: ")
    assert "\n" not in caught.value.message
    return caught.value.message


def save(path: Path, frames: list[Image.Image], form: str, **options: Any) -> Path:
    frames[0].save(path, form, save_all=True, append_images=frames[1:], **options)
    return path


LOSSLESS = ["PNG", "BMP", "TIFF", "TGA", "PPM", "PCX", "QOI", "SGI", "DDS", "DIB", "JPEG2000", "ICNS", "ICO"]


@pytest.mark.parametrize("form", [*LOSSLESS, "JPEG", "WEBP", "AVIF", "GIF", "MPO"])
def test_every_format_is_one_picture_whatever_its_name(tmp_path: Path, form: str) -> None:
    path = tmp_path / "picture.dat"
    square = corners(256, 256) if form in {"ICNS", "ICO"} else corners()
    path.write_bytes(picture_bytes(square, form))
    (picture,) = read(path)
    summary = describe(path)
    assert (picture.time_s, picture.number) == (None, 0)
    assert has_colour(picture.pixels, (0.15, 0.15), RED)
    assert (summary.medium, summary.size, summary.duration_s) == (Medium.IMAGE, picture.size, None)
    assert summary.format in {form, "JPEG"}  # an MPO with one picture is a JPEG


def test_the_size_is_that_of_the_upright_picture(tmp_path: Path) -> None:
    block = Image.Exif()
    block[0x0112] = 6
    for form in ("JPEG", "TIFF", "WEBP", "PNG"):
        path = tmp_path / form
        path.write_bytes(picture_bytes(corners(96, 64), form, exif=block.tobytes()))
        assert describe(path).size == (64, 96) == read(path)[0].size


def test_damaged_exif_costs_the_orientation_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture_bytes(corners(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff"))
    assert has_colour(read(path)[0].pixels, (0.15, 0.15), RED)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_yields_its_visibly_different_frames(tmp_path: Path, form: str) -> None:
    shown = [scene(1), scene(1), scene(2), scene(2), scene(3)]
    path = save(tmp_path / "a", [Image.fromarray(p) for p in shown], form, duration=[100, 110, 120, 130, 140])
    found = read(path)
    assert len(found) == 3
    assert found[0].number == 0
    assert [p.time_s for p in found] == [None] * 3
    for picture, expected in zip(found, (scene(1), scene(2), scene(3)), strict=True):
        assert np.abs(picture.pixels.astype(int) - expected).mean() < 25


def test_pages_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    pages = [Image.fromarray(p) for p in (scene(1), scene(1), scene(2, 50, 70))]
    found = read(save(tmp_path / "a.tif", pages, "TIFF"))
    assert [(p.number, p.size) for p in found] == [(0, (96, 64)), (2, (50, 70))]


def test_the_other_pictures_of_a_stereo_photo_are_left_out(tmp_path: Path) -> None:
    path = save(tmp_path / "a.mpo", [Image.fromarray(scene(1)), Image.fromarray(scene(2))], "MPO")
    assert describe(path).format == "MPO"
    assert len(read(path)) == 1


def test_of_an_icon_the_largest_size_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.ico"
    Image.fromarray(corners(128, 128)).save(path, "ICO", sizes=[(16, 16), (128, 128), (32, 32)])
    assert [p.size for p in read(path)] == [(128, 128)]


def test_a_long_animation_is_looked_at_evenly(tmp_path: Path) -> None:
    frames = [Image.fromarray(scene(i, 16, 12)) for i in range(MAX_FRAMES + 50)]
    numbers = [p.number for p in read(save(tmp_path / "a.gif", frames, "GIF", duration=50))]
    assert numbers == list(range(0, MAX_FRAMES + 50, 2))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "JPEG2000", "AVIF"])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.95])
def test_truncated_files_are_refused(tmp_path: Path, form: str, kept: float) -> None:
    whole = picture_bytes(scene(4, 200, 150), form)
    path = tmp_path / "a"
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert form in refused(path) or kept < 0.1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "JPEG2000", "AVIF", "QOI", "DDS", "PPM"])
def test_flipped_bytes_never_raise_anything_else(tmp_path: Path, form: str, capfd: pytest.CaptureFixture[str]) -> None:
    whole = picture_bytes(scene(5), form)
    draw = np.random.default_rng(5)
    path = tmp_path / "a.png"
    messages = []
    for _ in range(30):
        damaged = np.frombuffer(whole, np.uint8).copy()
        damaged[draw.integers(0, len(damaged), 8)] = draw.integers(0, 256, 8)
        path.write_bytes(damaged.tobytes())
        try:
            messages += [str(picture.size) for picture in read(path)]
        except UnreadableMedia as error:
            messages.append(error.message)
    assert len(messages) >= 30
    assert not any("\n" in message for message in messages)
    assert capfd.readouterr().err == ""


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [14_000, 100_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path, side: int) -> None:
    assert side * side > MAX_PIXELS
    path = tmp_path / "bomb.png"
    path.write_bytes(png_header(side, side))
    assert "refused" in refused(path)
    with pytest.raises(UnreadableMedia, match="refused"):
        describe(path)


def test_a_large_picture_below_the_limit_does_not_warn(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(png_header(10_000, 10_000))
    assert describe(path).size == (10_000, 10_000)


def eps() -> bytes:
    return b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 8 8\n%%EndComments\nshowpage\n"


def wmf() -> bytes:
    return b"\xd7\xcd\xc6\x9a\x00\x00" + bytes(16) + b"\x01\x00\x09\x00" + bytes(40)


def heic() -> bytes:
    return b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(40)


@pytest.mark.parametrize(
    ("content", "reason"), [(eps, "PostScript"), (wmf, "a metafile"), (heic, "HEIC is not read: save it as JPEG")]
)
def test_formats_that_are_not_read_say_so(tmp_path: Path, content: Callable[[], bytes], reason: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content())
    assert reason in refused(path)
    with pytest.raises(UnreadableMedia, match=reason):
        describe(path)


def test_libtiff_does_not_write_on_the_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    Image.fromarray(scene(6, 300, 200)).convert("1").save(path, "TIFF", compression="group4")
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[: middle - 200] + b"\xff" * 400 + whole[middle + 200 :])
    program = (
        "import sys, pathlib, provcheck.media\n"
        "print(len(list(provcheck.media.pictures(pathlib.Path(sys.argv[1])))))\n"
        "print('heard', file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("1\n", "heard\n")


def test_pictures_are_decoded_one_at_a_time(tmp_path: Path) -> None:
    path = save(tmp_path / "a.tif", [Image.fromarray(scene(i)) for i in range(3)], "TIFF")
    whole = path.read_bytes()
    found = pictures(path)
    assert next(found).number == 0
    path.write_bytes(whole[:100])
    assert [p.number for p in found] in ([], [1], [1, 2])
