"""Where an aligned pair differs: text laid over, an object gone.

A window disagrees when it shows something in one of the pictures and correlates badly. Disagreeing windows are joined
to regions. A region counts when it is large enough and the pictures differ in it by more than compression, lost detail
or a light reflected by a screen would make them.

The bounds were set on 253 edited pictures of Debian's gcompris-qt-data and wallpaper packages; some of their known
frames carry counters and maps that the queries lack, which are true differences.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import LEAST_VARIANCE, laid_over, local_correlation
from provcheck.matching.warping import Image
from provcheck.records import Box, Gray, Matrix

WINDOWS: Final = ((2.0, 16), (3.5, 24), (6.0, 36))
"""(blur, window) in pixels, by the scale at which the pair agrees: a copy that lost its detail is compared without."""

DISAGREES: Final = 0.4
SHOWN_VARIANCE: Final = 4 * LEAST_VARIANCE
LEAST_AREA: Final = 0.006
"""Fraction of the overlap; smaller regions are not named."""

LEAST_DIFFERENCE: Final = 7.0
TIMES_THE_REST: Final = 2.0
"""Mean difference inside a region, grey levels of the reference, and how many times the median difference elsewhere.
Regions under captions, arrows and emblems had 7.4 and more; in blurred and low-bitrate copies, crops and mirror images
those that were only noise had at most 4.6, with one exception of 8.8."""

BAND_PX: Final = (4.0, 16.0)
"""Differences are taken between these two blurs: finer is noise, coarser is light."""

LEAST_GAIN: Final = 0.2
MOST_REGIONS: Final = 8
NOISY: Final = 0.6
"""When less of the textured overlap agrees than this, the picture is degraded all over and no region is singled out."""

Mask = npt.NDArray[np.bool_]


def changed_boxes(query: Gray, reference: Gray, matrix: Matrix, scale: int = 0, part: Box | None = None) -> list[Box]:
    """Find the regions of a reference that the aligned query shows otherwise, largest first.

    Parameters
    ----------
    scale : int
        Index into `WINDOWS`: the scale of the photometric look at which the pair agrees.
    part : Box or None
        What of the reference the query shows within a frame of its own.

    Returns
    -------
    list of Box
        In pixels of `reference`.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    found = _disagreeing(warped, reference, inside, scale)
    if found is None:
        return []
    seen, disagreeing = found
    difference = _difference(warped, reference, inside, seen & ~disagreeing)
    rest = float(np.median(difference[seen & ~disagreeing]))
    labels, sizes = _regions(disagreeing, scale)
    least = max(LEAST_DIFFERENCE, TIMES_THE_REST * rest)
    kept = [
        (area, box)
        for number, area, box in sizes
        if area >= LEAST_AREA * float(seen.sum()) and float(difference[labels == number].mean()) >= least
    ]
    return [box for _, box in sorted(kept, key=lambda region: -region[0])[:MOST_REGIONS]]


def _disagreeing(warped: Image, reference: Gray, inside: Image, scale: int) -> tuple[Mask, Mask] | None:
    """Where both can be seen, and where they disagree there; None when nothing or nearly everything does."""
    blur, window = WINDOWS[scale]
    there = np.asarray(cv2.GaussianBlur(warped, (0, 0), blur), np.float32)
    here = np.asarray(cv2.GaussianBlur(reference, (0, 0), blur), np.float32)
    correlation, of_query, of_reference, covered = local_correlation(there, here, inside, window)
    seen = covered > 0.9
    textured = seen & (of_reference > SHOWN_VARIANCE)
    if not textured.any():
        return None
    gain = float(np.median(of_query[textured])) / max(1.0, float(np.median(of_reference[textured])))
    shown = seen & (np.maximum(of_query / max(gain, 1e-3), of_reference) > SHOWN_VARIANCE)
    disagreeing = np.asarray(shown & (correlation < DISAGREES))
    agreed = seen & ~disagreeing
    if not agreed.any() or disagreeing.sum() > (1 - NOISY) * shown.sum():
        return None
    return seen, disagreeing


def _difference(warped: Image, reference: Gray, inside: Image, agreeing: Mask) -> Image:
    """Absolute difference of two pictures once contrast and light are allowed for, in grey levels of the reference."""
    there, here = _band(warped, inside), _band(reference.astype(np.float32), inside)
    known = here[agreeing]
    gain = float((known * there[agreeing]).sum() / max(1.0, float((known * known).sum())))
    gain = max(gain, LEAST_GAIN)
    return np.asarray(np.abs(there / np.float32(gain) - here), np.float32)


def _band(picture: Image, inside: Image) -> Image:
    fine, coarse = BAND_PX
    share = np.maximum(cv2.GaussianBlur(inside, (0, 0), coarse), 1e-3)
    light = cv2.GaussianBlur(picture * inside, (0, 0), coarse) / share
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), fine) - light, np.float32)


def _regions(mask: Mask, scale: int) -> tuple[npt.NDArray[np.int32], list[tuple[int, int, Box]]]:
    """Join what lies close: labels by pixel, and (label, pixels, box) of each region."""
    side = WINDOWS[scale][1] // 2
    joined = cv2.morphologyEx(
        mask.astype(np.uint8), cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    regions = [
        (number, area, (left, top, left + width, top + height))
        for number, (left, top, width, height, area) in enumerate(stats.tolist())
        if number
    ]
    return np.asarray(labels, np.int32), regions
