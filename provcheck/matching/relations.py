"""How a verified pair belongs together: the one place where a match is decided.

Unless said otherwise the measurements behind the thresholds were made on photographs that no table of ours reports on:
338 pictures from Debian's gcompris-qt-data and wallpaper packages, edited by 24 families of edits. Among them 12 pairs
of different pictures had geometry in common; three landmarks of those were looked at.
"""

import math
from dataclasses import dataclass
from typing import Final

from provcheck.matching.comings import went_and_came
from provcheck.matching.drawn import Mask, drawn_over
from provcheck.matching.graphics import shares_graphic_only
from provcheck.matching.movement import moved_blocks
from provcheck.matching.pages import is_page
from provcheck.matching.parallax import measure_parallax
from provcheck.matching.shifted import has_shifted
from provcheck.matching.softening import softened
from provcheck.matching.surroundings import shows_other_picture
from provcheck.matching.transforms import depth_ratio
from provcheck.matching.verification import Verified
from provcheck.records import Gray, OtherShot, Relation

SAME_PICTURE_AGREEMENT: Final = ((0.25, 0.92), (0.5, 0.905), (1.0, 0.82))
POOR_AGREEMENT: Final = ((0.25, 0.88), (0.35, 0.85), (1.0, 0.82))
POOR_INLIERS: Final = 20
"""(share of inliers among the correspondences, up to; median local correlation from which on it is the same picture);
the second for a pair with fewer inliers, a degraded copy. Of 20 pairs of other shots of two landmarks in posts, on
pages and between bars all but two had more inliers and agreed less than the first asks for; of 1,643 copies one.

Other shots of one landmark reached (0.13, 0.84) and (0.16, 0.83); the copies that agree least, photographed screens and
pictures under large letters, had (0.42, 0.84), (0.30, 0.86) and (0.55, 0.88)."""

PART_AGREEMENT: Final = ((0.45, 0.975), (1.0, 0.9))
"""The same for a part that the query shows in a frame of its own (`framed`). Of 242 crops in posts, on pages and
between bars none below a share of 0.5 agreed by less; of 31 other shots of two landmarks in such frames none had a
share above 0.44 or agreed by more than 0.970. A copy at a low bit rate that was taken for a part had (0.495, 0.974)."""

TILT: Final = 1.15
TILTED_CONTAINED: Final = 0.95
TILTED_AGREEMENT: Final = ((0.25, 0.88), (0.3, 0.85), (1.0, 0.72))
"""The same for a picture all of which is seen at an angle (distance of its farthest corner over that of its nearest): a
screen or a print that was photographed agrees less, for its moire and glare.

Of 66 photographed screens rendered from the tuning pictures those that agreed by 0.65 to 0.9 had tilts of 1.18 to 2.5
(one 1.09) and, but for three, shares of 0.31 and more. Of 152 pairs of other shots of one place (two landmarks,
OpenCV's samples) the most tilted that agreed as much had 1.17, a share of 0.36 and an agreement of 0.67, and shared
0.84."""

CONTAINED: Final = 0.975
PARTIAL_SHARE: Final = 0.5
PARTIAL_AGREEMENT: Final = 0.97
PARTIAL_AGREEMENT_OF_VIDEO: Final = 0.95
"""A copy shows all of the known frame, or nothing but a part of it. Two shots rarely contain each other.

Where less than the first number of either picture is shared and less than the second of the correspondences are
inliers, the third is needed, or the last of a frame of a video. Of 674 copies (half of them of the development set,
seed 11) 25 were partial, most of them crops inside collages: all but two agreed by 0.99 or had more inliers. Eleven
pairs of shots of two landmarks that were taken for one picture before had shares up to 0.48 and agreed by 0.89 to 0.94.
Nearly featureless footage is aligned less exactly, so that a whole still seems partial: one of 96 (seed 53) agreed by
0.96."""

SHARE_COUNTS_FROM: Final = 40
"""Correspondences; of fewer (blurred or flat pictures) the share of inliers says nothing."""

FINE_INLIERS: Final = 30
FINE_AGREEMENT: Final = 0.8
PARALLAX_PX: Final = 2.2
"""A pair with that many inliers is not blurred; when it yet agrees less at the finest scale, displacements beyond the
last are parallax. Two thermal frames of one drive were displaced by 3.6 pixels, 263 copies with so many inliers by at
most 1.5."""

BARE_PARALLAX_PX: Final = 1.5
"""The same once letters are left out, which alone may be far displaced. One shot under letters had 2.2."""

