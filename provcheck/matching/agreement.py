"""The photometric look: do the pixels agree once query and reference are aligned?

Geometry cannot tell a copy from another shot of the same flat scene, and two unrelated pictures with the same printed
word have inliers too. The pixels can: local normalised correlation ignores brightness, contrast and slow gradients, is
near 1 all over a copy, and low wherever there is parallax, another light, moved people, or nothing in common at all.

Steps
-----
1. Warp the query onto the reference.
2. At three scales (blur and window): correlate the two in overlapping windows.
3. Count windows that have texture in *either* picture: an object that only one of them shows is a disagreement.
4. Take the scale with the highest median, or a finer one that is nearly as good and has more windows. A degraded copy
   (low bit rate, halftone, blur) agrees at the coarse scales only; another shot agrees at none.
"""

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.matching.transforms import box_corners, corners
from provcheck.matching.warping import Image, warp
from provcheck.records import Box, Gray, Matrix, Overlap, Size

SCALES: Final = ((1.5, 24), (3.0, 32), (6.0, 48))
"""(blur, window) in pixels of the reference's 384-pixel picture."""

FINE_SCALES: Final = 2

LEAST_VARIANCE: Final = 16.0
FAINTEST_VARIANCE: Final = 2.0
"""Squared grey levels; a window below the first in both pictures says nothing. Where most of the reference is below it
(an empty road, the sky), its median is the bound, down to the second, which is the noise of compression."""

FLAT_SHARE: Final = 0.25
"""A window below so much of that bound in one picture, but above it in the other, shows what the one has not."""

LEAST_GROUND: Final = 0.3
"""Share of the overlap without texture from which on its shading is compared."""

GROUND_BLUR_PX: Final = 6.0
FLAT_GROUND: Final = 2.0
"""Standard deviation, grey levels: flatter ground has no shading to compare."""

NO_SHADING: Final = 1e-3
"""Standard deviation, grey levels, that rounding alone gives to a flat picture: 7.6e-6 of three that were looked at."""

CORRELATED: Final = 0.8
CONTRADICTS: Final = -0.4
"""Unlike what is merely laid over (which correlates with nothing), two pictures that each show something of their own
behind a shared caption contradict each other as often as they agree by chance."""

NEARLY: Final = 0.02
"""Median correlation that a finer scale may lack."""

STEPS_PER_WINDOW: Final = 4
FEWEST_WINDOWS: Final = 6
"""Independent windows (side by side, not overlapping) that a scale needs to count."""

