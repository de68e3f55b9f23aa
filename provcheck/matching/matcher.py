"""One image of a release against a corpus: candidates, proof, relation, moment, edits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from math import log10
from typing import Final

from provcheck.corpus import Corpus
from provcheck.matching.alterations import find_alterations
from provcheck.matching.candidates import Candidate, find_candidates
from provcheck.matching.checkable import why_not_checkable
from provcheck.matching.locating import Located, find_moment, rank
from provcheck.matching.lookup import Lookup
from provcheck.matching.relations import Decision, decide
from provcheck.matching.transforms import nested
from provcheck.matching.verification import Verified, verify
from provcheck.matching.views import Query, look_at_query, stored_reference, to_originals
from provcheck.records import Found, Match, Medium, Picture, Relation, Source

VIEWS_TRIED: Final = 2
"""The query and its mirror image: twice as many chances for an accident."""

PICTURES_AN_IMAGE: Final = 12
"""Frames of an animation that are searched."""

AS_WELL: Final = 0.95
"""Share of the best frame's rank from which on another way to the same source proves as much."""

LOCATE_AGREEMENT: Final = 0.3
"""A frame of a moving camera agrees little with the kept frame a second away; from here on its moment is looked for."""

_Row = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A picture and the candidates that hold: those of each source, the best first."""

    query: Query
    by_source: Mapping[Source, list[Verified]]


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """The best verified frame of one source."""

    source: Source
    verified: Verified
    decision: Decision
    log10_false_alarms: float
    range_s: tuple[float, float] | None


def find_matches(pictures: Iterable[Picture], corpus: Corpus, lookup: Lookup) -> Found:
    """Find the known frames that an image was taken from.

    Parameters
    ----------
    pictures : iterable of Picture
        The image; several for an animation, of which the first `PICTURES_AN_IMAGE` are searched.

    Returns
    -------
    Found
        Of several pictures, the most certain match with each source.
    """
    shown = islice(pictures, PICTURES_AN_IMAGE)
    return conclude((search(picture, corpus, lookup) for picture in shown), corpus, lookup)


def search(picture: Picture, corpus: Corpus, lookup: Lookup) -> Searched:
    """Nominate candidates for one picture and verify each."""
    query = look_at_query(picture.pixels, picture.original)
    return Searched(query, _by_source(query, find_candidates(query, lookup), corpus, lookup))


def conclude(searched: Iterable[Searched], corpus: Corpus, lookup: Lookup) -> Found:
    """Say what the pictures of an image prove, see `find_matches`."""
    found = [_found(one, corpus, lookup) for one in searched]
    matches = _most_certain(match for one in found for match in one.matches)
    known = {match.source.id for match in matches}
    leads = _most_certain(lead for one in found for lead in one.leads if lead.source.id not in known)
    checkable = any(not one.not_checkable for one in found)
    return Found(matches, leads, "" if checkable or not found else found[0].not_checkable)


def _most_certain(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Keep the most certain match with each source, the most certain one first."""
    best: dict[str, Match] = {}
    for match in sorted(matches, key=lambda match: (match.log10_false_alarms, match.source.id)):
        best.setdefault(match.source.id, match)
    return tuple(best.values())


def _found(searched: Searched, corpus: Corpus, lookup: Lookup) -> Found:
    """Say what one picture proves.

    1. Keep the best frame of every source.
    2. For videos: find the exact moment and verify that frame.
    3. Decide the relation; describe the edits.
    """
    query = searched.query
    proofs = [_proven(ways, source, corpus, lookup) for source, ways in searched.by_source.items()]
    matches = tuple(described_match(query, proof) for proof in proofs if proof.decision.relation.is_match)
    leads = tuple(described_match(query, proof) for proof in proofs if proof.decision.relation is Relation.SAME_SCENE)
    return Found(matches, leads, why_not_checkable(query))


def _by_source(
    query: Query, candidates: list[Candidate], corpus: Corpus, lookup: Lookup
) -> dict[Source, list[Verified]]:
    """Verify the candidates; those of each source, the best first."""
    frames = corpus.load_frames(sorted({candidate.frame for candidate in candidates}))
    found: dict[str, list[Verified]] = {}
    for candidate in candidates:
        if candidate.frame not in frames:
            continue
        verified = verify(query, candidate, stored_reference(frames[candidate.frame]))
        if verified is not None:
            found.setdefault(lookup.sources[candidate.frame], []).append(verified)
    return {corpus.source(source): sorted(each, key=rank, reverse=True) for source, each in found.items()}


def _proven(ways: list[Verified], source: Source, corpus: Corpus, lookup: Lookup) -> Proof:
    best = ways[0]
    if source.medium is Medium.VIDEO and best.look.median >= LOCATE_AGREEMENT:
        at = find_moment(ways, source, corpus, lookup.reels)
    else:
        at = Located(best, None, exact=True)
    expected = smallest_chance(at.verified, ways) + log10(max(1, lookup.frames) * VIEWS_TRIED)
    decision = decide(at.verified, expected, exact_frame_known=at.exact)
    return Proof(source, at.verified, decision, expected, at.range_s)


def smallest_chance(proof: Verified, ways: list[Verified]) -> float:
    """Of votes and whole-image codes that led to about the same proof, the one that chance explains less."""
    return min(way.log10_by_chance for way in (proof, *ways) if way is proof or rank(way) >= AS_WELL * rank(ways[0]))


def described_match(query: Query, proof: Proof) -> Match:
    """Return a proof as the record that reports are made of, a match with what was done to the query."""
    verified = proof.verified
    matrix = to_originals(verified.matrix, verified.view, query.size, verified.reference)
    match = Match(
        source=proof.source,
        relation=proof.decision.relation,
        frame_time_s=verified.reference.time_s,
        time_range_s=proof.range_s,
        log10_false_alarms=proof.log10_false_alarms,
        inliers=verified.inliers,
        overlap=verified.overlap,
        transform=nested(matrix),
        mirrored=verified.view.mirrored,
        agreement=verified.look.median,
        other_shot=proof.decision.other_shot,
    )
    if not match.relation.is_match:
        return match
    return replace(match, alterations=find_alterations(query, verified, matrix))
