"""Two pictures and no corpus: does one show what the other shows? The same proof as in a search, of one frame."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provcheck.fingerprints.pdq import pdq_orientations
from provcheck.indexes import hamming
from provcheck.matching.candidates import WHOLE_RADIUS, Candidate, mirrored_orientation
from provcheck.matching.checkable import why_not_checkable
from provcheck.matching.footage import AROUND_S, Kept, locate
from provcheck.matching.locating import rank
from provcheck.matching.matcher import VIEWS_TRIED, Proof, described_match, smallest_chance
from provcheck.matching.reels import Reels
from provcheck.matching.relations import Decision, decide
from provcheck.matching.verification import Verified, verify
from provcheck.matching.views import Query, decoded_reference, look_at_query
from provcheck.records import RGB, Found, Medium, Picture, Relation, Source

FRAME: Final = 0
"""The only frame that there is."""

SAME_FRAME_S: Final = 0.02
"""Times within half a frame of 25 a second are of one frame."""


def match_pair(query: Picture, reference: Picture, source: Source) -> Found:
    """Prove that a query was made from a reference, or say how else they belong together.

    1. Try the query and its mirror image by keypoints, and every orientation in which the whole-image codes are near.
    2. Of what holds keep what agrees best.
    3. Decide the relation; describe the edits.

    Parameters
    ----------
    source : Source
        What the reference is a frame of. Of a video the frames around it are looked at too: when one of them fits the
        query better, the reference is another moment of the footage.

    Returns
    -------
    Found
        At most one match, or one lead.
    """
    look = look_at_query(query.pixels, query.original)
    known = decoded_reference(reference, reference.size)
    verified = [found for candidate in _candidates(look, reference.pixels) if (found := verify(look, candidate, known))]
    if not verified:
        return Found((), (), why_not_checkable(look))
    ways = sorted(verified, key=rank, reverse=True)
    best, expected = ways[0], smallest_chance(ways[0], ways) + math.log10(VIEWS_TRIED)
    decision = decide(best, expected)
    if decision.relation is Relation.SAME_PICTURE and not _is_its_moment(best, source):
        decision = Decision(Relation.SAME_FOOTAGE)
    match = described_match(look, Proof(source, best, decision, expected, None))
    matches, leads = (
        ((match,), ()) if match.relation.is_match else ((), (match,) if match.relation is Relation.SAME_SCENE else ())
    )
    return Found(matches, leads, why_not_checkable(look))


def _candidates(query: Query, reference: RGB) -> Iterator[Candidate]:
    for view in query.views:
        yield Candidate(FRAME, view.mirrored, votes=1.0)
    code = pdq_orientations(reference)[0][:1]
    for number, outline in enumerate(query.outlines):
        for orientation, distance in enumerate(hamming(outline.orientations, code)[:, 0].tolist()):
            if distance <= WHOLE_RADIUS:
                yield Candidate(FRAME, mirrored_orientation(orientation), 0.0, orientation, distance, number)


def _is_its_moment(verified: Verified, source: Source) -> bool:
    """Whether no frame near the reference, in its video, fits better."""
    at = verified.reference.time_s
    if source.medium is not Medium.VIDEO or at is None:
        return True
    around = [Kept(max(0.0, at - AROUND_S), 0.0), Kept(at, 1.0), Kept(at + AROUND_S, 0.0)]
    moment = locate(verified.view.grey, verified.matrix, at, Reels().of(Path(source.path)), around)
    return moment is None or moment.range_s[0] - SAME_FRAME_S <= at <= moment.range_s[1] + SAME_FRAME_S
