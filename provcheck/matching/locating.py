"""Which moment of a video a query shows, once some of its kept frames were verified.

A camera that moves shows one place in several kept frames, and before the exact frame is known they agree about as
well. So the query is followed from the verified frame to its neighbours, as far as they show it, and the moment is
sought around those that leave the least of it unexplained.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from provcheck.corpus import Corpus
from provcheck.matching.alignment import align
from provcheck.matching.footage import Kept, best_of, locate, locate_again
from provcheck.matching.reels import Reels
from provcheck.matching.residuals import background_agreement, unexplained
from provcheck.matching.transforms import apply, corners
from provcheck.matching.verification import Verified, reverify
from provcheck.matching.views import decoded_reference, stored_reference
from provcheck.records import Matrix, Size, Source

NOISE: Final = 0.03
"""Median correlation that two frames of one moment may differ by."""

MOST_KEPT_COMPARED: Final = 400
"""Kept frames of one video that are compared one by one, about 4 ms each."""

FOLLOWED: Final = 2.0
"""Times what the verified frame leaves unexplained; a neighbour that leaves more shows something else."""

MOST_FOLLOWED: Final = 12
"""Kept frames to either side, about 20 ms each."""

FOLLOW_SEARCH_PX: Final = (40, 10, 3)
MOVED_PX: Final = 4.0
"""Corners of the query that lie so far apart on two kept frames: the camera moved. What a resting one took is scanned
as a whole, whichever frame the search starts from."""

STARTS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Start:
    """A kept frame to search around: its time, the query's transform onto it, and what that leaves unexplained."""

    time_s: float
    matrix: Matrix
    unexplained: float


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """A query and the frame of the video that it shows best.

    Attributes
    ----------
    range_s : (float, float) or None
        The times that fit as well.
    exact : bool
        False when the video could not be read, and `verified` is the best of the kept frames.
    """

    verified: Verified
    range_s: tuple[float, float] | None
    exact: bool


def rank(verified: Verified) -> float:
    """Order frames of one source: how well they agree, over how much of either picture."""
    return verified.look.mean * max(verified.overlap.query, verified.overlap.reference)


def find_moment(ways: Sequence[Verified], source: Source, corpus: Corpus, reels: Reels) -> Located:
    """Move on to the frame of the video that fits best.

    Parameters
    ----------
    ways : sequence of Verified
        Kept frames of the source, the best first.
    """
    verified = ways[0]
    kept = _kept_frames(verified, source, corpus)
    query, reel = verified.view.grey, reels.of(Path(source.path))
    starts = _starts(ways, source, corpus)
    found = [locate(query, one.matrix, one.time_s, reel, _seen_from(one, verified, kept)) for one in starts]
    moments = [moment for moment in found if moment is not None]
    if not moments:
        return Located(verified, _neighbours(verified.reference.time_s, [frame.time_s for frame in kept]), exact=False)
    moment = locate_again(query, best_of(moments), reel, kept)
    picture = reel.picture(moment.time_s)
    if picture is None:
        return Located(verified, None, exact=True)
    located = reverify(verified, decoded_reference(picture, verified.reference.original), moment.matrix)
    if located.look.median >= verified.look.median - NOISE:
        return Located(located, moment.range_s, exact=True)
    return Located(verified, None, exact=True)


def _starts(ways: Sequence[Verified], source: Source, corpus: Corpus) -> list[_Start]:
    """Return the verified frame, and those that show the query in other places and leave the least unexplained."""
    best = ways[0]
    seen = [start for way in ways if way.view.mirrored == best.view.mirrored and (start := _start(way)) is not None]
    if not seen:
        return []
    starts = seen[:1]
    others = [*seen[1:], *_followed(best, seen[0], source, corpus)]
    for one in sorted(others, key=lambda start: start.unexplained):
        if len(starts) < STARTS and all(_moved(best.view.size, one, other) for other in starts):
            starts.append(one)
    return starts


def _seen_from(start: _Start, verified: Verified, kept: Sequence[Kept]) -> Sequence[Kept]:
    """Return the kept frames under the transform of a start; they are compared for that of the verified frame only."""
    if start.matrix is verified.matrix:
        return kept
    return [Kept(frame.time_s, float(frame.time_s == start.time_s)) for frame in kept]


def _start(way: Verified) -> _Start | None:
    at = way.reference.time_s
    left = unexplained(way.view.grey, way.reference.grey, way.matrix)
    return None if at is None else _Start(at, way.matrix, left)


def _followed(verified: Verified, start: _Start, source: Source, corpus: Corpus) -> Iterator[_Start]:
    """Follow the query from a kept frame to its neighbours in time, both ways, as far as they show it."""
    query = verified.view.grey
    times = [(time, frame) for frame, _, time in corpus.frame_times(source.id) if time is not None]
    before = [one for one in reversed(times) if one[0] < start.time_s]
    after = [one for one in times if one[0] > start.time_s]
    for neighbours in (before[:MOST_FOLLOWED], after[:MOST_FOLLOWED]):
        matrix = start.matrix
        for time, frame in neighbours:
            grey = stored_reference(corpus.load_frames([frame])[frame]).grey
            matrix = align(query, grey, matrix, FOLLOW_SEARCH_PX)
            left = unexplained(query, grey, matrix)
            if left > FOLLOWED * start.unexplained:
                break
            yield _Start(time, matrix, left)


def _moved(size: Size, one: _Start, other: _Start) -> bool:
    outline = corners(size)
    apart = np.linalg.norm(apply(one.matrix, outline) - apply(other.matrix, outline), axis=1)
    return bool(apart.max() > MOVED_PX)


def _kept_frames(verified: Verified, source: Source, corpus: Corpus) -> list[Kept]:
    """Compare the query with the kept frames of a video; of a long one with those around the verified frame."""
    timed = [(time, frame) for frame, _, time in corpus.frame_times(source.id) if time is not None]
    at = verified.reference.time_s or 0.0
    timed = sorted(sorted(timed, key=lambda one: abs(one[0] - at))[:MOST_KEPT_COMPARED])
    frames = corpus.load_frames([frame for _, frame in timed])
    return [
        Kept(time, background_agreement(verified.view.grey, stored_reference(frames[frame]).grey, verified.matrix))
        for time, frame in timed
    ]


def _neighbours(at: float | None, times: Iterable[float]) -> tuple[float, float] | None:
    if at is None:
        return None
    known = list(times)
    return max([t for t in known if t < at], default=at), min([t for t in known if t > at], default=at)
