"""Where Content Credentials stand in each kind of file: one file a container, and one line below.

Only headers are walked, by their stated lengths, and nothing is decoded: enough to say that credentials are there
without the library that reads them. Every walk ends: at the end of the file, at a length that cannot be, or after
`MOST_PIECES`.

Source: C2PA Technical Specification 2.2, appendix A.3, "Embedding manifests into various file formats".
"""

from typing import BinaryIO, Final

from provcheck.credentials.containers.bmff import BMFF, JPEG_XL
from provcheck.credentials.containers.gif import GIF
from provcheck.credentials.containers.jpeg import JPEG
from provcheck.credentials.containers.pieces import Container, Piece, read_at
from provcheck.credentials.containers.png import PNG
from provcheck.credentials.containers.riff import RIFF
from provcheck.credentials.containers.tiff import TIFF

__all__ = ["CONTAINERS", "Container", "Piece", "container_of", "read_at"]

CONTAINERS: Final[tuple[Container, ...]] = (JPEG, PNG, RIFF, BMFF, JPEG_XL, TIFF, GIF)

_MAGIC_BYTES: Final = 16


def container_of(file: BinaryIO) -> Container | None:
    """Return the kind of an open file by its first bytes; None for kinds that are not known here."""
    head = read_at(file, 0, _MAGIC_BYTES)
    return next((container for container in CONTAINERS if container.magic.match(head)), None)
