"""Whether a file has Content Credentials, and where: inside it, beside it, or at an address that it names.

This is all that can be said without the library that reads them, and what decides whether it is asked at all: most
pictures have none, and walking the headers of one takes a fraction of a millisecond.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from provcheck.credentials.containers import Container, Piece, container_of, read_at
from provcheck.presence import is_file

SIDECAR_SUFFIX: Final = ".c2pa"

_MOST_XMP_BYTES: Final = 4 << 20
_PROVENANCE: Final = re.compile(rb"dcterms:provenance\s*(?:=\s*[\"']|>\s*)([^\"'<>\s]{1,2000})")


@dataclass(frozen=True, slots=True)
class Found:
    """Where the credentials of a file are.

    Attributes
    ----------
    place : str or None
        In words, where inside the file; None when they are not in it.
    sidecar : Path or None
        The manifest store beside the file, for a file that has none inside.
    remote : str or None
        The address that the file's XMP names, for a file that has neither. `self#...` names a place inside the file.
    """

    place: str | None = None
    sidecar: Path | None = None
    remote: str | None = None


def find_credentials(path: Path) -> Found | None:
    """Return where the credentials of a file are; None where there are none, or where nothing can be read.

    1. A manifest store inside the file.
    2. Else a file of the same name that ends in `.c2pa`, which may also be put behind the whole name.
    3. Else the address in the file's XMP (`dcterms:provenance`). Nothing is fetched.
    """
    try:
        with path.open("rb", buffering=0) as file:
            container = container_of(file)
            found = _look(file, container) if container else Found()
    except OSError:
        return None
    if found.place:
        return found
    sidecar = next((beside for beside in sidecars_of(path) if is_file(beside)), None)
    if sidecar:
        return Found(sidecar=sidecar)
    return found if found.remote else None


def sidecars_of(path: Path) -> tuple[Path, ...]:
    """Return what a file of credentials beside a picture may be called."""
    return path.with_suffix(SIDECAR_SUFFIX), path.with_name(f"{path.name}{SIDECAR_SUFFIX}")


def _look(file: BinaryIO, container: Container) -> Found:
    remote = None
    for piece in container.pieces(file, os.fstat(file.fileno()).st_size):
        if container.holds(piece):
            return Found(place=container.place)
        if remote is None and container.is_xmp(piece):
            remote = _provenance(file, piece)
    return Found(remote=remote)


def _provenance(file: BinaryIO, piece: Piece) -> str | None:
    """Return what an XMP packet names as its provenance; a full parse of a packet could say no more."""
    named = _PROVENANCE.search(read_at(file, piece.start, min(piece.size, _MOST_XMP_BYTES)))
    return named[1].decode("utf-8", "replace").replace("&amp;", "&") if named else None
