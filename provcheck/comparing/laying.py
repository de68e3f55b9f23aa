"""Two pictures laid over each other: the small channels that a closer look compares."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.local import REFERENCE_SIDE, scaled
from provcheck.matching.transforms import rescaling
from provcheck.matching.warping import warp
from provcheck.records import RGB, Matrix, Picture, Size

Channel = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LaidOver:
    """A picture and another one in its coordinates.

    Attributes
    ----------
    a, b : tuple of (height, width) float32 array
        Luminance and the two chroma channels, 0 to 255; longest side of A at most `REFERENCE_SIDE`. B is 0 outside.
    inside : (height, width) bool array
        Where B shows anything.
    scale : (float, float)
        Pixels of the original A for a pixel of these, across and down.
    """

    a: tuple[Channel, ...]
    b: tuple[Channel, ...]
    inside: Mask
    scale: tuple[float, float]


def lay_over(a: Picture, b: Picture, matrix: Matrix) -> LaidOver:
    """Bring B into the coordinates of A.

    Parameters
    ----------
    matrix : (3, 3) float64 array
        B to A, in pixels of the originals.
    """
    channels_a, channels_b = _channels(a.pixels), _channels(b.pixels)
    size = _size(channels_a[0])
    to_small = rescaling(a.size, size) @ matrix @ rescaling(_size(channels_b[0]), b.size)
    warped = [warp(channel, to_small, size) for channel in channels_b]
    return LaidOver(
        tuple(channel.astype(np.float32) for channel in channels_a),
        tuple(channel for channel, _ in warped),
        warped[0][1] > 0,
        (a.size[0] / size[0], a.size[1] / size[1]),
    )


def _channels(pixels: RGB) -> list[npt.NDArray[np.uint8]]:
    small = cv2.cvtColor(scaled(pixels, REFERENCE_SIDE), cv2.COLOR_RGB2YCrCb)
    return [np.ascontiguousarray(small[..., at], np.uint8) for at in range(3)]


def _size(channel: npt.NDArray[np.uint8]) -> Size:
    return int(channel.shape[1]), int(channel.shape[0])
