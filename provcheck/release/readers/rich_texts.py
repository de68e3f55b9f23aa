"""Rich text documents (RTF): the pictures of the text, with their captions."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableContainer
from provcheck.records import Skipped
from provcheck.release.contents import Beside, Contents, Stating
from provcheck.release.documents.blocks import document_contents
from provcheck.release.documents.rich_text import read_rich_text
from provcheck.release.members import opening
from provcheck.release.unpacking import Room

LARGEST_BYTES: Final = 200_000_000
_BEGINS: Final = b"{\\rtf"


class RichTextReader:
    """Reads RTF files."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return head.lstrip().startswith(_BEGINS)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise UnreadableContainer(
                f"rich text of {size // 1_000_000} MB; at most {LARGEST_BYTES // 1_000_000} are read"
            )
        with opening("the rich text"):
            document = read_rich_text(path.read_bytes())
        pictures = _Pictures(document.pictures, room)
        return document_contents(document.blocks, pictures, path.name, Stating(title=document.title or None))


@dataclass(slots=True)
class _Pictures:
    """The pictures of a document, each kept once."""

    content: dict[str, bytes]
    room: Room
    kept: dict[str, Path] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def keep(self, name: str) -> Path | None:
        if name not in self.kept:
            self.kept[name] = self.room.keep(name, self.content[name])
        return self.kept[name]
