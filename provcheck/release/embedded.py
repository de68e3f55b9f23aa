"""What is written inside a picture about its time, place, caption and credit, each with the field that says it.

Only the file's header is read; no pixel is decoded. Metadata of the wild is often damaged: whatever cannot be read says
nothing, and never stops a check. Pillow finds the three blocks; `iptc`, `xmp` and `exif` read them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import UnreadableMedia
from provcheck.media.refusals import decoding, quiet
from provcheck.records import Claims
from provcheck.release.claiming import first_stated
from provcheck.release.exif import exif_claims
from provcheck.release.iptc import iptc_claims
from provcheck.release.xmp import xmp_claims

if TYPE_CHECKING:
    from PIL.Image import Image

_PHOTOSHOP_IPTC: Final = 0x0404
_TIFF_IPTC: Final = 33723
_EXIF_IFD: Final = 0x8769
_GPS_IFD: Final = 0x8825


@dataclass(slots=True)
class EmbeddedBlocks:
    """The raw metadata of one file.

    Attributes
    ----------
    exif, gps : mapping of int to object
        Tag numbers and values; `exif` has those of the main and of the Exif directory.
    """

    iptc: bytes = b""
    xmp: bytes = b""
    exif: Mapping[int, object] = field(default_factory=dict)
    gps: Mapping[int, object] = field(default_factory=dict)


def embedded_claims(path: Path) -> Claims:
    """Return what a picture says of itself: IPTC before XMP before EXIF, field by field."""
    blocks = read_blocks(path)
    return first_stated(iptc_claims(blocks.iptc), xmp_claims(blocks.xmp), exif_claims(blocks.exif, blocks.gps))


def read_blocks(path: Path) -> EmbeddedBlocks:
    """Read the metadata blocks of a picture; what is missing or damaged is empty."""
    from PIL import Image  # noqa: PLC0415 (Pillow is loaded by the first picture, not at start-up)

    blocks = EmbeddedBlocks()
    try:
        with quiet(), decoding(path, "metadata"), Image.open(path) as image:
            _fill(blocks, image, path)
    except UnreadableMedia:
        return blocks
    return blocks


def _fill(blocks: EmbeddedBlocks, image: "Image", path: Path) -> None:
    """Fill block by block, so that a damaged one costs only itself."""
    for read in (_fill_iptc, _fill_xmp, _fill_exif):
        try:
            with decoding(path, "metadata"):
                read(blocks, image)
        except UnreadableMedia:
            continue


def _fill_iptc(blocks: EmbeddedBlocks, image: "Image") -> None:
    photoshop = image.info.get("photoshop")
    block = photoshop.get(_PHOTOSHOP_IPTC) if isinstance(photoshop, dict) else _tiff_bytes(image, _TIFF_IPTC)
    blocks.iptc = block if isinstance(block, bytes) else b""


def _fill_xmp(blocks: EmbeddedBlocks, image: "Image") -> None:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    blocks.xmp = packet.encode() if isinstance(packet, str) else bytes(packet or b"")


def _fill_exif(blocks: EmbeddedBlocks, image: "Image") -> None:
    from PIL import Image as pillow  # noqa: N813, PLC0415 (see read_blocks)

    # The method of the parent class: that of PNG files decodes the whole picture to look for EXIF behind it.
    exif = pillow.Image.getexif(image)
    blocks.exif = {**exif, **exif.get_ifd(_EXIF_IFD)}
    blocks.gps = dict(exif.get_ifd(_GPS_IFD))


def _tiff_bytes(image: "Image", tag: int) -> bytes:
    """Return the bytes of a TIFF tag as they stand in the file.

    Some writers declare IPTC as 4-byte integers, of which Pillow's public dictionary gives only the first; its own
    IPTC reader looks here, too.
    """
    directory = getattr(image, "tag_v2", None)
    raw: Mapping[int, object] = getattr(directory, "_tagdata", {})
    value = raw.get(tag)
    return value if isinstance(value, bytes) else b""
