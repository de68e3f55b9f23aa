"""One image of a release against a corpus: candidates, proof, relation, moment, edits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from math import log10
from pathlib import Path
from typing import Final

from provcheck.corpus import Corpus
from provcheck.matching.alterations import find_alterations
from provcheck.matching.candidates import Candidate, find_candidates
from provcheck.matching.checkable import why_not_checkable
from provcheck.matching.footage import Kept, locate, residual
from provcheck.matching.lookup import Lookup
from provcheck.matching.relations import relation_of
from provcheck.matching.verification import Verified, reverify, verify
from provcheck.matching.views import Query, decoded_reference, look_at_query, stored_reference, to_originals
from provcheck.records import Match, Matrix, Medium, Picture, Relation, Source

VIEWS_TRIED: Final = 2
"""The query and its mirror image: twice as many chances for an accident."""

PICTURES_AN_IMAGE: Final = 12
"""Frames of an animation that are searched."""

NOISE: Final = 0.03
"""Median correlation that two frames of one moment may differ by."""

MOST_KEPT_COMPARED: Final = 400
"""Kept frames of one video that are compared one by one, about 4 ms each."""

LOCATE_AGREEMENT: Final = 0.3
"""A frame of a moving camera agrees little with the kept frame a second away; from here on its moment is looked for."""

_Row = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes
    ----------
    matches, leads : tuple of Match
        Proven; for a person to look at. Most certain first, one for each source.

    not_checkable: str
        Why finding nothing means nothing; empty when it means something.
    """

    matches: tuple[Match, ...]
    leads: tuple[Match, ...]
    not_checkable: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Proof:
    """The best verified frame of one source."""

    source: Source
    verified: Verified
    relation: Relation
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
    found = [_find_in(picture, corpus, lookup) for picture in islice(pictures, PICTURES_AN_IMAGE)]
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


def _find_in(picture: Picture, corpus: Corpus, lookup: Lookup) -> Found:
    """Search for one picture.

    1. Nominate candidates.
    2. Verify each; keep the best frame of every source.
    3. For videos: find the exact moment and verify that frame.
    4. Decide the relation; describe the edits.
    """
    query = look_at_query(picture.pixels, picture.original)
    best = _best_of_sources(query, find_candidates(query, lookup), corpus, lookup)
    proofs = [_proven(verified, source, corpus, lookup) for source, verified in best.items()]
    matches = tuple(_match(query, proof) for proof in proofs if proof.relation.is_match)
    leads = tuple(_match(query, proof) for proof in proofs if proof.relation is Relation.SAME_SCENE)
    return Found(matches, leads, why_not_checkable(query))


def _best_of_sources(
    query: Query, candidates: list[Candidate], corpus: Corpus, lookup: Lookup
) -> dict[Source, Verified]:
    frames = corpus.load_frames(sorted({candidate.frame for candidate in candidates}))
    best: dict[str, Verified] = {}
    for candidate in candidates:
        if candidate.frame not in frames:
            continue
        verified = verify(query, candidate, stored_reference(frames[candidate.frame]))
        source = lookup.sources[candidate.frame]
        if verified is not None and (source not in best or _rank(verified) > _rank(best[source])):
            best[source] = verified
    return {corpus.source(source): verified for source, verified in best.items()}


def _rank(verified: Verified) -> float:
    """Order frames of one source: how well they agree, over how much of either picture."""
    return verified.look.mean * max(verified.overlap.query, verified.overlap.reference)


def _proven(verified: Verified, source: Source, corpus: Corpus, lookup: Lookup) -> _Proof:
    range_s: tuple[float, float] | None = None
    located = True
    if source.medium is Medium.VIDEO and verified.look.median >= LOCATE_AGREEMENT:
        verified, range_s, located = _at_its_moment(verified, source, corpus)
    expected = verified.log10_by_chance + log10(max(1, lookup.frames) * VIEWS_TRIED)
    relation = relation_of(verified, expected, exact_frame_known=located)
    return _Proof(source, verified, relation, expected, range_s)


def _at_its_moment(
    verified: Verified, source: Source, corpus: Corpus
) -> tuple[Verified, tuple[float, float] | None, bool]:
    """Move on to the frame of the video that fits best; also which times fit, and whether the video could be read."""
    view, at = verified.view, verified.reference.time_s
    kept = _kept_frames(verified, source, corpus)
    moment = None if at is None else locate(view.grey, verified.matrix, at, Path(source.path), kept)
    if moment is None:
        return verified, _neighbours(at, [frame.time_s for frame in kept]), False
    located = reverify(verified, decoded_reference(moment.picture, verified.reference.original), moment.matrix)
    if located.look.median >= verified.look.median - NOISE:
        return located, moment.range_s, True
    return verified, None, True


def _kept_frames(verified: Verified, source: Source, corpus: Corpus) -> list[Kept]:
    """Compare the query with the kept frames of a video; of a long one with those around the verified frame."""
    timed = [(time, frame) for frame, _, time in corpus.frame_times(source.id) if time is not None]
    at = verified.reference.time_s or 0.0
    timed = sorted(sorted(timed, key=lambda one: abs(one[0] - at))[:MOST_KEPT_COMPARED])
    frames = corpus.load_frames([frame for _, frame in timed])
    return [
        Kept(time, residual(verified.view.grey, stored_reference(frames[frame]).grey, verified.matrix))
        for time, frame in timed
    ]


def _neighbours(at: float | None, times: list[float]) -> tuple[float, float] | None:
    if at is None:
        return None
    return max([t for t in times if t < at], default=at), min([t for t in times if t > at], default=at)


def _match(query: Query, proof: _Proof) -> Match:
    verified = proof.verified
    matrix = to_originals(verified.matrix, verified.view, query.size, verified.reference)
    match = Match(
        source=proof.source,
        relation=proof.relation,
        frame_time_s=verified.reference.time_s,
        time_range_s=proof.range_s,
        log10_false_alarms=proof.log10_false_alarms,
        inliers=verified.inliers,
        overlap=verified.overlap,
        transform=_nested(matrix),
        mirrored=verified.view.mirrored,
        agreement=verified.look.median,
    )
    if not proof.relation.is_match:
        return match
    return replace(match, alterations=find_alterations(query, verified, matrix))


def _nested(
    matrix: Matrix,
) -> tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]:
    a, b, c = ((float(row[0]), float(row[1]), float(row[2])) for row in matrix)
    return a, b, c
