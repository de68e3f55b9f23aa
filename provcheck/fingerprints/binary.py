"""SIFT descriptors to 256-bit codes, so that everything that is searched lives under Hamming distance.

Steps
-----
1. RootSIFT (Arandjelovic and Zisserman, CVPR 2012): the square root of the L1-normalised descriptor, in 512ths.
2. Subtract the mean descriptor of photographs.
3. Rotate twice: a Hadamard matrix after a fixed random flip of signs is an orthogonal rotation made of whole numbers.
4. Each bit is the sign of one coordinate.

Why not random floats (locality-sensitive hashing): every number here is a whole number below 2^24, exact in float32, so
the bits are the same on every processor and with every BLAS. Why not learned (ITQ): codes outlive training sets.
"""

import hashlib
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.records import Codes

VERSION: Final = "sift-root-hadamard-256-1"
"""Of the keypoints and their codes together: see `local`."""

LENGTH: Final = 128
"""Numbers of a SIFT descriptor."""

UNIT: Final = 512
"""A descriptor's L2 norm after step 1."""

MEAN: Final = np.array(
    [
        36,
        31,
        26,
        28,
        32,
        23,
        19,
        24,
        63,
        42,
        28,
        27,
        32,
        24,
        23,
        38,
        62,
        37,
        23,
        25,
        32,
        27,
        28,
        43,
        36,
        24,
        19,
        23,
        32,
        28,
        26,
        31,
        45,
        33,
        28,
        33,
        40,
        29,
        22,
        28,
        82,
        48,
        30,
        34,
        41,
        31,
        26,
        47,
        82,
        46,
        26,
        31,
        42,
        35,
        30,
        48,
        45,
        28,
        22,
        29,
        40,
        33,
        27,
        32,
        45,
        28,
        22,
        29,
        40,
        33,
        28,
        33,
        82,
        47,
        26,
        31,
        41,
        34,
        30,
        48,
        82,
        48,
        30,
        34,
        42,
        31,
        26,
        47,
        45,
        32,
        27,
        33,
        40,
        29,
        22,
        27,
        36,
        24,
        19,
        23,
        32,
        28,
        27,
        31,
        63,
        38,
        23,
        25,
        32,
        27,
        28,
        42,
        63,
        43,
        28,
        27,
        32,
        25,
        23,
        37,
        36,
        31,
        26,
        27,
        32,
        23,
        19,
        23,
    ],
    np.float32,
)
"""Mean over 52,888 keypoints of 199 photographs (Debian's gcompris-qt-data and wallpaper packages)."""


def binary_codes(descriptors: npt.NDArray[np.float32]) -> Codes:
    """Return the codes of SIFT descriptors.

    Parameters
    ----------
    descriptors : (N, 128) float32 array
        As OpenCV's SIFT gives them: histogram bins, not negative.

    Returns
    -------
    (N, 32) uint8 array
    """
    sums = np.maximum(descriptors.sum(axis=1, keepdims=True), 1)
    root = np.round(UNIT * np.sqrt(descriptors / sums)).astype(np.float32)
    return np.packbits(_rotated(root - MEAN) > 0, axis=1)


def _rotated(descriptors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rotate twice: (N, 128) to (N, 256), the second rotation behind the first."""
    flipped = _signs() * descriptors.T
    columns = _hadamard(flipped.transpose(1, 0, 2).reshape(LENGTH, -1))
    return columns.reshape(LENGTH, 2, -1).transpose(2, 1, 0).reshape(-1, 2 * LENGTH)


def _hadamard(columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Multiply by the Hadamard matrix in sums and differences of halves, log2(128) times.

    Not by `@`: BLAS would compute 18 times as much, in threads that spin for longer than that takes.
    """
    half = LENGTH // 2
    while half:
        pairs = columns.reshape(LENGTH // (2 * half), 2, half, -1)
        columns = np.stack([pairs[:, 0] + pairs[:, 1], pairs[:, 0] - pairs[:, 1]], axis=1).reshape(columns.shape)
        half //= 2
    return columns


@cache
def _signs() -> npt.NDArray[np.float32]:
    """Return the two flips of signs, shape (2, 128, 1), entries +1 and -1."""
    stream = hashlib.shake_256(b"provcheck local codes, version 1").digest(2 * LENGTH // 8)
    bits = np.unpackbits(np.frombuffer(stream, np.uint8))
    return 1 - 2 * bits.astype(np.float32).reshape(2, LENGTH, 1)
