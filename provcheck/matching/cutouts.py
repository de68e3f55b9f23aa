"""Where a picture may show another one whole: between bars, on a page, in a post, on a screen that was photographed.

Keypoints find a picture inside another wherever it is. But one that has few of its own (blur, fog, an empty road,
moire) drowns in those of the letters around it, and its whole-image code is that of the page. So what lies on plain or
dark ground is cut out and gets codes of its own. A cut-out only nominates: a wrong one costs time and proves nothing.
Small ones are also looked at closer for keypoints (`small_parts`), with what else they show.

- Ground is *plain* where one colour of the rim reaches inwards: bars, pages, screens of telephones. What lies on it is
  taken as an upright rectangle.
- Ground is *uneven* around a photographed screen: what a flood from the rim does not reach, and what is brighter than
  it, is taken as a quadrilateral.

Of 20 tuning pictures each (Debian's gcompris-qt-data and wallpapers) the code of a cut-out was within 84 bits of the
known picture's for 18 with a caption on bars, 17 and 15 between bars, 20, 18 and 18 on three kinds of screenshots, 20
printed and scanned ones, 18 and 10 photographed from a screen (mildly, strongly); that of the whole picture for 1, 1
and 1, none, 2, none.
"""

from collections.abc import Iterator
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.local import DETAIL_LOOK, QUERY_LOOKS, scaled
from provcheck.matching.transforms import rescaling
from provcheck.records import RGB, Box, Matrix

SIDE: Final = 256
"""Pixels of the longest side of the picture in which outlines are sought."""

CUT_SIDE: Final = 256
"""Pixels of either side of a cut-out: whole-image codes do not see proportions."""

CUT_FROM_SIDE: Final = 1024
"""Pixels of the longest side of the picture that cut-outs are taken from; more would not change their codes."""

MOST: Final = 9
LEAST_AREA: Final = 0.04
MOST_AREA: Final = 0.97
"""Of the picture."""

CLOSER_AREA: Final = 0.6
"""Of the picture, at most: of 100 photographs eleven have anything so small that could be an outline."""

CLOSER: Final = 1.3
"""How much larger a part is shown by a closer look, at least."""

ALREADY_SEEN: Final = 0.7
"""Share of a part that lies within one that is looked at closer."""

LEAST_SIDE: Final = 24
SAME_OUTLINE: Final = 0.02
"""Of the longest side, between the corners of two outlines."""

COLOURS: Final = 3
LIKE: Final = 6
"""Levels by which plain ground may differ from its colour: what compression does."""

COLOUR_STEP: Final = 8
LEAST_OF_RIM: Final = 0.08
LEAST_GROUND: Final = 0.03
FILLED: Final = 0.7
FILLED_LINE: Final = 0.5
"""Of the rectangle that is taken; of a row or column at its side."""

FLOOD: Final = 10
"""Levels by which uneven ground may differ from where a flood began."""

LEAST_FLOOD: Final = 0.02
MOST_OF_RIM: Final = (0.35, 0.2)
"""Share of the rim that what stands out from a flood, or is brighter, may touch: a screen ends within the picture."""

STRAIGHT: Final = 0.88
WHOLE: Final = 0.8
"""Of the convex hull of what stands out: the area of the quadrilateral, and of itself."""

OPENING: Final = np.ones((5, 5), np.uint8)
CLOSING: Final = np.ones((9, 9), np.uint8)

Mask = npt.NDArray[np.uint8]
Corners = npt.NDArray[np.float64]


def find_outlines(pixels: RGB) -> list[Corners]:
    """Find what may be the outlines of pictures inside a picture.

    Returns
    -------
    list of (4, 2) float64 array
        Outer corners in pixels, clockwise from the one nearest to the top left; at most `MOST`.
    """
    small = np.asarray(cv2.medianBlur(scaled(pixels, SIDE), 3), np.uint8)
    size = pixels.shape[1], pixels.shape[0]
    to_full = rescaling((small.shape[1], small.shape[0]), size)
    found: list[Corners] = []
    for corners in _outlines(small):
        outline = np.asarray(cv2.perspectiveTransform(corners[None], to_full)[0], np.float64)
        known = any(np.abs(outline - other).max() <= SAME_OUTLINE * max(size) for other in found)
        if not known and cv2.contourArea(outline.astype(np.float32)) <= MOST_AREA * size[0] * size[1]:
            found.append(outline)
    return found[:MOST]


