"""One to one: which picture of A is which picture of B, where several would do.

The Hungarian method (Kuhn 1955, in the variant of Crouse 2016 that SciPy has) finds the pairs whose weights have the
largest sum. Equal bytes are settled first, then what is proven, then leads: a sum must not trade a proof for two leads.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from provcheck.records import Match, ReleaseImage

ANY_PAIR: Final = 2.0
"""So much that two pairs always outweigh a single better one: all else together moves a weight by less than half."""

ALTERATION: Final = 0.1
STEP: Final = 0.05
"""Likeness is counted in steps: below one, two copies are equally like, and name and place decide."""

SAME_NAME: Final = 0.03
NEARNESS: Final = 0.01


def assign(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs (a, b) with the largest sum of weights; each a and b at most once, none without a weight.

    Parameters
    ----------
    weights : mapping of (a, b) to float
        Above 0.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 (half a second, which no `check` shall wait for)

    if not weights:
        return []
    rows = sorted({a for a, _ in weights})
    columns = sorted({b for _, b in weights})
    table = np.zeros((len(rows), len(columns)))
    row_of = {a: at for at, a in enumerate(rows)}
    column_of = {b: at for at, b in enumerate(columns)}
    for (a, b), weight in weights.items():
        table[row_of[a], column_of[b]] = weight
    chosen = zip(*linear_sum_assignment(table, maximize=True), strict=True)
    return [(rows[row], columns[column]) for row, column in chosen if table[row, column] > 0]


def assign_equal_bytes(a: Iterable[ReleaseImage], b: Iterable[ReleaseImage]) -> list[tuple[int, int]]:
    """Pair the pictures whose bytes are equal; of several copies those with the same name, then the nearest."""
    places: dict[str, list[tuple[int, ReleaseImage]]] = {}
    for at, image in enumerate(b):
        places.setdefault(image.sha256, []).append((at, image))
    return assign(
        {
            (at, other_at): ANY_PAIR + preference(at, image, other_at, other)
            for at, image in enumerate(a)
            for other_at, other in places.get(image.sha256, [])
        }
    )


def match_weight(match: Match) -> float:
    """Weigh a proven pair by how little was altered, `ANY_PAIR` to twice that."""
    shared = match.overlap.query * match.overlap.reference * max(0.0, match.agreement)
    likeness = max(0.0, shared - ALTERATION * len(match.alterations))
    return ANY_PAIR + 0.9 * STEP * round(likeness / STEP)


def preference(a_at: int, a: ReleaseImage, b_at: int, b: ReleaseImage) -> float:
    """Weigh what only decides between equals: the same name, then a near place in the order."""
    return SAME_NAME * (a.name == b.name) + NEARNESS / (1 + abs(a_at - b_at))
