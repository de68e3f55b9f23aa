"""pHash: the low frequencies of a 32x32 discrete cosine transform against their median, 64 bits.

imagehash's `phash` bit for bit, so that codes can be exchanged with everything else that uses imagehash 4 or newer.
Computed here, because imagehash loads SciPy for the transform, which takes longer than a picture does. Where a
frequency is so near the median that rounding decides, as in flat pictures, imagehash is asked.
"""

from functools import cache
from typing import Final

import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from provcheck.records import RGB

SAMPLES: Final = 32
FREQUENCIES: Final = 8

DECIDED: Final = 1e-6
"""Least distance from the median at which rounding cannot matter: sums of 1024 numbers up to 1020 err by 1e-9."""


class PHash:
    """imagehash's perceptual hash; it has no measure of quality, so quality is always 100."""

    name: Final = "phash"
    version: Final = "imagehash-phash-8"
    bits: Final = 64

    def compute(self, pixels: RGB) -> tuple[bytes, int]:
        """Return 8 bytes, most significant bit first, and 100."""
        return self.of_image(Image.fromarray(pixels)), 100

    def of_image(self, image: Image.Image) -> bytes:
        """Return the code of a Pillow image; a grey one (mode L) saves the conversion that comes first."""
        small = image.convert("L").resize((SAMPLES, SAMPLES), Image.Resampling.LANCZOS)
        frequencies = _cosines() @ np.asarray(small, np.float64) @ _cosines().T
        above = frequencies - np.median(frequencies)
        if np.abs(above).min() < DECIDED:
            return bytes.fromhex(str(imagehash.phash(image)))
        return np.packbits(above > 0).tobytes()


@cache
def _cosines() -> npt.NDArray[np.float64]:
    angles = np.pi / 2 / SAMPLES * np.outer(np.arange(FREQUENCIES), 2 * np.arange(SAMPLES) + 1)
    return np.asarray(2 * np.cos(angles))
