"""Whether things came and others went: another moment of a resting camera whose people and cars have walked too far.

What is laid over a copy brings something and takes nothing away but what it hides. Of two moments each shows things
where the other shows the ground that lies around them too, in both directions. So pieces that differ are sorted: a
thing *went* where the reference has more edges than the query and the query is as bright there as around it, and it
*came* where it is the other way round. Something erased from a copy went, too, but nothing came.
"""

from dataclasses import dataclass
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
DISAGREES: Final = 0.4
AGREES: Final = 0.9
FEWEST_AGREEING: Final = 200
LEAST_PIECE: Final = 60
"""Pixels of the reference's 384-pixel picture."""

LEAST_DIFFERENCE: Final = 12.0
LIKE_AROUND: Final = 12.0
UNLIKE_AROUND: Final = 10.0
MOST_AROUND: Final = 8.0
"""Grey levels: in a piece, on average; the ground in it less that around it, at most; how much more the thing differs
from what is around it; and how much the pictures may differ around the piece (median)."""

MORE_EDGES: Final = 1.5
MARGIN_PX: Final = 3
RING_PX: Final = 9
FEWEST_AROUND: Final = 40

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """A query and a reference at one place and in one light."""

    query: Image
    known: Image
    seen: Mask
    differs: Mask


def went_and_came(
    query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None, drawn: Mask | None = None
) -> tuple[int, int]:
    """Count things of a reference that an aligned query shows the ground of, and things the other way round.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.
    drawn : (height, width) bool array or None
        Letters and flat graphics in pixels of the reference (`drawn`); pieces that show some are left out.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    sides = _sides(warped, reference, inside)
    if sides is None:
        return 0, 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(sides.differs.astype(np.uint8))
    pieces = [labels == number for number in range(1, count) if stats[number, cv2.CC_STAT_AREA] >= LEAST_PIECE]
    if drawn is not None:
        pieces = [piece for piece in pieces if not drawn[piece].any()]
    edges = _edges(sides.query), _edges(sides.known)
    sorted_ = [_sort(sides, edges, np.asarray(piece)) for piece in pieces]
    return sorted_.count(-1), sorted_.count(1)


def _sides(warped: Image, reference: Gray, inside: Image) -> _Sides | None:
    """Bring both into the light of the query; None where too little agrees to know it."""
    here, known = blurred(warped, reference, BLUR_PX)
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, WINDOW_PX)
    seen = covered > 0.95
    agrees = seen & (correlation > AGREES)
    if agrees.sum() < FEWEST_AGREEING:
        return None
    gain = np.float32(np.sqrt(np.median(of_query[agrees] / np.maximum(of_known[agrees], 1))))
    known = gain * known + np.float32(np.median((here - gain * known)[agrees]))
    shown = seen & (np.maximum(of_query, of_known) > SHOWN_VARIANCE)
    differs = shown & (correlation < DISAGREES) & (np.abs(here - known) > LEAST_DIFFERENCE)
    joined = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    return _Sides(here, np.asarray(known, np.float32), seen, np.asarray(joined > 0))


def _edges(picture: Image) -> Image:
    return np.asarray(np.hypot(cv2.Sobel(picture, cv2.CV_32F, 1, 0), cv2.Sobel(picture, cv2.CV_32F, 0, 1)), np.float32)


def _sort(sides: _Sides, edges: tuple[Image, Image], piece: Mask) -> int:
    """Return -1 for a thing that went, 1 for one that came, 0 for what is neither."""
    around = _wider(piece, RING_PX) & ~_wider(piece, MARGIN_PX) & sides.seen & ~sides.differs
    if around.sum() < FEWEST_AROUND or np.median(np.abs(sides.query - sides.known)[around]) > MOST_AROUND:
        return 0
    outlined = _wider(piece, MARGIN_PX - 1)
    of_query, of_known = (float(each[outlined].mean()) for each in edges)
    query, known = (abs(float(np.median(one[piece]) - np.median(one[around]))) for one in (sides.query, sides.known))
    if of_known > MORE_EDGES * of_query and query < LIKE_AROUND and known > query + UNLIKE_AROUND:
        return -1
    return int(of_query > MORE_EDGES * of_known and known < LIKE_AROUND and query > known + UNLIKE_AROUND)


def _wider(mask: Mask, pixels: int) -> Mask:
    side = 2 * pixels + 1
    return np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)
