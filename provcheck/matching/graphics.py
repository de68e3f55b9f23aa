"""Whether two pictures share a graphic that was laid over them, large letters or an emblem, and nothing else.

Windows along the edges of letters correlate, whatever is between the letters, so that two pictures under the same
words agree nearly everywhere. What such a graphic is made of are areas of one colour. Areas that have one colour in
both pictures are taken away together with their edges, and what is left has to agree by itself: beside the letters two
other pictures have nothing in common, a copy has everything. A page of which nothing is left says nothing.

Measured on pairs of photographs of which no number here knows, under twelve kinds of graphic that cover 0.3 to 0.75 of
both (the same headline card, channel frame, meme letters, emblem, flag and so on); of 384 such pairs 113 were called
the same picture, 54 of them as a whole and without sharing a photograph.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import (
    CORRELATED,
    FINE_SCALES,
    SCALES,
    STEPS_PER_WINDOW,
    blurred,
    laid_over,
    local_correlation,
)
from provcheck.matching.surroundings import picture_mask
from provcheck.matching.warping import Image
from provcheck.records import Box, Gray, Matrix

FLAT_RANGE: Final = 14
"""Grey levels from the darkest to the brightest of nine pixels, from which on they are not flat: compression leaves
less of one colour."""

LEVELS_PER_BIN: Final = 4
OF_ONE_COLOUR: Final = 0.6
LEAST_PX: Final = 40
"""A flat area has one colour when so much of it, and so many pixels, are of its most frequent grey levels (three bins)
in both pictures. A sky has a slow gradient, an emblem has none."""

EDGE_PX: Final = 6
"""How far around it an area is seen in blurred pictures; the rims of letters, too."""

LEAST_GRAPHIC: Final = 0.1
BESIDE_AGREEMENT: Final = 0.5
BESIDE_AGREEING: Final = 0.3
"""Share of the overlap that has one colour; median local correlation beside it, and share of windows above
`CORRELATED`, below which nothing is shared but the graphic. 47 of the 54 pairs are told, and 5 pairs of a chessboard
before two cameras (OpenCV's), with a median between 0.45 and 0.6 and a share between 0.25 and 0.3 alike. None of 1,500
copies is told, half of them of the development set, seed 11, and hard edits of tuning pictures; the least had a median
of 0.45 with a share of 0.34."""

FEWEST_WINDOWS: Final = 4
COVERED: Final = 0.3
SHOWN_VARIANCE: Final = 9.0
"""Independent windows that a scale needs to count; how much of a window has to lie beside the graphic, and the squared
grey levels that it needs in both pictures."""

PART_BESIDE: Final = 0.3
PART_PICTURE: Final = 0.2
"""Share of a part beside areas of one colour, and share that is picture (`surroundings`) in both, below which it is a
card or a flag. Of 60 such parts that two pictures shared all but an emblem and a flag (0.29 and 0.29, 0.35 and 0.16)
were below; of 99 parts that copies show the nearest had 0.17 and 0.22, 0.37 and 0.20."""

DRAWN: Final = 0.005
"""Share of a picture that is picture (`surroundings`) beside areas of one colour, below which it is drawn all over.
Twelve rendered pages, cards, forms and chats had at most 0.003; of 203 references under a graphic six had so little,
and the next 0.008."""

Mask = npt.NDArray[np.bool_]


def shares_graphic_only(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> bool:
    """Whether an aligned pair disagrees beside the areas that have one colour in both.

    1. Take away what has one colour in both pictures, and its edges.
    2. Correlate what is left in windows at the fine scales.
    3. Hardly any of them may agree, and there must be some.
    4. A page says nothing: letters laid over one, and another page around one, are not told from another picture.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    graphic = _one_coloured(warped, reference, inside)
    if graphic.sum() < LEAST_GRAPHIC * max(1.0, float(inside.sum())):
        return False
    beside = np.where(_with_edges(graphic), np.float32(0), inside)
    seen = [_correlations(warped, reference, beside, *scale) for scale in SCALES[:FINE_SCALES]]
    seen = [each for each in seen if len(each) >= FEWEST_WINDOWS * STEPS_PER_WINDOW**2]
    agrees = any(np.median(each) >= BESIDE_AGREEMENT or (each > CORRELATED).mean() >= BESIDE_AGREEING for each in seen)
    return bool(seen) and not agrees and not (_is_drawn(reference) or _is_drawn(query))


def is_graphic(query: Gray, reference: Gray, matrix: Matrix, part: Box) -> bool:
    """Whether a part that two pictures share is a card or a flag, of one colour but for its letters, and no page."""
    warped, inside = laid_over(query, reference, matrix, part)
    shown = inside > 0
    beside = shown & ~_with_edges(_one_coloured(warped, reference, inside))
    pictured = picture_mask(reference) & picture_mask(np.clip(warped, 0, 255).astype(np.uint8))
    plain = beside.sum() < PART_BESIDE * shown.sum() and pictured[shown].sum() < PART_PICTURE * shown.sum()
    return bool(plain) and not _is_drawn(reference)


def _is_drawn(picture: Gray) -> bool:
    """Whether all of a picture is a graphic: a page, a form, a slide."""
    graphic = _one_coloured(picture.astype(np.float32), picture, np.ones(picture.shape, np.float32))
    return bool((picture_mask(picture) & ~_with_edges(graphic)).mean() < DRAWN)


def _one_coloured(warped: Image, reference: Gray, inside: Image) -> Mask:
    """Mask of the flat areas that have one colour in both pictures, without their edges."""
    pictures = np.clip(warped, 0, 255).astype(np.uint8), reference
    flat = np.logical_and.reduce([inside > 0, *(_flat(one) for one in pictures)])
    opened = cv2.morphologyEx(flat.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, sizes, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    areas = labels[labels > 0].astype(np.int64)
    usual = np.logical_and.reduce([_is_usual(one[labels > 0], areas, count) for one in pictures])
    kept = np.bincount(areas[usual], minlength=count)
    of_one = (kept >= LEAST_PX) & (kept >= OF_ONE_COLOUR * sizes[:, cv2.CC_STAT_AREA])
    found = np.zeros(reference.shape, np.bool_)
    found[labels > 0] = usual & of_one[areas]
    return found


def _flat(picture: Gray) -> Mask:
    near = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(picture, near) - cv2.erode(picture, near) < FLAT_RANGE)


def _is_usual(levels: npt.NDArray[np.uint8], areas: npt.NDArray[np.int64], count: int) -> Mask:
    """Whether each pixel of numbered areas has the most frequent grey level of its area, or one beside it."""
    per_area = 256 // LEVELS_PER_BIN
    bins = levels.astype(np.int64) // LEVELS_PER_BIN
    histogram = np.bincount(areas * per_area + bins, minlength=count * per_area).reshape(count, per_area)
    padded = np.pad(histogram, ((0, 0), (1, 1)))
    usual = (padded[:, :-2] + histogram + padded[:, 2:]).argmax(axis=1)
    return np.asarray(np.abs(bins - usual[areas]) <= 1)


def _with_edges(mask: Mask) -> Mask:
    side = 2 * EDGE_PX + 1
    disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disk) > 0)


def _correlations(warped: Image, reference: Gray, beside: Image, blur_px: float, window_px: int) -> Image:
    """Local correlation, (N,), of the windows that show something beside the graphic in both pictures."""
    here, known = blurred(warped, reference, blur_px)
    step = window_px // STEPS_PER_WINDOW
    grid = np.s_[step // 2 :: step, step // 2 :: step]
    correlation, of_query, of_known, covered = local_correlation(here, known, beside, window_px, at=grid)
    return correlation[(covered > COVERED) & (np.minimum(of_query, of_known) > SHOWN_VARIANCE)]
