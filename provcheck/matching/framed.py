"""The part of a known frame that a query shows inside something else: a cropped picture in a post, between black bars.

The transform maps all of the query onto the reference, its frame too, and the frame agrees with nothing. What was
cropped is a rectangle along the sides of the reference. It is found as the rectangle in which windows agree and outside
of which they do not, and believed only where the query has a straight edge along each of its sides that the reference
has not: a picture ends there, which a moved crowd and shared letters do not.

The outlines of pictures on plain ground that a query has (`cutouts`) are tried as such parts, too: a picture may end in
a sky that agrees with nothing, or in rounded corners. What is a small part of the reference has to agree better, and
must not end in the reference as well: that is an inset which two pictures share.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import LEAST_VARIANCE, STEPS_PER_WINDOW, Look, blurred, local_correlation
from provcheck.matching.cutouts import Corners
from provcheck.matching.transforms import apply
from provcheck.matching.warping import Image, warp
from provcheck.records import Box, Gray, Matrix, Size

BLUR_PX: Final = 3.0
WINDOW_PX: Final = 32
STEP_PX: Final = WINDOW_PX // STEPS_PER_WINDOW
AGREES: Final = 0.7
DISAGREES: Final = 0.4
PRICE: Final = 1.5
"""What a disagreeing window costs a rectangle, in agreeing ones."""

LEAST_AREA: Final = 0.12
"""Of the reference."""

NEAR_PX: Final = 20
"""How far outside the agreeing windows the edge of the picture may lie; so near to the border no edge is asked for."""

PART_AGREEMENT: Final = 0.9
PART_OVERALL: Final = 0.82
PART_CONTRADICTING: Final = 0.02
"""Least median and mean local correlation, and most windows that contradict each other. With these and the bounds above
110 of 180 cropped tuning pictures in posts, on pages and between bars are proven (79 without), and of 124 pairs of
other shots of two landmarks none. Five of 674 other copies have a part, all of them crops in something else."""

SMALL: Final = 0.35
SMALL_AGREEMENT: Final = 0.98
SMALL_OVERALL: Final = 0.9
"""What a part that is less than the first of the reference needs."""

BOTH_STEP: Final = 6.0
BOTH_SHARE: Final = 0.6
BOTH_RATIO: Final = (2.0, 3.0)
MOST_SIDES: Final = (1, 0)
"""An edge of the reference along a side of a part: grey levels, the share of the side that has so many, how much more
there than a few pixels beside it; sides that may have one. First for a part, then for a small one. With more, both show
the part within something else: an inset, a card. With two sides or more 30 of 45 insets that two photographs share are
told, and one of 237 crops in frames is taken for one."""

EDGE_PX: Final = 4
"""How far from the side of a part an edge of the reference may lie and still be the same."""

BESIDE_PX: Final = (7, 17)
"""What is beside an edge, from and up to."""

BORDER_PX: Final = 10
"""So near to the border of the reference nothing is taken for an edge of its own."""

LEAST_STEP: Final = 2.0
"""Grey levels that plain surroundings are taken to have from row to row."""

EDGE_STEP: Final = 6.0
EDGE_SHARE: Final = 0.6
OWN_EDGE: Final = 0.7
"""Grey levels from one side of the edge to the other, share of the side along which there are so many, and how much of
them the reference must lack: letters that both pictures show end in both."""

MOST_SKEW: Final = 0.05
"""Of the longest side of the reference, by which the corners of an outline may miss those of an upright rectangle."""

MARGIN: Final = NEAR_PX // STEP_PX
OUTSIDE_AGREEING: Final = 0.15
"""Share of the windows outside of a rectangle that may agree; and, in cells, how far from it outside begins."""

COVERED: Final = 0.9
"""Share of a window, or of a row of the reference, that the query has to cover for anything to be said of it."""

MOST_SHARE: Final = 0.97
MOST_SHARE_OF_AGREEING: Final = 0.75
"""Of what the query's outline covers, and where most of that agrees: then the rest is rather a caption laid over it."""

MOST_OUTLINED: Final = 0.93
"""The same for an outline: of 757 pictures under large letters and others three had one that is nearly the whole query,
and were then held to what a part needs."""

Floats = npt.NDArray[np.float32]


