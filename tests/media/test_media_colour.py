"""Every kind of Pillow image becomes the picture that a viewer shows on white paper."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms
from rendered_media import BLUE, GREY, RED, corners, has_colour, scene

from provcheck.media import upright_rgb

ORIENTATIONS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,  # stored a quarter turn anticlockwise, so shown a quarter turn clockwise
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def reopened(image: Image.Image, form: str, **options: object) -> Image.Image:
    stream = BytesIO()
    image.save(stream, form, **options)
    return Image.open(stream)


def exif(orientation: int) -> bytes:
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_all_orientations_of_all_formats_come_out_upright(form: str, orientation: int) -> None:
    stored = Image.fromarray(corners())
    undo = ORIENTATIONS[orientation]
    stored = stored if undo is None else stored.transpose(undo)
    pixels = upright_rgb(reopened(stored, form, exif=exif(orientation)))
    assert pixels.shape == (64, 96, 3)
    assert has_colour(pixels, (0.15, 0.15), RED)
    assert has_colour(pixels, (0.85, 0.85), BLUE)
    assert has_colour(pixels, (0.85, 0.15), GREY)


def test_an_impossible_orientation_is_none() -> None:
    pixels = upright_rgb(reopened(Image.fromarray(corners()), "JPEG", exif=exif(77)))
    assert has_colour(pixels, (0.15, 0.15), RED)


def half_clear(mode: str) -> Image.Image:
    clear = Image.new("L", (96, 64), 255)
    clear.paste(0, (0, 0, 48, 64))
    image = Image.new("RGB", (96, 64), (10, 10, 10))
    image.putalpha(clear)
    return image.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "RGBa", "La"])
def test_clear_parts_are_white(mode: str) -> None:
    pixels = upright_rgb(half_clear("RGBA").convert("LA").convert(mode) if mode == "La" else half_clear(mode))
    assert has_colour(pixels, (0.2, 0.5), (255, 255, 255), 2)
    assert has_colour(pixels, (0.8, 0.5), (10, 10, 10), 6)


def test_half_clear_black_is_grey() -> None:
    pixels = upright_rgb(Image.new("RGBA", (8, 8), (0, 0, 0, 128)))
    assert pixels[0, 0].tolist() == [127, 127, 127]


@pytest.mark.parametrize("transparency", [3, bytes([255, 255, 255, 0])])
def test_clear_palette_entries_are_white(transparency: int | bytes) -> None:
    image = Image.new("P", (8, 8), 3)
    image.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 40, 40, 40])
    image.paste(1, (0, 0, 4, 8))
    pixels = upright_rgb(reopened(image, "PNG", transparency=transparency))
    assert pixels[0, 7].tolist() == [255, 255, 255]
    assert pixels[0, 0].tolist() == [255, 0, 0]


def test_the_clear_colour_of_an_rgb_png_is_white() -> None:
    image = Image.fromarray(corners())
    pixels = upright_rgb(reopened(image, "PNG", transparency=RED))
    assert has_colour(pixels, (0.15, 0.15), (255, 255, 255), 0)
    assert has_colour(pixels, (0.85, 0.85), BLUE, 0)


def test_one_bit_is_black_and_white() -> None:
    image = Image.new("1", (8, 8), 0)
    image.paste(1, (4, 0, 8, 8))
    pixels = upright_rgb(image)
    assert (pixels[0, 0].tolist(), pixels[0, 7].tolist()) == ([0, 0, 0], [255, 255, 255])


def ramp(depth: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint16]]:
    return np.tile(np.linspace(0, 2**depth - 1, 256).astype(np.uint16), (16, 1))


@pytest.mark.parametrize("depth", [8, 10, 12, 14, 16])
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bit_files_use_the_depth_that_they_fill(form: str, depth: int) -> None:
    pixels = upright_rgb(reopened(Image.fromarray(ramp(depth)), form))
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_a_sixteen_bit_pgm_is_not_clipped_to_white() -> None:
    body = b"P5 256 16 65535\n" + ramp(16).astype(">u2").tobytes()
    pixels = upright_rgb(Image.open(BytesIO(body)))
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


@pytest.mark.parametrize(("least", "greatest"), [(0.0, 1.0), (0.0, 255.0), (-300.0, 900.0), (0.0, 1e6)])
def test_float_pictures_fill_the_scale(least: float, greatest: float) -> None:
    samples = np.tile(np.linspace(least, greatest, 256, dtype=np.float32), (4, 1))
    pixels = upright_rgb(Image.fromarray(samples))
    assert np.abs(pixels[0, :, 0].astype(int) - np.arange(256)).max() <= 1


def test_float_pictures_may_hold_no_numbers() -> None:
    samples = np.array([[0.0, 1.0, np.nan, np.inf, -np.inf]], np.float32)
    assert upright_rgb(Image.fromarray(samples))[0, :, 0].tolist() == [0, 255, 0, 255, 0]
    assert upright_rgb(Image.fromarray(np.full((2, 2), np.nan, np.float32))).max() == 0


def test_an_even_float_picture_does_not_divide_by_zero() -> None:
    assert upright_rgb(Image.fromarray(np.full((2, 2), -5.0, np.float32))).max() == 0


def test_cmyk_jpeg_of_adobe_is_not_inverted() -> None:
    pixels = upright_rgb(reopened(Image.fromarray(corners()).convert("CMYK"), "JPEG", quality=95))
    assert has_colour(pixels, (0.15, 0.15), RED)
    assert has_colour(pixels, (0.5, 0.5), GREY)


def test_lab_is_converted_by_its_meaning() -> None:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    image = ImageCms.profileToProfile(Image.fromarray(corners()), srgb, lab, outputMode="LAB")
    assert image is not None
    pixels = upright_rgb(image)
    assert has_colour(pixels, (0.15, 0.15), RED, 6)
    assert has_colour(pixels, (0.85, 0.85), BLUE, 6)


@pytest.mark.parametrize("mode", ["YCbCr", "HSV", "RGBX"])
def test_other_modes_keep_their_colours(mode: str) -> None:
    assert has_colour(upright_rgb(Image.fromarray(corners()).convert(mode)), (0.15, 0.15), RED, 6)


def swapped_profile() -> bytes:
    """An RGB profile whose red and green primaries are exchanged: it works when red turns green."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = data.index(b"rXYZ"), data.index(b"gXYZ")
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_the_embedded_profile_is_applied(mode: str) -> None:
    image = reopened(Image.new(mode, (8, 8), "red"), "PNG", icc_profile=swapped_profile())
    red, green, blue = upright_rgb(image)[0, 0].tolist()
    assert green > 200
    assert red < 60
    assert blue < 60


def test_a_palette_goes_through_the_profile_too() -> None:
    image = Image.new("RGB", (8, 8), "red").convert("P")
    assert upright_rgb(reopened(image, "PNG", icc_profile=swapped_profile()))[0, 0, 1] > 200


@pytest.mark.parametrize("profile", [b"no profile at all", b"\x00" * 200])
def test_a_damaged_profile_is_ignored(profile: bytes) -> None:
    image = reopened(Image.fromarray(corners()), "PNG", icc_profile=profile)
    assert np.array_equal(upright_rgb(image), corners())


def test_a_profile_for_another_kind_of_colour_is_ignored() -> None:
    image = reopened(Image.fromarray(corners()).convert("L"), "PNG", icc_profile=swapped_profile())
    assert np.array_equal(upright_rgb(image)[..., 0], np.asarray(Image.fromarray(corners()).convert("L")))


def test_srgb_stays_as_it_is(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "a.png"
    Image.fromarray(scene(1)).save(path, icc_profile=profile)
    with Image.open(path) as image:
        pixels = upright_rgb(image)
    assert np.array_equal(pixels, scene(1))
    assert pixels.flags.writeable
    assert pixels.flags.c_contiguous
