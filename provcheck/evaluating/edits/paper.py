"""Edits that go over paper: print and scan, halftone."""

from functools import partial
from typing import Final

import cv2
import numpy as np

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.codecs import saved_as_jpeg
from provcheck.evaluating.edits.colours import clipped, noisy
from provcheck.evaluating.edits.edited import Edited
from provcheck.evaluating.edits.framing import resized
from provcheck.records import RGB

PAPER: Final = (236.0, 232.0, 222.0)
MARGIN: Final = 0.06
SPECKS: Final = 12
ENLARGED: Final = 2.0
SHOWN: Final = 0.3
"""A halftone is made at twice the size and looked at at three tenths of that: its dots melt, but not quite."""

ANGLES: Final = (0.26, 1.31, 0.79)
"""Radians; the screens of the colours are turned against each other as printers do."""


def print_and_scan(picture: RGB, chance: Chance, strength: float, *, colours: float) -> Edited:
    """Print it on paper and scan that; `strength` 1 is careful, 2 careless."""
    large = resized(picture, round(1.5 * picture.shape[1]), round(1.5 * picture.shape[0])).astype(np.float32)
    luma = large.mean(axis=2, keepdims=True)
    ink = 28 + 0.8 * (luma + (large - luma) * np.float32(colours))
    ink = noisy(np.asarray(ink, np.float32), chance, 4 * strength) + _dots(ink.shape[0], ink.shape[1], 10 * strength)
    margin = round(MARGIN * large.shape[1])
    page = np.empty((large.shape[0] + 2 * margin, large.shape[1] + 2 * margin, 3), np.float32)
    page[:] = PAPER
    page[margin:-margin, margin:-margin] = ink
    _dust(page, chance, round(SPECKS * strength))
    height, width = page.shape[:2]
    askew = chance.sign() * chance.between(0.4, 1.2) * strength
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), askew, 1)
    scanned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=PAPER)
    scan = clipped(cv2.GaussianBlur(scanned, (0, 0), 0.6 * strength))
    filled = large.shape[0] * large.shape[1] / (height * width)
    return Edited(saved_as_jpeg(resized(scan, round(width / 1.5), round(height / 1.5)), 80), filled=filled)


print_colour = partial(print_and_scan, colours=0.7)
print_grey = partial(print_and_scan, colours=0.0)


def _dots(height: int, width: int, depth: float) -> cv2.typing.MatLike:
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.asarray(depth * np.cos(1.9 * (columns + rows)) * np.cos(1.9 * (columns - rows)), np.float32)[..., None]


def _dust(page: cv2.typing.MatLike, chance: Chance, count: int) -> None:
    for _ in range(count):
        top, left = chance.below(page.shape[0]), chance.below(page.shape[1])
        page[top : top + 2, left : left + 2 + chance.below(25)] = chance.between(50, 240)


def halftone_mono(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Print it with one screen of black dots; `strength` is their distance, in pixels of twice the size."""
    large = _enlarged(picture)
    luma = np.asarray(cv2.cvtColor(large, cv2.COLOR_RGB2GRAY), np.float32)
    return Edited(_shown(np.repeat(_screened(luma, strength, ANGLES[-1])[..., None], 3, axis=2)))


def halftone_colour(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Print it with a screen of dots for each colour; `strength` is as for one."""
    large = _enlarged(picture)
    channels = [
        _screened(large[..., number].astype(np.float32), strength, angle) for number, angle in enumerate(ANGLES)
    ]
    return Edited(_shown(np.stack(channels, axis=-1)))


def _enlarged(picture: RGB) -> RGB:
    return resized(picture, round(ENLARGED * picture.shape[1]), round(ENLARGED * picture.shape[0]))


def _shown(dots: RGB) -> RGB:
    return resized(dots, round(SHOWN * dots.shape[1]), round(SHOWN * dots.shape[0]))


def _screened(levels: cv2.typing.MatLike, distance: float, angle: float) -> RGB:
    rows, columns = np.mgrid[0 : levels.shape[0], 0 : levels.shape[1]].astype(np.float32)
    turned = (
        columns * np.cos(angle) + rows * np.sin(angle),
        rows * np.cos(angle) - columns * np.sin(angle),
    )
    wave = sum(np.cos(2 * np.pi / distance * axis) for axis in turned)
    threshold = 255 * (0.02 + 0.96 * (np.asarray(wave) + 2) / 4)
    return np.where(levels > threshold, 255, 0).astype(np.uint8)