def visible_part(query: Gray, reference: Gray, matrix: Matrix, *, most_share: float = MOST_SHARE) -> Box | None:
    """Find the rectangle of a reference that the aligned query shows within a frame of its own.

    Parameters
    ----------
    most_share : float
        Of what the outline of the query covers: a rectangle that is more than this is no part.

    Returns
    -------
    Box or None
        In pixels of `reference`; None where there is no such rectangle, or it is all that both share.
    """
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    cells = _cells(warped, reference, inside)
    top, left, bottom, right = _best_rectangle(cells)
    if bottom <= top or right <= left or _agreeing_outside(cells, (left, top, right, bottom)) > OUTSIDE_AGREEING:
        return None
    start = STEP_PX // 2
    box = (left * STEP_PX + start, top * STEP_PX + start, (right - 1) * STEP_PX + start, (bottom - 1) * STEP_PX + start)
    part = _bounded(warped, reference.astype(np.float32), inside, box)
    if part is None:
        return None
    area = (part[2] - part[0]) * (part[3] - part[1])
    return part if LEAST_AREA * reference.size <= area <= most_share * float(inside.sum()) else None


def outlined_parts(outlines: Sequence[Corners], matrix: Matrix, size: Size, shared: float) -> Iterator[Box]:
    """Yield what pictures inside a query show of a reference, as upright rectangles of the reference.

    Parameters
    ----------
    outlines : sequence of (4, 2) float64 arrays
        In pixels of the query, see `provcheck.matching.cutouts`.
    matrix : (3, 3) float64 array
        Query to reference.
    size : (width, height)
        Of the reference.
    shared : float
        What of the reference the query's own outline covers, a share of it; what is nearly all of that is no part.
    """
    whole = size[0] * size[1]
    for outline in outlines:
        corners = apply(matrix, outline)
        xs, ys = np.sort(corners[:, 0]), np.sort(corners[:, 1])
        if max(xs[1] - xs[0], xs[3] - xs[2], ys[1] - ys[0], ys[3] - ys[2]) > MOST_SKEW * max(size):
            continue
        left, top = max(0, round(float(xs[:2].mean()))), max(0, round(float(ys[:2].mean())))
        right, bottom = min(size[0], round(float(xs[2:].mean()))), min(size[1], round(float(ys[2:].mean())))
        if right > left and LEAST_AREA * whole <= (right - left) * (bottom - top) <= MOST_OUTLINED * shared * whole:
            yield left, top, right, bottom


def agrees_as_part(seen: Look, reference: Gray, part: Box) -> bool:
    """Whether a look at such a part agrees all over: the rectangle was chosen to agree, so more is asked of it."""
    small = (part[2] - part[0]) * (part[3] - part[1]) < SMALL * reference.size
    median, overall = (SMALL_AGREEMENT, SMALL_OVERALL) if small else (PART_AGREEMENT, PART_OVERALL)
    agrees = seen.median >= median and seen.overall >= overall and seen.contradicting <= PART_CONTRADICTING
    return agrees and _own_edges(reference, part, BOTH_RATIO[small]) <= MOST_SIDES[small]


def _own_edges(reference: Gray, part: Box, ratio: float) -> int:
    """Count the sides of a rectangle along which the reference has an edge itself."""
    known = reference.astype(np.float32)
    left, top, right, bottom = part
    rows, columns = slice(top, bottom), slice(left, right)
    sides = (known, top, columns), (known, bottom, columns), (known.T, left, rows), (known.T, right, rows)
    return sum(_has_edge(*side, ratio) for side in sides)


def _has_edge(known: Image, at: int, across: slice, ratio: float) -> bool:
    if not BORDER_PX < at < len(known) - BORDER_PX:
        return False
    steps = {
        row: np.abs(_steps(known, row, across))
        for row in range(at - BESIDE_PX[1], at + BESIDE_PX[1] + 1)
        if 2 <= row < len(known) - 2
    }
    best = max((row for row in steps if abs(row - at) <= EDGE_PX), key=lambda row: (steps[row] > BOTH_STEP).mean())
    beside = [steps[row].mean() for row in steps if BESIDE_PX[0] <= abs(row - best) < BESIDE_PX[1]]
    usual = max(LEAST_STEP, float(np.median(beside))) if beside else LEAST_STEP
    return bool((steps[best] > BOTH_STEP).mean() >= BOTH_SHARE and steps[best].mean() >= ratio * usual)


