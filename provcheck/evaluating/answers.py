"""What a search said about one query, in the terms of the truth file: names of references."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from provcheck.corpus import Corpus
from provcheck.errors import UnreadableMedia
from provcheck.evaluating.curve import Accident
from provcheck.evaluating.truth import Truth
from provcheck.matching import Lookup
from provcheck.matching.candidacies import candidacies
from provcheck.matching.matcher import PICTURES_AN_IMAGE, conclude, search
from provcheck.media import pictures


@dataclass(frozen=True, slots=True)
class Named:
    """A match.

    Attributes
    ----------
    reference : str
        File name of the source.
    confidence : float
        Decimal logarithm of how many searches give one accident as good: larger is surer.
    time_s : float or None
    """

    reference: str
    confidence: float
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A query with its truth, its matches (the surest first), and the other pairs that were verified.

    Attributes
    ----------
    accidents : tuple of Accident
        Pairs with sources that the query was not made from; none for the same scene, which is related.
    unreadable : str
        Why it could not be searched for; empty when it was.
    """

    truth: Truth
    matches: tuple[Named, ...] = ()
    accidents: tuple[Accident, ...] = ()
    unreadable: str = ""

    @property
    def right(self) -> Named | None:
        """The match with the true reference."""
        named = (match for match in self.matches if match.reference == self.truth.reference)
        return next(named, None) if self.truth.reference else None


def answer(truth: Truth, folder: Path, corpus: Corpus, lookup: Lookup, names: dict[str, str]) -> Answer:
    """Search for one query of a set.

    Parameters
    ----------
    folder : Path
        Of the queries.
    names : dict of str to str
        File name by source id.
    """
    try:
        shown = tuple(islice(pictures(folder / truth.query), PICTURES_AN_IMAGE))
    except UnreadableMedia as error:
        return Answer(truth, unreadable=error.message)
    searched = [search(picture, corpus, lookup) for picture in shown]
    matches = tuple(
        Named(names[match.source.id], -match.log10_false_alarms, match.frame_time_s)
        for match in conclude(searched, corpus, lookup).matches
    )
    if truth.is_same_scene or not shown:
        return Answer(truth, matches)
    accidents = tuple(
        Accident(truth.query, names[one.source_id], one.log10_false_alarms)
        for one in candidacies(searched[0], lookup)
        if names[one.source_id] != truth.reference
    )
    return Answer(truth, matches, accidents)
