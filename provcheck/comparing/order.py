"""Which pictures stand at another place: the fewest that have to be taken out so that the others are in order.

A heaviest increasing subsequence. Comparing places one by one would call every picture behind an added one moved. Where
either of two pictures could have moved past the other, the one whose name changed did.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

RENAMED: Final = 0.999
"""Weight of a picture with another name, against 1: it decides between equally many and never against one more, up to a
thousand pictures."""


def out_of_order(places: Sequence[int], *, renamed: Sequence[bool]) -> set[int]:
    """Return the positions in a sequence of distinct numbers that are not in the heaviest increasing subsequence.

    Parameters
    ----------
    renamed : sequence of bool
        For each position, whether the picture changed its name.
    """
    if not places:
        return set()
    values = np.asarray(places)
    weights = np.where(renamed, RENAMED, 1.0)
    totals, before = weights.copy(), np.full(len(values), -1)
    for at in range(1, len(values)):
        fitting = np.where(values[:at] < values[at], totals[:at], 0.0)
        best = int(fitting.argmax())
        if fitting[best] > 0:
            totals[at], before[at] = weights[at] + fitting[best], best
    kept: set[int] = set()
    end = int(totals.argmax())
    while end >= 0:
        kept.add(end)
        end = int(before[end])
    return set(range(len(places))) - kept
