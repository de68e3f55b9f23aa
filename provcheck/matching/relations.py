"""How a verified pair belongs together: the one place where a match is decided.

Unless said otherwise the measurements behind the thresholds were made on photographs that no table of ours reports on:
338 pictures from Debian's gcompris-qt-data and wallpaper packages, edited by 24 families of edits. Among them 12 pairs
of different pictures had geometry in common; three landmarks of those were looked at.
"""

from typing import Final

from provcheck.matching.pages import is_page
from provcheck.matching.parallax import measure_parallax
from provcheck.matching.verification import Verified
from provcheck.records import Relation

SAME_PICTURE_AGREEMENT: Final = ((0.25, 0.88), (0.35, 0.85), (1.0, 0.82))
"""(share of inliers among the correspondences, up to; median local correlation from which on it is the same picture).

Other shots of one landmark reached (0.13, 0.84) and (0.16, 0.83); the copies that agree least, photographed screens and
pictures under large letters, had (0.42, 0.84), (0.30, 0.86) and (0.55, 0.88)."""

SHARE_COUNTS_FROM: Final = 40
"""Correspondences; of fewer (blurred or flat pictures) the share of inliers says nothing."""

SHARP_INLIERS: Final = (30, 40)
SHARP_AGREEMENT: Final = 0.8
PARALLAX_PX: Final = 2.2
DISPLACED_SHARE: Final = 0.09
"""A pair with many inliers is not blurred. With the first number of them and less than `SHARP_AGREEMENT` at the finest
scale, displacements beyond `PARALLAX_PX` are parallax; with the second, so is a displaced share beyond the last.
Two thermal frames of one drive were displaced by 3.6 pixels, rendered scenes with depth from a step aside had shares of
0.11 to 0.18. Of 263 edited pictures (112 of them of the development set, seed 11) those with enough inliers
had at most 1.5 pixels and 0.053."""

GROUND_AGREEMENT: Final = 0.5
"""Correlation of the shading where nothing has texture: letters or a black rim alone do not make two pictures one. Of
263 edited pictures all had 0.98 or more."""

CONTRADICTING_SHARE: Final = 0.1
"""More windows that contradict each other: what agrees is an element that both show, a caption or a rim. Of 483 edited
pictures (195 of them of the development set, seed 11) the largest share was 0.07; rendered captions over other faint
grounds had 0.11 to 0.27."""

FEW_INLIERS: Final = 5
UNLOCATED_AGREEMENT: Final = ((40, 0.77), (256, 0.9))
"""(distance of the whole-image codes in bits, up to; mean correlation that a pair with fewer inliers needs).

Without inliers the code alone says where the query lies. Of the 483 copies nine had so few: 4 to 34 bits and 0.79 or
more, 0.80 by votes, and one of 62 bits with 0.65, which is lost. Unrelated rendered pictures through one round sight
had 46 bits and more; faint grounds 0.49 to 0.83, scenes 0.49 to 0.67."""

PAGE_AGREEMENT: Final = 0.9
"""Mean local correlation at the fine scales from which on two pages of text are one: letters of one letterhead and
layout reached 0.83, copies of a letter 1.00."""

SAME_MOMENT_AGREEMENT: Final = 0.97
"""Mean local correlation below which a kept frame is called another moment when the video can not be read again. Of 40
kept frames of eight clips, made smaller and compressed, 80 % reached it; of 217 frames up to 1.1 seconds away 56 %, for
where nothing moves no picture tells."""

SAME_SCENE_AGREEMENT: Final = 0.3
LEAST_OVERLAP: Final = 0.35
"""Of the query or of the reference: a copy shows most of one of them, what two pictures share is small in both. 288
copies covered 0.75 or more of one; pairs of other pictures that agreed by more than 0.6 at most 0.34 of either."""

MATCH_LOG10_FALSE_ALARMS: Final = -3.0
"""At most one accidental match in a thousand searches of the whole corpus."""

LEAD_LOG10_FALSE_ALARMS: Final = -6.0
LEAD_INLIERS: Final = 12
"""Pairs of other pictures had at most 6 inliers, but for two views of one landmark or wallpaper: 12 to 24 in 6 pairs,
of which 5 agree by more than the least agreement of a lead."""


def relation_of(verified: Verified, log10_false_alarms: float, *, exact_frame_known: bool = True) -> Relation:
    """Decide how a query and a frame belong together.

    Parameters
    ----------
    log10_false_alarms : float
        Logarithm of the expected number of accidental pairs as good as this one, over the whole corpus.
    exact_frame_known : bool
        False for a kept frame of a video whose file could not be read again: the query may be of another moment.
    """
    covers = max(verified.overlap.query, verified.overlap.reference) >= LEAST_OVERLAP
    proven = covers and _agrees(verified) and log10_false_alarms <= MATCH_LOG10_FALSE_ALARMS
    if proven and not has_parallax(verified):
        exact = exact_frame_known or verified.look.mean >= SAME_MOMENT_AGREEMENT
        return Relation.SAME_PICTURE if exact else Relation.SAME_FOOTAGE
    seen = verified.inliers >= LEAD_INLIERS and log10_false_alarms <= LEAD_LOG10_FALSE_ALARMS
    if covers and seen and verified.look.median >= SAME_SCENE_AGREEMENT:
        return Relation.SAME_SCENE
    return Relation.SHARED_ELEMENT


def _agrees(verified: Verified) -> bool:
    seen = verified.look
    if seen.median < _needed_agreement(verified) or seen.ground < GROUND_AGREEMENT:
        return False
    if seen.contradicting > CONTRADICTING_SHARE:
        return False
    if verified.inliers < FEW_INLIERS and seen.overall < _needed_unlocated(verified.code_distance or 0):
        return False
    return seen.mean >= PAGE_AGREEMENT or not is_page(verified.reference.grey)


def has_parallax(verified: Verified) -> bool:
    """Whether a pair is sharp, and yet its parts lie in different places: two shots from two places."""
    few, many = SHARP_INLIERS
    if verified.inliers < few:
        return False
    left = measure_parallax(verified.view.grey, verified.reference.grey, verified.matrix)
    coarse = verified.look.fine < SHARP_AGREEMENT and left.displacement_px > PARALLAX_PX
    return coarse or (verified.inliers >= many and left.displaced_share > DISPLACED_SHARE)


def _needed_unlocated(distance: int) -> float:
    return next(needed for up_to, needed in UNLOCATED_AGREEMENT if distance <= up_to)


def _needed_agreement(verified: Verified) -> float:
    if verified.correspondences < SHARE_COUNTS_FROM:
        return SAME_PICTURE_AGREEMENT[1][1]
    share = verified.inliers / verified.correspondences
    return next(needed for up_to, needed in SAME_PICTURE_AGREEMENT if share <= up_to)
