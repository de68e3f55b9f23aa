"""Edits that put a picture beside or into other pictures."""

from math import ceil
from typing import Final

import numpy as np

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited
from provcheck.evaluating.edits.framing import resized
from provcheck.records import RGB, Size

STAGE: Final = (1000, 750)
"""Size of the picture that others are put into."""

CELL: Final = (420, 315)
GAP_PX: Final = 8


def inset(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Put the picture into another one; `strength` is the share of that one's area."""
    stage = filling(chance.another(), STAGE)
    height, width = picture.shape[:2]
    factor = (strength * STAGE[0] * STAGE[1] / (width * height)) ** 0.5
    factor = min(factor, STAGE[0] / width, STAGE[1] / height)
    small = resized(picture, round(width * factor), round(height * factor))
    left, top = (chance.below(room + 1) for room in (STAGE[0] - small.shape[1], STAGE[1] - small.shape[0]))
    stage[top : top + small.shape[0], left : left + small.shape[1]] = small
    return Edited(stage, filled=small.shape[0] * small.shape[1] / (STAGE[0] * STAGE[1]))


def collage(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Put the picture among others in a grid of `strength` cells; every picture is cropped to its cell."""
    count = int(strength)
    columns = ceil(count**0.5)
    rows = ceil(count / columns)
    place = chance.below(count)
    width, height = columns * (CELL[0] + GAP_PX) - GAP_PX, rows * (CELL[1] + GAP_PX) - GAP_PX
    page = np.full((height, width, 3), 255, np.uint8)
    for at in range(count):
        top, left = at // columns * (CELL[1] + GAP_PX), at % columns * (CELL[0] + GAP_PX)
        page[top : top + CELL[1], left : left + CELL[0]] = filling(picture if at == place else chance.another(), CELL)
    return Edited(page, kept=kept_by_filling(picture, CELL), filled=CELL[0] * CELL[1] / (width * height))


def filling(picture: RGB, size: Size) -> RGB:
    """Scale a picture so that it fills a size, and crop the rest off evenly."""
    height, width = picture.shape[:2]
    factor = max(size[0] / width, size[1] / height)
    large = resized(picture, max(size[0], round(width * factor)), max(size[1], round(height * factor)))
    left, top = (large.shape[1] - size[0]) // 2, (large.shape[0] - size[1]) // 2
    return np.array(large[top : top + size[1], left : left + size[0]])


def kept_by_filling(picture: RGB, size: Size) -> float:
    """Share of a picture that `filling` keeps."""
    wide, asked = picture.shape[1] / picture.shape[0], size[0] / size[1]
    return float(min(wide / asked, asked / wide))
