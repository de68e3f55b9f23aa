"""Local features to two blobs, 38 bytes a keypoint, and back.

A keypoint's place is kept to 1/64 pixel, its diameter and angle to one byte each: verification fits transforms with a
tolerance of whole pixels and compares diameters and angles only roughly, so finer numbers would be noise that costs
disk. The codes are kept bit for bit, in a blob of their own, because building the index reads nothing else.

Layout, little-endian, one column after the other (N keypoints, strongest first)::

    geometry   N x uint16   (x + 0.5) * 64
               N x uint16   (y + 0.5) * 64
               N x uint8    (log2(diameter) + 1) * 255 / 11      diameters from 0.5 to 1024 pixels
               N x uint8    angle * 256 / (2 * pi), modulo 256
    codes      N x 32 bytes
"""

import numpy as np
import numpy.typing as npt

from provcheck.records import Codes, Features, Size

GEOMETRY_BYTES = 6
CODE_BYTES = 32
LARGEST_SIDE = 1024
"""Pixels: what 16 bits hold at 1/64 pixel."""

_STEPS_PER_PIXEL = 64
_STEPS_PER_TURN = 256
_LOWEST_OCTAVE = -1
_OCTAVES = 11


def encode_features(features: Features) -> tuple[bytes, bytes]:
    """Return the geometry blob and the codes blob of a frame's features.

    Raises
    ------
    ValueError
        When the picture that the features belong to is larger than the format holds.
    """
    if max(features.size) > LARGEST_SIDE:
        raise ValueError(f"features of a {features.size} picture; the store holds at most {LARGEST_SIDE} pixels a side")
    places = np.rint((features.points.reshape(-1, 2) + 0.5) * _STEPS_PER_PIXEL)
    columns = np.clip(places, 0, np.iinfo(np.uint16).max).astype("<u2")
    geometry = columns[:, 0].tobytes() + columns[:, 1].tobytes() + _scale_bytes(features) + _angle_bytes(features)
    return geometry, np.ascontiguousarray(features.codes, dtype=np.uint8).tobytes()


def decode_features(geometry: bytes, codes: bytes, size: Size) -> Features:
    """Return the features that `encode_features` wrote; the codes are a read-only view of the blob.

    Raises
    ------
    ValueError
        When the lengths of the blobs do not belong together.
    """
    count, rest = divmod(len(codes), CODE_BYTES)
    if rest or len(geometry) != count * GEOMETRY_BYTES:
        raise ValueError(f"{len(geometry)} bytes of geometry and {len(codes)} bytes of codes do not belong together")
    places = np.frombuffer(geometry, "<u2", 2 * count).reshape(2, count).T
    scales, angles = np.frombuffer(geometry, np.uint8, 2 * count, offset=4 * count).reshape(2, count)
    return Features(
        points=(places / _STEPS_PER_PIXEL - 0.5).astype(np.float32),
        scales=np.exp2(scales * (_OCTAVES / 255) + _LOWEST_OCTAVE).astype(np.float32),
        angles=(angles * (2 * np.pi / _STEPS_PER_TURN)).astype(np.float32),
        codes=decode_codes(codes),
        size=size,
    )


def decode_codes(codes: bytes) -> Codes:
    """Return a codes blob as an array of shape (N, 32)."""
    return np.frombuffer(codes, np.uint8).reshape(-1, CODE_BYTES)


def _scale_bytes(features: Features) -> bytes:
    octaves = np.log2(np.maximum(features.scales, np.exp2(_LOWEST_OCTAVE))) - _LOWEST_OCTAVE
    return _bytes_of(np.clip(np.rint(octaves * (255 / _OCTAVES)), 0, 255))


def _angle_bytes(features: Features) -> bytes:
    return _bytes_of(np.rint(features.angles * (_STEPS_PER_TURN / (2 * np.pi))) % _STEPS_PER_TURN)


def _bytes_of(steps: npt.NDArray[np.floating]) -> bytes:
    return steps.astype(np.uint8).tobytes()
