"""One picture laid over the other, as the transform of a match says, and the outline of each on the other.

Coordinates here are those of drawings, in which (0, 0) is the corner of the first pixel and not its centre.
"""

import math
from typing import Final

import numpy as np
from PIL import Image

from provcheck.evidence.encoding import shrunk
from provcheck.evidence.originals import Still
from provcheck.matching.transforms import apply, corners, inverse, local_scale, rescaling
from provcheck.records import RGB, Matrix, Size, Transform

Outline = tuple[tuple[float, float], ...]

Drawn = tuple[float, float, float, float, float, float]
"""`a b c d e f` of SVG: x becomes `a x + c y + e`, y becomes `b x + d y + f`."""

MOST_TILT: Final = 0.002
"""Of the diagonal of the query as it lies on the reference: less than a pixel of what a page shows."""

AT_THE_EDGE: Final = 0.01
"""Of the longer side: so near to the corners of a picture an outline frames all of it."""

OUTSIDE: Final = (128, 128, 128)
"""Grey where the query shows nothing of the frame; pages cut it off along the outline."""

_TO_CORNERS: Final = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


def laid_over(query: Still, reference: Still, transform: Transform, *, side: int) -> RGB:
    """Return the query as it lies on the reference, in the shape of the reference, at most `side` pixels long."""
    size = shrunk(reference.pixels, side).size
    between = rescaling(reference.original, size) @ np.array(transform)
    scale = abs(float(np.linalg.det(local_scale(between, query.original)))) ** 0.5
    # Resampling takes four pixels for one, so what is to become much smaller is made smaller first.
    small = shrunk(query.pixels, max(1, round(max(query.original) * min(1.0, scale))))
    onto = between @ rescaling(small.size, query.original)
    back = _TO_CORNERS @ inverse(onto) @ inverse(_TO_CORNERS)
    laid = small.transform(
        size,
        Image.Transform.PERSPECTIVE,
        tuple((back / back[2, 2]).ravel()[:8]),
        Image.Resampling.BICUBIC,
        fillcolor=OUTSIDE,
    )
    return np.asarray(laid, np.uint8)


def as_drawn(transform: Transform, query: Size) -> Drawn | None:
    """Return the transform for the coordinates of drawings, as SVG's `matrix` takes it.

    None where a corner of the query would lie elsewhere by more than `MOST_TILT`, because SVG knows no perspective: the
    query has to be laid over in pixels then.
    """
    a, b, c = np.array(transform) / transform[2][2]
    x, y = (query[0] - 1) / 2, (query[1] - 1) / 2
    depth = c[0] * x + c[1] * y + 1
    centre = np.array([(a @ (x, y, 1)) / depth, (b @ (x, y, 1)) / depth])
    # The tangent of the transform at the centre of the query; of an affine one it is that itself.
    linear = (np.array([a[:2], b[:2]]) - np.outer(centre, c[:2])) / depth
    shift = centre - linear @ (x, y)
    flat = corners(query) @ linear.T + shift
    off = np.linalg.norm(flat - apply(np.array(transform), corners(query)), axis=1).max()
    if off > MOST_TILT * np.linalg.norm(flat.max(axis=0) - flat.min(axis=0)):
        return None
    moved = shift + 0.5 - linear @ (0.5, 0.5)
    return (*(float(cell) for cell in linear.T.ravel()), float(moved[0]), float(moved[1]))  # type: ignore[return-value]


def outline_on_reference(transform: Transform, query: Size) -> Outline:
    """Return the corners of the query on the reference, clockwise, in pixels of the original frame."""
    return _mapped(np.array(transform), query)


def outline_on_query(transform: Transform, reference: Size) -> Outline:
    """Return the corners of the reference on the query, in pixels of the original query."""
    return _mapped(inverse(np.array(transform)), reference)


def is_whole(outline: Outline, size: Size) -> bool:
    """Whether an outline frames all of a picture, so that drawing it would say nothing."""
    width, height = size
    around = ((0, 0), (width, 0), (width, height), (0, height))
    slack = AT_THE_EDGE * max(size)
    return all(min(math.dist(point, corner) for corner in around) <= slack for point in outline)


def _mapped(matrix: Matrix, size: Size) -> Outline:
    return tuple((float(x), float(y)) for x, y in apply(matrix, corners(size)) + 0.5)
