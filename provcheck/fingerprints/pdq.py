"""PDQ: 256 bits, the signs of 16x16 low frequencies against their median, with a quality from 0 to 100.

`pdqhash`, the binding of the C++ reference, is held against this in the tests, bit for bit, and not used: it has no
wheels, a press office's laptop has no compiler, and it takes many times as long.

Steps
-----
1. 64x64 samples, each a tent-shaped average of the pixels around it; then their luminance. The reference filters every
   pixel with two boxes and keeps 4096 of the results. Two boxes are a tent, the tents of neighbouring samples hardly
   overlap, and luminance is a sum: so each pixel is read once, and nothing but samples is computed.
2. Quality: the sum of quantised gradients between neighbouring samples.
3. Discrete cosine transform to 16x16 (without the constant row and column); each bit is "above the median".

Tents are laid out in pixels of the original. Where a picture was read smaller than its original, each pixel takes the
weight of those that it stands for, and the bits hardly change; those of the small picture by itself would, because PDQ
rounds its boxes to whole pixels.

References
----------
Meta, "PDQ and TMK + PDQF", 2019, https://github.com/facebook/ThreatExchange/blob/main/hashing/hashing.pdf
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.records import RGB, Codes, Size

SMALLEST_SIDE: Final = 5
"""Pixels; below it the reference implementation gives all zeros at quality 0."""

SAMPLES: Final = 64
FREQUENCIES: Final = 16
LUMINANCE: Final = (0.299, 0.587, 0.114)

ORIENTATIONS: Final = tuple((t, m, f) for t in (False, True) for m in (False, True) for f in (False, True))
"""(transposed, then mirrored left to right, then flipped upside down); the first is the picture as it is."""

_LENGTHS_REMEMBERED: Final = 64
"""Tents of so many sides are kept: the frames of a video, and most photographs, share theirs."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Tent:
    """The weights of one sample along one side, for the pixels from `start` on."""

    start: int
    weights: Floats

    @property
    def pixels(self) -> slice:
        return slice(self.start, self.start + len(self.weights))


class PDQ:
    """Meta's perceptual hash for photographs."""

    name: Final = "pdq"
    version: Final = "pdq-1"
    bits: Final = 256

    def compute(self, pixels: RGB, original: Size | None = None) -> tuple[bytes, int]:
        """Return 32 bytes, most significant bit first, and the quality (below 50 the code says little).

        Parameters
        ----------
        original : (width, height), optional
            Of the picture that `pixels` were read from, where they were read smaller.
        """
        spectrum, quality = _spectrum(pixels, original)
        return np.packbits(_bits(spectrum)).tobytes(), quality


def pdq_orientations(pixels: RGB, original: Size | None = None) -> tuple[Codes, int]:
    """Compute the codes of a picture in all eight orientations from one transform.

    Mirroring changes the sign of every odd frequency and transposing swaps rows and columns, so the picture is
    transformed once only. (Meta calls the eight "dihedral"; a query carries all of them, a reference only its own.)

    Parameters
    ----------
    original : (width, height), optional
        As in `PDQ.compute`.

    Returns
    -------
    codes : (8, 32) uint8 array
        In the order of `ORIENTATIONS`.
    quality : int, 0 to 100
    """
    spectrum, quality = _spectrum(pixels, original)
    signs = np.where(np.arange(1, FREQUENCIES + 1) % 2, -1.0, 1.0)
    codes = []
    for transposed, mirrored, flipped in ORIENTATIONS:
        turned = spectrum.T if transposed else spectrum
        turned = turned * signs if mirrored else turned
        codes.append(np.packbits(_bits(turned * signs[:, None] if flipped else turned)))
    return np.stack(codes), quality


