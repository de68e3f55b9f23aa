"""Stripes that a photographed screen has and the known picture has not: moire, and the bands of its refreshing.

They are the difference of an aligned pair, and nearly periodic. In the logarithm of the light they are a sum of waves
whose height and phase change slowly, a wave's period over the picture being much longer than its length. What two shots
of one place differ by is not periodic, so that taking off a few waves does not make them alike.

Steps
-----
1. Warp the query onto the reference; take the difference of the logarithms, without what changes slowly, at half size.
2. While one wave stands out in its spectrum from all others of its length, follow its height and phase through the
   picture (demodulation) and take it off. At most `WAVES`.
3. Lead the waves back to the query and divide it by them.
"""

from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from provcheck.matching.transforms import inverse, rescaling
from provcheck.matching.warping import Image, warp
from provcheck.records import Gray, Matrix

WAVES: Final = 3
SHORTEST_PX: Final = 6.0
LONGEST_PX: Final = 64.0
"""Lengths of waves in pixels of the reference: shorter ones are noise to the look, longer ones are slow light."""

STANDS_OUT: Final = 30.0
"""Power of a wave over the median of all waves of its length. Half of 84 pairs of other shots had 17 and less, half of
29 strongly re-photographed screens 1,500 and more."""

FOLLOWED_PX: Final = 40.0
"""Blur with which the height and the phase of a wave are followed."""

SLOW_PX: Final = 24.0
BLACK: Final = 8.0
"""Grey levels added before the logarithm, for the noise of what is black."""

LARGEST_DIFFERENCE: Final = 0.5
"""Of logarithms; more is no stripe but something else."""

LEAST_CONTRAST: Final = 0.3
SMALLER: Final = 2
"""Waves are sought at so much less than the size of the reference, which shows the shortest of them and takes a fourth
of the time."""

SPECTRUM: Final = 256
RING: Final = 6
"""Samples of the spectrum in each direction, and the width of the rings of about one length of wave."""

EDGE_PX: Final = 5


def without_stripes(query: Gray, reference: Gray, matrix: Matrix) -> Gray | None:
    """Take periodic light off a query.

    Parameters
    ----------
    query, reference : (height, width) uint8 arrays
    matrix : (3, 3) float64 array
        Query to reference, right to a few pixels.

    Returns
    -------
    (height, width) uint8 array or None
        None when no wave stands out.
    """
    whole = reference.shape[1], reference.shape[0]
    small = max(1, whole[0] // SMALLER), max(1, whole[1] // SMALLER)
    known = np.asarray(cv2.resize(reference, small, interpolation=cv2.INTER_AREA), np.uint8)
    difference, inside = _difference(query, known, rescaling(whole, small) @ matrix)
    stripes = np.zeros_like(difference)
    for _ in range(WAVES):
        frequency = _strongest(difference - stripes)
        if frequency is None:
            break
        stripes += _followed(difference - stripes, inside, frequency)
    if not stripes.any():
        return None
    back = inverse(rescaling(whole, small) @ matrix)
    light = cv2.warpPerspective(stripes, back, (query.shape[1], query.shape[0]), flags=cv2.INTER_LINEAR)
    cleaned = (query.astype(np.float32) + BLACK) * np.exp(-light) - BLACK
    return np.asarray(np.clip(cleaned, 0, 255).round(), np.uint8)


def _difference(query: Gray, reference: Gray, matrix: Matrix) -> tuple[Image, Image]:
    """Difference of the logarithms without slow light, and where the query covers the reference."""
    warped, inside = warp(query, matrix, (reference.shape[1], reference.shape[0]))
    inside = cv2.erode(inside, np.ones((EDGE_PX, EDGE_PX), np.uint8), borderValue=0).astype(np.float32)
    seen = inside > 0
    if not seen.any():
        return np.zeros_like(inside), inside
    there, here = np.log(warped + BLACK), np.log(reference.astype(np.float32) + BLACK)
    spread = here[seen] - here[seen].mean()
    contrast = float((spread * there[seen]).sum() / max(1e-6, float((spread * spread).sum())))
    difference = there - max(LEAST_CONTRAST, contrast) * here
    difference = (difference - np.float32(np.median(difference[seen]))) * inside
    slow = _smoothed(difference, inside, SLOW_PX / SMALLER)
    return np.clip((difference - slow) * inside, -LARGEST_DIFFERENCE, LARGEST_DIFFERENCE).astype(np.float32), inside


def _smoothed(values: Image, inside: Image, blur: float) -> Image:
    share = np.maximum(cv2.GaussianBlur(inside, (0, 0), blur), np.float32(1e-3))
    return np.asarray(cv2.GaussianBlur(values, (0, 0), blur) / share, np.float32)


def _strongest(difference: Image) -> tuple[float, float] | None:
    """Frequency (down, across; waves a pixel) of the wave that stands out most; None when none does."""
    height, width = difference.shape
    taper = np.outer(np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1]).astype(np.float32)
    power = np.abs(np.fft.rfft2(difference * taper, (SPECTRUM, SPECTRUM))) ** 2
    down, across = np.fft.fftfreq(SPECTRUM), np.fft.rfftfreq(SPECTRUM)
    frequency = np.hypot(down[:, None], across[None])
    outstanding = np.zeros_like(power)
    edges = np.arange(SMALLER / LONGEST_PX, SMALLER / SHORTEST_PX, RING / SPECTRUM)
    for low, high in pairwise(edges.tolist()):
        ring = (frequency >= low) & (frequency < high)
        outstanding[ring] = power[ring] / max(float(np.median(power[ring])), 1e-9)
    row, column = np.unravel_index(int(outstanding.argmax()), power.shape)
    return (float(down[row]), float(across[column])) if outstanding[row, column] > STANDS_OUT else None


def _followed(difference: Image, inside: Image, frequency: tuple[float, float]) -> Image:
    """Return the wave of a frequency, its height and phase as they are around each pixel."""
    rows, columns = np.arange(difference.shape[0])[:, None], np.arange(difference.shape[1])[None]
    turned = np.exp(-2j * np.pi * (frequency[0] * rows + frequency[1] * columns))
    part = difference * turned
    real, imaginary = (
        _smoothed(side.astype(np.float32), inside, FOLLOWED_PX / SMALLER) for side in (part.real, part.imag)
    )
    return np.asarray(2 * ((real + 1j * imaginary) * turned.conj()).real * inside, np.float32)
