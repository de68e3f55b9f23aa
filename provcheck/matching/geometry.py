"""One transform that explains the correspondences of a query and a reference, or none.

A SIFT keypoint has a place, a size and a direction, so a single correspondence already is a whole similarity. There is
nothing to draw at random: every correspondence proposes its own, all of them are counted against all, and the result
is the same every time. Random sampling of pairs (RANSAC) finds nothing when one correspondence in fifty is right, as
with a small picture inside a large one; this does.

Steps
-----
1. Each correspondence proposes a similarity; count those that agree with it in place, size and direction.
2. Refine the best proposals by least squares, tightening the tolerance: first similarity, then affine.
3. With enough inliers let a homography explain more (photographed screens); keep it only if it explains as many.
4. Refuse degenerate fits.

References
----------
Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 2004, section 7.3 (pose votes of one match).
"""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.transforms import Floats, apply, fit_affine, fit_similarity, is_plausible
from provcheck.records import Features, Matrix

TOLERANCE_PX: Final = 4.0
"""Largest reprojection error of an inlier, in pixels of the reference's 384-pixel picture."""

PROPOSAL_TOLERANCE: Final = 3.0
"""A single keypoint's size and direction are rough, so proposals are counted at three times the tolerance."""

LARGEST_LOG_SCALE: Final = 0.7
LARGEST_TURN: Final = 0.6
"""How far a correspondence's own size ratio (natural logarithm) and turn (radians) may be from the proposal's."""

FEWEST: Final = 4
AFFINE_FROM: Final = 8
HOMOGRAPHY_FROM: Final = 10
WIDER_FROM: Final = 8
KEPT_INLIERS: Final = 0.7
LEAST_GAIN: Final = 4
LEAST_GAIN_SHARE: Final = 0.2
"""Of the inliers, a homography drawn from all correspondences has to explain the first share, too, and as many more as
the others say: with fewer it rather fits what is there by chance."""

PROPOSALS: Final = 6
ROUNDS: Final = 5
DISTINCT_PX: Final = 5.0
"""Keypoints nearer than this are one piece of evidence: SIFT often finds a corner at several sizes and directions."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A transform with its evidence.

    Attributes
    ----------
    matrix : (3, 3) float64 array
        Query points to reference points.
    inliers : (K, 2) int64 array
        The agreeing correspondences.
    """

    matrix: Matrix
    inliers: npt.NDArray[np.int64]


def fit_transform(query: Features, reference: Features, pairs: npt.NDArray[np.int64]) -> Fit | None:
    """Fit the transform that maps query points onto reference points.

    Parameters
    ----------
    pairs : (M, 2) int64 array
        Correspondences, indices into the features of query and reference.

    Returns
    -------
    Fit or None
        None when fewer than `FEWEST` agree or the fit is degenerate.
    """
    if len(pairs) < FEWEST:
        return None
    origin = query.points[pairs[:, 0]].astype(np.float64)
    goal = reference.points[pairs[:, 1]].astype(np.float64)
    agreeing = _agreement(query, reference, pairs, origin, goal)
    best: tuple[Matrix, Mask] | None = None
    for proposal in np.argsort(-agreeing.sum(axis=1), kind="stable")[:PROPOSALS]:
        found = _refined(agreeing[proposal], origin, goal)
        if found is not None and (best is None or found[1].sum() > best[1].sum()):
            best = found
    if best is None:
        return None
    matrix, inliers = _tilted(*best, origin, goal, query)
    return Fit(matrix, pairs[inliers]) if is_plausible(matrix, query.size) else None


def distinct_inliers(query: Features, reference: Features, inliers: npt.NDArray[np.int64]) -> int:
    """Count inliers whose keypoints lie apart in both pictures."""
    for features, column in ((reference, 1), (query, 0)):
        inliers = inliers[_apart(features.points[inliers[:, column]])]
    return len(inliers)


