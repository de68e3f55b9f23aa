"""Files to a bundle: a bag (BagIt 1.0, RFC 8493) in a ZIP file of one form."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import IO, Final

from provcheck.bundling.contents import CASE, DECLARATION, INFO, PAYLOAD, README, TAG_SUMS, Content, content
from provcheck.bundling.listings import listed
from provcheck.bundling.zip_form import MOST_BYTES, Entry, fits, parts
from provcheck.errors import BundleError

BASE: Final = "provcheck-"
"""Begins the name of the folder that a bundle unpacks to."""

_DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_TOLD: Final = """\
A case of provcheck: pictures that were checked, the known pictures that they were taken from, and the reports.

  data/report.html     open this: the report for people
  data/report.txt      the same as plain text
  data/report.json     the same for programs: claims, facts, versions of the program, its libraries and algorithms,
                       configuration (its schema: provcheck schema)
  data/case.json       which file is which: pictures, known frames and where each came from, what is missing and why
  data/pictures/       the pictures that were checked, byte for byte, unless they were left out
  data/frames/         the known pictures: photographs byte for byte, frames of videos as PNG at full size, and small
                       pictures (-small) from the corpus where the original was gone
  data/releases/       the release.toml of each release, as it was when the bundle was made

Is it whole? In this folder:

  sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt

(on macOS: shasum -a 256 -c). Then compare what

  sha256sum tagmanifest-sha256.txt

prints with the digest over all that was published when the bundle was made. Without such a note from elsewhere the
digests show damage, and not that somebody made the whole bundle anew. The folder is a bag (BagIt, RFC 8493), and
manifest.json lists the same digests for programs.

With provcheck installed,

  provcheck bundle verify CASE.zip

checks all of that, and the ZIP file around it, and matches the pictures with the known ones again.
"""


def bag(payload: Sequence[Content], made: datetime, agent: str) -> tuple[Content, ...]:
    """Return the files of the payload with all that makes them a bag.

    Parameters
    ----------
    made : datetime
        Aware; when the bundle was made.
    agent : str
        Program and version that make it.
    """
    tags = {README: _TOLD.encode("ascii"), DECLARATION: _DECLARED, INFO: _info(payload, made, agent)}
    return listed([*payload, *(content(name, data) for name, data in tags.items())])


def write_bundle(files: Sequence[Content], made: datetime, stream: IO[bytes]) -> None:
    """Write a bag as a ZIP file.

    Raises
    ------
    BundleError
        It would be too large, or a file was changed meanwhile.
    """
    base = base_of(files)
    entries = [Entry(f"{base}/{file.name}", file.size, file.crc) for file in files]
    if not fits(entries):
        total = sum(file.size for file in files)
        raise BundleError(
            f"the bundle would have {len(files)} files and {total} bytes; at most {MOST_BYTES} bytes are written",
            "Leave out the pictures of the release (--no-images), or check and bundle fewer releases at once.",
        )
    for part in parts(entries, made):
        if part.entry is None:
            stream.write(part.written)
        else:
            _copy(files[part.entry], stream)


def digest_over_all(files: Sequence[Content]) -> str:
    """Return the one digest that follows from all files of a bag."""
    return next(file.sha256 for file in files if file.name == TAG_SUMS)


def base_of(files: Sequence[Content]) -> str:
    """Return the name of the folder: it goes by the case, so that two cases can be unpacked side by side."""
    return BASE + next(file.sha256 for file in files if file.name == CASE)[:12]


def _copy(file: Content, stream: IO[bytes]) -> None:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
        stream.write(chunk)
    if digest.hexdigest() != file.sha256:
        raise BundleError(f"{file.data!s} was changed while it was packed", "Run the command again.")


def _info(payload: Sequence[Content], made: datetime, agent: str) -> bytes:
    size = sum(file.size for file in payload if file.name.startswith(PAYLOAD))
    lines = {
        "Bag-Software-Agent": agent,
        "Bagging-Date": f"{made.astimezone(UTC):%Y-%m-%d}",
        "Bagging-Time": made.astimezone(UTC).isoformat(timespec="seconds"),
        "External-Description": "A case of provcheck: reports, pictures, and the known pictures behind them",
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode("ascii")
