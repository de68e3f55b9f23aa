"""Bundles of a few kilobytes, and what is said of them when they are damaged."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from provcheck.bundling.checking import check_bundle
from provcheck.bundling.contents import CASE, DECLARATION, INFO, REPORT, Content, content
from provcheck.bundling.listings import listed
from provcheck.bundling.packing import base_of, write_bundle
from provcheck.bundling.zip_form import Entry, Part, parts

MADE = datetime(2026, 11, 23, 17, 0, 2, tzinfo=UTC)
FRAME = "data/frames/frame.png"

PLAIN = {
    CASE: b'{"releases": []}\n',
    REPORT: b"{}\n",
    FRAME: bytes(range(0, 250, 7)),
    DECLARATION: b"BagIt-Version: 1.0\n",
    INFO: b"Bagging-Time: 2026-11-23T17:00:02+00:00\n",
}


def files_of(named: Mapping[str, bytes] = PLAIN) -> tuple[Content, ...]:
    return listed(content(name, data) for name, data in named.items())


def packed(files: tuple[Content, ...]) -> bytes:
    stream = io.BytesIO()
    write_bundle(files, MADE, stream)
    return stream.getvalue()


def parts_of(files: tuple[Content, ...]) -> list[Part]:
    return list(parts([Entry(f"{base_of(files)}/{file.name}", file.size, file.crc) for file in files], MADE))


def complaints(path: Path, raw: bytes) -> list[tuple[str, str]]:
    """Return kind and name of all that is wrong with a bundle."""
    path.write_bytes(raw)
    return [(problem.harm.value, problem.member) for problem in check_bundle(path).problems]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()
