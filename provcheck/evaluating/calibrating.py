"""What a corpus of one's own will find and what it will raise false alarms about, measured on its own sources.

Every query is made from a source of the corpus by one of the edits. Whether its source is found gives the recall. For
the false alarms its source is held out: what is left of the results is a match that is none. Mostly it is: a corpus has
duplicates and several shots of one place, and these come first in the list of pairs to look at.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from provcheck import __version__
from provcheck.corpus import Corpus
from provcheck.errors import UnreadableMedia, UsageError
from provcheck.evaluating.curve import Accident, Level, false_alarm_curve
from provcheck.evaluating.edits import Chance, Recipe, deal
from provcheck.evaluating.figures import Share, shares
from provcheck.evaluating.making import LONGEST_SIDE, applied
from provcheck.fingerprints import ALGORITHMS
from provcheck.matching import Lookup, open_lookup
from provcheck.matching.candidacies import candidacies
from provcheck.matching.matcher import conclude, search
from provcheck.matching.relations import MATCH_LOG10_FALSE_ALARMS
from provcheck.matching.views import stored_reference
from provcheck.media import pictures, video_window
from provcheck.protocols import Progress
from provcheck.records import RGB, Medium, Picture, Relation, Source

CLOSE_S: Final = 0.001


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources that a search takes, or nearly takes, for one another.

    Attributes
    ----------
    source_id, other_id, path, other_path : str
    relation : Relation
        The strongest that any query of the first gave with the second.
    log10_false_alarms : float
        The smallest.
    """

    source_id: str
    other_id: str
    path: str
    other_path: str
    relation: Relation
    log10_false_alarms: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured on a corpus.

    Attributes
    ----------
    from_thumbnails : int
        Queries made from the small stored picture, because the file is gone or cannot be read.
    found : int
        Queries that matched their source.
    false_matches : int
        Queries that matched another source; the pairs are among `pairs`.
    pairs : tuple of Pair
        Those below the level of a match, the surest first.
    """

    version: str
    algorithms: dict[str, str]
    sources: int
    frames: int
    seed: int
    queries: int
    from_thumbnails: int
    found: int
    false_matches: int
    families: tuple[Share, ...]
    curve: tuple[Level, ...]
    pairs: tuple[Pair, ...]

    def as_json(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """A corpus, ready to be searched, with the path of every source by its id."""

    corpus: Corpus
    lookup: Lookup
    paths: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """One query with what came of it."""

    source: Source
    family: str
    from_thumbnail: bool
    found: bool
    others: tuple[Pair, ...]


def calibrate(
    corpus: Corpus, *, recipes: Sequence[Recipe], queries: int, seed: int, progress: Progress | None = None
) -> Calibration:
    """Measure a corpus with queries made from its own sources.

    1. Draw sources in turn and edits in turn; make each query from the file, or else from the stored thumbnail.
    2. Search for it; note whether its source was found.
    3. Drop its source; note what else was found, and every verified pair at the level that it reached.

    Raises
    ------
    UsageError
        When the corpus has fewer than two sources: nothing can be held out.
    """
    sources = sorted(corpus.sources(), key=lambda source: source.id)
    if len(sources) < 2:
        raise UsageError(f"{corpus.path} has {len(sources)} of at least 2 sources", "Add more: provcheck corpus add")
    searched = _Searched(corpus, open_lookup(corpus), {source.id: source.path for source in sources})
    order = np.random.default_rng(seed).permutation(len(sources))
    asked = []
    for number, recipe in enumerate(deal(recipes, queries)):
        source = sources[order[number % len(sources)]]
        if progress:
            progress(number, queries, Path(source.path).name)
        asked.append(_asked(source, recipe, Chance(np.random.default_rng([seed, number])), searched))
    return _summary(asked, len(sources), searched.lookup.frames, seed)


def _asked(source: Source, recipe: Recipe, chance: Chance, searched: _Searched) -> _Asked:
    picture, from_thumbnail = _picture_of(source, searched.corpus, chance)
    query = applied(recipe, picture, chance).pixels
    looked = search(Picture(query), searched.corpus, searched.lookup)
    found = conclude([looked], searched.corpus, searched.lookup)
    matched = {match.source.id: match.relation for match in found.matches}
    others = tuple(
        Pair(
            source.id,
            one.source_id,
            source.path,
            searched.paths[one.source_id],
            matched.get(one.source_id, Relation.SHARED_ELEMENT if one.relation.is_match else one.relation),
            one.log10_false_alarms,
        )
        for one in candidacies(looked, searched.lookup)
        if one.source_id != source.id
    )
    return _Asked(source, recipe.family, from_thumbnail, source.id in matched, others)


def _picture_of(source: Source, corpus: Corpus, chance: Chance) -> tuple[RGB, bool]:
    """Return a still of a source, and whether only its stored thumbnail was to be had."""
    frames = corpus.frame_times(source.id)
    frame, _, time = frames[chance.below(len(frames))]
    path = Path(source.path)
    try:
        if source.medium is Medium.VIDEO and time is not None:
            shown = video_window(path, max(0.0, time - CLOSE_S), time + CLOSE_S, max_side=LONGEST_SIDE)
        else:
            shown = pictures(path, enough_side=LONGEST_SIDE)
        picture = next(iter(shown), None)
    except (UnreadableMedia, OSError):
        picture = None
    if picture is not None:
        return picture.pixels, False
    return stored_reference(corpus.load_frames([frame])[frame]).colour, True


def _summary(asked: Sequence[_Asked], sources: int, frames: int, seed: int) -> Calibration:
    others = [pair for one in asked for pair in one.others]
    accidents = [Accident(pair.source_id, pair.other_id, pair.log10_false_alarms) for pair in others]
    return Calibration(
        version=__version__,
        algorithms=dict(ALGORITHMS),
        sources=sources,
        frames=frames,
        seed=seed,
        queries=len(asked),
        from_thumbnails=sum(one.from_thumbnail for one in asked),
        found=sum(one.found for one in asked),
        false_matches=sum(any(pair.relation.is_match for pair in one.others) for one in asked),
        families=shares((one.family, one.found) for one in asked),
        curve=false_alarm_curve(accidents, len(asked)),
        pairs=_to_look_at(others),
    )


def _to_look_at(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Keep the surest of every two sources, whichever of them the query was made from."""
    best: dict[frozenset[str], Pair] = {}
    for pair in sorted(pairs, key=lambda one: (not one.relation.is_match, one.log10_false_alarms)):
        if pair.relation.is_match or pair.log10_false_alarms <= MATCH_LOG10_FALSE_ALARMS:
            best.setdefault(frozenset((pair.source_id, pair.other_id)), pair)
    return tuple(best.values())
