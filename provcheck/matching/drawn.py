"""Letters and flat graphics that are laid over one picture of an aligned pair, or over both otherwise.

A caption of other words is not a thing that moved, though its letters are found elsewhere. What is drawn has one grey
level and ends sharply: a connected piece of one level, around which hardly a pixel is nearly of it, which stands out
from its rim, and which lies where the pair differs. Clothes, cars and shadows fade into their surroundings.

Measured on two texts each over 84 photographs (memes, subtitles, bars), of which 54 pairs were called other shots or
moments, against 124 pairs that are: footage, landmarks, OpenCV's samples. Of 84 more photographs under letters of other
fonts (not looked at), 15 of the 22 that were refused are matches.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import blurred, laid_over, local_correlation
from provcheck.matching.surroundings import picture_mask
from provcheck.matching.warping import Image
from provcheck.records import Box, Gray, Matrix

BLUR_PX: Final = 1.5
WINDOW_PX: Final = 12
SHOWN_VARIANCE: Final = 64.0
DISAGREES: Final = 0.5
AGREES: Final = 0.9
FEWEST_AGREEING: Final = 200

LEVELS: Final = 4
"""Grey levels that are tried, the most frequent first: fill, outline, and the ground between letters."""

SAME_LEVEL: Final = 5
NEARLY_LEVEL: Final = 16
FEWEST_OF_LEVEL: Final = 40
LEAST_PIECE: Final = 12
"""Grey levels from the middle; pixels of the reference's 384-pixel picture."""

OF_ONE_LEVEL: Final = 0.7
"""Share of what is nearly of a piece's level that is of it: letters have 0.75 to 0.98, what moved 0.28 to 0.77."""

STANDS_OUT: Final = 100.0
"""Grey levels between a piece and its rim (median): letters have 120 to 250, what moved 10 to 50, white signs of a
building seen from two places 60 to 100."""

WITHIN_DIFFERENCE: Final = 0.5
"""Share of a piece that lies where the pair differs and that the other picture has in another level: the flat facets of
a thing seen from two places lie over themselves for the most part."""

FEWEST_PIECES: Final = 6
"""Of one level: one moved thing is a piece or two, letters and their outlines are many. With bounds of 60 grey levels,
0.6 and 4 pieces 6 of 124 moved or displaced pairs of moments and other shots counted as copies; with these none."""

PICTURE_AROUND: Final = 0.1
"""Share of what agrees that is picture (`surroundings`): letters and markers on a map or a page are what it says, not
laid over it. Rendered maps have at most 0.08, forms and articles 0.04; of 156 photographs under letters 8 have less."""

RIM_PX: Final = (3, 7)
REACH_PX: Final = 5

Mask = npt.NDArray[np.bool_]


def drawn_over(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> Mask:
    """Find letters and flat graphics of either picture of an aligned pair that the other does not have there.

    1. Find where the pair differs. What agrees must be a photograph.
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
    known = reference.astype(np.float32)
    blurred_pair = blurred(warped, reference, BLUR_PX)
    correlation, of_query, of_known, covered = local_correlation(*blurred_pair, inside, WINDOW_PX)
    seen = np.asarray(covered > 0.9)
    shown = seen & (np.maximum(of_query, of_known) > SHOWN_VARIANCE)
    differs = _wider(np.asarray(shown & (correlation < DISAGREES)), WINDOW_PX + 1)
    agrees = shown & (correlation > AGREES)
    around = picture_mask(reference)[seen & ~differs]
    if agrees.sum() < FEWEST_AGREEING or around.sum() <= PICTURE_AROUND * around.size:
        return np.zeros(reference.shape, bool)
    gain = float(np.sqrt(np.median(of_query[agrees] / np.maximum(of_known[agrees], 1))))
    offset = float(np.median(warped[agrees] - gain * known[agrees]))
    return _drawn(warped, gain * known + offset, differs) | _drawn(known, (warped - offset) / gain, differs)


def _drawn(picture: Image, other: Image, differs: Mask) -> Mask:
    found = np.zeros(picture.shape, bool)
    for level in _levels(picture, differs):
        pieces = _pieces(picture, level, differs & (np.abs(other - level) > NEARLY_LEVEL))
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
    """Find connected pieces of a level that are drawn, each in its box with some margin."""
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