def _apart(points: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    near = (np.abs(points[:, None] - points[None]) <= DISTINCT_PX).all(axis=2)
    kept: list[int] = []
    free = np.ones(len(points), np.bool_)
    for index in range(len(points)):
        if free[index]:
            kept.append(index)
            free &= ~near[index]
    return np.array(kept, np.int64)


def _agreement(
    query: Features, reference: Features, pairs: npt.NDArray[np.int64], origin: Floats, goal: Floats
) -> npt.NDArray[np.bool_]:
    """(M, M) array: does correspondence j agree with the similarity that correspondence i proposes."""
    scale = np.log(reference.scales[pairs[:, 1]] / query.scales[pairs[:, 0]]).astype(np.float64)
    turn = (reference.angles[pairs[:, 1]] - query.angles[pairs[:, 0]]).astype(np.float64)
    linear = np.exp(scale + 1j * turn)
    place, goal = origin @ np.array([1, 1j]), goal @ np.array([1, 1j])
    missed = linear[:, None] * place[None] + (goal - linear * place)[:, None] - goal[None]
    cosine = np.outer(np.cos(turn), np.cos(turn)) + np.outer(np.sin(turn), np.sin(turn))
    return np.asarray(
        (missed.real**2 + missed.imag**2 < (PROPOSAL_TOLERANCE * TOLERANCE_PX) ** 2)
        & (np.abs(scale[None] - scale[:, None]) < LARGEST_LOG_SCALE)
        & (cosine > np.cos(LARGEST_TURN))
    )


def _refined(alike: Mask, origin: Floats, goal: Floats) -> tuple[Matrix, Mask] | None:
    """Refit to those alike, tightening the tolerance; the transform and a mask of its inliers."""
    inliers, tolerance, matrix = alike, 2.5 * TOLERANCE_PX, None
    for round_ in range(ROUNDS):
        count = int(inliers.sum())
        if count < FEWEST:
            return None
        fit = fit_affine if round_ > 1 and count >= AFFINE_FROM else fit_similarity
        matrix = fit(origin[inliers], goal[inliers])
        tolerance = max(TOLERANCE_PX, 0.75 * tolerance)
        inliers = alike_within(matrix, origin, goal, tolerance) & alike
    return None if matrix is None or inliers.sum() < FEWEST else (matrix, inliers)


def alike_within(matrix: Matrix, origin: Floats, goal: Floats, tolerance: float) -> Mask:
    """Mask of the points that the transform maps to within `tolerance` pixels of their targets."""
    return np.asarray(np.linalg.norm(apply(matrix, origin) - goal, axis=1) < tolerance)


def _tilted(matrix: Matrix, inliers: Mask, origin: Floats, goal: Floats, query: Features) -> tuple[Matrix, Mask]:
    """Replace the transform by a homography that explains at least as many correspondences.

    It is sought among the inliers, then among all correspondences: of a picture seen at a steep angle the similarity
    that was proposed explains one corner, and what extends it from there goes astray.
    """
    count, best = int(inliers.sum()), (matrix, inliers)
    if count < WIDER_FROM:
        return best
    tilted = _homography(inliers, origin, goal, query) if count >= HOMOGRAPHY_FROM else None
    if tilted is not None and tilted[1].sum() >= count:
        best = tilted
    wider = _homography(np.ones_like(inliers), origin, goal, query)
    if wider is None or (wider[1] & inliers).sum() < KEPT_INLIERS * count:
        return best
    gained = int(wider[1].sum()) - int(best[1].sum())
    return wider if gained >= max(LEAST_GAIN, LEAST_GAIN_SHARE * int(best[1].sum())) else best


def _homography(drawn_from: Mask, origin: Floats, goal: Floats, query: Features) -> tuple[Matrix, Mask] | None:
    """Fit a homography to a part of the correspondences; it, and all that it explains."""
    found: Any = cv2.findHomography(origin[drawn_from], goal[drawn_from], cv2.RANSAC, 0.75 * TOLERANCE_PX)[0]
    if found is None or not is_plausible(np.asarray(found, np.float64), query.size):
        return None
    homography = np.asarray(found, np.float64)
    return homography, alike_within(homography, origin, goal, TOLERANCE_PX)
