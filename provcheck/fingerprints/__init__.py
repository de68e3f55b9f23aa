"""Frame to codes: whole-image fingerprints and local features.

`WHOLE` is the registry of whole-image fingerprints; another one is a file and a line here. `ALGORITHMS` names the
version of everything whose bits a corpus stores: a corpus made by other versions is refused, never misread.

Keypoints need OpenCV and whole-image codes do not, so OpenCV is imported when `frame_codes` is first called.
"""

from collections.abc import Mapping
from typing import Final

from provcheck.fingerprints import binary, dhash, pdq, phash
from provcheck.protocols import Fingerprint
from provcheck.records import FrameCodes, Picture

WHOLE: Final[Mapping[str, Fingerprint]] = {
    "phash": phash.PHash(),
    "dhash": dhash.DHash(),
    "pdq": pdq.PDQ(),
}

ALGORITHMS: Final[Mapping[str, str]] = {
    **{name: fingerprint.version for name, fingerprint in WHOLE.items()},
    "local": binary.VERSION,
}

ENOUGH_SIDE: Final = 960
"""Pixels of the longest side from which on more detail changes next to nothing.

Keypoints are looked for at 512 pixels (queries) and 384 (references). Whole-image codes of 68 wallpapers (4 to 18
megapixels as JPEG), read with 960 pixels or more instead of all: PDQ differed by 0.5 bits on average (12 in one, 6 at
most in the others), pHash by 0.5 and dHash by 0.1. Of the keypoints 0.88 came again (median; with 1536 pixels 0.94).
"""

__all__ = ["ALGORITHMS", "ENOUGH_SIDE", "WHOLE", "frame_codes"]


def frame_codes(picture: Picture) -> FrameCodes:
    """Compute all that a corpus stores about the look of a frame; `ENOUGH_SIDE` says how many pixels it takes."""
    from provcheck.fingerprints import frames  # noqa: PLC0415 - imports OpenCV on use

    return frames.frame_codes(picture)
