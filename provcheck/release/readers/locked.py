"""Office documents with a password: a compound file (MS-CFB) with all of the document in one encrypted stream.

Nothing of them can be read, but to be told what to do helps more than to be told that the content is unknown.
"""

import mmap
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableContainer
from provcheck.release.contents import Beside, Contents
from provcheck.release.unpacking import Room

LOCKED: Final = "locked by a password: open it, save it without one, and check that"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM: Final = "EncryptedPackage".encode("utf-16-le")


class LockedReader:
    """Recognises DOCX, PPTX and XLSX files with a password."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`. The directory of a compound file may stand anywhere in it."""
        if not head.startswith(_COMPOUND):
            return False
        with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(_STREAM) >= 0

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        raise UnreadableContainer(LOCKED)