DISPLACED_SHARE: Final = ((0.9, 0.06), (math.inf, 0.035))
"""(median correlation at the finest scale, up to; share of displaced blocks from which on it is another shot).

Of 674 copies (half of them of the development set, seed 11) the share was at most 0.044 and 0.031. Of 40 pairs of
stereo pictures and hand-held shots of one place (OpenCV's samples) 15 had more, of the others all but two agree."""

UNBENT_SHARE: Final = 0.008
"""What remains displaced of another shot when the query is bent as a lens or a page would. Of 42 pictures curled or
seen through a strong lens nothing remained; of 27 other shots and moments with displaced parts 0.011 and more in 21."""

MOVED_BLOCKS: Final = 3
"""Blocks that moved together. None of 235 copies that differ somewhere had one; of 67 pairs of moments 0.2 to 4 seconds
apart that differ (eight clips and OpenCV's) 24 had 3 and more, of 14 other shots 6."""

WENT: Final = 2
CAME: Final = 1
"""Things of the one picture where the other shows the ground around them, both ways (`comings`). Of 40 pairs of moments
of a surveillance camera that were taken for one picture (OpenCV's vtest) 31 have so many; none of 671 copies, half of
them of the development set, seed 11, of which two under arrows have one of each."""

SHIFTED_AGREEMENT: Final = 0.965
"""Median correlation at the finest scale from which on a part that lies a little elsewhere is looked for: low-bitrate
video shifts parts of a picture by itself. Of 541 hard copies 8 had such parts and agreed by 0.946 and less."""

UNCHANGED_AGREEMENT: Final = 0.99
"""Mean local correlation from which on nothing can have moved."""

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
LEAST_PART: Final = 0.12
LEAST_OVERLAP: Final = 0.35
"""Of the query or of the reference: a copy shows most of one of them, what two pictures share is small in both. 288
copies covered 0.75 or more of one; pairs of other pictures that agreed by more than 0.6 at most 0.34 of either."""

MATCH_LOG10_FALSE_ALARMS: Final = -3.0
"""At most one accidental match in a thousand searches of the whole corpus."""

LEAD_LOG10_FALSE_ALARMS: Final = -6.0
LEAD_INLIERS: Final = 12
"""Pairs of other pictures had at most 6 inliers, but for two views of one landmark or wallpaper: 12 to 24 in 6 pairs,
of which 5 agree by more than the least agreement of a lead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How a query and a frame belong together, and for another shot of the same scene what told it from a copy."""

    relation: Relation
    other_shot: OtherShot | None = None


def decide(verified: Verified, log10_false_alarms: float, *, exact_frame_known: bool = True) -> Decision:
    """Decide how a query and a frame belong together.

    Parameters
    ----------
    log10_false_alarms : float
        Logarithm of the expected number of accidental pairs as good as this one, over the whole corpus.
    exact_frame_known : bool
        False for a kept frame of a video whose file could not be read again: the query may be of another moment.
    """
    covers = _shared(verified) >= (LEAST_OVERLAP if verified.part is None else LEAST_PART)
    agrees = covers and _agrees(verified, exact_frame_known=exact_frame_known)
    if agrees and log10_false_alarms <= MATCH_LOG10_FALSE_ALARMS:
        return _decide_proven(verified, exact_frame_known=exact_frame_known)
    seen = verified.inliers >= LEAD_INLIERS and log10_false_alarms <= LEAD_LOG10_FALSE_ALARMS
    if covers and seen and verified.look.median >= SAME_SCENE_AGREEMENT:
        return Decision(Relation.SAME_SCENE, OtherShot.UNLIKE)
    return Decision(Relation.SHARED_ELEMENT)


def _decide_proven(verified: Verified, *, exact_frame_known: bool) -> Decision:
    """Tell a copy from another picture on the same page, another shot of the same place, and another moment."""
    if exact_frame_known and _has_other_content(verified):
        return Decision(Relation.SAME_SCENE, OtherShot.OTHER_CONTENT)
    if has_parallax(verified):
        return Decision(Relation.SAME_SCENE, OtherShot.DISPLACED)
    if not exact_frame_known:
        same = verified.look.mean >= SAME_MOMENT_AGREEMENT
        return Decision(Relation.SAME_PICTURE if same else Relation.SAME_FOOTAGE)
    if not has_moved(verified):
        return Decision(Relation.SAME_PICTURE)
    of_video = verified.reference.time_s is not None
    return Decision(Relation.SAME_FOOTAGE) if of_video else Decision(Relation.SAME_SCENE, OtherShot.MOVED)


