"""PDQ: 256 bits, the signs of 16x16 low frequencies against their median, with a quality from 0 to 100.

Computed by `pdqhash` (the C++ reference's binding) where it is installed, otherwise by numpy: pdqhash has no wheels, and
a press office's laptop has no compiler. Both give the same bits (tested), so a corpus does not depend on which one ran.

Steps
-----
1. Reduce pictures beyond `LONGEST_SIDE` by area averaging: the code keeps 16 frequencies, the pixels only cost time.
2. Luminance; two passes of a box filter along rows and columns; 64x64 samples.
3. Quality: the sum of quantised gradients between neighbouring samples.
4. Discrete cosine transform to 16x16 (without the constant row and column); each bit is "above the median".

References
----------
Meta, "PDQ and TMK + PDQF", 2019, https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf
"""

import functools
import importlib
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from provcheck.records import RGB

LONGEST_SIDE: Final = 1024
"""Pixels. Published conformance asks for 10 bits of tolerance; a reduction to 1024 changed at most 4 (12 MP photographs)."""

SAMPLES: Final = 64
FREQUENCIES: Final = 16

Float = npt.NDArray[np.float64]


class PDQ:
    """Meta's perceptual hash for photographs."""

    name: Final = "pdq"
    version: Final = "pdq-1"
    bits: Final = 256

    def compute(self, pixels: RGB) -> tuple[bytes, int]:
        """Return 32 bytes, most significant bit first, and the quality (below 50 the code says little)."""
        bits, quality = _implementation()(_reduced(pixels))
        return np.packbits(bits).tobytes(), int(quality)


@functools.cache
def _implementation() -> Callable[[RGB], tuple[npt.NDArray[np.uint8], int]]:
    try:
        native: Any = importlib.import_module("pdqhash")
    except ImportError:
        return pdq_by_numpy

    def pdq_by_pdqhash(pixels: RGB) -> tuple[npt.NDArray[np.uint8], int]:
        bits, quality = native.compute(np.ascontiguousarray(pixels))
        return np.asarray(bits, np.uint8), int(quality)

    return pdq_by_pdqhash


def _reduced(pixels: RGB) -> RGB:
    height, width = pixels.shape[:2]
    scale = LONGEST_SIDE / max(height, width)
    if scale >= 1:
        return pixels
    import cv2  # noqa: PLC0415 - only large pictures need it

    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def pdq_by_numpy(pixels: RGB) -> tuple[npt.NDArray[np.uint8], int]:
    """Compute PDQ without the C++ library.

    Parameters
    ----------
    pixels : (height, width, 3) uint8 array

    Returns
    -------
    bits : (256,) uint8 array of 0 and 1, most significant first
    quality : int, 0 to 100
    """
    luminance = pixels.astype(np.float64) @ np.array([0.299, 0.587, 0.114])
    samples = _sampled(luminance)
    basis = _cosines()
    spectrum = (basis @ samples @ basis.T).ravel()
    median = np.sort(spectrum)[spectrum.size // 2 - 1]
    return (spectrum > median).astype(np.uint8)[::-1], _quality(samples)


def _sampled(luminance: Float) -> Float:
    height, width = luminance.shape
    for _ in range(2):
        luminance = _box_filtered(luminance.T, width).T
        luminance = _box_filtered(luminance, height)
    rows = ((np.arange(SAMPLES) + 0.5) * height / SAMPLES).astype(int)
    columns = ((np.arange(SAMPLES) + 0.5) * width / SAMPLES).astype(int)
    return np.asarray(luminance[np.ix_(rows, columns)])


def _box_filtered(values: Float, length: int) -> Float:
    """Mean along the first axis over a window of length/128 rounded up, cut off at the borders."""
    window = (length + 2 * SAMPLES - 1) // (2 * SAMPLES)
    ahead = (window + 2) // 2
    sums = np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])
    at = np.arange(length)
    first, last = np.maximum(at - (window - ahead), 0), np.minimum(at + ahead, length)
    return np.asarray((sums[last] - sums[first]) / (last - first)[:, None])


def _quality(samples: Float) -> int:
    down = np.trunc((samples[:-1] - samples[1:]) * 100 / 255)
    across = np.trunc((samples[:, :-1] - samples[:, 1:]) * 100 / 255)
    return min(100, int((np.abs(down).sum() + np.abs(across).sum()) / 90))


def _cosines() -> Float:
    frequencies = np.arange(1, FREQUENCIES + 1)
    angles = np.pi / 2 / SAMPLES * np.outer(frequencies, 2 * np.arange(SAMPLES) + 1)
    return np.asarray(np.sqrt(2 / SAMPLES) * np.cos(angles))
