"""Whether two pictures share a page, an app or a poster, and show another picture in it.

Two screenshots of one program agree in its menus, two posts in their letters, two covers in their frame. Such a pair
looks like a copy in which one region was changed, but the region is all that a person looks at. Two things together
tell it: in one piece of some size *both* show a picture and the two disagree, and hardly anything that agrees around it
is a picture. Picture is what still varies once strokes as thin as letters are taken away.

Measured on 576 rendered pairs (articles, posts, an editor, covers, each with two different photographs in it; 327 of
them were called the same picture before) and on 671 copies, half of them edited tuning pictures (see `relations`), half
of the development set, seed 11.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import blurred, laid_over, local_correlation
from provcheck.records import Box, Gray, Matrix

BLUR_PX: Final = 2.0
WINDOW_PX: Final = 20
SHOWN_VARIANCE: Final = 64.0
DISAGREES: Final = 0.4

OTHER_SHARE: Final = 0.02
"""Of what both pictures cover, in one piece. With this and the bounds below 312 of the 327 pairs are told and none of
671 copies."""

PICTURE_AROUND: Final = 0.15
"""Share of what agrees that is picture: at most 0.15 of those pairs (pages and covers at most 0.11), 0.19 and more of
13 copies that differ in a piece of 0.03."""

TIMES_THE_PIECE: Final = 6.0
"""How much more picture may agree than differ: at most 5.5 times as much in those pairs, 12 and 21 times in two copies
with little picture in them, planes in a white sky under emojis and snow under letters."""

PICTURE_WITHIN: Final = 0.2
"""Share of the piece that is picture, in either: 0.23 and more of those pairs."""

MARGIN_PX: Final = 6
STROKE_PX: Final = 7
VARIES_WITHIN_PX: Final = 5
VARIES: Final = 6
"""Pixels of the reference's 384-pixel picture; grey levels."""

Mask = npt.NDArray[np.bool_]


def shows_other_picture(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> bool:
    """Whether an aligned pair agrees in what is drawn only, and each shows a picture of its own.

    1. Find where both show something and disagree; the largest piece must have some size and be picture in both.
    2. Hardly anything of what agrees may be picture.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    here, known = blurred(warped, reference, BLUR_PX)
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, WINDOW_PX)
    seen = covered > 0.9
    disagrees = seen & (correlation < DISAGREES)
    both = disagrees & (np.minimum(of_query, of_known) > SHOWN_VARIANCE)
    piece = _largest_piece(both)
    if piece.sum() < OTHER_SHARE * seen.sum():
        return False
    either = disagrees & (np.maximum(of_query, of_known) > SHOWN_VARIANCE)
    agrees = seen & ~_around(either)
    is_picture = picture_mask(reference), picture_mask(np.clip(warped, 0, 255).astype(np.uint8))
    if min(_share(one, piece) for one in is_picture) < PICTURE_WITHIN:
        return False
    around, within_piece = (int((is_picture[0] & where).sum()) for where in (agrees, piece))
    return around <= min(PICTURE_AROUND * int(agrees.sum()), TIMES_THE_PIECE * within_piece)


def picture_mask(grey: Gray) -> Mask:
    """Find what varies once strokes are taken away, dark and light ones in either order.

    Parameters
    ----------
    grey : (height, width) uint8 array

    Returns
    -------
    (height, width) bool array
    """
    kernel = np.ones((STROKE_PX, STROKE_PX), np.uint8)
    orders = (cv2.MORPH_CLOSE, cv2.MORPH_OPEN), (cv2.MORPH_OPEN, cv2.MORPH_CLOSE)
    bare = [cv2.morphologyEx(cv2.morphologyEx(grey, first, kernel), then, kernel) for first, then in orders]
    return np.asarray(np.logical_and.reduce([_varies(np.asarray(one, np.uint8)) for one in bare]))


def _largest_piece(mask: Mask) -> Mask:
    """Return the largest piece of a mask, small gaps closed."""
    kernel = np.ones((WINDOW_PX // 2, WINDOW_PX // 2), np.uint8)
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, kernel)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    if count < 2:
        return np.zeros_like(mask)
    return np.asarray(labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()))


def _around(mask: Mask) -> Mask:
    """Return a mask with what it encloses and a margin."""
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((WINDOW_PX, WINDOW_PX), np.uint8))
    side = 2 * MARGIN_PX + 1
    return np.asarray(cv2.dilate(joined, np.ones((side, side), np.uint8)) > 0)


def _varies(grey: Gray) -> Mask:
    near = np.ones((VARIES_WITHIN_PX, VARIES_WITHIN_PX), np.uint8)
    return np.asarray(cv2.dilate(grey, near).astype(np.int32) - cv2.erode(grey, near) > VARIES)


def _share(mask: Mask, where: Mask) -> float:
    """Share of a region that a mask covers; 1 of an empty one, so that it proves nothing."""
    return float(mask[where].mean()) if where.any() else 1.0
