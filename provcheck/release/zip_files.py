"""ZIP files opened only when their directory is of a sane size: zipfile reads all of it into memory, entry by entry."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from provcheck.errors import UnreadableContainer
from provcheck.release.members import opening

LARGEST_DIRECTORY_BYTES: Final = 16 << 20
"""Some 200,000 entries; a release is read to 10,000."""
_TAIL: Final = 1 << 17
_IN_ZIP64: Final = 0xFFFFFFFF
_SIZE_AFTER: Final = ((b"PK\x05\x06", slice(12, 16)), (b"PK\x06\x06", slice(40, 48)))
"""Where the end of a ZIP file, and of a ZIP64 file, says how long its directory is (APPNOTE 4.3.14 and 4.3.16)."""


@contextmanager
def open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file.

    Raises
    ------
    UnreadableContainer
        It is damaged, or has too many entries.
    """
    size = directory_bytes(path)
    if size > LARGEST_DIRECTORY_BYTES:
        raise UnreadableContainer(f"a ZIP directory of {size} bytes; at most {LARGEST_DIRECTORY_BYTES} are read")
    with opening("the ZIP file"), zipfile.ZipFile(path) as archive:
        yield archive


def directory_bytes(path: Path) -> int:
    """Return how long the directory of a ZIP file says that it is: zipfile reads no more than that."""
    with opening("the ZIP file"), path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _TAIL))
        tail = stream.read()
    fields = (tail[at:][place] for mark, place in _SIZE_AFTER if (at := tail.rfind(mark)) >= 0)
    sizes = (int.from_bytes(field, "little") for field in fields)
    return max((size for size in sizes if size != _IN_ZIP64), default=0)
