"""Web archives (WARC): the page that they are about, read like a saved page; or all files, where there is none."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from provcheck.errors import NotFetched, RoomFull, UnreadableContainer
from provcheck.records import Skipped
from provcheck.release.addresses import normal_address
from provcheck.release.contents import Beside, Contents, Part
from provcheck.release.pages import place_pictures
from provcheck.release.pages.placing import bounded
from provcheck.release.unpacking import Room
from provcheck.release.warcs import WebArchive, find_page, read_archive
from provcheck.release.warcs.records import Record, open_content

LARGEST_BYTES: Final = 200_000_000
LONGEST_NAME: Final = 200
_BEGINS: Final = b"WARC/"
_GZIP: Final = b"\x1f\x8b"
_TOLD: Final = 3


class WarcReader:
    """Reads WARC files, plain or packed by gzip."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return _unpacked(head).startswith(_BEGINS)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return archive_contents(read_archive([path], room.limits), room)


def archive_contents(archive: WebArchive, room: Room, named: Iterable[str] = ()) -> Contents:
    """Return the pictures of the page that an archive is about, or all its files when there is no page in it.

    Parameters
    ----------
    named : iterable of str
        See `find_page`.
    """
    main = find_page(archive, named)
    files = _Files(archive, room)
    if main is None:
        return files.all()
    contents = place_pictures(main.page, main.address, room, files.resolve, files.why)
    return replace(
        contents,
        parts=tuple(replace(part, name=files.names.get(part.file, part.name)) for part in contents.parts),
        skipped=(
            *archive.skipped,
            *contents.skipped,
            *_others([page for page in main.others if page not in files.kept]),
        ),
    )


@dataclass(slots=True)
class _Files:
    """The answers that were taken out of an archive, each once."""

    archive: WebArchive
    room: Room
    kept: dict[str, Path | None] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)

    def resolve(self, written: str) -> Path | None:
        """Return the file that an address answered with."""
        try:
            found = self.archive.find(normal_address(written))
        except NotFetched:
            return None
        if found.record is None:
            return None
        if found.address not in self.kept:
            self.kept[found.address] = self._keep(found.address, found.record)
        return self.kept[found.address]

    def why(self, written: str) -> str:
        """Return why there is no such file; empty when the archive does not say."""
        try:
            found = self.archive.find(normal_address(written))
        except NotFetched as error:
            return error.message
        return found.why or self.damaged.get(found.address, "")

    def all(self) -> Contents:
        """Return everything that was answered with 200."""
        skipped = list(self.archive.skipped)
        try:
            missing = (address for address in self.archive.answers if self.resolve(address) is None)
            skipped.extend(Skipped(address[:LONGEST_NAME], self.why(address)) for address in missing)
        except RoomFull as error:
            skipped.append(Skipped("", error.message))
        parts = (Part(name, file) for file, name in self.names.items())
        return Contents(tuple(parts), tuple(bounded(skipped)))

    def _keep(self, address: str, record: Record) -> Path | None:
        name = unquote(urlsplit(address).path)
        try:
            with open_content(record) as stream:
                file = self.room.keep(name, stream, packed=record.length, most=LARGEST_BYTES)
        except RoomFull:
            raise
        except UnreadableContainer as error:
            self.damaged[address] = error.message
            return None
        self.names[file] = address[:LONGEST_NAME]
        return file


def _others(addresses: Sequence[str]) -> list[Skipped]:
    if not addresses:
        return []
    told = ", ".join(address[:LONGEST_NAME] for address in addresses[:_TOLD])
    more = ", ..." if len(addresses) > _TOLD else ""
    pages = "1 other page in it is" if len(addresses) == 1 else f"{len(addresses)} other pages in it are"
    return [Skipped("", f"{pages} not looked at: {told}{more}", missed=False)]


def _unpacked(head: bytes) -> bytes:
    if not head.startswith(_GZIP):
        return head
    try:
        return zlib.decompressobj(wbits=31).decompress(head, len(_BEGINS))
    except zlib.error:
        return b""
