"""IPTC fields into a JPEG file (IIM 4.2, in a Photoshop resource, as all picture desks write them)."""

import struct
from collections.abc import Mapping
from typing import Final

_UTF8: Final = b"\x1c\x01\x5a\x00\x03\x1b%G"


def with_iptc(jpeg: bytes, fields: Mapping[int, str]) -> bytes:
    """Return a JPEG file with data sets of record 2, by number, in a segment behind its first one."""
    block = _UTF8 + b"".join(_data_set(number, text.encode()) for number, text in sorted(fields.items()))
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(block)) + block + b"\x00" * (len(block) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    behind = 4 + int.from_bytes(jpeg[4:6], "big")  # the JFIF segment has to come first
    return jpeg[:behind] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + jpeg[behind:]


def _data_set(number: int, data: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, 2, number, len(data)) + data
