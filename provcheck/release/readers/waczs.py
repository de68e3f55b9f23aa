"""WACZ: the WARC files of a capture in one ZIP file, with a list of its pages (specs.webrecorder.net/wacz/1.1.1)."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableContainer
from provcheck.release.contents import Beside, Contents
from provcheck.release.documents.package import ZIP_MAGIC, Package, open_package
from provcheck.release.readers.warcs import archive_contents
from provcheck.release.unpacking import Room
from provcheck.release.warcs import read_archive
from provcheck.release.zip_files import open_zip

_ABOUT: Final = "datapackage.json"
_PAGES: Final = "pages/pages.jsonl"
_MOST_PAGES: Final = 1_000


class WaczReader:
    """Reads WACZ files."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """See `ContainerReader`. WARC files lie in the folder `archive`, beside a description."""
        return head.startswith(ZIP_MAGIC) and _is_wacz(path)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        with open_package(path, room) as package:
            kept = [package.keep(name) for name in sorted(package.archive.NameToInfo) if _is_warc(name)]
            archive = read_archive([file for file in kept if file], room.limits)
            archive.skipped += package.skipped
            return archive_contents(archive, room, _named(package))


def _is_wacz(path: Path) -> bool:
    try:
        with open_zip(path) as archive:
            return _ABOUT in archive.NameToInfo and any(map(_is_warc, archive.NameToInfo))
    except UnreadableContainer:
        return False


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _named(package: Package) -> Iterator[str]:
    """Yield the addresses of the pages: the main one, then those of the list in their order."""
    about = _object(package.read(_ABOUT))
    if isinstance(main := about.get("mainPageUrl"), str):
        yield main
    for line in islice(BytesIO(package.read(_PAGES)), _MOST_PAGES):
        if isinstance(address := _object(line).get("url"), str):
            yield address


def _object(text: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
