"""Word documents (DOCX, ECMA-376): the pictures of the text. Letterheads in headers and footers are left out."""

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.release.contents import Beside, Contents
from provcheck.release.documents.blocks import Block, Shown, document_contents, document_stating
from provcheck.release.documents.package import ZIP_MAGIC, Package, main_part, open_package
from provcheck.release.unpacking import Room

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOTES: Final = ("footnotes.xml", "endnotes.xml", "comments.xml")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLIP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OLD_IMAGE: Final = "{urn:schemas-microsoft-com:vml}imagedata"
_PROPERTIES: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class WordReader:
    """Reads DOCX files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`."""
        return head.startswith(ZIP_MAGIC) and main_part(path).startswith("word/")

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        main = main_part(path)
        with open_package(path, room) as package:
            blocks = list(_all_blocks(main, package))
            return document_contents(blocks, package, path.name, document_stating(package.xml("docProps/core.xml")))


def _all_blocks(main: str, package: Package) -> Iterator[Block]:
    """Yield the paragraphs of the text, then those of its notes and comments."""
    captions = _caption_styles(package)
    for part in (main, *(posixpath.join(posixpath.dirname(main), name) for name in _NOTES)):
        root = package.xml(part)
        if root is not None:
            yield from _blocks(root, package.relations(part), captions)


def _caption_styles(package: Package) -> set[str]:
    """Return the ids of the styles for captions: Word translates the id, and keeps the name of the built-in style."""
    root = package.xml("word/styles.xml")
    styles = root.iter(f"{_W}style") if root is not None else ()
    named = ((style.get(f"{_W}styleId", ""), style.find(f"{_W}name")) for style in styles)
    return {key for key, name in named if name is not None and name.get(f"{_W}val", "").lower() == "caption"}


def _blocks(root: "Element", relations: Mapping[str, str], captions: set[str]) -> Iterator[Block]:
    """Yield the paragraphs; one inside another, as in a text box, belongs to the outer one with its pictures."""
    seen: set[int] = set()
    for paragraph in root.iter(f"{_W}p"):
        if id(paragraph) in seen:
            continue
        seen.update(id(inner) for inner in paragraph.iter(f"{_W}p"))
        text = " ".join("".join(_texts(paragraph)).split())
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        is_caption = style is not None and style.get(f"{_W}val") in captions
        yield Block(tuple(_pictures(paragraph, relations)), text, is_caption)


def _texts(paragraph: "Element") -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}p"):
            yield " "


def _pictures(paragraph: "Element", relations: Mapping[str, str]) -> Iterator[Shown]:
    alternative = ""
    for element in paragraph.iter():
        if element.tag == _PROPERTIES:
            alternative = element.get("descr", "")
        keys = {_BLIP: ("embed", "link"), _OLD_IMAGE: ("id", "href")}.get(element.tag, ())
        member = next((relations[key] for name in keys if (key := element.get(_R + name, "")) in relations), "")
        if member:
            yield Shown(member, alternative)
