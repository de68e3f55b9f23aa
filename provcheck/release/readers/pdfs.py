"""PDF documents: the pictures as they are stored, page by page from top to bottom, with the text below each.

PDFium gives JPEG and JPEG 2000 streams byte by byte, so nothing is lost; other pictures are decoded and kept as PNG or
TIFF. A scanned page is one picture as large as the page and comes out like any other. Drawings made of lines are none.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import RoomFull, UnreadableContainer
from provcheck.records import Claims, Skipped, Stated
from provcheck.release.contents import Beside, Contents, Part, Stating
from provcheck.release.documents.nearby import Line, text_below
from provcheck.release.members import opening
from provcheck.release.pages.reading import SMALL, SMALLEST_PX
from provcheck.release.unpacking import Room

if TYPE_CHECKING:
    import pypdfium2

MAGIC: Final = b"%PDF-"
MAGIC_WITHIN: Final = 1024
LARGEST_PIXELS: Final = 100_000_000
MOST_PAGES: Final = 2_000
_MOST_LINES: Final = 5_000
_AGAIN: Final = "repeated from earlier pages"
_SUFFIXES: Final = {b"\xff\xd8": "jpg", b"\x89P": "png", b"\x00\x00": "jp2", b"II": "tiff", b"MM": "tiff"}


class PdfReader:
    """Reads PDF files."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return MAGIC in head[:MAGIC_WITHIN]

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        import pypdfium2  # noqa: PLC0415 (loaded by the first PDF)

        read = _Pdf(path.name, room)
        with opening("the PDF"):
            document = pypdfium2.PdfDocument(path)
        try:
            with opening("the PDF"):
                _read_pages(document, read)
                title = document.get_metadata_dict(skip_empty=True).get("Title")
        except UnreadableContainer as error:
            return Contents(tuple(read.parts), (*read.skipped, Skipped("", error.message)))
        finally:
            document.close()
        return Contents(tuple(read.parts), (*read.skipped, *_left_out(read)), Stating(title=title))


@dataclass(slots=True)
class _Pdf:
    """What was read of a PDF so far."""

    name: str
    room: Room
    parts: list[Part] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


def _read_pages(document: "pypdfium2.PdfDocument", read: _Pdf) -> None:
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        try:
            _read_page(page, number + 1, read)
        finally:
            page.close()
    if len(document) > MOST_PAGES:
        read.skipped.append(Skipped("", f"more than {MOST_PAGES} pages: the rest was not looked at"))


def _read_page(page: "pypdfium2.PdfPage", number: int, read: _Pdf) -> None:
    pictures = sorted(_pictures(page), key=lambda placed: (placed[0].top, placed[0].left))
    lines: list[Line] | None = None
    for at, (box, picture) in enumerate(pictures, start=1):
        if not _is_new(picture, read):
            continue
        lines = list(_lines(page)) if lines is None else lines
        caption = text_below(box, lines)
        said = Stated(caption, f"text below the picture on page {number} of {read.name}") if caption else None
        _keep(picture, f"page {number} picture {at}", Claims(caption=said), read)


def _pictures(page: "pypdfium2.PdfPage") -> Iterator[tuple[Line, "pypdfium2.PdfImage"]]:
    import pypdfium2.raw  # noqa: PLC0415 (see PdfReader)

    height = page.get_height()
    for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        yield Line(left, height - top, right, height - bottom), picture


def _is_new(picture: "pypdfium2.PdfImage", read: _Pdf) -> bool:
    """Whether a picture is to be kept; what is not is counted. A logo on every page is one picture."""
    if min(picture.get_px_size()) < SMALLEST_PX:
        read.left_out[SMALL] += 1
        return False
    digest = hashlib.sha256(bytes(picture.get_data())).digest()
    read.left_out[_AGAIN] += digest in read.seen
    is_new = digest not in read.seen
    read.seen.add(digest)
    return is_new


def _lines(page: "pypdfium2.PdfPage") -> Iterator[Line]:
    height, text = page.get_height(), page.get_textpage()
    try:
        for number in range(min(text.count_rects(), _MOST_LINES)):
            left, bottom, right, top = text.get_rect(number)
            yield Line(left, height - top, right, height - bottom, text.get_text_bounded(left, bottom, right, top))
    finally:
        text.close()


def _keep(picture: "pypdfium2.PdfImage", place: str, claims: Claims, read: _Pdf) -> None:
    try:
        content = _extracted(picture)
        name = f"{place}.{_SUFFIXES.get(content[:2], 'png')}"
        read.parts.append(Part(name, read.room.keep(name, content), claims))
    except RoomFull:
        raise
    except UnreadableContainer as error:
        read.skipped.append(Skipped(place, error.message))


def _extracted(picture: "pypdfium2.PdfImage") -> bytes:
    width, height = picture.get_px_size()
    if width * height > LARGEST_PIXELS:
        raise UnreadableContainer(f"a picture of {width} x {height} pixels; at most {LARGEST_PIXELS} are decoded")
    stream = BytesIO()
    with opening("the picture"):
        picture.extract(stream, fb_format="png")
    return stream.getvalue()


def _left_out(read: _Pdf) -> Iterator[Skipped]:
    if counts := +read.left_out:
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
        yield Skipped("", f"left out: {told}", missed=False)
