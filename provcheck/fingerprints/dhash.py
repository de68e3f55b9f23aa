"""dHash: signs of the horizontal gradient of a 9x8 picture, 64 bits. imagehash's `dhash` as it is."""

from typing import Final

import imagehash
from PIL import Image

from provcheck.records import RGB


class DHash:
    """imagehash's difference hash; it has no measure of quality, so quality is always 100."""

    name: Final = "dhash"
    version: Final = "imagehash-dhash-8"
    bits: Final = 64

    def compute(self, pixels: RGB) -> tuple[bytes, int]:
        """Return 8 bytes, most significant bit first, and 100."""
        return self.of_image(Image.fromarray(pixels)), 100

    def of_image(self, image: Image.Image) -> bytes:
        """Return the code of a Pillow image; a grey one (mode L) saves the conversion that comes first."""
        return bytes.fromhex(str(imagehash.dhash(image)))
