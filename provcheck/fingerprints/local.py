"""Local features: SIFT keypoints with binary codes, which survive cropping, pasting and perspective.

Steps
-----
1. Scale the grey picture so that its longest side has at most `side` pixels.
2. SIFT (Lowe, IJCV 2004) with a low contrast threshold, so that fog and infrared have keypoints too.
3. Keep `count` keypoints, spread over the picture and over scales (`selection`), strongest first.
4. Binary codes (`binary`). The mirrored picture needs no second extraction: mirroring reorders a descriptor's bins.

A query is looked at more than once, each time smaller: halftone dots, noise and blocks fill the fine scales with
keypoints of their own, and the small pictures have forgotten them. On 294 edited photographs (from Debian's
gcompris-qt-data) the right reference was among the first eight for 0.966 with one look and for 0.983 with all three.
Parts of it that may be pictures of their own are looked at once more by themselves, closer: see `DETAIL_LOOK`.
"""

import dataclasses
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.fingerprints.binary import binary_codes
from provcheck.fingerprints.selection import spread
from provcheck.records import RGB, Box, Features, Gray, Size

REFERENCE_SIDE: Final = 384
REFERENCE_COUNT: Final = 300
QUERY_LOOKS: Final = ((512, 800), (256, 250), (160, 120))
"""(side in pixels, keypoints) of each look at a query; points are given in the coordinates of the first."""

DETAIL_LOOK: Final = (512, 600)
"""(side in pixels, keypoints of all together) of a closer look at parts of a query. What is small in it has few
keypoints left in the looks at the whole: of 80 tuning pictures inside another on a telephone's screen, on a screen held
in a hand or among eight on a page, the right one was among the candidates for 78 instead of 65."""

CONTRAST: Final = 0.02
FAINT_CONTRAST: Final = 0.006
"""Fills up when the usual threshold leaves less than `FEW` of the keypoints wanted: an empty road, fog, night, sky."""

FEW: Final = 0.5
EDGE: Final = 12.0
LAYERS: Final = 3
"""Of an octave; OpenCV compares a keypoint's response with the contrast threshold divided by it."""

_MIRRORED_BINS: Final = np.arange(128).reshape(4, 4, 8)[::-1][..., (-np.arange(8)) % 8].reshape(128)
"""Rows run across the keypoint's direction, so they swap; orientations change sign."""

Floats = npt.NDArray[np.float32]


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Described:
    """Keypoints with their SIFT descriptors, before binarisation; the fields are those of `Features`."""

    points: Floats
    scales: Floats
    angles: Floats
    descriptors: Floats
    size: Size


def reference_features(pixels: RGB) -> Features:
    """Return the features that a corpus stores for a frame."""
    return _coded(describe(scaled_grey(pixels, REFERENCE_SIDE), REFERENCE_COUNT))


