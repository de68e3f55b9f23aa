"""Pictures with small pictures inside them, written byte by byte."""

import struct
from io import BytesIO
from pathlib import Path

from PIL import Image


def as_jpeg(picture: Image.Image, quality: int = 85) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def exif_with_thumbnail(thumbnail: Image.Image, *, orientation: int = 1) -> bytes:
    """An EXIF block with an orientation, and with a JPEG thumbnail in directory 1."""
    data = as_jpeg(thumbnail)
    first = struct.pack("<H", 1) + struct.pack("<HHIHxx", 0x0112, 3, 1, orientation)
    second_at = 8 + len(first) + 4
    second = struct.pack("<H", 3) + struct.pack("<HHIHxx", 0x0103, 3, 1, 6)
    data_at = second_at + 2 + 3 * 12 + 4
    second += struct.pack("<HHII", 0x0201, 4, 1, data_at) + struct.pack("<HHII", 0x0202, 4, 1, len(data))
    return (
        b"Exif\x00\x00II*\x00" + struct.pack("<I", 8) + first + struct.pack("<I", second_at) + second + bytes(4) + data
    )


def with_large_thumbnail(path: Path, data: bytes, *, kind: int = 0x010001) -> Path:
    """Append a picture to a JPEG file, and an index of both (CIPA DC-007) behind its start."""
    entries_at = 8 + 2 + 12 + 4
    index = b"II*\x00" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 0xB002, 7, 32, entries_at) + bytes(4)
    whole = path.read_bytes()
    length = len(index) + 32
    start = 2 + 4 + 4  # behind the start of the file, the segment's head and its signature
    size = len(whole) + 4 + 4 + length
    index += struct.pack("<IIIHH", 0x20030000, size, 0, 0, 0) + struct.pack(
        "<IIIHH", kind, len(data), size - start, 0, 0
    )
    segment = b"\xff\xe2" + struct.pack(">H", 2 + 4 + length) + b"MPF\x00" + index
    path.write_bytes(whole[:2] + segment + whole[2:] + data)
    return path
