"""Prove or drop one candidate: geometry, alignment, then the photometric look.

A voted candidate must bring a transform of its own (`geometry`). A nominated one starts from the assumption that an
outline in the query shows the whole frame in one of the eight orientations. Both are then aligned on pixels and looked
at.
"""

import math
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.pdq import ORIENTATIONS
from provcheck.matching.agreement import Look, look, overlap
from provcheck.matching.alignment import SEARCH_PX, align
from provcheck.matching.candidates import Candidate
from provcheck.matching.correspondences import correspondences
from provcheck.matching.false_alarms import log10_by_code, log10_by_geometry, log10_by_look
from provcheck.matching.framed import MOST_SHARE, MOST_SHARE_OF_AGREEING, agrees_as_part, outlined_parts, visible_part
from provcheck.matching.geometry import TOLERANCE_PX, alike_within, distinct_inliers, fit_transform
from provcheck.matching.graphics import is_graphic
from provcheck.matching.screen_light import without_stripes
from provcheck.matching.transforms import mirroring, rescaling
from provcheck.matching.views import Outline, Query, Reference, View
from provcheck.records import Box, Matrix, Overlap, Size

WHOLE_SEARCH_PX: Final = (12, 6, 3)
"""A nomination's first transform is only as good as "the same picture, whole". Of a heavily blurred picture it can be
better than what its blocks lead to, so that is looked at, too."""

PLAIN_AGREEMENT: Final = 0.97
PLAIN_CONTRADICTING: Final = 0.05
PLAIN_OVERALL: Final = 0.9
FRAMED_INLIERS: Final = 8
"""A pair that agrees so well, and contradicts itself in so few windows, may have a caption laid over it rather than a
frame around it; one that agrees so well on average has neither. One with fewer inliers is hardly aligned enough."""

STRIPED_LOG10: Final = -4.0
"""Logarithm of the chance of what led to a pair, from which on stripes are taken off the query. Among pictures that are
not known hardly a pair is so near; one that agrees on average (`PLAIN_OVERALL`) needs it not."""

STRIPED_CONTAINED: Final = 0.9
"""A screen shows all of the known picture, or the query is a part of the screen. Two views of one chessboard, which is
periodic itself, share 0.76."""

STRIPED_ROUNDS: Final = 2
"""The pair is aligned better without the stripes, and the stripes are found better once it is."""


@dataclass(frozen=True, slots=True, eq=False)
class Verified:
    """A query and a frame with the transform that aligns them and what geometry and pixels say about it.

    Attributes
    ----------
    matrix : (3, 3) float64 array
        View (working picture) to the frame's thumbnail.
    code_distance : int or None
        Bits between the whole-image codes, for a nomination.
    correspondences, inliers : int
        Putative pairs; those that agree, counted once per place.
    log10_by_chance : float
        Logarithm of the probability that one unrelated pair does as well.
    part : Box or None
        What of the frame's thumbnail the query shows within a frame of its own (`framed`); `look` and `overlap` are of
        that part.
    """

    view: View
    reference: Reference
    matrix: Matrix
    code_distance: int | None
    correspondences: int
    inliers: int
    look: Look
    overlap: Overlap
    log10_by_chance: float
    part: Box | None = None


def verify(query: Query, candidate: Candidate, reference: Reference) -> Verified | None:
    """Align a query with a candidate's frame and look at both; None when no transform holds."""
    view = query.views[candidate.mirrored]
    pairs = correspondences(view.features.codes, reference.features.codes)
    if candidate.orientation is not None and candidate.distance is not None:
        start = outline_matrix(query.outlines[candidate.outline], candidate.orientation, view, reference.size)
        chance = log10_by_code(candidate.distance, 256) + math.log10(len(ORIENTATIONS) * len(query.outlines))
        look_at = partial(_looked_at, view, reference, pairs, start, log10_by_chance=chance)
        found = look_at(search_px=WHOLE_SEARCH_PX, code_distance=candidate.distance)
        if found.look.mean < PLAIN_OVERALL:
            found = max(found, look_at(search_px=(), code_distance=candidate.distance), key=_overall)
        return _in_even_light(found, pairs)
    fit = fit_transform(view.features, reference.features, pairs)
    if fit is None:
        return None
    chance = log10_by_geometry(
        len(pairs), distinct_inliers(view.features, reference.features, fit.inliers), TOLERANCE_PX, reference.size
    )
    found = _looked_at(
        view, reference, pairs, fit.matrix, search_px=SEARCH_PX, log10_by_chance=chance, code_distance=None
    )
    return _in_even_light(found, pairs)


