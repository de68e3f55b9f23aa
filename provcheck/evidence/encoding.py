"""Pixels to the bytes of a picture that a page can hold."""

import io
from typing import Final

from PIL import Image

from provcheck.records import RGB

QUALITY: Final = 80


def jpeg(pixels: RGB, *, side: int) -> bytes:
    """Return a picture as JPEG, its longest side at most `side` pixels. The same pixels give the same bytes."""
    stream = io.BytesIO()
    shrunk(pixels, side).save(stream, "JPEG", quality=QUALITY, optimize=True)
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
