"""Small grey pictures: resized, freed of black bars, and compared by the correlation of their detail."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.records import RGB, Box, Size

Grey = npt.NDArray[np.float32]

_DARKEST: Final = 40
"""Grey levels; JPEG leaves bars that are not quite black."""
_MOST_BAR: Final = 0.35
_FINE_PX: Final = 3.0
_BLUR_PX: Final = 0.8
_WINDOW: Final = (13, 13)
_DISAGREES: Final = 0.4
_TEXTURE: Final = 0.3
"""Correlation within a window, and its spread against that of the picture, from which on it counts."""


def small_grey(pixels: RGB, longest: int) -> Grey:
    """Return a picture in grey, at most so long."""
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)
    scale = min(1.0, longest / max(grey.shape))
    return resized(grey, (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))))


def resized(grey: Grey, size: Size) -> Grey:
    """Return a picture in another size."""
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.float32)


def blurred(grey: Grey) -> Grey:
    """Return a picture without the noise of its encoding."""
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _BLUR_PX), np.float32)


def box_of(grey: Grey) -> Box:
    """Return the box of the whole picture."""
    return 0, 0, int(grey.shape[1]), int(grey.shape[0])


def cut_out(grey: Grey, box: Box) -> Grey:
    """Return what is inside a box."""
    left, top, right, bottom = box
    return grey[top:bottom, left:right]


def without_bars(grey: Grey) -> Box:
    """Return the box between black bars of equal height or width; their blurred edge is left out with them."""
    top, bottom = _bars(grey.max(axis=1))
    left, right = _bars(grey.max(axis=0))
    height, width = grey.shape
    return left, top, width - right, height - bottom


def correlation(one: Grey, other: Grey) -> float:
    """Return the normalised correlation of two pictures of one size, -1 to 1."""
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float((one * other).sum()) / size if size > 0 else 0.0


def fine_correlation(one: Grey, other: Grey) -> float:
    """Return the correlation of what is left when light and shade are taken away."""
    one, other = blurred(one), blurred(other)
    return correlation(one - _coarse(one), other - _coarse(other))


def changed_share(one: Grey, other: Grey) -> float:
    """Return the share of the largest region in which two aligned pictures have nothing in common, 0 to 1."""
    one, other = blurred(one), blurred(other)
    mean, other_mean = _mean(one), _mean(other)
    spread = np.maximum(_mean(one * one) - mean * mean, 0)
    other_spread = np.maximum(_mean(other * other) - other_mean * other_mean, 0)
    common = _mean(one * other) - mean * other_mean
    agreement = common / np.sqrt(np.maximum(spread * other_spread, 1e-3))
    texture = np.maximum(np.sqrt(spread) / one.std(), np.sqrt(other_spread) / other.std())
    differs = ((agreement < _DISAGREES) & (texture > _TEXTURE)).astype(np.uint8)
    _, _, regions, _ = cv2.connectedComponentsWithStats(differs)
    return float(max((region[cv2.CC_STAT_AREA] for region in regions[1:]), default=0)) / one.size


def _bars(brightest: Grey) -> tuple[int, int]:
    dark = brightest < _DARKEST
    most = int(len(dark) * _MOST_BAR)
    first, last = int(np.argmin(dark[:most])), int(np.argmin(dark[::-1][:most]))
    return (first + 1, last + 1) if first and last and abs(first - last) <= 2 else (0, 0)


def _coarse(grey: Grey) -> Grey:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _FINE_PX), np.float32)


def _mean(grey: Grey) -> Grey:
    return np.asarray(cv2.blur(grey, _WINDOW), np.float32)