def small_parts(outlines: list[Corners], shown: RGB, pixels: RGB) -> list[Box]:
    """Return the boxes of those outlines that are worth a closer look, the largest first.

    Parameters
    ----------
    outlines : list of (4, 2) float64 array
        In pixels of `shown`, as `find_outlines` returns them.
    pixels : (height, width, 3) uint8 array
        The same picture, as large as it is; the boxes are in its pixels.
    """
    height, width = pixels.shape[:2]
    scale = np.array([width / shown.shape[1], height / shown.shape[0]])
    found: list[Box] = []
    for outline in sorted(outlines, key=_area, reverse=True):
        corners = np.rint((outline + 0.5) * scale)
        left, top = np.maximum(corners.min(axis=0), 0).astype(int).tolist()
        right, bottom = np.minimum(corners.max(axis=0), [width, height]).astype(int).tolist()
        box = left, top, right, bottom
        length = max(right - left, bottom - top)
        is_small = (right - left) * (bottom - top) <= CLOSER_AREA * width * height
        enlarged = min(DETAIL_LOOK[0], length) / length >= CLOSER * QUERY_LOOKS[0][0] / max(width, height)
        if is_small and enlarged and all(_share_within(box, other) < ALREADY_SEEN for other in found):
            found.append(box)
    return found


def cut_out(pixels: RGB, outline: Corners) -> tuple[RGB, Matrix]:
    """Cut a quadrilateral out of a picture.

    Returns
    -------
    cut : (CUT_SIDE, CUT_SIDE, 3) uint8 array
    matrix : (3, 3) float64 array
        From pixels of the picture to those of `cut`.
    """
    low, high = -0.5, CUT_SIDE - 0.5
    square = np.array([[low, low], [high, low], [high, high], [low, high]], np.float32)
    matrix = np.asarray(cv2.getPerspectiveTransform(outline.astype(np.float32), square), np.float64)
    reduction = float(cv2.contourArea(outline.astype(np.float32))) ** 0.5 / CUT_SIDE
    source = cv2.GaussianBlur(pixels, (0, 0), 0.5 * reduction) if reduction > 1 else pixels
    cut = cv2.warpPerspective(source, matrix, (CUT_SIDE, CUT_SIDE), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8), matrix


def _area(outline: Corners) -> float:
    return cv2.contourArea(outline.astype(np.float32))


def _share_within(box: Box, other: Box) -> float:
    """Share of a box that lies within another."""
    width = max(0, min(box[2], other[2]) - max(box[0], other[0]))
    height = max(0, min(box[3], other[3]) - max(box[1], other[1]))
    return width * height / max(1, (box[2] - box[0]) * (box[3] - box[1]))


def _outlines(small: RGB) -> Iterator[Corners]:
    for mask in _on_plain_ground(small):
        for part in _parts(mask):
            yield from _rectangle(part)
    for mask in _on_uneven_ground(small):
        for part in _parts(mask):
            yield from _quadrilateral(part)


