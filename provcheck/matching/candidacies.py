"""Every verified candidate of a search, also those that `find_matches` drops: what calibration counts.

A search keeps the best frame of each source and only what is a match or a lead. Whether the expected number of false
alarms means what it says is seen in the rest: in the pairs that prove nothing, at the level that each of them reached.
"""

from dataclasses import dataclass
from math import log10

from provcheck.matching.lookup import Lookup
from provcheck.matching.matcher import VIEWS_TRIED, Searched
from provcheck.matching.relations import decide
from provcheck.records import Relation


@dataclass(frozen=True, slots=True)
class Candidacy:
    """The most certain verified candidate of one source.

    Attributes
    ----------
    time_s : float or None
        Of the kept frame, for a video; its exact moment is not looked for.
    log10_false_alarms : float
        As in `Match`, but above 0 where a search of this corpus gives several as good by accident.
    """

    source_id: str
    time_s: float | None
    relation: Relation
    log10_false_alarms: float


def candidacies(searched: Searched, lookup: Lookup) -> tuple[Candidacy, ...]:
    """Return the most certain verified candidate of each source, the most certain first."""
    chances = log10(max(1, lookup.frames) * VIEWS_TRIED)
    found: list[Candidacy] = []
    for source, ways in searched.by_source.items():
        best = min(ways, key=lambda way: way.log10_by_chance)
        expected = best.log10_by_chance + chances
        found.append(Candidacy(source.id, best.reference.time_s, decide(best, expected).relation, expected))
    return tuple(sorted(found, key=lambda one: (one.log10_false_alarms, one.source_id)))
