"""The small pictures inside a picture: what cameras and editors keep so that an album is shown quickly.

An editor that cuts the picture and leaves its preview alone leaves what was cut away. Read are the EXIF thumbnail
(directory 1), Photoshop's thumbnails (resources 1036 and, with red and blue exchanged, 1033), and the large thumbnails
of multi-picture files (CIPA DC-007). The other pictures of such files are gain maps, or the view of the other eye.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.media import upright_rgb
from provcheck.media.refusals import decoding, quiet
from provcheck.metadata.blocks import Blocks, read_blocks
from provcheck.metadata.resources import THUMBNAIL, THUMBNAIL_BGR
from provcheck.metadata.segments import MULTI_PICTURE
from provcheck.records import RGB, Size

MOST_PIXELS: Final = 4096 * 4096
"""Of one preview; a full HD one has an eighth of it."""
MOST_BYTES: Final = 16 * 1024 * 1024

_OFFSET, _LENGTH = 0x0201, 0x0202
_RESOURCE_HEADER: Final = 28
_LARGE_THUMBNAILS: Final = frozenset({0x010001, 0x010002})
_MP_ENTRIES: Final = 0xB002
_MP_ENTRY: Final = 16
_SMALLEST: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """One small picture inside a picture, as it was stored: not turned with the picture that it sits in.

    Attributes
    ----------
    name : str
        Where it stands, in words that fit a sentence: `EXIF thumbnail`.
    """

    name: str
    pixels: RGB

    @property
    def size(self) -> Size:
        """`(width, height)`."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])


def read_previews(path: Path) -> tuple[list[Preview], list[str]]:
    """Return the previews of a picture, and which of them could not be read and why; never raises for their content."""
    found: list[Preview] = []
    unread: list[str] = []
    for name, data, is_bgr in _stored(read_blocks(path), path):
        try:
            pixels = decode_preview(data, path, name)
        except UnreadableMedia as error:
            unread.append(error.message)
            continue
        found.append(Preview(name, pixels[:, :, ::-1].copy() if is_bgr else pixels))
    return found, unread


def _stored(blocks: Blocks, path: Path) -> Iterator[tuple[str, bytes, bool]]:
    """Yield the name of each preview, its JPEG data, and whether red and blue are exchanged in it."""
    start, length = blocks.ifd1.get(_OFFSET), blocks.ifd1.get(_LENGTH)
    if isinstance(start, int) and isinstance(length, int) and blocks.tiff and 0 < length <= MOST_BYTES:
        yield "EXIF thumbnail", blocks.tiff[start : start + length], False
    for number, is_bgr in ((THUMBNAIL, False), (THUMBNAIL_BGR, True)):
        data = blocks.resources.get(number, b"")[_RESOURCE_HEADER:]
        if data:
            yield "Photoshop thumbnail", data, is_bgr
    for at, size in _large_thumbnails(blocks):
        with suppress(OSError, ValueError), path.open("rb") as stream:
            stream.seek(at)
            yield "multi-picture thumbnail", stream.read(min(size, MOST_BYTES)), False


def decode_preview(data: bytes, path: Path, name: str, *, formats: tuple[str, ...] = ("JPEG",)) -> RGB:
    """Decode a small picture that was found in a file.

    Parameters
    ----------
    name : str
        What it is called in the error.
    formats : tuple of str
        Those of Pillow that it may have.

    Raises
    ------
    UnreadableMedia
        It is damaged, of another format, or as large as no preview is.
    """
    from PIL import Image  # noqa: PLC0415 (Pillow is loaded by the first picture, not at start-up)

    with quiet(), decoding(path, name), Image.open(BytesIO(data), formats=formats) as image:
        width, height = image.size
        if width * height > MOST_PIXELS or min(width, height) < _SMALLEST:
            message = f"{width}x{height} pixels"
            raise ValueError(message)
        return upright_rgb(image)


def _large_thumbnails(blocks: Blocks) -> Iterator[tuple[int, int]]:
    """Yield place and length in the file of every large thumbnail; offsets count from behind the signature."""
    for at, payload in blocks.segments:
        if not payload.startswith(MULTI_PICTURE):
            continue
        index, start = payload[len(MULTI_PICTURE) :], at + len(MULTI_PICTURE)
        with suppress(struct.error):
            for attribute, size, offset in _entries(index):
                if attribute & 0xFFFFFF in _LARGE_THUMBNAILS and offset:
                    yield start + offset, size


def _entries(index: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield attribute, length and offset of every picture that an index lists."""
    order = "<" if index.startswith(b"II") else ">"
    (directory,) = struct.unpack_from(f"{order}I", index, 4)
    (count,) = struct.unpack_from(f"{order}H", index, directory)
    for number in range(count):
        tag, _, length, value = struct.unpack_from(f"{order}HHII", index, directory + 2 + 12 * number)
        if tag == _MP_ENTRIES:
            for entry in range(min(length // _MP_ENTRY, 64)):
                yield struct.unpack_from(f"{order}III", index, value + _MP_ENTRY * entry)
