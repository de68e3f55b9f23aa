"""Files that begin like a video: what cannot be opened is then a damaged video, and not something else."""

from typing import Final

VIDEO_SIGNATURES: Final = (
    (0, b"\x1a\x45\xdf\xa3"),  # Matroska, WebM
    (0, b"FLV\x01"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),  # ASF, WMV
    (0, b"\x00\x00\x01\xba"),  # MPEG program stream
    (0, b"\x00\x00\x01\xb3"),  # MPEG video
    (0, b"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02"),  # MXF
    (4, b"moov"),
    (4, b"mdat"),
    (4, b"ftyp"),
    (8, b"AVI "),
)
SOUND_BRANDS: Final = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"aax "})


def looks_like_video(head: bytes) -> bool:
    """Whether a file with these first bytes claims to be a video."""
    if head[4:8] == b"ftyp" and head[8:12] in SOUND_BRANDS:
        return False
    transport = len(head) >= 377 and all(head[start] == 0x47 for start in (0, 188, 376))
    return transport or any(head[start:].startswith(magic) for start, magic in VIDEO_SIGNATURES)
