"""One picture laid over the other, as the transform of a match says, and the outline of each on the other.

Coordinates here are those of drawings, in which (0, 0) is the corner of the first pixel and not its centre.
"""

from typing import Final

import numpy as np
from PIL import Image

from provcheck.evidence.encoding import shrunk
from provcheck.evidence.originals import Still
from provcheck.matching.transforms import apply, corners, inverse, local_scale, rescaling
from provcheck.records import RGB, Matrix, Size, Transform

Outline = tuple[tuple[float, float], ...]

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


def outline_on_reference(transform: Transform, query: Size) -> Outline:
    """Return the corners of the query on the reference, clockwise, in pixels of the original frame."""
    return _mapped(np.array(transform), query)


def outline_on_query(transform: Transform, reference: Size) -> Outline:
    """Return the corners of the reference on the query, in pixels of the original query."""
    return _mapped(inverse(np.array(transform)), reference)


def _mapped(matrix: Matrix, size: Size) -> Outline:
    return tuple((float(x), float(y)) for x, y in apply(matrix, corners(size)) + 0.5)
