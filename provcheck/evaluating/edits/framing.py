"""Edits that move the borders: crops, mirror images, turns, bars."""

from typing import Final

import cv2
import numpy as np

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited
from provcheck.records import RGB

LEAST_SIDE: Final = 16
RECUT_AREA: Final = 0.7


def crop(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Keep a part of the same aspect; `strength` is the share of the area."""
    height, width = picture.shape[:2]
    side = strength**0.5
    part = cut(picture, chance, max(LEAST_SIDE, round(width * side)), max(LEAST_SIDE, round(height * side)))
    return Edited(part, kept=strength)


def cut(picture: RGB, chance: Chance, width: int, height: int) -> RGB:
    """Cut a part of a given size from anywhere in a picture."""
    width, height = min(width, picture.shape[1]), min(height, picture.shape[0])
    left, top = chance.below(picture.shape[1] - width + 1), chance.below(picture.shape[0] - height + 1)
    return np.ascontiguousarray(picture[top : top + height, left : left + width])


def recut(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Keep 70 % of the area in another aspect; `strength` is width to height, in units of the original's."""
    height, width = picture.shape[:2]
    across = min(1.0, (RECUT_AREA * strength) ** 0.5)
    down = min(1.0, across / strength)
    return Edited(cut(picture, chance, round(width * across), round(height * down)), kept=across * down)


def stretch(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Change the aspect; `strength` is the factor of the width."""
    height, width = picture.shape[:2]
    return Edited(resized(picture, max(LEAST_SIDE, round(width * strength)), height))


def mirror(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Mirror left to right, then crop to the share `strength`."""
    flipped = np.ascontiguousarray(picture[:, ::-1])
    return Edited(crop(flipped, chance, strength).pixels, kept=strength, mirrored=True)


def quarter_turn(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Turn by `strength` times 90 degrees."""
    return Edited(np.ascontiguousarray(np.rot90(picture, int(strength))))


def turn(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Turn by `strength` degrees either way; all stays in, the corners are black."""
    height, width = picture.shape[:2]
    angle = np.deg2rad(strength)
    size = (
        round(width * np.cos(angle) + height * np.sin(angle)),
        round(width * np.sin(angle) + height * np.cos(angle)),
    )
    turned = _turned(picture, chance.sign() * strength, size)
    return Edited(turned, filled=width * height / (size[0] * size[1]))


def turn_inside(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Turn by `strength` degrees either way and crop the black corners off, in the same aspect."""
    height, width = picture.shape[:2]
    angle = np.deg2rad(strength)
    cosine, sine = float(np.cos(angle)), float(np.sin(angle))
    share = min(width / (width * cosine + height * sine), height / (width * sine + height * cosine))
    size = int(width * share), int(height * share)
    return Edited(_turned(picture, chance.sign() * strength, size), kept=share * share)


def _turned(picture: RGB, degrees: float, size: tuple[int, int]) -> RGB:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1.0)
    matrix[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    return np.asarray(cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC), np.uint8)


def letterbox(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Put black bars above and below; together they are `strength` of the height of the picture."""
    bar = round(picture.shape[0] * strength / 2)
    return Edited(np.pad(picture, ((bar, bar), (0, 0), (0, 0))), filled=1 / (1 + strength))


def pillarbox(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Put black bars left and right; together they are `strength` of the width of the picture."""
    bar = round(picture.shape[1] * strength / 2)
    return Edited(np.pad(picture, ((0, 0), (bar, bar), (0, 0))), filled=1 / (1 + strength))


def blurred_pillars(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Put a blurred and enlarged copy left and right, as television does with upright videos."""
    height, width = picture.shape[:2]
    whole = width + 2 * round(width * strength / 2)
    enlarged = resized(picture, whole, round(height * whole / width))
    top = (enlarged.shape[0] - height) // 2
    canvas = np.asarray(cv2.GaussianBlur(enlarged[top : top + height], (0, 0), width / 25), np.uint8)
    left = (whole - width) // 2
    canvas[:, left : left + width] = picture
    return Edited(canvas, filled=width / whole)


def resized(picture: RGB, width: int, height: int) -> RGB:
    """Resample to a size: by area when it gets smaller, else cubic."""
    smaller = width < picture.shape[1]
    method = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (max(1, width), max(1, height)), interpolation=method), np.uint8)