def _spectrum(pixels: RGB, original: Size | None) -> tuple[npt.NDArray[np.float64], int]:
    """Compute the 16x16 lowest frequencies (rows: vertical) and the quality."""
    width, height = original or (pixels.shape[1], pixels.shape[0])
    if min(width, height) < SMALLEST_SIDE:
        return np.zeros((FREQUENCIES, FREQUENCIES)), 0
    samples = _sampled(pixels, _tents(height, pixels.shape[0]), _tents(width, pixels.shape[1]))
    basis = _cosines()
    return np.asarray(basis @ samples @ basis.T), _quality(samples)


def _bits(spectrum: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    values = spectrum.ravel()
    median = np.sort(values)[values.size // 2 - 1]
    return np.asarray((values > median)[::-1], np.uint8)


def _sampled(pixels: RGB, down: tuple[_Tent, ...], across: tuple[_Tent, ...]) -> npt.NDArray[np.float64]:
    """Return the luminance of 64x64 samples.

    einsum, because `@` hands products of this size to BLAS, whose threads spin for longer than the work takes.
    """
    rows = pixels.reshape(len(pixels), -1)
    strips = np.stack([np.einsum("r,rc->c", tent.weights, rows[tent.pixels].astype(np.float32)) for tent in down])
    channels = strips.reshape(SAMPLES, -1, 3)
    red, green, blue = (channels[..., at] * np.float32(part) for at, part in enumerate(LUMINANCE))
    luminance = red + green + blue
    samples = [np.einsum("rc,c->r", luminance[:, tent.pixels], tent.weights) for tent in across]
    return np.stack(samples, axis=1).astype(np.float64)


@lru_cache(maxsize=_LENGTHS_REMEMBERED)
def _tents(length: int, pixels: int) -> tuple[_Tent, ...]:
    """Return the tents along a side of `length` pixels that is given as `pixels` equal ones."""
    window, before = _window(length)
    starts = np.clip(np.arange(length) - before, 0, None)
    ends = np.clip(np.arange(length) - before + window, None, length)
    centres = ((np.arange(SAMPLES) + 0.5) * length / SAMPLES).astype(int)
    edges = np.linspace(0, length, pixels + 1)
    return tuple(_tent(starts[starts[c] : ends[c]], ends[starts[c] : ends[c]], edges) for c in centres)


def _tent(starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64], edges: npt.NDArray[np.float64]) -> _Tent:
    """Average the boxes `[start, end)`, then add up the weights of the pixels between each two edges."""
    first, last = int(starts.min()), int(ends.max())
    steps = np.zeros(last - first + 1)
    np.add.at(steps, starts - first, 1 / (ends - starts))
    np.subtract.at(steps, ends - first, 1 / (ends - starts))
    summed = np.concatenate([[0.0], np.cumsum(np.cumsum(steps[:-1]))]) / len(starts)
    low, high = np.searchsorted(edges, first, "right") - 1, np.searchsorted(edges, last, "left")
    shares = np.diff(np.interp(edges[low : high + 1], np.arange(first, last + 1), summed))
    return _Tent(int(low), shares.astype(np.float32))


def _window(length: int) -> tuple[int, int]:
    """Box length (a 128th of the side, rounded up) and how many of its pixels lie before the centre."""
    window = (length + 2 * SAMPLES - 1) // (2 * SAMPLES)
    return window, window - (window + 2) // 2


def _quality(samples: npt.NDArray[np.float64]) -> int:
    down = np.trunc((samples[:-1] - samples[1:]) * 100 / 255)
    across = np.trunc((samples[:, :-1] - samples[:, 1:]) * 100 / 255)
    return min(100, int((np.abs(down).sum() + np.abs(across).sum()) / 90))


def _cosines() -> npt.NDArray[np.float64]:
    frequencies = np.arange(1, FREQUENCIES + 1)
    angles = np.pi / 2 / SAMPLES * np.outer(frequencies, 2 * np.arange(SAMPLES) + 1)
    return np.asarray(np.sqrt(2 / SAMPLES) * np.cos(angles))