def query_features(pixels: RGB, small: RGB | None = None, details: Sequence[Box] = ()) -> tuple[Features, Features]:
    """Return the features of a query and of its mirror image, each in its own coordinates.

    Parameters
    ----------
    small : (height, width, 3) uint8 array, optional
        The picture scaled for the first look, where the caller has it.
    details : sequence of Box
        Parts of `pixels` that are looked at once more, each by itself.
    """
    shown = (pixels if small is None else small, *[pixels] * (len(QUERY_LOOKS) - 1))
    looks = [describe(scaled_grey(one, side), count) for one, (side, count) in zip(shown, QUERY_LOOKS, strict=True)]
    closer = [_looked_closer(pixels, box, looks[0].size, DETAIL_LOOK[1] // len(details)) for box in details]
    described = _joined([_rescaled(look, looks[0].size) for look in looks] + closer)
    return _coded(described), _coded(_mirrored(described))


def describe(grey: Gray, count: int) -> Described:
    """Find at most `count` keypoints and their descriptors, strongest first."""
    size = int(grey.shape[1]), int(grey.shape[0])
    sift, found = _detect(grey, CONTRAST)
    chosen = _spread(found, size, count)
    if len(chosen) < FEW * count:
        sift, faint = _detect(grey, FAINT_CONTRAST)
        faint = [point for point in faint if point.response < CONTRAST / LAYERS]
        chosen += _spread(faint, size, count - len(chosen))
    if not chosen:
        return _nothing(size)
    keypoints, descriptors = sift.compute(grey, chosen)
    kept = np.array([(*k.pt, k.size, k.angle) for k in keypoints], np.float32)
    return Described(kept[:, :2], kept[:, 2], np.deg2rad(kept[:, 3]), np.asarray(descriptors, np.float32), size)


def _detect(grey: Gray, contrast: float) -> tuple[cv2.SIFT, Sequence[cv2.KeyPoint]]:
    sift = cv2.SIFT.create(0, LAYERS, contrast, EDGE, 1.6, True)  # noqa: FBT003 - precise upscaling, or points are off
    return sift, sift.detect(grey, None)


def _spread(found: Sequence[cv2.KeyPoint], size: Size, count: int) -> list[cv2.KeyPoint]:
    if not found:
        return []
    rows = np.array([(*point.pt, point.size, point.response) for point in found], np.float32)
    return [found[index] for index in spread(rows[:, :2], rows[:, 2], rows[:, 3], size, count)]


def scaled(pixels: RGB, side: int) -> RGB:
    """Return the picture with the longest side at most `side` pixels; smaller pictures are not enlarged."""
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return pixels
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def scaled_grey(pixels: RGB, side: int) -> Gray:
    """Return the luminance of the picture as `scaled` gives it."""
    return np.asarray(cv2.cvtColor(scaled(pixels, side), cv2.COLOR_RGB2GRAY), np.uint8)


def _coded(described: Described) -> Features:
    codes = binary_codes(described.descriptors)
    return Features(described.points, described.scales, described.angles, codes, described.size)


def _mirrored(described: Described) -> Described:
    flip, shift = np.array([-1, 1], np.float32), np.array([described.size[0] - 1, 0], np.float32)
    return dataclasses.replace(
        described,
        points=described.points * flip + shift,
        angles=np.remainder(np.float32(np.pi) - described.angles, np.float32(2 * np.pi)),
        descriptors=described.descriptors[:, _MIRRORED_BINS],
    )


def _rescaled(described: Described, size: Size) -> Described:
    factors = np.array([size[0] / described.size[0], size[1] / described.size[1]], np.float32)
    half = np.float32(0.5)
    points = (described.points + half) * factors - half
    return dataclasses.replace(described, points=points, scales=described.scales * factors[0], size=size)


def _looked_closer(pixels: RGB, box: Box, size: Size, count: int) -> Described:
    """Describe a part of a picture, in the coordinates that the picture has at a size."""
    left, top, right, bottom = box
    described = describe(scaled_grey(pixels[top:bottom, left:right], DETAIL_LOOK[0]), count)
    part = np.array([(right - left) / described.size[0], (bottom - top) / described.size[1]], np.float32)
    whole = np.array([size[0] / pixels.shape[1], size[1] / pixels.shape[0]], np.float32)
    half, corner = np.float32(0.5), np.array([left, top], np.float32)
    points = ((described.points + half) * part + corner) * whole - half
    return dataclasses.replace(described, points=points, scales=described.scales * part[0] * whole[0], size=size)


def _joined(looks: list[Described]) -> Described:
    return Described(
        np.concatenate([look.points for look in looks]),
        np.concatenate([look.scales for look in looks]),
        np.concatenate([look.angles for look in looks]),
        np.concatenate([look.descriptors for look in looks]),
        looks[0].size,
    )


def _nothing(size: Size) -> Described:
    empty = np.zeros(0, np.float32)
    return Described(np.zeros((0, 2), np.float32), empty, empty, np.zeros((0, 128), np.float32), size)
