"""Edits that change colours and grey levels and leave every pixel in its place."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited
from provcheck.records import RGB

HUES: Final = 180
"""OpenCV counts hues in steps of two degrees."""

FOG_GREY: Final = 205.0
NIGHT_NOISE: Final = 6.0

Levels = npt.NDArray[np.float32]


def grey(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Take the colours out; `strength` is the factor of the contrast."""
    luma = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)
    return Edited(clipped(np.repeat(_contrasted(luma, strength)[..., None], 3, axis=2)))


def brightness(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Multiply all levels by `strength`."""
    return Edited(clipped(picture.astype(np.float32) * np.float32(strength)))


def contrast(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Multiply all distances from the mean by `strength`."""
    return Edited(clipped(_contrasted(picture.astype(np.float32), strength)))


def gamma(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Raise all levels (0 to 1) to the power of `strength`."""
    return Edited(clipped(255 * (picture.astype(np.float32) / 255) ** np.float32(strength)))


def hue(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Turn the colour circle by `strength` degrees."""
    hsv = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV), np.uint8)
    hsv[..., 0] = (hsv[..., 0].astype(np.int32) + round(strength / 2)) % HUES
    return Edited(np.asarray(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), np.uint8))


def saturation(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Multiply the saturation by `strength`."""
    luma = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.float32)[..., None]
    return Edited(clipped(luma + (picture.astype(np.float32) - luma) * np.float32(strength)))


def negative(picture: RGB, _chance: Chance, _strength: float) -> Edited:
    """Swap light and dark."""
    return Edited(255 - picture)


def blur(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Blur; `strength` is the standard deviation as a share of the shorter side."""
    deviation = strength * min(picture.shape[:2])
    return Edited(np.asarray(cv2.GaussianBlur(picture, (0, 0), deviation), np.uint8))


def noise(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Add noise of standard deviation `strength`, grey levels."""
    return Edited(clipped(noisy(picture.astype(np.float32), chance, strength)))


def fog(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Lay fog over it that hides about the share `strength`, unevenly, and the distance (the top) more."""
    height, width = picture.shape[:2]
    veil = cv2.resize(chance.rng.uniform(-1, 1, (4, 5)).astype(np.float32), (width, height))
    falling = np.linspace(0.15, -0.15, height, dtype=np.float32)[:, None]
    hidden = np.clip(strength + 0.1 * veil + falling, 0, 0.95)[..., None]
    return Edited(clipped(picture.astype(np.float32) * (1 - hidden) + np.float32(FOG_GREY) * hidden))


def night(picture: RGB, chance: Chance, strength: float) -> Edited:
    """Darken to the share `strength` of the light, with a sensor's noise."""
    dark = (picture.astype(np.float32) / 255) ** np.float32(1.3) * 255 * np.float32(strength)
    return Edited(clipped(noisy(np.asarray(dark, np.float32), chance, NIGHT_NOISE)))


def noisy(levels: Levels, chance: Chance, deviation: float) -> Levels:
    """Add Gaussian noise to levels, unclipped."""
    return levels + chance.rng.normal(0, deviation, levels.shape).astype(np.float32)


def clipped(levels: npt.ArrayLike) -> RGB:
    """Round levels to bytes."""
    return np.clip(np.rint(levels), 0, 255).astype(np.uint8)


def _contrasted(levels: Levels, factor: float) -> Levels:
    middle = np.float32(levels.mean())
    return np.asarray(middle + (levels - middle) * np.float32(factor), np.float32)
