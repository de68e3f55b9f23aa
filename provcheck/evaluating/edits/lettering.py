"""Letters on pictures, in Pillow's own font: the same everywhere, and nothing to install."""

from functools import lru_cache
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from provcheck.records import RGB

SMALLEST: Final = 8
MEASURED_AT: Final = 40

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Pen = ImageDraw.ImageDraw


@lru_cache(maxsize=64)
def font(size: float) -> Font:
    """Return the font at a height in pixels."""
    return ImageFont.load_default(max(SMALLEST, round(size)))


def fitting(text: str, width: float, size: float) -> Font:
    """Return the font at `size` pixels, or smaller, so that the text is at most `width` pixels wide."""
    needed = font(MEASURED_AT).getlength(text) / MEASURED_AT
    return font(min(size, width / max(needed, 1e-3)))


def canvas(picture: RGB) -> tuple[Image.Image, Pen]:
    """Return a copy to draw on, and the pen."""
    image = Image.fromarray(picture).copy()
    return image, ImageDraw.Draw(image)


def pixels(image: Image.Image) -> RGB:
    """Return what was drawn."""
    return np.array(image.convert("RGB"))
