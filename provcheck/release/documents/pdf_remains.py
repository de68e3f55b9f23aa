"""JPEG pictures in a PDF whose end is missing: without the table that stands there PDFium opens nothing of it.

Their streams are files of their own, so they are found by how they begin. Where they stood and what was said of them is
lost, and so is what was stored otherwise.
"""

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_JPEG_STREAM: Final = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")
_END: Final = b"endstream"


def jpeg_streams(path: Path) -> Iterator[bytes]:
    """Yield the whole JPEG streams of a PDF, in the order of the file."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for begin in _JPEG_STREAM.finditer(content):
            end = content.find(_END, begin.end())
            if end < 0:
                return
            yield content[begin.end() : end].rstrip(b"\r\n")