def _parts(mask: Mask) -> Iterator[Mask]:
    """Yield the largest connected parts, each as a mask of its own."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    areas = stats[1:, cv2.CC_STAT_AREA]
    for number in np.argsort(-areas, kind="stable")[:MOST]:
        if areas[number] >= LEAST_AREA * mask.size:
            yield (labels == number + 1).astype(np.uint8)


def _on_plain_ground(small: RGB) -> Iterator[Mask]:
    """Yield what is left when the plain ground of one colour of the rim after the other is taken away."""
    rim = _rim(small).astype(np.int32)
    left = np.ones(len(rim), np.bool_)
    ground = np.zeros(small.shape[:2], np.bool_)
    for _ in range(COLOURS):
        colour = _commonest(rim[left])
        near = left & (np.abs(rim - colour).max(axis=1) <= LIKE)
        if near.sum() < LEAST_OF_RIM * len(rim):
            return
        left &= ~near
        ground |= _reached(np.abs(small - colour).max(axis=2) <= LIKE)
        if ground.sum() >= LEAST_GROUND * ground.size:
            yield np.asarray(cv2.morphologyEx((~ground).astype(np.uint8), cv2.MORPH_OPEN, OPENING), np.uint8)


def _commonest(colours: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return the median of the commonest colour, black for none."""
    if not len(colours):
        return np.zeros(3, np.int32)
    coarse = (colours // COLOUR_STEP) @ np.array([1, 64, 4096])
    values, counts = np.unique(coarse, return_counts=True)
    return np.asarray(np.median(colours[coarse == values[counts.argmax()]], axis=0), np.int32)


def _reached(like: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return those parts of a mask that touch the rim."""
    count, labels = cv2.connectedComponents(like.astype(np.uint8), connectivity=4)
    touching = np.zeros(count, np.bool_)
    touching[_rim(labels)] = True
    touching[0] = False
    return np.asarray(touching[labels], np.bool_)


def _on_uneven_ground(small: RGB) -> Iterator[Mask]:
    standing_out = _not_flooded(small)
    if _rim(standing_out).mean() < MOST_OF_RIM[0]:
        yield np.asarray(cv2.morphologyEx(standing_out, cv2.MORPH_OPEN, OPENING), np.uint8)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 2)
    bright = np.asarray(cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1], np.uint8)
    if _rim(bright).mean() < MOST_OF_RIM[1]:
        yield np.asarray(cv2.morphologyEx(bright, cv2.MORPH_CLOSE, CLOSING), np.uint8)


def _not_flooded(small: RGB) -> Mask:
    """Flood from every eighth pixel of the rim; a flood that stays small was no ground."""
    height, width = small.shape[:2]
    flooded = np.zeros((height + 2, width + 2), np.uint8)
    starts = [(x, y) for x in range(0, width, 8) for y in (0, height - 1)]
    starts += [(x, y) for y in range(0, height, 8) for x in (0, width - 1)]
    flags = 4 | cv2.FLOODFILL_FIXED_RANGE | cv2.FLOODFILL_MASK_ONLY | (1 << 8)
    for x, y in starts:
        if not flooded[y + 1, x + 1]:
            tried = flooded.copy()
            area = cv2.floodFill(small, tried, (x, y), 0, (FLOOD,) * 3, (FLOOD,) * 3, flags)[0]
            flooded = tried if area >= LEAST_FLOOD * height * width else flooded
    return np.asarray(flooded[1:-1, 1:-1] == 0, np.uint8)


def _rectangle(part: Mask) -> Iterator[Corners]:
    """Yield the upright rectangle that a part fills, without what hangs out of it."""
    rows, columns = slice(0, part.shape[0]), slice(0, part.shape[1])
    for _ in range(2):
        rows = _filled(part[:, columns].mean(axis=1), rows)
        columns = _filled(part[rows].mean(axis=0), columns)
    box = part[rows, columns]
    if min(box.shape) < LEAST_SIDE or box.size < LEAST_AREA * part.size or box.mean() < FILLED:
        return
    left, top, right, bottom = (at - 0.5 for at in (columns.start, rows.start, columns.stop, rows.stop))
    yield np.array([[left, top], [right, top], [right, bottom], [left, bottom]])


def _filled(shares: npt.NDArray[np.float64], known: slice) -> slice:
    """Return the lines from the first to the last that are filled, measured against the fullest."""
    lines = np.flatnonzero(shares >= FILLED_LINE * shares.max(initial=0.0))
    return slice(int(lines[0]), int(lines[-1]) + 1) if len(lines) and shares.max() > 0 else known


def _quadrilateral(part: Mask) -> Iterator[Corners]:
    """Yield the quadrilateral that a part is, if it is one."""
    contours, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    area = cv2.contourArea(hull)
    simplified = _with_four_corners(hull)
    if simplified is None or cv2.contourArea(simplified) < STRAIGHT * area or cv2.contourArea(contour) < WHOLE * area:
        return
    corners = simplified[:, 0].astype(np.float64)
    around = corners - corners.mean(axis=0)
    corners = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    yield np.roll(corners, -int(corners.sum(axis=1).argmin()), axis=0)


def _with_four_corners(hull: cv2.typing.MatLike) -> cv2.typing.MatLike | None:
    length = cv2.arcLength(hull, closed=True)
    for tolerance in np.arange(0.01, 0.12, 0.005).tolist():
        simplified = cv2.approxPolyDP(hull, tolerance * length, closed=True)
        if len(simplified) == 4:
            return simplified
    return None


def _rim(picture: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """Return the outermost pixels, (N, ...)."""
    return np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
