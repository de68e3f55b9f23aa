"""Photoshop's image resources (Adobe Photoshop File Formats): where JPEG and TIFF keep IPTC and a thumbnail."""

from typing import Final

IPTC: Final = 1028
IPTC_DIGEST: Final = 1061
THUMBNAIL_BGR: Final = 1033
THUMBNAIL: Final = 1036

_SIGNATURES: Final = (b"8BIM", b"PHUT", b"AgHg", b"DCSR", b"MeSa")


def read_resources(block: bytes) -> dict[int, bytes]:
    """Return the resources by number; of repeated ones the first. Damage ends the reading."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 12 <= len(block) and block[at : at + 4] in _SIGNATURES:
        number = int.from_bytes(block[at + 4 : at + 6], "big")
        at += 6
        at += _even(1 + block[at])
        length = int.from_bytes(block[at : at + 4], "big")
        at += 4
        found.setdefault(number, block[at : at + length])
        at += _even(length)
    return found


def _even(length: int) -> int:
    return length + length % 2
