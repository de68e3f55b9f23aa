"""PowerPoint presentations (PPTX, ECMA-376): the pictures slide by slide, with the text of the slide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provcheck.release.contents import Beside, Contents
from provcheck.release.documents.blocks import Block, Shown, document_contents, document_stating
from provcheck.release.documents.package import ZIP_MAGIC, Package, main_part, open_package
from provcheck.release.unpacking import Room

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SHOWN: Final = (f"{_A}blip", "{http://schemas.microsoft.com/office/powerpoint/2010/main}media", f"{_A}videoFile")
"""Pictures, and videos: both what newer versions keep inside, and the link that older ones know."""
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class SlidesReader:
    """Reads PPTX files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`."""
        return head.startswith(ZIP_MAGIC) and main_part(path).startswith("ppt/")

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        main = main_part(path)
        with open_package(path, room) as package:
            blocks = [_block(number, name, package) for number, name in enumerate(_slides(main, package), start=1)]
            return document_contents(blocks, package, path.name, document_stating(package.xml("docProps/core.xml")))


def _slides(main: str, package: Package) -> Iterator[str]:
    root = package.xml(main)
    relations = package.relations(main)
    for slide in root.iter(f"{_P}sldId") if root is not None else ():
        if (name := relations.get(slide.get(f"{_R}id", ""))) is not None:
            yield name


def _block(number: int, name: str, package: Package) -> Block:
    root = package.xml(name)
    if root is None:
        return Block()
    text = " ".join(" ".join(item.text or "" for item in root.iter(f"{_A}t")).split())
    relations = package.relations(name)
    alternative, pictures = "", []
    for element in root.iter():
        if element.tag == f"{_P}cNvPr":
            alternative = element.get("descr", "")
        if element.tag in _SHOWN:
            keys = (element.get(f"{_R}embed", ""), element.get(f"{_R}link", ""))
            pictures += [Shown(relations[key], alternative) for key in keys if key in relations][:1]
    return Block(tuple(pictures), text, place=f"text of slide {number}")
