"""A picture to what it says about itself."""

import hashlib
from pathlib import Path

from provcheck.metadata.blocks import Blocks, read_blocks
from provcheck.metadata.exif import exif_statements
from provcheck.metadata.generators import generator_statements
from provcheck.metadata.iptc import iptc_statements
from provcheck.metadata.xmp import xmp_statements
from provcheck.records import FileMetadata


def read_metadata(path: Path) -> FileMetadata:
    """Return all that a picture says about itself; never raises for what is in the file.

    1. Find the raw blocks.
    2. Read EXIF, IPTC and XMP, each by itself.
    3. See which of it known generators of pictures write.
    4. See whether IPTC was changed after it was last brought in line with XMP.
    """
    return metadata_of(read_blocks(path))


def metadata_of(blocks: Blocks) -> FileMetadata:
    """Return what raw blocks say."""
    exif, no_dates = exif_statements(blocks)
    iptc, damaged = iptc_statements(blocks.iptc)
    xmp, refused = xmp_statements(blocks.xmp)
    statements = (*exif, *iptc, *xmp)
    return FileMetadata(
        statements=(*statements, *generator_statements(blocks.texts, statements)),
        unread=(*blocks.unread, *no_dates, *damaged, *refused),
        iptc_is_newer=_iptc_is_newer(blocks),
    )


def _iptc_is_newer(blocks: Blocks) -> bool:
    digest = blocks.iptc_digest
    if not blocks.iptc or not any(digest):  # all zeros: the program that wrote it had none
        return False
    return hashlib.md5(blocks.iptc, usedforsecurity=False).digest() != digest
