"""Letters and flat graphics that are laid over one picture of an aligned pair, or over both otherwise.

A caption of other words is not a thing that moved, though its letters are found elsewhere. What is drawn has one grey
level and ends sharply: a connected piece of one level, in which hardly a pixel is nearly of that level, which stands out
from its rim, and which lies where the pair differs. Clothes, cars and shadows fade into their surroundings.

Measured on letters and stickers of other words or places over 84 photographs (memes, subtitles, bars), against 73
pairs of moments of footage whose parts moved.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import blurred, laid_over, local_correlation
from provcheck.matching.warping import Image
from provcheck.records import Box, Gray, Matrix

BLUR_PX: Final = 1.5
WINDOW_PX: Final = 12
SHOWN_VARIANCE: Final = 64.0
DISAGREES: Final = 0.5

LEVELS: Final = 4
"""Grey levels that are tried, the most frequent first: fill, outline, and the ground between letters."""

SAME_LEVEL: Final = 5
NEARLY_LEVEL: Final = 16
FEWEST_OF_LEVEL: Final = 40
LEAST_PIECE: Final = 12
"""Grey levels from the middle; pixels of the reference's 384-pixel picture."""

OF_ONE_LEVEL: Final = 0.6
"""Share of what is nearly of a piece's level that is of it: letters have 0.75 to 0.98, what moved 0.28 to 0.77."""

STANDS_OUT: Final = 60.0
"""Grey levels between a piece and its rim (median): letters have 80 to 250, what moved 10 to 50."""

WITHIN_DIFFERENCE: Final = 0.6
"""Share of a piece that lies where the pair differs."""

FEWEST_PIECES: Final = 4
"""Of one level: one moved thing is a piece or two, letters and their outlines are many."""

RIM_PX: Final = (3, 7)
REACH_PX: Final = 5

Mask = npt.NDArray[np.bool_]


def drawn_over(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> Mask:
    """Find letters and flat graphics of either picture of an aligned pair that the other does not have there.

    1. Find where the pair differs.
    2. In each picture, keep pieces of the levels most frequent there that are of one level, stand out, and differ.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.

    Returns
    -------
    (height, width) bool array
        In pixels of `reference`.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    here, known = blurred(warped, reference, BLUR_PX)
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, WINDOW_PX)
    differs = (covered > 0.9) & (np.maximum(of_query, of_known) > SHOWN_VARIANCE) & (correlation < DISAGREES)
    differs = _wider(np.asarray(differs), WINDOW_PX + 1)
    return _drawn(warped, differs) | _drawn(reference.astype(np.float32), differs)


def _drawn(picture: Image, differs: Mask) -> Mask:
    found = np.zeros(picture.shape, bool)
    for level in _levels(picture, differs):
        pieces = _pieces(picture, level, differs)
        if len(pieces) >= FEWEST_PIECES:
            for at, piece in pieces:
                found[at] |= piece
    return found


def _levels(picture: Image, differs: Mask) -> list[int]:
    """Most frequent grey levels of what differs."""
    counts = np.bincount(np.clip(picture[differs], 0, 255).astype(np.int64), minlength=256)
    levels: list[int] = []
    while len(levels) < LEVELS:
        around = np.convolve(counts, np.ones(2 * SAME_LEVEL + 1, np.int64), mode="same")
        level = int(around.argmax())
        if around[level] < FEWEST_OF_LEVEL:
            break
        levels.append(level)
        counts[max(0, level - NEARLY_LEVEL) : level + NEARLY_LEVEL + 1] = 0
    return levels


def _pieces(picture: Image, level: int, differs: Mask) -> list[tuple[tuple[slice, slice], Mask]]:
    """Connected pieces of a level that are drawn, each in its box with some margin."""
    away = np.abs(picture - level)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((away <= SAME_LEVEL).astype(np.uint8))
    margin = max(RIM_PX)
    pieces = []
    for number in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[number])
        at = np.s_[max(0, top - margin) : top + height + margin, max(0, left - margin) : left + width + margin]
        if area >= LEAST_PIECE and _is_drawn(away[at], piece := np.asarray(labels[at] == number), differs[at]):
            pieces.append((at, piece))
    return pieces


def _is_drawn(away: Image, piece: Mask, differs: Mask) -> bool:
    if differs[piece].mean() < WITHIN_DIFFERENCE:
        return False
    nearly = (away <= NEARLY_LEVEL) & _wider(piece, REACH_PX)
    if piece.sum() < OF_ONE_LEVEL * nearly.sum():
        return False
    edge, beyond = RIM_PX
    rim = _wider(piece, beyond) & ~_wider(piece, edge)
    return bool(rim.any() and np.median(away[rim]) >= STANDS_OUT)


def _wider(mask: Mask, side: int) -> Mask:
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)
