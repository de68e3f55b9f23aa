"""Pixels to the bytes of a picture that a page can hold."""

import io
from typing import Final

from PIL import Image

from provcheck.records import RGB

QUALITY: Final = 75
METHOD: Final = 2
"""Of WebP, 0 to 6: 4 saves another 5 % in twice the time."""


def webp(pixels: RGB, *, side: int) -> bytes:
    """Return a picture as WebP, its longest side at most `side` pixels. The same pixels give the same bytes.

    Every browser of this decade reads it, and of our pictures it takes a third less than JPEG of quality 80.
    """
    stream = io.BytesIO()
    shrunk(pixels, side).save(stream, "WEBP", quality=QUALITY, method=METHOD)
    return stream.getvalue()


def png(pixels: RGB) -> bytes:
    """Return a picture as PNG, pixel by pixel. The same pixels give the same bytes with one version of zlib."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def shrunk(pixels: RGB, side: int) -> Image.Image:
    """Return a picture whose longest side is at most `side` pixels; smaller ones are not enlarged."""
    image = Image.fromarray(pixels)
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    return image
