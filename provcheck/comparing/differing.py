"""Where two aligned versions of one picture differ: a second look, for what correlation overlooks.

Matching names the regions in which the *texture* of the two disagrees. Two versions may also differ where one or both
show none: a face behind a blur, a flat patch on a sky, a red roof made green. So brightness and colour are compared,
too: what A should look like in B is learnt from all pixels (B's median for every level of A, which is right after any
change of tone), and a pixel differs when it lies outside of what its neighbours in the other picture show.

The thresholds were set on 191 edited pairs of the photographs that README names under "What set the thresholds"
(`tests/benchmarks/compare.py`). The largest region was at most 0.3 % of the overlap in pairs without an edited region,
and at least 2 % in those with one.
"""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np

from provcheck.comparing.laying import Channel, LaidOver, Mask
from provcheck.records import Box

BLUR_PX: Final = 1.5
"""This and the other lengths are pixels of pictures whose longest side is `REFERENCE_SIDE`."""

SLACK_PX: Final = 5
"""Side of the neighbourhood whose range a pixel may take: alignment and resampling are right to a pixel or two."""

BORDER_PX: Final = 8
"""What lies so near the edge of the overlap is not judged: the blur reaches there."""

LEAST_LEVELS: Final = (10.0, 8.0, 8.0)
"""Levels of luminance and of the two chroma channels by which a pixel differs."""

LEAST_LEVELS_RECOLOURED: Final = 24.0
"""Levels of luminance after a change of all colours: where a channel is cut off, luminance is no function of the one
before."""

LEAST_AREA: Final = 0.002
"""Of the overlap."""

MOST_AREA: Final = 0.6
"""When more than this differs, it is another light or another colour, and no region is singled out."""

MOST_REGIONS: Final = 8
JOINED_PX: Final = 9
FEWEST_PIXELS: Final = 20
"""Of one level, for its median to be believed."""


def differing_boxes(laid: LaidOver, *, colours: bool) -> list[Box]:
    """Find the regions in which two aligned pictures differ, the largest first.

    Parameters
    ----------
    colours : bool
        Whether the chroma is compared, too; after a change of all colours it says nothing about regions.

    Returns
    -------
    list of Box
        In pixels of A.
    """
    least = LEAST_LEVELS if colours else (LEAST_LEVELS_RECOLOURED,)
    differs = np.zeros(laid.inside.shape, np.bool_)
    for one, other, levels in zip(laid.a, laid.b, least, strict=False):
        differs |= differing(one, other, laid.inside, levels)
    return [_enlarged(box, laid.scale) for box in _boxes(differs, float(laid.inside.sum()))]


def differing(a: Channel, b: Channel, inside: Mask, levels: float) -> Mask:
    """Return which pixels of one channel differ.

    Parameters
    ----------
    a, b : (height, width) float32 array
        Aligned.
    inside : (height, width) bool array
        Where `b` shows anything.
    levels : float
        By how much a pixel has to lie outside of the range of its neighbourhood.
    """
    if not inside.any():
        return np.zeros(a.shape, np.bool_)
    b = np.where(inside, b, _toned_as(a, b, inside))
    blurred_a, blurred_b = (_blurred(one) for one in (a, b))
    expected = _toned_as(blurred_a, blurred_b, inside)
    away = np.maximum(_outside(blurred_b, expected), _outside(expected, blurred_b))
    border = cv2.getStructuringElement(cv2.MORPH_RECT, (2 * BORDER_PX + 1, 2 * BORDER_PX + 1))
    seen = cv2.erode(inside.astype(np.uint8), border)
    found = ((away > levels) & (seen > 0)).astype(np.uint8)
    return cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0


def _blurred(channel: Channel) -> Channel:
    return np.asarray(cv2.GaussianBlur(channel, (0, 0), BLUR_PX), np.float32)


def _toned_as(a: Channel, b: Channel, seen: Mask) -> Channel:
    """Give A the tones of B: the median of B for each level of A; rare levels keep their distance to the last known."""
    levels = np.clip(np.rint(a[seen]), 0, 255).astype(np.int64)
    counts = np.bincount(levels, minlength=256)
    values = np.split(b[seen][np.argsort(levels, kind="stable")], np.cumsum(counts)[:-1])
    known = [level for level in range(256) if counts[level] >= FEWEST_PIXELS]
    if not known:
        return a
    medians = [float(np.median(values[level])) for level in known]
    beyond = a - np.clip(a, known[0], known[-1])
    return np.asarray(np.interp(a, known, medians) + beyond, np.float32)


def _outside(one: Channel, other: Channel) -> Channel:
    """By how much each pixel lies above or below all that the other picture shows around it."""
    around = np.ones((SLACK_PX, SLACK_PX), np.uint8)
    above, below = one - cv2.dilate(other, around), cv2.erode(other, around) - one
    return np.asarray(np.maximum(0, np.maximum(above, below)), np.float32)


def _boxes(mask: Mask, overlap: float) -> Iterator[Box]:
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((JOINED_PX, JOINED_PX), np.uint8))
    if joined.sum() > MOST_AREA * overlap:
        return
    _, _, regions, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, width, height, area in sorted(regions[1:].tolist(), key=lambda region: -region[4])[:MOST_REGIONS]:
        if area >= LEAST_AREA * overlap:
            yield left, top, left + width, top + height


def _enlarged(box: Box, scale: tuple[float, float]) -> Box:
    left, top, right, bottom = (round(edge * scale[at % 2]) for at, edge in enumerate(box))
    return left, top, right, bottom