def _agrees(verified: Verified, *, exact_frame_known: bool) -> bool:
    seen = verified.look
    if seen.median < _needed_agreement(verified, exact_frame_known=exact_frame_known) or seen.ground < GROUND_AGREEMENT:
        return False
    if seen.contradicting > CONTRADICTING_SHARE:
        return False
    if verified.inliers < FEW_INLIERS and seen.overall < _needed_unlocated(verified.code_distance or 0):
        return False
    return seen.mean >= PAGE_AGREEMENT or not is_page(verified.reference.grey)


def has_parallax(verified: Verified) -> bool:
    """Whether the parts of a pair lie in different places: two shots from two places."""
    reference = verified.reference.grey
    if not _is_displaced(verified, reference):
        return False
    soft = softened(verified.view.grey, reference, verified.matrix)
    if soft is not None and not _is_displaced(verified, soft):
        return False
    return _is_displaced(verified, reference if soft is None else soft, _drawn_over(verified))


def _is_displaced(verified: Verified, reference: Gray, drawn: Mask | None = None) -> bool:
    left = measure_parallax(verified.view.grey, reference, verified.matrix, drawn)
    fine = verified.look.fine
    most_px = PARALLAX_PX if drawn is None else BARE_PARALLAX_PX
    if verified.inliers >= FINE_INLIERS and fine < FINE_AGREEMENT and left.displacement_px > most_px:
        return True
    bound = next(share for up_to, share in DISPLACED_SHARE if fine <= up_to)
    return left.displaced_share > bound and left.unbent_share > UNBENT_SHARE


def has_moved(verified: Verified) -> bool:
    """Whether things lie elsewhere in a pair whose surroundings agree: two moments."""
    if verified.look.mean >= UNCHANGED_AGREEMENT:
        return False
    if _shows_movement(verified, None) and _shows_movement(verified, _drawn_over(verified)):
        return True
    if verified.look.fine < SHIFTED_AGREEMENT:
        return False
    return has_shifted(verified.view.grey, verified.reference.grey, verified.matrix, verified.part)


def _shows_movement(verified: Verified, drawn: Mask | None) -> bool:
    pair = verified.view.grey, verified.reference.grey, verified.matrix
    if moved_blocks(*pair, drawn) >= MOVED_BLOCKS:
        return True
    went, came = went_and_came(*pair, verified.part, drawn)
    return went >= WENT and came >= CAME


def _drawn_over(verified: Verified) -> Mask:
    return drawn_over(verified.view.grey, verified.reference.grey, verified.matrix, verified.part)


def _has_other_content(verified: Verified) -> bool:
    if verified.look.mean >= UNCHANGED_AGREEMENT:
        return False
    pair = verified.view.grey, verified.reference.grey, verified.matrix, verified.part
    return shows_other_picture(*pair) or shares_graphic_only(*pair)


def _needed_unlocated(distance: int) -> float:
    return next(needed for up_to, needed in UNLOCATED_AGREEMENT if distance <= up_to)


def _needed_agreement(verified: Verified, *, exact_frame_known: bool) -> float:
    share = verified.inliers / max(1, verified.correspondences)
    if verified.part is not None:
        return next(needed for up_to, needed in PART_AGREEMENT if share <= up_to)
    if verified.correspondences >= SHARE_COUNTS_FROM and _is_tilted(verified):
        return next(needed for up_to, needed in TILTED_AGREEMENT if share <= up_to)
    if exact_frame_known and _shared(verified) < CONTAINED and share < PARTIAL_SHARE:
        return PARTIAL_AGREEMENT if verified.reference.time_s is None else PARTIAL_AGREEMENT_OF_VIDEO
    if verified.correspondences < SHARE_COUNTS_FROM:
        return POOR_AGREEMENT[1][1]
    bounds = POOR_AGREEMENT if verified.inliers < POOR_INLIERS else SAME_PICTURE_AGREEMENT
    return next(needed for up_to, needed in bounds if share <= up_to)


def _is_tilted(verified: Verified) -> bool:
    return _shared(verified) >= TILTED_CONTAINED and depth_ratio(verified.matrix, verified.view.size) >= TILT


def _shared(verified: Verified) -> float:
    return max(verified.overlap.query, verified.overlap.reference)
