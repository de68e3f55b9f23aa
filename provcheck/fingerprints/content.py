"""A name for a picture's content, which stays the same, or nearly so, when the file is renamed, encoded or scaled anew.

It is the PDQ code of the picture where that says enough, else the digest of the file. `provcheck.judging.waivers` says
how near two codes have to be.
"""

from typing import Final

from provcheck.fingerprints.pdq import PDQ
from provcheck.records import Picture

LEAST_QUALITY: Final = 50
"""PDQ quality, 0 to 100; Meta advises to discard codes below it."""


def content_key(picture: Picture, sha256: str) -> str:
    """Return `pdq:` and the code of a picture, or `sha256:` and the digest of its file; both 64 hexadecimal digits."""
    code, quality = PDQ().compute(picture.pixels, picture.size)
    return f"pdq:{code.hex()}" if quality >= LEAST_QUALITY else file_key(sha256)


def file_key(sha256: str) -> str:
    """Return the key of a file that cannot be decoded, or whose picture says too little."""
    return f"sha256:{sha256}"
