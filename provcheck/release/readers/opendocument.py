"""OpenDocument texts and presentations (ODT, ODP, ISO/IEC 26300)."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from provcheck.release.contents import Beside, Contents
from provcheck.release.documents.blocks import Block, Shown, document_contents, document_stating, joined
from provcheck.release.documents.package import media_type, open_package
from provcheck.release.unpacking import Room

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OPEN_DOCUMENT: Final = "application/vnd.oasis.opendocument."
_MEDIA_TYPES: Final = tuple(_OPEN_DOCUMENT + kind for kind in ("text", "presentation", "graphics", "spreadsheet"))
_DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SVG: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_OBJECTS: Final = (f"{_DRAW}object", "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table")
_HREF: Final = "{http://www.w3.org/1999/xlink}href"


class OpenDocumentReader:
    """Reads ODT and ODP files, and drawings and sheets, too."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`."""
        return media_type(head, path).startswith(_MEDIA_TYPES)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        with open_package(path, room) as package:
            root = package.xml("content.xml")
            blocks = list(_blocks(root)) if root is not None else []
            return document_contents(blocks, package, path.name, document_stating(package.xml("meta.xml")))


def _blocks(root: "Element") -> Iterator[Block]:
    """Yield slides, paragraphs, and frames that stand by themselves; what is inside one belongs to the outermost."""
    seen: set[int] = set()
    number = 0
    for element in root.iter():
        if id(element) in seen or element.tag not in (f"{_DRAW}page", f"{_TEXT}p", f"{_TEXT}h", f"{_DRAW}frame"):
            continue
        seen.update(map(id, element.iter()))
        number += element.tag == f"{_DRAW}page"
        place = f"text of slide {number}" if element.tag == f"{_DRAW}page" else "text beside the picture"
        yield Block(tuple(_pictures(element)), _words(element), place=place)


def _pictures(element: "Element") -> Iterator[Shown]:
    """Yield the first picture of every frame: the others are the same one in other formats."""
    frames = [frame for frame in element.iter(f"{_DRAW}frame") if frame.find(f"{_DRAW}image") is not None]
    for frame in frames:
        image = frame.find(f"{_DRAW}image")
        member = unquote(image.get(_HREF, "")).removeprefix("./") if image is not None else ""
        told = [joined(said) for tag in ("desc", "title") for said in frame.findall(_SVG + tag)]
        if member:
            is_preview = any(frame.find(tag) is not None for tag in _OBJECTS)
            yield Shown(member, next(filter(None, told), ""), is_preview)


def _words(element: "Element") -> str:
    """Return the text of a block without the descriptions of its pictures."""
    described = [text for tag in ("desc", "title") for said in element.iter(_SVG + tag) for text in said.itertext()]
    left_out = Counter(described)
    kept = []
    for text in element.itertext():
        if left_out[text]:
            left_out[text] -= 1
        else:
            kept.append(text)
    separator = " " if element.tag == f"{_DRAW}page" else ""
    return " ".join(separator.join(kept).split())
