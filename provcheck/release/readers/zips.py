"""ZIP archives. Office documents and books are ZIP archives, too; their readers come first."""

import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from provcheck.records import Skipped
from provcheck.release.contents import Beside, Contents, Part
from provcheck.release.cut_zips import HEADER, cut_members
from provcheck.release.members import LINK, SPECIAL, Member, cut_short, keep_members
from provcheck.release.unpacking import Room
from provcheck.release.zip_files import open_zip

EMPTY: Final = b"PK\x05\x06"
ENCRYPTED: Final = "encrypted: unpack it and check the folder"
_IS_ENCRYPTED: Final = 0x1


class ZipReader:
    """Reads ZIP archives."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`."""
        return head.startswith(HEADER) or (head.startswith(EMPTY) and zipfile.is_zipfile(path))

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        if zipfile.is_zipfile(path):
            with open_zip(path) as archive:
                found = list(keep_members(_members(archive), room))
        else:
            found = list(keep_members(cut_members(path, ENCRYPTED), room))
            found.append(cut_short("the archive", found))
        return Contents(
            parts=tuple(item for item in found if isinstance(item, Part)),
            skipped=tuple(item for item in found if isinstance(item, Skipped)),
            is_folder=True,
        )


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        if not info.is_dir():
            yield Member(info.filename, partial(archive.open, info), info.compress_size, _refusal(info))


def _refusal(info: zipfile.ZipInfo) -> str:
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return LINK
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return SPECIAL
    return ENCRYPTED if info.flag_bits & _IS_ENCRYPTED else ""
