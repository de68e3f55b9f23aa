"""Saved web pages: HTML with the folder that browsers put beside it, or with its pictures inside (SingleFile)."""

import re
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from provcheck.errors import UnreadableContainer
from provcheck.release.contents import Beside, Contents
from provcheck.release.members import opening
from provcheck.release.pages import LARGEST_BYTES, begins_page, place_pictures, read_page
from provcheck.release.unpacking import Room

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class PageReader:
    """Reads HTML files."""

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 (the seam)
        """See `ContainerReader`."""
        return begins_page(head)

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:
        """See `ContainerReader`."""
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise UnreadableContainer(
                f"a page of {size // 1_000_000} MB; at most {LARGEST_BYTES // 1_000_000} are read"
            )
        with opening("the page"):
            return place_pictures(read_page(path.read_bytes()), path.name, room, partial(_resolved, beside))


def _resolved(beside: Beside, address: str) -> Path | None:
    """Find what lies beside the page; what would have to be fetched is not there."""
    local = unquote(address.partition("?")[0].partition("#")[0])
    return None if not local or _SCHEME.match(local) or "\x00" in local else beside(local)
