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
from itertools import islice
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.comparing.describing import Aligned
from provcheck.fingerprints.local import REFERENCE_SIDE, scaled
from provcheck.matching.transforms import rescaling
from provcheck.matching.warping import warp
from provcheck.media import pictures
from provcheck.records import RGB, Box, Edit, Matrix, Picture, ReleaseImage, Size

Image = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

BLUR_PX: Final = 1.5
"""This and the other lengths are pixels of pictures whose longest side is `REFERENCE_SIDE`."""

SLACK_PX: Final = 5
"""Side of the neighbourhood whose range a pixel may take: alignment and resampling are right to a pixel or two."""

BORDER_PX: Final = 8
"""What lies so near the edge of the overlap is not judged: the blur reaches there."""

LEAST_AGREEMENT: Final = 0.95
"""Local correlation; a photograph of a screen agrees less, and differs in its light everywhere. The pairs of the note
above agreed at 0.99 or more."""

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


def find_regions(a: ReleaseImage, b: ReleaseImage, aligned: Aligned) -> list[Box] | None:
    """Return the boxes in A in which B differs; None where this look cannot tell: animations, pictures of screens."""
    if aligned.match.agreement < LEAST_AGREEMENT:
        return None
    stills = [list(islice(pictures(Path(image.file)), 2)) for image in (a, b)]
    if any(len(of) != 1 for of in stills):
        return None
    recoloured = any(alteration.kind is Edit.RECOLOURED for alteration in aligned.match.alterations)
    return differing_boxes(stills[0][0], stills[1][0], aligned.matrix, colours=not recoloured)


def differing_boxes(a: Picture, b: Picture, matrix: Matrix, *, colours: bool) -> list[Box]:
    """Find the regions in which two aligned pictures differ, the largest first.

    Parameters
    ----------
    matrix : (3, 3) float64 array
        B to A, in pixels of the originals.
    colours : bool
        Whether the chroma is compared, too; after a change of all colours it says nothing about regions.

    Returns
    -------
    list of Box
        In pixels of A.
    """
    channels_a, channels_b = _channels(a.pixels), _channels(b.pixels)
    size = _size(channels_a[0])
    to_small = rescaling(a.size, size) @ matrix @ rescaling(_size(channels_b[0]), b.size)
    least = LEAST_LEVELS if colours else (LEAST_LEVELS_RECOLOURED,)
    differs = np.zeros(channels_a[0].shape, np.bool_)
    for one, other, levels in zip(channels_a, channels_b, least, strict=False):
        warped, inside = warp(other, to_small, size)
        differs |= differing(one.astype(np.float32), warped, inside > 0, levels)
    scale = a.size[0] / size[0], a.size[1] / size[1]
    return [_enlarged(box, scale) for box in _boxes(differs, float((inside > 0).sum()))]


def differing(a: Image, b: Image, inside: Mask, levels: float) -> Mask:
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


def _channels(pixels: RGB) -> list[npt.NDArray[np.uint8]]:
    small = cv2.cvtColor(scaled(pixels, REFERENCE_SIDE), cv2.COLOR_RGB2YCrCb)
    return [np.ascontiguousarray(small[..., at], np.uint8) for at in range(3)]


def _blurred(channel: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(channel, (0, 0), BLUR_PX), np.float32)


def _toned_as(a: Image, b: Image, seen: Mask) -> Image:
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


def _outside(one: Image, other: Image) -> Image:
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


def _size(pixels: npt.NDArray[np.uint8]) -> Size:
    return int(pixels.shape[1]), int(pixels.shape[0])
