"""The application segments of a JPEG file (ITU-T T.81, annex B) that hold metadata; nothing is decoded.

Pillow gives the first XMP packet, and drops what Adobe calls extended XMP: a packet of more than 64 kB is split, and
the parts carry the digest of the whole, its length, and their offset (XMP specification part 3, 1.1.3).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

EXTENDED_XMP: Final = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP: Final = b"Photoshop 3.0\x00"
EXIF: Final = b"Exif\x00\x00"
MULTI_PICTURE: Final = b"MPF\x00"

MOST_SEGMENTS: Final = 5000
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all metadata of one file together."""

_APP0, _APP15, _START_OF_SCAN, _END = 0xE0, 0xEF, 0xDA, 0xD9
_GUID_BYTES: Final = 32
_HEADER_BYTES: Final = _GUID_BYTES + 8


def read_segments(path: Path) -> list[tuple[int, bytes]]:
    """Return the application segments before the picture, each with the offset of its payload in the file."""
    with path.open("rb") as stream:
        return list(_segments(stream)) if stream.read(2) == b"\xff\xd8" else []


def payloads(segments: list[tuple[int, bytes]], signature: bytes) -> list[bytes]:
    """Return what follows a signature, segment by segment."""
    return [data[len(signature) :] for _, data in segments if data.startswith(signature)]


def extended_packet(parts: list[bytes]) -> bytes:
    """Return the packet that the parts of extended XMP make; what is missing between them is left blank.

    Parts of more than one packet are told apart by their digest; the first one counts.
    """
    whole = [part for part in parts if len(part) >= _HEADER_BYTES and part[:_GUID_BYTES] == parts[0][:_GUID_BYTES]]
    if not whole:
        return b""
    length = min(int.from_bytes(whole[0][_GUID_BYTES : _GUID_BYTES + 4], "big"), MOST_BYTES)
    packet = bytearray(b" " * min(length, sum(map(len, whole))))
    for part in whole:
        at = int.from_bytes(part[_GUID_BYTES + 4 : _HEADER_BYTES], "big")
        data = part[_HEADER_BYTES:][: max(0, len(packet) - at)]
        packet[at : at + len(data)] = data
    return bytes(packet)


def _segments(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    left = MOST_BYTES
    for _ in range(MOST_SEGMENTS):
        marker = _next_marker(stream)
        length = int.from_bytes(stream.read(2), "big")
        if marker in (_START_OF_SCAN, _END, -1) or length < 2 or left <= 0:
            return
        if _APP0 <= marker <= _APP15:
            at, data = stream.tell(), stream.read(length - 2)
            left -= len(data)
            yield at, data
        else:
            stream.seek(length - 2, 1)


def _next_marker(stream: IO[bytes]) -> int:
    """Return the next marker, -1 where there is none; fill bytes before it are allowed."""
    byte = stream.read(1)
    if byte != b"\xff":
        return -1
    while byte == b"\xff":
        byte = stream.read(1)
    return byte[0] if byte else -1
