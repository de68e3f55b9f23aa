"""Does a small preview show what the picture shows that it sits in, more, or something else?

A preview has some 160 pixels, too few for keypoints to prove much, but it is a copy that nobody disguised: the same
pixels, scaled down. So the two are correlated directly, and what decides is the correlation of the *fine detail*, after
blurring of 3 pixels was subtracted: light and shade alone make strangers correlate.

Measured with 120 photographs (COCO), each through changes of tone, grey, JPEG, a quarter turn of the preview and black
bars beside it, and on 81 previews in 71 real files (Debian's wallpapers, COCO, Pillow's tests):

==============================  ==================================  =================
what the preview shows          fine detail, same framing           fine detail, best crop
==============================  ==================================  =================
the same, 120 made              0.80 and more
the same, 79 real               0.74 and more
the same but for 3 to 12 %      0.55 and more (98 of 100)
more: 15 to 80 % kept, 120      0.48 and less                       0.73 and more
another picture, 30             0.08 and less                       0.67 and less
==============================  ==================================  =================
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from provcheck.matching.small_grey import (
    Grey,
    blurred,
    box_of,
    changed_share,
    correlation,
    cut_out,
    fine_correlation,
    resized,
    small_grey,
    without_bars,
)
from provcheck.matching.transforms import mirroring, rescaling
from provcheck.records import RGB, Box, Matrix, PreviewRelation, Size

WORKING_SIDE: Final = 160
"""Pixels of the longest side at which previews are compared; the smallest real ones have that."""

SAME_DETAIL: Final = 0.55
WIDER_DETAIL: Final = 0.7
WIDER_WHOLE: Final = 0.9
STRANGE_DETAIL: Final = 0.3
"""Correlations; see the table."""

MOST_SHOWN: Final = 0.92
"""Share of a preview above which a cut is one of a line or two, such as cameras and encoders make."""

CHANGED_SHARE: Final = 0.015
"""Of the picture, in one piece. Of the same pictures at most 0.003 differed, of those with 3 % replaced half 0.028."""

LEAST_CONTRAST: Final = 8.0
"""Standard deviation in grey levels below which a picture is too flat to be told from another."""

SMALLEST_SIDE: Final = 20
SMALLEST_SHARE: Final = 0.3
SCALES: Final = 28
"""Of crops that are tried, from a third of the preview's sides to all of them."""


@dataclass(frozen=True, slots=True, eq=False)
class PreviewFit:
    """How a picture lies in its preview.

    Attributes
    ----------
    shown : float
        Share of the preview that the picture shows, 0 to 1.
    matrix : (3, 3) float64 array
        Picture to preview, in their own pixels; meaningful for all relations but `OTHER`.
    mirrored : bool
        Whether it turns left and right over.
    inside : Box
        What the preview shows apart from black bars.
    """

    relation: PreviewRelation
    shown: float
    matrix: Matrix
    mirrored: bool
    inside: Box


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """One way to lay the picture, turned, into the preview: the box that it fills, and how well that fits."""

    turned: Grey
    turns: int
    mirrored: bool
    box: Box
    whole: float

    def detail(self, small: Grey) -> float:
        """Return how well the fine detail fits."""
        part = cut_out(small, self.box)
        return fine_correlation(resized(self.turned, (part.shape[1], part.shape[0])), part)

    def changed(self, small: Grey) -> float:
        """Return the share of the largest region that does not fit."""
        part = cut_out(small, self.box)
        return changed_share(resized(self.turned, (part.shape[1], part.shape[0])), part)


def compare_preview(picture: RGB, preview: RGB) -> PreviewFit:
    """Compare a picture with a preview that was stored in it.

    1. Find black bars: a preview of 160x120 has them around a picture of another shape.
    2. Lay the whole picture over the whole preview, in eight orientations: many programs turn one and not the other.
    3. Where that does not fit, look for the picture inside the preview, and for the preview inside the picture.
    4. Compare the fine detail of the best way.

    Parameters
    ----------
    picture, preview : (height, width, 3) uint8 array
    """
    large, small = small_grey(picture, 2 * WORKING_SIDE), small_grey(preview, WORKING_SIDE)
    boxes = dict.fromkeys((box_of(small), without_bars(small)))
    whole = max((way for box in boxes for way in _stretched(large, small, box)), key=lambda way: way.whole)
    relation, way = _related(large, small, whole)
    inside = without_bars(small)
    size, stored = (picture.shape[1], picture.shape[0]), (preview.shape[1], preview.shape[0])
    up = rescaling((small.shape[1], small.shape[0]), stored)
    shown = min(1.0, _area(way.box) / _area(inside))
    return PreviewFit(relation, shown, up @ _laid(way, size), way.mirrored, _scaled(inside, stored, small))


