"""Which frames are worth a closer look: nearest local codes vote, whole-image codes nominate.

Votes. Each code of the query asks for its nearest codes in the corpus. A neighbour's vote is worth how much nearer it
is than the background, the first distance behind the `RIVAL_SOURCES` nearest sources: what many sources share, a logo
or a lower third, is as near in all of them and counts for nothing, while several frames of one video, or two copies of
one photo, do not cancel each other out. Votes are counted for the query and for its mirror image.

Nominations. A PDQ code within `WHOLE_RADIUS` in any of the eight orientations, of the query or of what may be a picture
inside it (`cutouts`); what has no keypoints left (blur, halftone, tiny pictures) is found by this alone.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.pdq import ORIENTATIONS
from provcheck.matching.lookup import Lookup
from provcheck.matching.views import Query
from provcheck.records import Codes

NEIGHBOURS: Final = 24
RIVAL_SOURCES: Final = 3
BACKGROUND_BITS: Final = 80
"""A background nearer than this is not believed when the neighbours did not reach `RIVAL_SOURCES` sources."""

MOST_ASKED: Final = 500
"""Of more than twice as many keypoints every second one asks, of all strengths and scales: on 130 edited photographs
among 1,700 frames the right frame was among the first eight for 0.992 with all and with half of them. Of more, which a
closer look at small parts adds, no fewer than every second one: the parts would not be heard."""

LEAST_VOTES: Final = 0.05
FRAMES_A_SOURCE: Final = 4
VOTED_FRAMES: Final = 24
SOURCES_FIRST: Final = 18
"""Of the frames to verify so many are the best of different sources: the like frames of one long video of a resting
camera must not take all the places of a small corpus."""

WHOLE_RADIUS: Final = 84
"""Bits; in 200,000 comparisons of unrelated photographs (126 queries, 8 ways round, 200 frames) the nearest was 88."""

NOMINATED_FRAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame to verify.

    Attributes
    ----------
    mirrored : bool
        Whether the query's mirror image is to be compared.
    votes : float
        Weighted local neighbours; 0 for a nomination.
    orientation, distance : int or None
        For a nomination: index into `ORIENTATIONS` and PDQ distance in bits.
    outline : int
        For a nomination: which of the query's outlines shows the frame.
    """

    frame: int
    mirrored: bool
    votes: float = 0.0
    orientation: int | None = None
    distance: int | None = None
    outline: int = 0


def find_candidates(query: Query, lookup: Lookup) -> list[Candidate]:
    """Return the frames that may show the query, the best of each way first."""
    with ThreadPoolExecutor(len(query.views)) as threads:  # FAISS lets go of the interpreter while it searches
        found = threads.map(lambda view: _voted(view.features.codes, lookup, mirrored=view.mirrored), query.views)
        voted = list(chain.from_iterable(found))
    return _spread(sorted(voted, key=lambda candidate: -candidate.votes), lookup) + _nominated(query, lookup)


def _spread(voted: list[Candidate], lookup: Lookup) -> list[Candidate]:
    """Take the best frame of each source first, then what has most votes; in the order of votes."""
    best: dict[str, Candidate] = {}
    for candidate in voted:
        best.setdefault(lookup.sources[candidate.frame], candidate)
    chosen = list(best.values())[:SOURCES_FIRST]
    taken = set(chosen)
    chosen += [candidate for candidate in voted if candidate not in taken][: VOTED_FRAMES - len(chosen)]
    return sorted(chosen, key=lambda candidate: -candidate.votes)


def _voted(codes: Codes, lookup: Lookup, *, mirrored: bool) -> list[Candidate]:
    asking = codes[:: 2 if len(codes) >= 2 * MOST_ASKED else 1]
    distances, numbers = lookup.local.search(asking, NEIGHBOURS)
    rows = lookup.table.rows_of_codes(numbers)
    groups = lookup.table.groups(rows)
    known, inverse = np.unique(rows, return_inverse=True)
    votes = np.bincount(inverse.ravel(), vote_weights(distances, groups).ravel(), len(known))
    sources = lookup.table.groups(known)
    chosen: list[Candidate] = []
    taken: Counter[int] = Counter()
    for at in np.argsort(-votes, kind="stable"):
        if votes[at] < LEAST_VOTES or len(chosen) == 2 * VOTED_FRAMES:
            break
        if taken[int(sources[at])] < FRAMES_A_SOURCE:
            taken[int(sources[at])] += 1
            chosen.append(Candidate(int(lookup.table.rows["frame"][known[at]]), mirrored, float(votes[at])))
    return chosen


def vote_weights(distances: npt.NDArray[np.int32], sources: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Weigh each neighbour by how far it stands out from the background.

    Parameters
    ----------
    distances : (Q, N) int32 array
        Bits, ascending along each row; -1 where there are fewer neighbours.
    sources : (Q, N) int64 array
        Source number of each neighbour, -1 for none.

    Returns
    -------
    (Q, N) float64 array, 0 to 1
    """
    valid = (distances >= 0) & (sources >= 0)
    far = np.where(valid, distances, np.iinfo(np.int32).max)
    first_of_source = np.zeros_like(valid)
    for at in range(distances.shape[1]):
        first_of_source[:, at] = valid[:, at] & (sources[:, :at] != sources[:, at : at + 1]).all(axis=1)
    rank = np.cumsum(first_of_source, axis=1)
    is_background = first_of_source & (rank == RIVAL_SOURCES + 1)
    reached = is_background.any(axis=1)
    last = np.where(valid, distances, 0).max(axis=1, initial=0)
    background = np.where(
        reached, np.where(is_background, far, np.iinfo(np.int32).max).min(axis=1), np.maximum(last, BACKGROUND_BITS)
    )
    return np.where(valid, np.clip(1 - distances / np.maximum(background, 1)[:, None], 0, 1), 0.0)


def _nominated(query: Query, lookup: Lookup) -> list[Candidate]:
    codes = np.concatenate([outline.orientations for outline in query.outlines])
    found = lookup.whole.within(codes, WHOLE_RADIUS)
    nearest = sorted((distance, number, at) for at, number, distance in found)
    chosen: list[Candidate] = []
    seen: set[int] = set()
    for distance, number, at in nearest:
        frame = int(lookup.table.rows["frame"][number])
        if frame not in seen and frame in lookup.sources and len(chosen) < NOMINATED_FRAMES:
            seen.add(frame)
            outline, orientation = divmod(at, len(ORIENTATIONS))
            chosen.append(Candidate(frame, mirrored_orientation(orientation), 0.0, orientation, distance, outline))
    return chosen


def mirrored_orientation(orientation: int) -> bool:
    """Whether an orientation (index into `ORIENTATIONS`) is a mirror image: an odd number of reflections."""
    return orientation.bit_count() % 2 == 1