Windows = npt.NDArray[np.float32]
Grid = tuple[slice, slice]
EVERYWHERE: Final[Grid] = np.s_[:, :]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What the pixels say at the scale at which they agree best.

    Attributes
    ----------
    median : float
        Median local correlation over the textured windows of the overlap, -1 to 1; 0 when there are too few.
    windows : int
        Independent textured windows.
    agreeing : int
        How many of those correlate above `CORRELATED`.
    mean : float
        Mean local correlation at the two fine scales: unlike the median it notices that an arm has moved.
    fine : float
        Median at the finest scale.
    overall : float
        Mean local correlation at the scale of `median`.
    contradicting : float
        Share of the windows at the scale of `median` that correlate below `CONTRADICTS`.
    scale : int
        Index into `SCALES` of the scale of `median`: above 0 the query is degraded.
    ground : float
        Correlation of the slow shading where neither has texture, -1 to 1; 1 where there is too little of it to say.
    """

    median: float
    windows: int
    agreeing: int
    mean: float
    fine: float
    overall: float
    contradicting: float
    scale: int = 0
    ground: float = 1.0


NOTHING_SEEN: Final = Look(0.0, 0, 0, 0.0, 0.0, 0.0, 0.0)


def look(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> Look:
    """Compare the pixels of an aligned pair.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference.
    part : Box or None
        What of the reference the query shows, where that is less than its outline covers.
    """
    warped, inside = laid_over(query, reference, matrix, part)
    looks = [_look_at(warped, reference, inside, blur, window) for blur, window in SCALES]
    highest = max(seen.median for seen in looks)
    scale = next(at for at, seen in enumerate(looks) if seen.median >= highest - NEARLY)
    mean = float(np.mean([seen.mean for seen in looks[:FINE_SCALES]]))
    ground = _ground(warped, reference, inside)
    return replace(looks[scale], scale=scale, mean=mean, fine=looks[0].median, ground=ground)


def _ground(warped: Image, reference: Gray, inside: Image) -> float:
    """Correlate the shading of what has no texture: the same letters on two skies are not the same picture."""
    blur, window = SCALES[0]
    pictures = [
        np.asarray(cv2.GaussianBlur(one, (0, 0), blur), np.float32) for one in (warped, reference.astype(np.float32))
    ]
    _, of_query, of_known, covered = local_correlation(pictures[0], pictures[1], inside, window)
    ground = (covered > 0.9) & (np.maximum(of_query, of_known) < LEAST_VARIANCE)
    if ground.sum() < LEAST_GROUND * max(1.0, float(inside.sum())):
        return 1.0
    here, there = (np.asarray(cv2.GaussianBlur(one, (0, 0), GROUND_BLUR_PX))[ground] for one in pictures)
    if max(here.std(), there.std()) < FLAT_GROUND:
        return 1.0
    return float(np.corrcoef(here, there)[0, 1]) if min(here.std(), there.std()) > NO_SHADING else 0.0


def laid_over(query: Gray, reference: Gray, matrix: Matrix, part: Box | None = None) -> tuple[Image, Image]:
    """Return `warp` of a query onto a reference, where the mask is cut down to the part that the query shows."""
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    return warped, inside if part is None else within(inside, part)


def within(inside: Image, part: Box) -> Image:
    """Return the mask of what a query covers, cut down to a box of the reference."""
    left, top, right, bottom = part
    kept = np.zeros_like(inside)
    kept[top:bottom, left:right] = inside[top:bottom, left:right]
    return kept


def blurred(warped: Image, reference: Gray, blur_px: float) -> tuple[Image, Image]:
    """Return both pictures of an aligned pair as float32, blurred alike."""
    here, known = (cv2.GaussianBlur(one, (0, 0), blur_px) for one in (warped, reference.astype(np.float32)))
    return np.asarray(here, np.float32), np.asarray(known, np.float32)


def overlap(matrix: Matrix, query_size: Size, reference_size: Size, part: Box | None = None) -> Overlap:
    """Area fractions of the query and of the reference that the shared part covers."""
    outline = cv2.perspectiveTransform(corners(query_size)[None], matrix)[0].astype(np.float32)
    frame = (corners(reference_size) if part is None else box_corners(part) - 0.5).astype(np.float32)
    shared, polygon = cv2.intersectConvexConvex(outline, frame)
    if shared <= 0 or polygon is None:
        return Overlap(0.0, 0.0)
    back = cv2.perspectiveTransform(np.asarray(polygon, np.float64), np.linalg.inv(matrix)).astype(np.float32)
    of_query = cv2.contourArea(back) / (query_size[0] * query_size[1])
    of_reference = shared / (reference_size[0] * reference_size[1])
    return Overlap(min(1.0, float(of_query)), min(1.0, float(of_reference)))


def _look_at(warped: Image, reference: Gray, inside: Image, blur: float, window: int) -> Look:
    query = np.asarray(cv2.GaussianBlur(warped, (0, 0), blur), np.float32)
    known = np.asarray(cv2.GaussianBlur(reference, (0, 0), blur), np.float32)
    correlation = textured_correlation(query, known, inside, window)
    windows = len(correlation) // STEPS_PER_WINDOW**2
    if windows < FEWEST_WINDOWS:
        return NOTHING_SEEN
    agreeing = int((correlation > CORRELATED).sum() / STEPS_PER_WINDOW**2)
    median = float(np.median(correlation))
    mean, contradicting = float(correlation.mean()), float((correlation < CONTRADICTS).mean())
    return Look(median, windows, agreeing, mean, median, mean, contradicting)


def textured_correlation(query: Image, known: Image, inside: Image, window: int) -> Windows:
    """Local correlation in the windows that show something, (N,), `STEPS_PER_WINDOW` of them along a window's side."""
    step = window // STEPS_PER_WINDOW
    grid = np.s_[step // 2 :: step, step // 2 :: step]
    correlation, of_query, of_known, covered = local_correlation(query, known, inside, window, at=grid)
    whole = covered > 0.9
    correlation, of_query, of_known = (values[whole] for values in (correlation, of_query, of_known))
    least = LEAST_VARIANCE
    if len(of_known):
        least = float(np.clip(np.median(of_known), FAINTEST_VARIANCE, LEAST_VARIANCE))
    textured = of_known > least
    if textured.sum() < STEPS_PER_WINDOW:
        return np.zeros(0, np.float32)
    gain = float(np.median(of_query[textured] / of_known[textured]))
    of_query = of_query / max(gain, 1e-3)
    shown = np.maximum(of_query, of_known) > least
    one_sided = np.minimum(of_query, of_known) < FLAT_SHARE * least
    return np.where(one_sided, np.minimum(correlation, 0), correlation)[shown]


def local_correlation(
    query: Image, known: Image, inside: Image, window: int, *, at: Grid = EVERYWHERE
) -> tuple[Image, Image, Image, Image]:
    """Windowed correlation, variance of query and of known, and how much of each window is covered, per pixel.

    Parameters
    ----------
    inside : (height, width) float32 array
        1 where the query covers the reference, else 0.
    at : pair of slices
        The pixels in the middle of the windows that are asked for.
    """

    def mean(values: Image) -> Image:
        means = cv2.boxFilter(values, cv2.CV_32F, (window, window), borderType=cv2.BORDER_REFLECT)
        return np.asarray(means, np.float32)[at]

    covered = mean(inside)
    share = np.maximum(covered, np.float32(1e-3))
    seen, known_seen = query * inside, known * inside
    mean_query, mean_known = mean(seen) / share, mean(known_seen) / share
    of_query = np.maximum(mean(seen * query) / share - mean_query**2, 0)
    of_known = np.maximum(mean(known_seen * known) / share - mean_known**2, 0)
    together = mean(seen * known) / share - mean_query * mean_known
    correlation = together / np.sqrt(np.maximum(of_query, np.float32(0.25)) * np.maximum(of_known, np.float32(0.25)))
    return np.clip(correlation, -1, 1), of_query, of_known, covered
