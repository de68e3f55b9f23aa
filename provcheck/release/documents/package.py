"""The ZIP archive that an office document or a book is: its XML, its relations, its pictures."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from provcheck.errors import RoomFull, UnreadableContainer
from provcheck.records import Skipped
from provcheck.release.members import opening
from provcheck.release.unpacking import Room
from provcheck.release.zip_files import open_zip

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_XML_BYTES: Final = 64_000_000
MOST_TAGS: Final = 2_000_000
ZIP_MAGIC: Final = b"PK\x03\x04"
_MEDIA_TYPE: Final = b"mimetype"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(slots=True)
class Package:
    """An open package. `kept` are the members that were taken out, each once, `skipped` those that could not be."""

    archive: zipfile.ZipFile
    room: Room
    kept: dict[str, Path] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        """Return a member; empty when it is not there.

        Raises
        ------
        UnreadableContainer
            It is too large for what it should be.
        """
        if name not in self.archive.NameToInfo:
            return b""
        with opening(name), self.archive.open(name) as stream:
            content = stream.read(LARGEST_XML_BYTES + 1)
        if len(content) > LARGEST_XML_BYTES:
            raise UnreadableContainer(f"{name} has more than {LARGEST_XML_BYTES} bytes")
        return content

    def xml(self, name: str) -> "Element | None":
        """Return a member as XML, None when it is not there; entities are refused."""
        content = self.read(name)
        return parse_xml(content, name) if content else None

    def relations(self, name: str) -> Mapping[str, str]:
        """Return what the relations of an OOXML member point to, by id; what lies outside of the file as it stands."""
        folder, file = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
        return (
            {item.get("Id", ""): _pointed_to(item, folder) for item in root.iter(_RELATION)} if root is not None else {}
        )

    def keep(self, name: str) -> Path | None:
        """Take a picture out; None, and a reason among `skipped`, when that is not possible."""
        if name in self.kept:
            return self.kept[name]
        if name not in self.archive.NameToInfo:
            return None
        info = self.archive.getinfo(name)
        try:
            with opening("it"), self.archive.open(info) as stream:
                self.kept[name] = self.room.keep(name, stream, packed=info.compress_size)
        except RoomFull:
            raise
        except UnreadableContainer as error:
            self.skipped.append(Skipped(name, error.message))
            return None
        return self.kept[name]


@contextmanager
def open_package(path: Path, room: Room) -> Iterator[Package]:
    """Open an office document or a book."""
    with open_zip(path) as archive:
        yield Package(archive, room)


def parse_xml(content: bytes, name: str) -> "Element":
    """Parse XML; raise `UnreadableContainer` when it is none, has entities or too many tags."""
    from defusedxml import DefusedXmlException, ElementTree  # noqa: PLC0415 (loaded by the first document)

    if content.count(b"<") > MOST_TAGS:
        raise UnreadableContainer(f"{name} has more than {MOST_TAGS} tags")
    with opening(name):
        try:
            root: Element = ElementTree.fromstring(content)
        except DefusedXmlException as error:
            raise UnreadableContainer(f"{name} has XML entities, which are refused") from error
    return root


def media_type(head: bytes, path: Path) -> str:
    """Return what the member `mimetype` of an OpenDocument file or a book says; empty when there is none.

    It ought to be the first one and not packed, but what packs archives anew does not know that.
    """
    if not head.startswith(ZIP_MAGIC):
        return ""
    said = head[:200].partition(_MEDIA_TYPE)[2].decode("ascii", "replace")
    if said.startswith("application/"):
        return said
    try:
        with open_zip(path) as archive:
            return Package(archive, Room(path.parent)).read(_MEDIA_TYPE.decode()).decode("ascii", "replace").strip()
    except UnreadableContainer:
        return ""


def main_part(path: Path) -> str:
    """Return the main member of an OOXML document, as `word/document.xml`; empty when it is none."""
    try:
        with open_zip(path) as archive:
            package = Package(archive, Room(path.parent))
            root = package.xml("_rels/.rels")
    except UnreadableContainer:
        return ""
    items = root.iter(_RELATION) if root is not None else ()
    mains = (_pointed_to(item, "") for item in items if item.get("Type", "").endswith("/officeDocument"))
    return next(mains, "")


def _pointed_to(item: "Element", folder: str) -> str:
    pointed = item.get("Target", "")
    if item.get("TargetMode") == "External":
        return pointed
    return posixpath.normpath(posixpath.join(folder, pointed) if not pointed.startswith("/") else pointed[1:])