def reverify(verified: Verified, reference: Reference, start: Matrix) -> Verified:
    """Look at the same query and another frame of the same video, from a transform that is nearly right."""
    view = verified.view
    pairs = correspondences(view.features.codes, reference.features.codes)
    chance = _chance_before_look(verified)
    return _looked_at(
        view,
        reference,
        pairs,
        start,
        search_px=SEARCH_PX,
        log10_by_chance=chance,
        code_distance=verified.code_distance,
    )


def outline_matrix(outline: Outline, orientation: int, view: View, known: Size) -> Matrix:
    """Transform of a view onto a frame, all of which an outline shows in one of PDQ's orientations."""
    transposed, mirrored, flipped = ORIENTATIONS[orientation]
    size = outline.size
    matrix = outline.matrix @ (mirroring(view.size) if view.mirrored else np.eye(3))
    if transposed:
        matrix, size = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]]) @ matrix, (size[1], size[0])
    if mirrored:
        matrix = mirroring(size) @ matrix
    if flipped:
        matrix = np.array([[1.0, 0, 0], [0, -1, size[1] - 1], [0, 0, 1]]) @ matrix
    return np.asarray(rescaling(size, known) @ matrix)


def _looked_at(
    view: View,
    reference: Reference,
    pairs: npt.NDArray[np.int64],
    start: Matrix,
    *,
    search_px: tuple[int, ...],
    log10_by_chance: float,
    code_distance: int | None,
) -> Verified:
    matrix = align(view.grey, reference.grey, start, search_px)
    origin = view.features.points[pairs[:, 0]].astype(np.float64)
    known = reference.features.points[pairs[:, 1]].astype(np.float64)
    inliers = distinct_inliers(
        view.features, reference.features, pairs[alike_within(matrix, origin, known, TOLERANCE_PX)]
    )
    seen, part = _seen(view, reference, matrix, inliers)
    return Verified(
        view=view,
        reference=reference,
        matrix=matrix,
        code_distance=code_distance,
        correspondences=len(pairs),
        inliers=inliers,
        look=seen,
        overlap=overlap(matrix, view.size, reference.size, part),
        log10_by_chance=log10_by_chance + log10_by_look(seen.windows, seen.agreeing),
        part=part,
    )


def _in_even_light(found: Verified, pairs: npt.NDArray[np.int64]) -> Verified:
    """Look again without the stripes that a photographed screen lays over a query, where it has them."""
    chance, striped = _chance_before_look(found), found.view
    contained = max(found.overlap.query, found.overlap.reference) >= STRIPED_CONTAINED
    if not contained or chance > STRIPED_LOG10 or found.look.overall >= PLAIN_OVERALL:
        return found
    for _ in range(STRIPED_ROUNDS):
        even = without_stripes(striped.grey, found.reference.grey, found.matrix)
        if even is None:
            break
        again = _looked_at(
            replace(striped, grey=even),
            found.reference,
            pairs,
            found.matrix,
            search_px=SEARCH_PX,
            log10_by_chance=chance,
            code_distance=found.code_distance,
        )
        if again.look.median <= found.look.median:
            break
        found = again
    return found


def _overall(verified: Verified) -> float:
    return verified.look.overall


def _chance_before_look(verified: Verified) -> float:
    return verified.log10_by_chance - log10_by_look(verified.look.windows, verified.look.agreeing)


def _seen(view: View, reference: Reference, matrix: Matrix, inliers: int) -> tuple[Look, Box | None]:
    """Look at the whole overlap; where much of it disagrees, at the part that the query shows in a frame of its own."""
    whole = look(view.grey, reference.grey, matrix)
    if inliers < FRAMED_INLIERS or whole.overall >= PLAIN_OVERALL:
        return whole, None
    agrees = whole.median >= PLAIN_AGREEMENT and whole.contradicting <= PLAIN_CONTRADICTING
    most = MOST_SHARE_OF_AGREEING if agrees else MOST_SHARE
    part = visible_part(view.grey, reference.grey, matrix, most_share=most)
    outlined = outlined_parts(
        view.outlines, matrix, reference.size, overlap(matrix, view.size, reference.size).reference
    )
    for box in chain([] if part is None else [part], outlined):
        seen = look(view.grey, reference.grey, matrix, box)
        if agrees_as_part(seen, reference.grey, box) and not is_graphic(view.grey, reference.grey, matrix, box):
            return seen, box
    return whole, None
