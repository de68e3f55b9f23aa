"""Local features: SIFT keypoints with binary codes, which survive cropping, pasting and perspective.

Steps
-----
1. Scale the grey picture so that its longest side has `side` pixels.
2. SIFT (Lowe, IJCV 2004) with a low contrast threshold, so that fog and infrared have keypoints too.
3. Keep `count` keypoints, the strongest first.
4. Binary codes (`binary`). The mirrored picture needs no second extraction: mirroring turns the descriptor's rows and
   orientations around.
"""

import dataclasses
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.binary import binary_codes
from provcheck.records import RGB, Features, Size

VERSION: Final = "sift-root-hadamard-256-1"

REFERENCE_SIDE: Final = 384
REFERENCE_COUNT: Final = 300
QUERY_SIDE: Final = 512
QUERY_COUNT: Final = 600

CONTRAST: Final = 0.02
EDGE: Final = 12.0

_MIRRORED_BINS: Final = (
    np.arange(128).reshape(4, 4, 8)[::-1][..., (-np.arange(8)) % 8].reshape(128)
)  # rows run across the keypoint's direction, so they swap; orientations change sign


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Described:
    """Keypoints with their SIFT descriptors, before binarisation."""

    points: npt.NDArray[np.float32]
    scales: npt.NDArray[np.float32]
    angles: npt.NDArray[np.float32]
    descriptors: npt.NDArray[np.float32]
    size: Size


def reference_features(pixels: RGB) -> Features:
    """Return the features that a corpus stores for a frame."""
    return coded(describe(pixels, side=REFERENCE_SIDE, count=REFERENCE_COUNT))


def query_features(pixels: RGB) -> tuple[Features, Features]:
    """Return the features of a query and of its mirror image (each in its own coordinates)."""
    described = describe(pixels, side=QUERY_SIDE, count=QUERY_COUNT)
    return coded(described), coded(mirrored(described))


def coded(described: Described) -> Features:
    """Make the descriptors binary."""
    return Features(
        described.points, described.scales, described.angles, binary_codes(described.descriptors), described.size
    )


def mirrored(described: Described) -> Described:
    """Return what `describe` would find in the mirror image."""
    width = described.size[0]
    points = described.points * np.float32([-1, 1]) + np.float32([width - 1, 0])
    return dataclasses.replace(
        described,
        points=points.astype(np.float32),
        angles=np.remainder(np.float32(np.pi) - described.angles, np.float32(2 * np.pi)),
        descriptors=described.descriptors[:, _MIRRORED_BINS],
    )


def describe(pixels: RGB, *, side: int, count: int) -> Described:
    """Find keypoints and their descriptors.

    Parameters
    ----------
    pixels : (height, width, 3) uint8 array
    side : int
        Longest side of the picture in which keypoints are sought, pixels; smaller pictures are not enlarged.
    count : int
        At most so many keypoints.
    """
    grey = scaled_grey(pixels, side)
    size = int(grey.shape[1]), int(grey.shape[0])
    sift = cv2.SIFT_create(count, 3, CONTRAST, EDGE, 1.6, True)  # noqa: FBT003 - keypoints half a pixel off without it
    keypoints, descriptors = sift.detectAndCompute(grey, None)
    if descriptors is None or not len(keypoints):
        return Described(*_nothing(), size)
    order = np.argsort([-k.response for k in keypoints], kind="stable")[:count]
    rows = np.array([(*keypoints[i].pt, keypoints[i].size, keypoints[i].angle) for i in order], np.float32)
    return Described(
        rows[:, :2].copy(), rows[:, 2].copy(), np.deg2rad(rows[:, 3]), np.asarray(descriptors[order], np.float32), size
    )


def scaled_grey(pixels: RGB, side: int) -> npt.NDArray[np.uint8]:
    """Return the luminance with the longest side at most `side` pixels."""
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(height, width))
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _nothing() -> tuple[npt.NDArray[np.float32], ...]:
    empty = np.zeros(0, np.float32)
    return np.zeros((0, 2), np.float32), empty, empty, np.zeros((0, 128), np.float32)
