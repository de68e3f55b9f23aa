"""pHash: the low frequencies of a 32x32 discrete cosine transform against their median, 64 bits.

imagehash's `phash` as it is, so that codes can be exchanged with everything else that uses imagehash 4 or newer.
"""

from typing import Final

import imagehash
from PIL import Image

from provcheck.records import RGB


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
        return bytes.fromhex(str(imagehash.phash(image)))
