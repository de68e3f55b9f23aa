"""Whether something lies a little elsewhere: another moment half a second later, in which a face has turned.

What moves by less than its own size is neither found as a whole elsewhere (`movement`) nor does the ground show behind
it (`comings`). But what differs there is made of the same stuff: the same grey levels at the same contrast, and a field
of small displacements (optical flow) carries one picture over into the other. What is laid over a copy is other stuff,
and no such field makes a face of an arrow. Letters of two texts would be carried over into each other, so nothing is
said where there are any (`drawn`).

With these bounds 9 of 23 pairs of moments of footage that were looked at are told and 4 of 14 others, and none of 1,600
copies (hard edits, the development set's seed 11, pages, letters over photographs) that agree as `relations` demands.
With a consistency of 0.3 instead of 0.5 three copies of 562 are told, too.

The flow is that of Kroeger et al., *Fast optical flow using dense inverse search*, ECCV 2016 (OpenCV's).
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import blurred, laid_over, local_correlation
from provcheck.matching.drawn import drawn_over
from provcheck.matching.surroundings import picture_mask
from provcheck.matching.warping import Image
from provcheck.records import Box, Gray, Matrix

BLUR_PX: Final = 1.5
WINDOW_PX: Final = 14
SHOWN_VARIANCE: Final = 64.0
DISAGREES: Final = 0.4
AGREES: Final = 0.9
FEWEST_AGREEING: Final = 200
LIKE_CONTRAST: Final = 2.5
"""Correlations; squared grey levels; ratio of the contrasts, either way."""

LEAST_SHARE: Final = 0.003
"""Of the overlap, in one piece."""

LIKE_LEVELS: Final = 0.6
LEVEL_BINS: Final = 32
LEAST_PICTURE: Final = 0.2
"""Shared area of the two histograms of a piece; share of it that is picture (`surroundings`), in either."""

MOVED_PX: Final = 1.5
EXPLAINED: Final = 0.4
CONSISTENT: Final = 0.5
CONSISTENT_PX: Final = 1.5
CARRIED_OVER: Final = 0.7
"""Of a piece: median displacement; how much of the difference the flow takes away; share that the flow back returns to
its place, and how nearly; median correlation once carried over."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """A query and a reference at one place and in the light of the query; where they differ in what is alike."""

    query: Image
    known: Image
    inside: Mask
    seen: Mask
    differs: Mask


@dataclass(frozen=True, slots=True, eq=False)
class _Carried:
    """The query carried over into the reference, pixel by pixel."""

    query: Image
    length: Image
    consistent: Mask
    correlation: Image


def has_shifted(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> bool:
    """Whether a part of an aligned pair differs and a field of small displacements explains it.

    1. Find pieces of some size in which both show something of like contrast and disagree.
    2. Keep those with the same grey levels in both; nothing is said where letters are laid over.
    3. Carry the query over by optical flow; a piece counts when that takes away most of its difference.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.
    """
    sides = _sides(query, reference, matrix, part)
    if sides is None:
        return False
    pieces = [piece for piece in _pieces(sides.differs, sides.seen) if _is_alike(sides, piece)]
    if not pieces or drawn_over(query, reference, matrix, part).any():
        return False
    carried = _carry_over(sides)
    return any(_explains(sides, carried, piece) for piece in pieces)


def _sides(query: Gray, reference: Gray, matrix: Matrix, part: Box | None) -> _Sides | None:
    """Bring both into the light of the query; None where too little agrees to know it."""
    warped, inside = laid_over(query, reference, matrix, part)
    here, known = blurred(warped, reference, BLUR_PX)
    correlation, of_query, of_known, covered = local_correlation(here, known, inside, WINDOW_PX)
    seen = np.asarray(covered > 0.95)
    agrees = seen & (correlation > AGREES) & (of_known > SHOWN_VARIANCE)
    if agrees.sum() < FEWEST_AGREEING:
        return None
    gain = np.float32(np.sqrt(np.median(of_query[agrees] / np.maximum(of_known[agrees], 1))))
    known = gain * known + np.float32(np.median((here - gain * known)[agrees]))
    of_known = gain * gain * of_known
    both = np.minimum(of_query, of_known) > SHOWN_VARIANCE
    contrast = np.sqrt(of_query / np.maximum(of_known, 1))
    differs = seen & (correlation < DISAGREES) & both & (contrast > 1 / LIKE_CONTRAST) & (contrast < LIKE_CONTRAST)
    return _Sides(here, np.asarray(known, np.float32), inside > 0, seen, np.asarray(differs))


def _pieces(differs: Mask, seen: Mask) -> list[Mask]:
    """Find pieces of some size, small gaps closed."""
    joined = cv2.morphologyEx(differs.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    least = LEAST_SHARE * float(seen.sum())
    return [np.asarray(labels == number) for number in range(1, count) if stats[number, cv2.CC_STAT_AREA] >= least]


def _is_alike(sides: _Sides, piece: Mask) -> bool:
    """Whether a piece is picture and has the same grey levels in both."""
    around = _around(sides, piece)
    here, known = (_levels(one[around]) for one in (sides.query, sides.known))
    if np.minimum(here, known).sum() < LIKE_LEVELS:
        return False
    pictures = (picture_mask(np.clip(one, 0, 255).astype(np.uint8)) for one in (sides.query, sides.known))
    return all(one[around].mean() >= LEAST_PICTURE for one in pictures)


def _around(sides: _Sides, piece: Mask) -> Mask:
    side = WINDOW_PX | 1
    return sides.inside & (cv2.dilate(piece.astype(np.uint8), np.ones((side, side), np.uint8)) > 0)


def _levels(values: Image) -> npt.NDArray[np.float64]:
    """Histogram, a little smoothed, of sum 1."""
    counts, _ = np.histogram(values, LEVEL_BINS, (-16, 272))
    return np.convolve(counts / len(values), (0.25, 0.5, 0.25))


def _carry_over(sides: _Sides) -> _Carried:
    here, known = (
        np.where(sides.inside, np.clip(one, 0, 255), 0).astype(np.uint8) for one in (sides.query, sides.known)
    )
    seek = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    flow, back = (np.asarray(seek.calc(*pair, None), np.float32) for pair in ((known, here), (here, known)))  # type: ignore[call-overload]
    rows, columns = np.mgrid[: known.shape[0], : known.shape[1]].astype(np.float32)
    x, y = columns + flow[..., 0], rows + flow[..., 1]
    query = np.asarray(cv2.remap(sides.query, x, y, cv2.INTER_LINEAR), np.float32)
    returned = flow + np.stack([cv2.remap(back[..., axis], x, y, cv2.INTER_LINEAR) for axis in range(2)], axis=2)
    correlation = local_correlation(query, sides.known, sides.inside.astype(np.float32), WINDOW_PX)[0]
    consistent = np.linalg.norm(returned, axis=2) < CONSISTENT_PX
    return _Carried(query, np.asarray(np.linalg.norm(flow, axis=2), np.float32), np.asarray(consistent), correlation)


def _explains(sides: _Sides, carried: _Carried, piece: Mask) -> bool:
    if np.median(carried.length[piece]) <= MOVED_PX or carried.consistent[piece].mean() < CONSISTENT:
        return False
    around = _around(sides, piece)
    before, after = (np.abs(one - sides.known)[around].mean() for one in (sides.query, carried.query))
    return bool(1 - after / max(before, 1e-3) >= EXPLAINED and np.median(carried.correlation[piece]) >= CARRIED_OVER)
