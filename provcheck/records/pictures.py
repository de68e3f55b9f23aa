"""Decoded stills and their codes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from provcheck.records.arrays import RGB, Codes, Points, Size


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded still: upright sRGB pixels.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array
        All of the original's, or fewer where a reader was told how many are enough.
    time_s : float or None
        Presentation time for a video frame, from the start of the video; None for stills.
    number : int
        0-based frame or page number inside its file.
    original : (width, height) or None
        Of the upright original, where `pixels` are fewer.
    """

    pixels: RGB
    time_s: float | None = None
    number: int = 0
    original: Size | None = None

    @property
    def size(self) -> Size:
        """`(width, height)` of the upright original."""
        return self.original or (int(self.pixels.shape[1]), int(self.pixels.shape[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Local features of one picture, strongest first, in the coordinates of a picture scaled to `size`.

    Attributes
    ----------
    points : (N, 2) float32 array
    scales : (N,) float32 array
        Keypoint diameters, pixels.
    angles : (N,) float32 array
        Radians, clockwise from the x axis (y points down).
    codes : (N, 32) uint8 array
        256-bit codes of the RootSIFT descriptors.
    size : (width, height)
    """

    points: Points
    scales: npt.NDArray[np.float32]
    angles: npt.NDArray[np.float32]
    codes: Codes
    size: Size

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, slots=True, eq=False)
class FrameCodes:
    """All that the corpus stores about the look of one frame.

    Attributes
    ----------
    size : (width, height)
        Of the original, upright frame.
    whole : dict of str to bytes
        Whole-image codes by fingerprint name (`phash`, `dhash`: 8 bytes; `pdq`: 32 bytes).
    pdq_quality : int
        0 to 100; below 50 the PDQ code says little.
    thumbnail : bytes
        JPEG, longest side at most 384 pixels: what verification looks at.
    """

    number: int
    time_s: float | None
    size: Size
    whole: dict[str, bytes]
    pdq_quality: int
    features: Features
    thumbnail: bytes
