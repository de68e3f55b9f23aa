"""Whether a thing that both pictures show has moved: another moment of a resting camera, not an edited copy.

What is laid over a copy hides something and brings something new. What has moved is in both, elsewhere: a piece of the
reference that is not in place is found in the query, at a place where the reference has nothing of the kind, with the
same contrast and brightness, and so are its neighbours with the same displacement.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import local_correlation
from provcheck.matching.warping import Image, warp
from provcheck.records import Gray, Matrix

BLOCK_PX: Final = 24
STEP_PX: Final = 8
REACH_PX: Final = 64
SMOOTHING_PX: Final = 1.5
IN_PLACE_PX: Final = 2
"""A block found so near is in place."""

OUT_OF_PLACE: Final = 0.5
FOUND: Final = 0.93
"""Local correlation: below the first a block is not in place, from the second on it is found."""

SHOWN_VARIANCE: Final = 64.0
CORNERED: Final = 0.15
"""Least ratio of the structure tensor's eigenvalues: along a straight edge every place looks the same."""

MOST_BRIGHTER: Final = 25.0
LEAST_CONTRAST: Final = 0.7
"""Grey levels and ratio by which a moved block may differ once the light of the whole picture is allowed for."""

DRAWN_SHARE: Final = 0.03
"""Of a block: 17 of its 576 pixels, the least part of a letter by which a block of letters was found elsewhere."""

ALIKE_PX: Final = 2.5
NEIGHBOURS: Final = 2

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Window:
    """What there is around every pixel: mean and variance of the query and of the reference."""

    query: Image
    known: Image
    mean_query: Image
    mean_known: Image
    of_query: Image
    of_known: Image
    missing: Mask
    cornered: Mask


def moved_blocks(query: Gray, reference: Gray, matrix: Matrix, drawn: Mask | None = None) -> int:
    """Count blocks of a reference that the aligned query shows elsewhere, together with their neighbours.

    1. Blocks with corners that are not in place.
    2. Seek each of them in the query where the reference is missing too, at the same contrast and brightness.
    3. Keep those that at least two neighbours moved along with.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    drawn : (height, width) bool array or None
        Letters and flat graphics in pixels of the reference (`drawn`); blocks that show some are left out.
    """
    seen = _seen(query, reference, matrix, np.zeros(reference.shape, bool) if drawn is None else drawn)
    height, width = reference.shape
    half = BLOCK_PX // 2
    places = [
        (x, y)
        for y in range(half, height - half, STEP_PX)
        for x in range(half, width - half, STEP_PX)
        if seen.missing[y, x] and seen.cornered[y, x]
    ]
    found = [(x, y, *there) for x, y in places if (there := _elsewhere(seen, x, y)) is not None]
    return _together(np.array(found, np.float32).reshape(-1, 4))


def _seen(query: Gray, reference: Gray, matrix: Matrix, drawn: Mask) -> _Window:
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    here = _smooth(warped)
    known = _smooth(reference.astype(np.float32))
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, BLOCK_PX)
    in_place = correlation.copy()
    for shift in _shifts():
        shifted = np.roll(here, shift, axis=(0, 1))
        np.maximum(in_place, local_correlation(shifted, known, inside, BLOCK_PX)[0], out=in_place)
    shown = (covered > 0.98) & (np.maximum(of_query, of_known) > SHOWN_VARIANCE)
    gain, offset = _light(_mean(here), _mean(known), of_query, of_known, shown & (in_place > 0.9))
    return _Window(
        query=here,
        known=known,
        mean_query=_mean(here) - np.float32(offset),
        mean_known=_mean(known) * np.float32(gain),
        of_query=of_query,
        of_known=of_known * np.float32(gain * gain),
        missing=shown & (in_place < OUT_OF_PLACE) & (_mean(drawn.astype(np.float32)) < DRAWN_SHARE),
        cornered=(of_known > SHOWN_VARIANCE) & _has_corners(known),
    )


def _smooth(picture: Image) -> Image:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), SMOOTHING_PX), np.float32)


def _mean(picture: Image) -> Image:
    return np.asarray(cv2.boxFilter(picture, cv2.CV_32F, (BLOCK_PX, BLOCK_PX)), np.float32)


def _shifts() -> list[tuple[int, int]]:
    reach = range(-IN_PLACE_PX, IN_PLACE_PX + 1)
    return [(y, x) for y in reach for x in reach if 0 < abs(x) + abs(y) <= IN_PLACE_PX]


def _light(
    mean_query: Image, mean_known: Image, of_query: Image, of_known: Image, agreeing: Mask
) -> tuple[float, float]:
    """Gain and offset of the query's grey levels over the reference's, where both agree."""
    if not agreeing.any():
        return 1.0, 0.0
    gain = float(np.sqrt(np.median(of_query[agreeing] / np.maximum(of_known[agreeing], 1.0))))
    return gain, float(np.median(mean_query[agreeing] - gain * mean_known[agreeing]))


def _has_corners(picture: Image) -> Mask:
    along_x = np.asarray(cv2.Sobel(picture, cv2.CV_32F, 1, 0), np.float32)
    along_y = np.asarray(cv2.Sobel(picture, cv2.CV_32F, 0, 1), np.float32)
    xx, xy, yy = _mean(along_x * along_x), _mean(along_x * along_y), _mean(along_y * along_y)
    middle, spread = (xx + yy) / 2, np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    return np.asarray(middle - spread > CORNERED * (middle + spread))


def _elsewhere(seen: _Window, x: int, y: int) -> tuple[float, float] | None:
    """Displacement in x and y of the block of the reference around a place; None where the query has no such block."""
    half = BLOCK_PX // 2
    height, width = seen.known.shape
    top, bottom = max(0, y - half - REACH_PX), min(height, y + half + REACH_PX)
    left, right = max(0, x - half - REACH_PX), min(width, x + half + REACH_PX)
    block = seen.known[y - half : y + half, x - half : x + half]
    correlation = cv2.matchTemplate(seen.query[top:bottom, left:right], block, cv2.TM_CCOEFF_NORMED)
    centres = np.s_[top + half : top + half + correlation.shape[0], left + half : left + half + correlation.shape[1]]
    contrast = np.sqrt(seen.of_query[centres] / max(float(seen.of_known[y, x]), 1.0))
    alike = np.abs(seen.mean_query[centres] - seen.mean_known[y, x]) < MOST_BRIGHTER
    alike &= (contrast > LEAST_CONTRAST) & (contrast < 1 / LEAST_CONTRAST)
    _, best, _, (column, row) = cv2.minMaxLoc(np.where(seen.missing[centres] & alike, correlation, -1.0))
    return (left + half + column - x, top + half + row - y) if best >= FOUND else None


def _together(found: Floats) -> int:
    """Count the blocks (x, y, and displacement in x and y) that have neighbours with the same displacement."""
    near = (np.abs(found[:, None, :2] - found[None, :, :2]) <= 2 * STEP_PX).all(axis=2)
    alike = (np.abs(found[:, None, 2:] - found[None, :, 2:]) <= ALIKE_PX).all(axis=2)
    return int(((near & alike).sum(axis=1) > NEIGHBOURS).sum())
