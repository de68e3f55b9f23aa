"""The curve of false alarms: at each level, how many unrelated pairs reached it, and how many may.

`log10_false_alarms < -n` claims that a search gives 10^-n accidental pairs as good as this one. Over many searches the
claim can be counted. What is counted are unrelated pictures; a corpus with two shots of one place in it has pairs
that are no accident, and whoever reads the curve has to look at them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

LEVELS: Final = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Accident:
    """A verified pair of a query and a source that it was not made from.

    Attributes
    ----------
    query : str
        Name of the query, or of what it was made from: several queries of one picture are one accident.
    """

    query: str
    reference: str
    log10_false_alarms: float


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the curve.

    Attributes
    ----------
    level : int
        n: pairs with `log10_false_alarms < -n` are counted.
    claimed : float
        How many there should be at most, on average.
    found : int
        Pairs of a search and a source.
    distinct : int
        Pairs of pictures: edits of one picture that reach the same source are counted once.
    """

    level: int
    claimed: float
    found: int
    distinct: int


def false_alarm_curve(accidents: Collection[Accident], searches: int) -> tuple[Level, ...]:
    """Count accidents at each of `LEVELS`."""
    return tuple(_level(level, accidents, searches) for level in LEVELS)


def _level(level: int, accidents: Collection[Accident], searches: int) -> Level:
    reached: Sequence[Accident] = [one for one in accidents if one.log10_false_alarms < -level]
    distinct = {(one.query, one.reference) for one in reached}
    return Level(level, searches * 10.0**-level, len(reached), len(distinct))