def _cells(warped: Image, reference: Gray, inside: Image) -> Floats:
    """1 where windows agree, negative where they do not, 0 where nothing can be seen."""
    here, known = blurred(warped, reference, BLUR_PX)
    grid = np.s_[STEP_PX // 2 :: STEP_PX, STEP_PX // 2 :: STEP_PX]
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, WINDOW_PX, at=grid)
    shown = (covered > COVERED) & (np.maximum(of_query, of_known) > LEAST_VARIANCE)
    cells = np.where(correlation >= AGREES, 1.0, np.where(correlation < DISAGREES, -PRICE, 0.0))
    return np.asarray(np.where(shown, cells, 0.0), np.float32)


def _best_rectangle(cells: Floats) -> tuple[int, int, int, int]:
    """Top, left, bottom and right of the rectangle with the largest sum (Kadane's algorithm over all pairs of rows)."""
    rows = np.vstack([np.zeros((1, cells.shape[1]), np.float32), np.cumsum(cells, axis=0)])
    best, found = 0.0, (0, 0, 0, 0)
    for top in range(cells.shape[0]):
        sums = np.cumsum(rows[top + 1 :] - rows[top], axis=1)
        sums = np.hstack([np.zeros((len(sums), 1), np.float32), sums])
        lowest = np.minimum.accumulate(sums, axis=1)
        gain = sums - lowest
        at, right = np.unravel_index(int(gain.argmax()), gain.shape)
        if gain[at, right] > best:
            best = float(gain[at, right])
            left = int(np.flatnonzero(sums[at, : right + 1] == lowest[at, right])[-1])
            found = (top, left, top + 1 + int(at), int(right))
    return found


def _agreeing_outside(cells: Floats, box: Box) -> float:
    """Share of the windows outside of a rectangle of cells that agree: beside a caption many do, in a frame none."""
    left, top, right, bottom = box
    outside = cells.copy()
    outside[max(0, top - MARGIN) : bottom + MARGIN, max(0, left - MARGIN) : right + MARGIN] = 0
    shown = (outside != 0).sum()
    return float((outside > 0).sum() / shown) if shown else 0.0


def _bounded(warped: Image, known: Image, inside: Image, box: Box) -> Box | None:
    """Move the sides of a rectangle outwards to the edges of the picture; None where one has no edge."""
    left, top, right, bottom = box
    upright = (warped, known, inside)
    turned = (warped.T, known.T, inside.T)
    x0, x1 = _side(turned, left, -1, (top, bottom)), _side(turned, right, 1, (top, bottom))
    y0, y1 = _side(upright, top, -1, (left, right)), _side(upright, bottom, 1, (left, right))
    if x0 is None or y0 is None or x1 is None or y1 is None:
        return None
    return x0, y0, x1, y1


def _side(pictures: tuple[Image, Image, Image], at: int, outwards: int, between: tuple[int, int]) -> int | None:
    """Row of the edge near a row, or of the border of what is covered; None where there is neither.

    Parameters
    ----------
    pictures : the warped query, the reference, and where the query covers it
    at : the last row of windows that agree
    outwards : 1 when the edge is to be found below that row, -1 when above
    between : first and last column of the side
    """
    warped, known, inside = pictures
    across = slice(*between)
    if between[1] - between[0] < WINDOW_PX:
        return None
    rows = [row for row in range(at - NEAR_PX, at + NEAR_PX + 1) if (row - at) * outwards >= -4]
    covered = [row for row in rows if 0 <= row < len(warped) and inside[row, across].mean() > COVERED]
    if not covered:
        return None
    if at + outwards * NEAR_PX not in covered:
        return max(covered) + 1 if outwards > 0 else min(covered)
    rows = [row for row in covered if 2 <= row < len(warped) - 2]
    steps = {row: float((np.abs(_steps(warped, row, across)) > EDGE_STEP).mean()) for row in rows}
    best = max(steps, key=lambda row: steps[row], default=None)
    if best is None or steps[best] < EDGE_SHARE:
        return None
    own, theirs = _steps(warped, best, across), _steps(known, best, across)
    return best if np.abs(own - theirs).mean() > OWN_EDGE * np.abs(own).mean() else None


def _steps(picture: Image, row: int, across: slice) -> Floats:
    return np.asarray(picture[row + 1, across] - picture[row - 2, across])
