"""The two pictures that verification looks at: a query (or its mirror image) and a stored frame."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

import cv2
import numpy as np

from provcheck.errors import CorpusDamaged
from provcheck.fingerprints.local import (
    QUERY_LOOKS,
    REFERENCE_SIDE,
    query_features,
    reference_features,
    scaled,
    scaled_grey,
)
from provcheck.fingerprints.pdq import pdq_orientations
from provcheck.matching.cutouts import CUT_FROM_SIDE, CUT_SIDE, Corners, cut_out, find_outlines, small_parts
from provcheck.matching.transforms import apply, mirroring, rescaling
from provcheck.records import RGB, Codes, Features, Frame, Gray, Matrix, Picture, Size


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A query as it is, or mirrored.

    Attributes
    ----------
    grey : (height, width) uint8 array
        Longest side at most that of the first of `QUERY_LOOKS`; features are in its coordinates.
    outlines : tuple of (4, 2) float64 arrays
        Corners of what may be pictures inside it (`cutouts`), in its coordinates, to the outer edges of their pixels.
    """

    grey: Gray
    features: Features
    mirrored: bool
    outlines: tuple[Corners, ...] = ()

    @property
    def size(self) -> Size:
        """`(width, height)` of `grey`."""
        return int(self.grey.shape[1]), int(self.grey.shape[0])


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """What of a query may be a known frame, all of it: the query itself, or what it shows inside something else.

    Attributes
    ----------
    matrix : (3, 3) float64 array
        Working picture (not mirrored) to a picture of this outline alone, which has `size`.
    orientations : (8, 32) uint8 array
        PDQ codes of all mirrorings and quarter turns, see `provcheck.fingerprints.pdq.ORIENTATIONS`.
    """

    matrix: Matrix
    size: Size
    orientations: Codes


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """Everything that is computed once for an image of a release.

    Attributes
    ----------
    size : (width, height)
        Of the original.
    views : (View, View)
        As it is; mirrored.
    outlines : tuple of Outline
        Of the whole query first, then what was cut out of it.
    quality : int
        PDQ quality of the whole query, 0 to 100.
    small : (height, width, 3) uint8 array
        In the size of the views, not mirrored.
    """

    small: RGB
    size: Size
    views: tuple[View, View]
    outlines: tuple[Outline, ...]
    quality: int


def look_at_query(pixels: RGB, original: Size | None = None) -> Query:
    """Compute what a search needs of an image; `original` is its size where `pixels` were read smaller."""
    small = scaled(pixels, QUERY_LOOKS[0][0])
    shown = scaled(pixels, CUT_FROM_SIDE)
    found = find_outlines(shown)
    features, mirrored = query_features(pixels, small, small_parts(found, shown, pixels))
    grey = scaled_grey(small, QUERY_LOOKS[0][0])
    orientations, quality = pdq_orientations(pixels, original)
    size = int(grey.shape[1]), int(grey.shape[0])
    inside = tuple(apply(rescaling((shown.shape[1], shown.shape[0]), size), corners) for corners in found)
    flipped = tuple(apply(mirroring(size), corners) for corners in inside)
    views = (
        View(grey, features, mirrored=False, outlines=inside),
        View(np.ascontiguousarray(grey[:, ::-1]), mirrored, mirrored=True, outlines=flipped),
    )
    outlines = Outline(np.eye(3), size, orientations), *_cut_outlines(shown, found, size)
    return Query(small, original or (pixels.shape[1], pixels.shape[0]), views, outlines, quality)


def _cut_outlines(shown: RGB, found: list[Corners], working: Size) -> Iterator[Outline]:
    to_shown = rescaling(working, (shown.shape[1], shown.shape[0]))
    for corners in found:
        cut, matrix = cut_out(shown, corners)
        yield Outline(matrix @ to_shown, (CUT_SIDE, CUT_SIDE), pdq_orientations(cut)[0])


@dataclass(frozen=True, eq=False)  # without slots: the pixels are kept once they were asked for
class Reference:
    """A known frame as verification looks at it; nine in ten are dropped before anybody asks for their pixels.

    Attributes
    ----------
    features : Features
        In the coordinates of `colour`.
    show : callable
        Returns `colour`.
    original : (width, height)
        Of the upright original.
    time_s : float or None
    """

    features: Features
    show: Callable[[], RGB]
    original: Size
    time_s: float | None

    @cached_property
    def colour(self) -> RGB:
        """`(height, width, 3)` uint8 array, its longest side at most that of the stored thumbnails."""
        return self.show()

    @cached_property
    def grey(self) -> Gray:
        """`(height, width)` uint8 array."""
        return np.asarray(cv2.cvtColor(self.colour, cv2.COLOR_RGB2GRAY), np.uint8)

    @property
    def size(self) -> Size:
        """`(width, height)` of the picture that is looked at."""
        return self.features.size


def stored_reference(frame: Frame) -> Reference:
    """Return a frame as the corpus has it; raises `CorpusDamaged` when its pixels are asked for and cannot be had."""
    return Reference(frame.codes.features, partial(_thumbnail, frame), frame.codes.size, frame.codes.time_s)


def _thumbnail(frame: Frame) -> RGB:
    decoded = cv2.imdecode(np.frombuffer(frame.codes.thumbnail, np.uint8), cv2.IMREAD_COLOR)
    if decoded is None:
        raise CorpusDamaged(
            f"the stored thumbnail of frame {frame.id} does not decode", "Run: provcheck corpus verify --corpus DIR"
        )
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), np.uint8)


def decoded_reference(picture: Picture, original: Size) -> Reference:
    """Return a frame that was just decoded, at any size, of a video whose upright frames have size `original`."""
    colour = scaled(picture.pixels, REFERENCE_SIDE)
    return Reference(reference_features(colour), lambda: colour, original, picture.time_s)


def to_originals(matrix: Matrix, view: View, query_size: Size, reference: Reference) -> Matrix:
    """Turn a transform between working pictures into one between the upright originals.

    Parameters
    ----------
    matrix : (3, 3) float64 array
        From the view to the reference's small picture.
    query_size : (width, height)
        Of the original query.
    """
    down = rescaling(query_size, view.size)
    flip = mirroring(view.size) if view.mirrored else np.eye(3)
    whole = rescaling(reference.size, reference.original) @ matrix @ flip @ down
    return np.asarray(whole / whole[2, 2])
