"""One picture to everything that a corpus stores about its look."""

import io
from typing import Final

from PIL import Image

from provcheck.fingerprints.dhash import DHash
from provcheck.fingerprints.local import REFERENCE_SIDE, reference_features, scaled
from provcheck.fingerprints.pdq import PDQ
from provcheck.fingerprints.phash import PHash
from provcheck.records import RGB, FrameCodes, Picture

THUMBNAIL_QUALITY: Final = 85


def frame_codes(picture: Picture) -> FrameCodes:
    """Compute a reference frame's whole-image codes, local features and thumbnail."""
    small = scaled(picture.pixels, REFERENCE_SIDE)
    grey = Image.fromarray(picture.pixels).convert("L")
    pdq, quality = PDQ().compute(picture.pixels, picture.size)
    return FrameCodes(
        number=picture.number,
        time_s=picture.time_s,
        size=picture.size,
        whole={"phash": PHash().of_image(grey), "dhash": DHash().of_image(grey), "pdq": pdq},
        pdq_quality=quality,
        features=reference_features(small),
        thumbnail=_jpeg(small),
    )


def _jpeg(pixels: RGB) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=THUMBNAIL_QUALITY)
    return stream.getvalue()