def _related(large: Grey, small: Grey, whole: _Way) -> tuple[PreviewRelation, _Way]:
    """Return the relation, and the way to lay the picture into the preview that shows it."""
    if _is_flat(large) or _is_flat(small):
        return PreviewRelation.UNCLEAR, whole
    detail = whole.detail(small)
    fits = detail >= SAME_DETAIL
    if fits and whole.changed(small) < CHANGED_SHARE:
        return PreviewRelation.SAME, whole
    inside = without_bars(small)
    crop = max(_crops(large, small, inside), key=lambda way: way.whole, default=whole)
    cropped = crop.detail(small)
    if crop.whole >= WIDER_WHOLE and cropped >= WIDER_DETAIL and cropped > detail:
        is_less = _area(crop.box) <= MOST_SHOWN * _area(inside)
        return PreviewRelation.WIDER if is_less else PreviewRelation.SAME, crop
    if fits:
        return PreviewRelation.EDITED, whole
    if _is_within(large, cut_out(small, inside)):
        return PreviewRelation.SAME, whole
    is_strange = detail < STRANGE_DETAIL and cropped < WIDER_DETAIL
    return PreviewRelation.OTHER if is_strange else PreviewRelation.UNCLEAR, whole


def _is_flat(grey: Grey) -> bool:
    return float(grey.std()) < LEAST_CONTRAST or min(grey.shape) < SMALLEST_SIDE


def _stretched(large: Grey, small: Grey, box: Box) -> Iterator[_Way]:
    """Yield the eight orientations in which the whole picture fills a box."""
    part = blurred(cut_out(small, box))
    for mirrored, turns, turned in _orientations(large):
        laid = blurred(resized(turned, (part.shape[1], part.shape[0])))
        yield _Way(turned, turns, mirrored, box, correlation(laid, part))


def _crops(large: Grey, small: Grey, inside: Box) -> Iterator[_Way]:
    """Yield the best place of the picture inside the preview, for each orientation and size, sides in proportion."""
    part = blurred(cut_out(small, inside))
    for mirrored, turns, turned in _orientations(large):
        for width, height in _sizes(turned, part):
            whole, x, y = _placed(part, resized(turned, (width, height)))
            left, top = inside[0] + x, inside[1] + y
            yield _Way(turned, turns, mirrored, (left, top, left + width, top + height), whole)


def _is_within(large: Grey, part: Grey) -> bool:
    """Whether the preview is a part of the picture, such as its middle square: it then hides nothing."""
    for _, _, turned in _orientations(large):
        for width, height in _sizes(part, turned, least=2 * SMALLEST_SHARE):
            laid = resized(part, (width, height))
            whole, x, y = _placed(blurred(turned), laid)
            seen = cut_out(turned, (x, y, x + width, y + height))
            if whole >= WIDER_WHOLE and fine_correlation(seen, laid) >= SAME_DETAIL:
                return True
    return False


def _placed(room: Grey, laid: Grey) -> tuple[float, int, int]:
    """Return the highest correlation of a picture in a larger one, and where its corner then is."""
    found = cv2.matchTemplate(room, blurred(laid), cv2.TM_CCOEFF_NORMED)
    _, whole, _, (x, y) = cv2.minMaxLoc(found)
    return float(whole), int(x), int(y)


def _sizes(grey: Grey, room: Grey, *, least: float = SMALLEST_SHARE) -> list[Size]:
    """Return sizes in which a picture, in proportion, has room."""
    height, width = grey.shape
    full = min(room.shape[1] / width, room.shape[0] / height)
    sizes = [(round(width * full * share), round(height * full * share)) for share in np.geomspace(least, 1, SCALES)]
    room_for = [size for size in sizes if size[0] <= room.shape[1] and size[1] <= room.shape[0]]
    return [size for size in dict.fromkeys(room_for) if min(size) >= SMALLEST_SIDE]


def _orientations(grey: Grey) -> Iterator[tuple[bool, int, Grey]]:
    """Yield the eight mirrorings and quarter turns: mirrored first, then turned to the left so often."""
    for mirrored in (False, True):
        flipped = grey[:, ::-1] if mirrored else grey
        for turns in range(4):
            yield mirrored, turns, np.ascontiguousarray(np.rot90(flipped, turns))


def _laid(way: _Way, size: Size) -> Matrix:
    """Return the transform from the picture's own pixels into those of the working preview."""
    matrix = mirroring(size) if way.mirrored else np.eye(3)
    for _ in range(way.turns):  # to the left: (x, y) becomes (y, width - 1 - x)
        matrix = np.array([[0.0, 1, 0], [-1, 0, size[0] - 1], [0, 0, 1]]) @ matrix
        size = size[1], size[0]
    left, top, right, bottom = way.box
    moved = np.array([[1.0, 0, left], [0, 1, top], [0, 0, 1]])
    return np.asarray(moved @ rescaling(size, (right - left, bottom - top)) @ matrix, np.float64)


def _scaled(box: Box, stored: Size, small: Grey) -> Box:
    """Return a box of the working preview in the pixels of the stored one."""
    left, top, right, bottom = box
    x, y = stored[0] / small.shape[1], stored[1] / small.shape[0]
    return round(left * x), round(top * y), round(right * x), round(bottom * y)


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
