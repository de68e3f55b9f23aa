"""PDF documents: the pictures as they are stored, page by page in reading order, with the text below each.

JPEG and JPEG 2000 streams come out byte by byte, so nothing is lost. A scanned page is one picture as large as the
page, also when it is stored in layers. Drawings made of lines are none. Files attached to the document are read, too.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import CutShort, RoomFull, UnreadableContainer
from provcheck.records import Claims, Skipped, Stated
from provcheck.release.contents import Beside, Contents, Part, Stating
from provcheck.release.documents.nearby import Line, text_below
from provcheck.release.documents.pdf_groups import Group, grouped
from provcheck.release.documents.pdf_pixels import around, picture_bytes, region_bytes
from provcheck.release.documents.pdf_places import lines_of, page_box, placed_pictures
from provcheck.release.documents.pdf_remains import jpeg_streams
from provcheck.release.members import opening
from provcheck.release.pages.placing import decoration_by_size, pixels_of
from provcheck.release.pages.reading import SMALL, SMALLEST_PX
from provcheck.release.readers.locked import LOCKED
from provcheck.release.unpacking import Room

if TYPE_CHECKING:
    import pypdfium2

MAGIC: Final = b"%PDF-"
MAGIC_WITHIN: Final = 1024
MOST_PAGES: Final = 2_000
MOST_ATTACHMENTS: Final = 1_000
CUT_SHORT: Final = "cut short: the end of the PDF is missing, and what stood there is not checked"
_END: Final = b"%%EOF"
_END_WITHIN: Final = 4096
_ASKS_PASSWORD: Final = "Incorrect password"  # noqa: S105 (what PDFium says, no password)
_AGAIN: Final = "repeated from earlier pages"
_SUFFIXES: Final = {b"\xff\xd8": "jpg", b"\x89P": "png", b"\x00\x00": "jp2", b"\xff\x4f": "j2k"}


class PdfReader:
    """Reads PDF files."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return MAGIC in head[:MAGIC_WITHIN]

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        read = _Pdf(path.name, room, skipped=[Skipped("", CUT_SHORT)] if _is_cut_short(path) else [])
        try:
            document = _opened(path)
        except CutShort:
            return _remains(path, read)
        title = None
        try:
            with opening("the PDF"):
                title = document.get_metadata_dict(skip_empty=True).get("Title")
                _read_pages(document, read)
                _read_attachments(document, read)
        except UnreadableContainer as error:
            read.skipped.append(Skipped("", error.message))
            read.left_out.clear()  # that count would look like one of the whole document
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


def _is_cut_short(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _END_WITHIN))
        return _END not in stream.read()


def _opened(path: Path) -> "pypdfium2.PdfDocument":
    import pypdfium2  # noqa: PLC0415 (loaded by the first PDF)

    try:
        with opening("the PDF"):
            return pypdfium2.PdfDocument(path)
    except UnreadableContainer as error:
        if _ASKS_PASSWORD in error.message:
            raise UnreadableContainer(LOCKED) from error
        if _is_cut_short(path):
            raise CutShort(CUT_SHORT) from error
        raise


def _remains(path: Path, read: _Pdf) -> Contents:
    """Return the pictures that can be had of a PDF without its table."""
    try:
        for number, content in enumerate(jpeg_streams(path), start=1):
            name = f"picture {number}.jpg"
            file = read.room.keep(name, content)
            if decoration_by_size(file, pixels_of(file)):
                read.left_out[SMALL] += 1
            else:
                read.parts.append(Part(name, file))
    except RoomFull as error:
        read.skipped.append(Skipped("", error.message))
    return Contents(tuple(read.parts), (*read.skipped, *_left_out(read)))


def _read_pages(document: "pypdfium2.PdfDocument", read: _Pdf) -> None:
    for number in range(1, min(len(document), MOST_PAGES) + 1):
        try:
            with opening("the page"):
                _open_page(document, number, read)
        except RoomFull:
            raise
        except UnreadableContainer as error:
            read.skipped.append(Skipped(f"page {number}", error.message))
    if len(document) > MOST_PAGES:
        read.skipped.append(Skipped("", f"more than {MOST_PAGES} pages: the rest was not looked at"))


def _open_page(document: "pypdfium2.PdfDocument", number: int, read: _Pdf) -> None:
    page = document[number - 1]
    try:
        _read_page(page, number, read)
    finally:
        page.close()


def _read_page(page: "pypdfium2.PdfPage", number: int, read: _Pdf) -> None:
    lines: list[Line] | None = None
    for at, group in enumerate(grouped(placed_pictures(page)), start=1):
        if not _is_new(group, read):
            continue
        lines = list(lines_of(page)) if lines is None else lines
        caption = text_below(around(group), lines)
        said = Stated(caption, f"text below the picture on page {number} of {read.name}") if caption else None
        _keep(page, group, f"page {number} picture {at}", Claims(caption=said), read)


def _is_new(group: Group, read: _Pdf) -> bool:
    """Whether a picture is to be kept; what is not is counted. A logo on every page is one picture."""
    sizes = [placed.image.get_px_size() for placed in group]
    if len(group) == 1 and min(sizes[0]) < SMALLEST_PX:
        read.left_out[SMALL] += 1
        return False
    digests = (hashlib.sha256(bytes(placed.image.get_data())).digest() for placed in group)
    digest = b"".join(digests)
    read.left_out[_AGAIN] += digest in read.seen
    is_new = digest not in read.seen
    read.seen.add(digest)
    return is_new


def _keep(page: "pypdfium2.PdfPage", group: Group, place: str, claims: Claims, read: _Pdf) -> None:
    try:
        content = picture_bytes(group[0]) if len(group) == 1 else region_bytes(page, group, page_box(page))
        name = f"{place}.{_SUFFIXES.get(content[:2], 'png')}"
        read.parts.append(Part(name, read.room.keep(name, content), claims))
    except RoomFull:
        raise
    except UnreadableContainer as error:
        read.skipped.append(Skipped(place, error.message))


def _read_attachments(document: "pypdfium2.PdfDocument", read: _Pdf) -> None:
    for number in range(min(document.count_attachments(), MOST_ATTACHMENTS)):
        attached = document.get_attachment(number)
        name = attached.get_name() or f"attachment {number + 1}"
        read.parts.append(Part(name, read.room.keep(name, bytes(attached.get_data()))))


def _left_out(read: _Pdf) -> Iterator[Skipped]:
    if counts := +read.left_out:
        told = ", ".join(f"{count} {reason}" for reason, count in sorted(counts.items()))
        yield Skipped("", f"left out: {told}", missed=False)
