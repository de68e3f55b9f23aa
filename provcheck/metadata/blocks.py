"""The raw metadata blocks of one picture. Only the file's header is read; no pixel is decoded.

Metadata of the wild is often damaged, and some is made to do damage: every block is read by itself, and one that cannot
be read is named and costs nothing but itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import UnreadableMedia
from provcheck.media.refusals import decoding, quiet
from provcheck.metadata import segments
from provcheck.metadata.resources import IPTC, IPTC_DIGEST, read_resources

if TYPE_CHECKING:
    from PIL.Image import Image

_TIFF_XMP: Final = 700
_TIFF_IPTC: Final = 33723
_TIFF_PHOTOSHOP: Final = 34377
_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825
_THUMBNAIL_IFD: Final = -1
_JPEG: Final = frozenset({"JPEG", "MPO"})

Tags = Mapping[int, object]


@dataclass(slots=True)
class Blocks:
    """The raw metadata of one file; what is missing or damaged is empty.

    Attributes
    ----------
    ifd0, exif, gps, ifd1 : mapping of int to object
        EXIF tag numbers and values, by directory; `ifd1` describes the thumbnail.
    tiff : bytes
        The EXIF block as it stands in the file, from its byte order on: what offsets count from.
    xmp : list of bytes
        The packet, and the extended one.
    resources : mapping of int to bytes
        Photoshop's, by number.
    texts : mapping of str to str
        Of a PNG file, by their keys.
    segments : list of (int, bytes)
        Of a JPEG file, with their offsets in it.
    format : str
        What Pillow calls the file; empty when it cannot open it.
    """

    ifd0: Tags = field(default_factory=dict)
    exif: Tags = field(default_factory=dict)
    gps: Tags = field(default_factory=dict)
    ifd1: Tags = field(default_factory=dict)
    tiff: bytes = b""
    iptc: bytes = b""
    xmp: list[bytes] = field(default_factory=list)
    resources: Mapping[int, bytes] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    segments: list[tuple[int, bytes]] = field(default_factory=list)
    format: str = ""
    unread: list[str] = field(default_factory=list)

    @property
    def iptc_digest(self) -> bytes:
        """The digest of the IPTC block at the time when it was last brought in line with XMP; empty when unknown."""
        return self.resources.get(IPTC_DIGEST, b"")


def read_blocks(path: Path) -> Blocks:
    """Read the metadata blocks of a picture."""
    from PIL import Image  # noqa: PLC0415 (Pillow is loaded by the first picture, not at start-up)

    blocks = Blocks()
    try:
        with quiet(), decoding(path, "metadata"), path.open("rb") as stream, Image.open(stream) as image:
            blocks.format = image.format or ""
            _fill(blocks, image, path)
    except UnreadableMedia as error:
        blocks.unread.append(error.message)
    return blocks


def _fill(blocks: Blocks, image: "Image", path: Path) -> None:
    """Fill block by block, so that a damaged one costs only itself."""
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("JPEG segments", lambda: _fill_segments(blocks, path)),
        ("Photoshop resources", lambda: _fill_resources(blocks, image)),
        ("IPTC", lambda: _fill_iptc(blocks, image)),
        ("XMP", lambda: _fill_xmp(blocks, image)),
        ("PNG texts", lambda: _fill_texts(blocks, image)),
        ("EXIF", lambda: _fill_exif(blocks, image)),
        ("EXIF Exif directory", lambda: _fill_directory(blocks, image, "exif", _EXIF_IFD)),
        ("EXIF GPS directory", lambda: _fill_directory(blocks, image, "gps", _GPS_IFD)),
        ("EXIF thumbnail directory", lambda: _fill_directory(blocks, image, "ifd1", _THUMBNAIL_IFD)),
    )
    for what, fill in steps:
        try:
            with decoding(path, what):
                fill()
        except UnreadableMedia as error:
            blocks.unread.append(error.message)


def _fill_segments(blocks: Blocks, path: Path) -> None:
    if blocks.format in _JPEG:
        blocks.segments = segments.read_segments(path)


def _fill_resources(blocks: Blocks, image: "Image") -> None:
    joined = b"".join(segments.payloads(blocks.segments, segments.PHOTOSHOP))
    listed = getattr(image, "resources", None)  # of a PSD file
    if isinstance(listed, list):
        blocks.resources = {number: data for number, _, data in reversed(listed) if isinstance(data, bytes)}
    else:
        blocks.resources = read_resources(joined or _tiff_bytes(image, _TIFF_PHOTOSHOP))


def _fill_iptc(blocks: Blocks, image: "Image") -> None:
    blocks.iptc = blocks.resources.get(IPTC) or _tiff_bytes(image, _TIFF_IPTC)


def _fill_xmp(blocks: Blocks, image: "Image") -> None:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or _tiff_bytes(image, _TIFF_XMP)
    parts = segments.payloads(blocks.segments, segments.EXTENDED_XMP)
    found = [packet.encode() if isinstance(packet, str) else bytes(packet), segments.extended_packet(parts)]
    blocks.xmp = [packet for packet in found if packet]


def _fill_texts(blocks: Blocks, image: "Image") -> None:
    if blocks.format == "PNG":
        blocks.texts = {str(key): text for key, text in image.info.items() if isinstance(text, str)}


def _fill_exif(blocks: Blocks, image: "Image") -> None:
    from PIL import Image as pillow  # noqa: N813, PLC0415 (see read_blocks)

    raw = image.info.get("exif")
    blocks.tiff = raw.removeprefix(segments.EXIF) if isinstance(raw, bytes) else b""
    # The method of the parent class: that of PNG files decodes the whole picture to look for EXIF behind it.
    blocks.ifd0 = dict(pillow.Image.getexif(image))


def _fill_directory(blocks: Blocks, image: "Image", name: str, number: int) -> None:
    from PIL import Image as pillow  # noqa: N813, PLC0415 (see read_blocks)

    setattr(blocks, name, dict(pillow.Image.getexif(image).get_ifd(number)))


def _tiff_bytes(image: "Image", tag: int) -> bytes:
    """Return the bytes of a TIFF tag as they stand in the file.

    Some writers declare IPTC as 4-byte integers, of which Pillow's public dictionary gives only the first; its own
    IPTC reader looks here, too.
    """
    directory = getattr(image, "tag_v2", None)
    raw: Mapping[int, object] = getattr(directory, "_tagdata", {})
    value = raw.get(tag)
    return value if isinstance(value, bytes) else b""
