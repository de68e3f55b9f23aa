"""Small pictures with metadata inside, written by Pillow or byte by byte."""

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

PICTURE = Image.new("RGB", (16, 12), (120, 90, 60))
NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" '
    'xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" '
    'xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"'
)


def iptc_block(fields: Mapping[int, str | bytes]) -> bytes:
    """An IIM block with data sets of record 2, after the usual declaration of UTF-8."""
    block = b"\x1c\x01\x5a\x00\x03\x1b%G"
    for number, value in fields.items():
        data = value.encode() if isinstance(value, str) else value
        block += struct.pack(">BBBH", 0x1C, 2, number, len(data)) + data
    return block


def xmp_packet(attributes: str = "", elements: str = "") -> bytes:
    """An XMP packet with one description."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {NAMESPACES}><rdf:Description rdf:about="" {attributes}>{elements}</rdf:Description></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def history(*steps: tuple[str, str, str]) -> str:
    """The element of a history of (action, software, when)."""
    listed = "".join(
        f'<rdf:li stEvt:action="{action}" stEvt:softwareAgent="{software}" stEvt:when="{when}"/>'
        for action, software, when in steps
    )
    return f"<xmpMM:History><rdf:Seq>{listed}</rdf:Seq></xmpMM:History>"


def exif_of(
    taken: str = "",
    offset: str = "",
    gps: Mapping[int, object] | None = None,
    tags: Mapping[int, str] | None = None,
    inner: Mapping[int, object] | None = None,
) -> bytes:
    """EXIF with the date of the shot, its zone, coordinates, tags of the main and of the inner directory."""
    exif = Image.Exif()
    exif.get_ifd(0x8769).update(inner or {})
    for number, value in (tags or {}).items():
        exif[number] = value
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    if offset:
        exif.get_ifd(0x8769)[0x9011] = offset
    if gps:
        exif.get_ifd(0x8825).update(gps)
    return exif.tobytes()


def write_jpeg(
    path: Path,
    *,
    iptc: bytes = b"",
    xmp: bytes = b"",
    exif: bytes = b"",
    resources: Mapping[int, bytes] | None = None,
    segments: Sequence[bytes] = (),
    picture: Image.Image = PICTURE,
) -> Path:
    """A JPEG file; IPTC goes into a Photoshop segment, which Pillow does not write, and so do other resources.

    `segments` are payloads of APP1 segments.
    """
    stream = BytesIO()
    picture.save(stream, "JPEG", exif=exif, xmp=xmp, quality=90)
    data = stream.getvalue()
    kept = ({1028: iptc} if iptc else {}) | dict(resources or {})
    more = b"".join(b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload for payload in segments)
    path.write_bytes(data[:2] + photoshop_segment(kept) + more + data[2:])
    return path


def write_png(path: Path, *, xmp: bytes = b"", exif: bytes = b"") -> Path:
    """A PNG file with XMP in an international text chunk."""
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    PICTURE.save(path, "PNG", pnginfo=info if xmp else None, exif=exif)
    return path


def write_tiff(path: Path, *, iptc: bytes = b"", xmp: bytes = b"", exif: bytes = b"") -> Path:
    """A TIFF file with IPTC and XMP in their tags."""
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for number, data in ((33723, iptc), (700, xmp)):
        if data:
            tags[number] = data
            tags.tagtype[number] = 1 if number == 700 else 7
    PICTURE.save(path, "TIFF", tiffinfo=tags, exif=exif)
    return path


def photoshop_segment(resources: Mapping[int, bytes]) -> bytes:
    """The segment of a JPEG file that holds Photoshop's resources."""
    if not resources:
        return b""
    payload = b"Photoshop 3.0\x00" + b"".join(
        b"8BIM" + struct.pack(">HxxI", number, len(data)) + data + b"\x00" * (len(data) % 2)
        for number, data in resources.items()
    )
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload
