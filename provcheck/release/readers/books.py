"""Books (EPUB): the pictures of the chapters, in their order, read as the pages that they are."""

import posixpath
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from provcheck.release.contents import Beside, Contents, Part
from provcheck.release.documents.blocks import document_stating
from provcheck.release.documents.package import Package, media_type, open_package
from provcheck.release.pages import place_pictures, read_page
from provcheck.release.unpacking import Room

_MEDIA_TYPE: Final = "application/epub+zip"
_CONTAINER: Final = "META-INF/container.xml"
_ROOT_FILE: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_OPF: Final = "{http://www.idpf.org/2007/opf}"


class BookReader:
    """Reads EPUB files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`."""
        return media_type(head, path).startswith(_MEDIA_TYPE)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        with open_package(path, room) as package:
            book = _book(package)
            chapters = [_chapter(name, path.name, package) for name in _chapters(book, package)]
            parts: dict[Path, Part] = {}
            for part in (part for chapter in chapters for part in chapter.parts):
                parts.setdefault(part.file, part)
            skipped = [item for chapter in chapters for item in chapter.skipped]
            return Contents(tuple(parts.values()), (*package.skipped, *skipped), document_stating(package.xml(book)))


def _book(package: Package) -> str:
    root = package.xml(_CONTAINER)
    files = (item.get("full-path", "") for item in root.iter(_ROOT_FILE)) if root is not None else ()
    return next(iter(files), "")


def _chapters(book: str, package: Package) -> Iterator[str]:
    root = package.xml(book)
    if root is None:
        return
    files = {item.get("id"): item.get("href", "") for item in root.iter(f"{_OPF}item")}
    folder = posixpath.dirname(book)
    for item in root.iter(f"{_OPF}itemref"):
        if href := files.get(item.get("idref")):
            yield posixpath.normpath(posixpath.join(folder, unquote(href)))


def _chapter(chapter: str, name: str, package: Package) -> Contents:
    return place_pictures(read_page(package.read(chapter)), name, package.room, partial(_resolved, chapter, package))


def _resolved(chapter: str, package: Package, address: str) -> Path | None:
    local = unquote(address.partition("?")[0].partition("#")[0])
    return package.keep(posixpath.normpath(posixpath.join(posixpath.dirname(chapter), local)))
