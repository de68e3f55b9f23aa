"""The pictures of a PDF to files, upright: JPEG streams byte by byte where they show what the page shows.

A JPEG that is turned on its page gets the turn as EXIF orientation, so its bytes stay. What has a mask is drawn on
white. PDFium tells neither masks nor inks, so whether the stream alone shows the picture is seen on a small rendering.
"""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from provcheck.errors import UnreadableContainer
from provcheck.release.documents.nearby import Line
from provcheck.release.documents.pdf_places import PlacedPicture
from provcheck.release.members import opening

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

LARGEST_PIXELS: Final = 100_000_000
LAYERS_DPI: Final = 200
"""The mask of a scan in layers has the letters, and is finer than the layers that can be seen; this is fine enough."""
_POINTS: Final = 72
_TINY_PX: Final = 64
_ORIENTATION: Final = 0x0112
_JPEG: Final = b"\xff\xd8"
_FILES: Final = ("DCTDecode", "JPXDecode")
_FARTHEST: Final = 60
"""Grey levels between a stream and what is drawn of it: conversions of inks differ by 20, negatives by 80 and more."""


def picture_bytes(placed: PlacedPicture) -> bytes:
    """Return a picture as a file: as it is stored where that shows what the page shows, else as it is drawn.

    Raises
    ------
    UnreadableContainer
        It is damaged, or has too many pixels.
    """
    image = placed.image
    width, height = image.get_px_size()
    _refuse_large(width, height)
    with opening("the picture"):
        drawn = _drawn(image, *_tiny(width, height))
        if _is_masked(drawn):
            return _png(_on_white(_drawn(image, width, height)), placed.orientation)
        coded = _coded(image)
        if coded and _shows(coded, drawn):
            return _upright(coded, placed.orientation)
        return _png(image.get_bitmap().to_pil(), placed.orientation)


def region_bytes(page: "pypdfium2.PdfPage", group: Sequence[PlacedPicture], page_box: Line) -> bytes:
    """Return what a page shows where a group of pictures is, as a PNG file of their resolution."""
    box = around(group)
    scale = max(LAYERS_DPI / _POINTS, *(_pixels_a_point(placed) for placed in group))
    _refuse_large(int((box.right - box.left) * scale), int((box.bottom - box.top) * scale))
    crop = (
        max(0.0, box.left - page_box.left),
        max(0.0, page_box.bottom - box.bottom),
        max(0.0, page_box.right - box.right),
        max(0.0, box.top - page_box.top),
    )
    with opening("the page"):
        shown: Image = page.render(scale=scale, crop=crop, draw_annots=False).to_pil()
        return _png(shown, orientation=1)


def around(group: Sequence[PlacedPicture]) -> Line:
    """Return the box that holds all pictures of a group."""
    boxes = [placed.box for placed in group]
    return Line(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _refuse_large(width: int, height: int) -> None:
    if width * height > LARGEST_PIXELS:
        raise UnreadableContainer(f"a picture of {width} x {height} pixels; at most {LARGEST_PIXELS} are decoded")


def _tiny(width: int, height: int) -> tuple[float, float]:
    share = min(1.0, _TINY_PX / max(width, height))
    return max(1.0, width * share), max(1.0, height * share)


def _is_masked(drawn: "Image") -> bool:
    return "A" in drawn.getbands() and drawn.getchannel("A").getextrema()[0] != 255


def _coded(image: "pypdfium2.PdfImage") -> bytes:
    """Return the JPEG or JPEG 2000 file that a picture is stored as; empty when it is stored otherwise."""
    *simple, last = image.get_filters() or ("",)
    is_file = last in _FILES and all(name in image.SIMPLE_FILTERS for name in simple)
    return bytes(image.get_data(decode_simple=True)) if is_file else b""


def _shows(coded: bytes, drawn: "Image") -> bool:
    """Whether a file shows what the page does: the inks of a stream may be told elsewhere in the PDF, even inverted."""
    from PIL import Image as pillow  # noqa: N813, PLC0415 (see _on_white)
    from PIL import ImageChops, ImageStat  # noqa: PLC0415 (see _on_white)

    try:
        with pillow.open(BytesIO(coded)) as picture:
            picture.draft("RGB", drawn.size)
            small = picture.convert("RGB").convert("L").resize(drawn.size)
    except (OSError, SyntaxError, ValueError):
        return True  # it is damaged, which is told where pictures are read
    return ImageStat.Stat(ImageChops.difference(small, drawn.convert("L"))).mean[0] < _FARTHEST


def _drawn(image: "pypdfium2.PdfImage", width: float, height: float) -> "Image":
    """Return a picture with its mask as PDFium draws it, in the turn in which it is stored."""
    from pypdfium2 import PdfMatrix  # noqa: PLC0415 (loaded by the first PDF)

    placed = image.get_matrix()
    image.set_matrix(PdfMatrix(width, 0, 0, height, 0, 0))
    try:
        drawn: Image = image.get_bitmap(render=True, scale_to_original=False).to_pil()
    finally:
        image.set_matrix(placed)
    return drawn


def _on_white(drawn: "Image") -> "Image":
    from PIL import Image as pillow  # noqa: N813, PLC0415 (Pillow is loaded by the first picture, not at start-up)

    drawn = drawn.convert("RGBA")
    return pillow.alpha_composite(pillow.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


def _upright(content: bytes, orientation: int) -> bytes:
    from PIL import Image as pillow  # noqa: N813, PLC0415 (see _on_white)

    if orientation == 1:
        return content
    if content.startswith(_JPEG):
        return _oriented(content, orientation)
    with pillow.open(BytesIO(content)) as picture:
        return _png(picture, orientation)


def _oriented(jpeg: bytes, orientation: int) -> bytes:
    """Return a JPEG file with an EXIF orientation; one that has EXIF already was turned by what wrote it."""
    if b"Exif\x00\x00" in jpeg[:1024]:
        return jpeg
    exif = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01" + struct.pack(
        ">HHIHHI", _ORIENTATION, 3, 1, orientation, 0, 0
    )
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def _png(picture: "Image", orientation: int) -> bytes:
    from PIL import ImageOps  # noqa: PLC0415 (see _on_white)

    if orientation != 1:
        picture.getexif()[_ORIENTATION] = orientation
        picture = ImageOps.exif_transpose(picture)
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _pixels_a_point(placed: PlacedPicture) -> float:
    box, pixels = placed.box, max(placed.image.get_px_size())
    return float(pixels / max(box.right - box.left, box.bottom - box.top, 1.0))
