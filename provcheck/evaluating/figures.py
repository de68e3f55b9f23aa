"""From answers to figures: the published protocol, as plain arithmetic.

- recall: queries with a reference for which a match names it
- false match: a query without a reference that has any match (those of the same scene counted apart)
- wrong source: a query with a reference whose matches name only others
- R@P100: recall above the confidence of the surest first match that is false, wrong or of the same scene
- uAP: micro average precision over the surest match of every query, by confidence, equal confidences as one step
  (Douze et al., "The 2021 image similarity dataset and challenge", 2021)
- time error: for stills of videos, `|found - true|`
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from provcheck.evaluating.answers import Answer
from provcheck.evaluating.curve import Level, false_alarm_curve


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the queries of a group were found."""

    name: str
    found: int
    asked: int


@dataclass(frozen=True, slots=True)
class TimeErrors:
    """Errors in seconds, over `count` stills whose source was found: the middle one, that of 90 %, and the largest."""

    median_s: float
    nine_in_ten_s: float
    worst_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The outcome of a set.

    Attributes
    ----------
    recall, recall_at_full_precision, average_precision : float or None
        0 to 1; None when no query has a reference.
    unrelated, same_scene : int
        How many queries without a reference there are of both kinds.
    false, false_same_scene, wrong, unreadable : tuple of str
        Names of queries.
    families, transforms : tuple of Share
        The lowest recall first.
    curve : tuple of Level
    """

    queries: int
    positives: int
    unrelated: int
    same_scene: int
    recall: float | None
    recall_at_full_precision: float | None
    average_precision: float | None
    false: tuple[str, ...]
    false_same_scene: tuple[str, ...]
    wrong: tuple[str, ...]
    unreadable: tuple[str, ...]
    time_error: TimeErrors | None
    families: tuple[Share, ...]
    transforms: tuple[Share, ...]
    curve: tuple[Level, ...]


def figures_of(answers: Sequence[Answer]) -> Figures:
    """Count."""
    known = [one for one in answers if one.truth.reference]
    strange = [one for one in answers if not one.truth.reference]
    near = [one for one in strange if one.truth.is_same_scene]
    far = [one for one in strange if not one.truth.is_same_scene]
    return Figures(
        queries=len(answers),
        positives=len(known),
        unrelated=len(far),
        same_scene=len(near),
        recall=sum(one.right is not None for one in known) / len(known) if known else None,
        recall_at_full_precision=_recall_at_full_precision(answers) / len(known) if known else None,
        average_precision=average_precision(_firsts(answers), len(known)) if known else None,
        false=_names(one for one in far if one.matches),
        false_same_scene=_names(one for one in near if one.matches),
        wrong=_names(one for one in known if one.matches and one.right is None),
        unreadable=_names(one for one in answers if one.unreadable),
        time_error=_time_errors(known),
        families=shares((one.truth.family, one.right is not None) for one in known),
        transforms=shares((one.truth.transform, one.right is not None) for one in known),
        curve=_curve(answers),
    )


def average_precision(firsts: Iterable[tuple[float, bool]], positives: int) -> float:
    """Area under the curve of precision over recall, 0 to 1.

    Parameters
    ----------
    firsts : iterable of (float, bool)
        Confidence of each query's surest match, and whether it is right.
    positives : int
        Queries with a reference.
    """
    steps: dict[float, list[bool]] = defaultdict(list)
    for confidence, right in firsts:
        steps[confidence].append(right)
    hits = seen = 0
    area = 0.0
    for confidence in sorted(steps, reverse=True):
        hits, seen = hits + sum(steps[confidence]), seen + len(steps[confidence])
        area += sum(steps[confidence]) / positives * hits / seen
    return area


def shares(outcomes: Iterable[tuple[str, bool]]) -> tuple[Share, ...]:
    """Group outcomes by name; the lowest share first, then by name."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for name, found in outcomes:
        groups[name].append(found)
    rows = [Share(name, sum(found), len(found)) for name, found in groups.items()]
    return tuple(sorted(rows, key=lambda row: (row.found / row.asked, row.name)))


def _firsts(answers: Sequence[Answer]) -> list[tuple[float, bool]]:
    """Confidence of the surest match of every query that has one, and whether it is right."""
    return [(one.matches[0].confidence, one.matches[0] == one.right) for one in answers if one.matches]


def _recall_at_full_precision(answers: Sequence[Answer]) -> int:
    firsts = _firsts(answers)
    bar = max((confidence for confidence, right in firsts if not right), default=float("-inf"))
    return sum(right and confidence > bar for confidence, right in firsts)


def _names(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(one.truth.query for one in answers)


def _time_errors(known: Sequence[Answer]) -> TimeErrors | None:
    errors = sorted(
        abs(one.right.time_s - one.truth.time_s)
        for one in known
        if one.right is not None and one.right.time_s is not None and one.truth.time_s is not None
    )
    if not errors:
        return None
    return TimeErrors(errors[len(errors) // 2], errors[int(len(errors) * 0.9)], errors[-1], len(errors))


def _curve(answers: Sequence[Answer]) -> tuple[Level, ...]:
    searches = [one for one in answers if not one.truth.is_same_scene and not one.unreadable]
    return false_alarm_curve([accident for one in searches for accident in one.accidents], len(searches))
