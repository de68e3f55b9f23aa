"""The points that two pictures share, found again for a drawing.

They are not part of a report: a match has a thousand of them and they follow from the two pictures.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.evidence.originals import Still
from provcheck.matching.correspondences import correspondences
from provcheck.matching.geometry import TOLERANCE_PX, alike_within
from provcheck.matching.transforms import apply, inverse, rescaling
from provcheck.matching.views import decoded_reference, look_at_query, to_originals
from provcheck.records import Match, Picture

MOST_SHOWN: Final = 60
"""More lines hide the pictures that they join."""

PLACES: Final = 16
"""Squares along the longer side of the query, each with one point at most."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One point in both pictures, `(x, y)` in pixels of the originals, from the corner of the first pixel."""

    query: tuple[float, float]
    reference: tuple[float, float]


def matched_points(query: Still, reference: Still, match: Match) -> tuple[Pair, ...]:
    """Return the strongest keypoints of both pictures that agree with the transform of their match.

    1. Describe both pictures as a search does, and pair their keypoints.
    2. Keep pairs that the transform maps onto each other, within the tolerance of a search.
    3. Of those the strongest, one a place.
    """
    view = look_at_query(query.pixels, query.original).views[match.mirrored]
    known = decoded_reference(Picture(reference.pixels), reference.original)
    pairs = correspondences(view.features.codes, known.features.codes)
    to_known = rescaling(known.size, known.original)
    to_view = inverse(to_known) @ to_originals(np.eye(3), view, query.original, known)
    found = view.features.points[pairs[:, 0]].astype(np.float64)
    goal = known.features.points[pairs[:, 1]].astype(np.float64)
    matrix = inverse(to_known) @ np.array(match.transform) @ inverse(to_view)
    agreeing = np.flatnonzero(alike_within(matrix, found, goal, TOLERANCE_PX))
    chosen = _one_a_place(found[agreeing], max(view.size) / PLACES)
    on_query = apply(inverse(to_view), found[agreeing][chosen]) + 0.5
    on_reference = apply(to_known, goal[agreeing][chosen]) + 0.5
    return tuple(
        Pair((float(a), float(b)), (float(c), float(d))) for (a, b), (c, d) in zip(on_query, on_reference, strict=True)
    )


def _one_a_place(points: npt.NDArray[np.float64], side: float) -> list[int]:
    """Return the numbers of the first point in each square of a grid, at most `MOST_SHOWN`."""
    first: dict[tuple[int, int], int] = {}
    for number, (x, y) in enumerate(points):
        first.setdefault((int(x // side), int(y // side)), number)
    return list(first.values())[:MOST_SHOWN]
