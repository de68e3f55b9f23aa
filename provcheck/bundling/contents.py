"""What is in a bundle, and where: the folders of a bag, the names of its files, and files with their digests."""

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

PAYLOAD: Final = "data/"
REPORT: Final = "data/report.json"
PAGE: Final = "data/report.html"
TEXT: Final = "data/report.txt"
CASE: Final = "data/case.json"
PICTURES: Final = "data/pictures/"
FRAMES: Final = "data/frames/"
RELEASES: Final = "data/releases/"

README: Final = "README.txt"
DECLARATION: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
PAYLOAD_SUMS: Final = "manifest-sha256.txt"
TAG_SUMS: Final = "tagmanifest-sha256.txt"
MANIFEST: Final = "manifest.json"

CHUNK: Final = 1 << 20
LONGEST_STEM: Final = 60

_PLAIN: Final = re.compile(r"(?!.*(?:^|/)\.{0,2}(?:/|$))[A-Za-z0-9._/-]{1,200}")
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Content:
    """A file that is to be packed.

    Attributes
    ----------
    name : str
        Below the folder of the bundle: `data/report.json`.
    data : bytes or Path
        What is in it, or the file that has it.
    """

    name: str
    data: bytes | Path
    size: int
    sha256: str
    crc: int

    def chunks(self) -> Iterator[bytes]:
        """Yield what is in it, bit by bit."""
        if isinstance(self.data, bytes):
            yield self.data
            return
        with self.data.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


def content(name: str, data: bytes | Path) -> Content:
    """Return a file to be packed, with its size and digests.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    size, crc, digest = 0, 0, hashlib.sha256()
    for chunk in Content(name, data, 0, "", 0).chunks():
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        digest.update(chunk)
    return Content(name, data, size, digest.hexdigest(), crc)


def plain_stem(name: str) -> str:
    """Return the last part of a name without its suffix, in letters that every system and archive writes alike."""
    return _ODD.sub("_", PurePosixPath(name).stem)[:LONGEST_STEM].strip("_") or "file"


def plain_suffix(name: str) -> str:
    """Return the suffix of a name in small letters; nothing where it is no common one."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def is_plain(name: str) -> bool:
    """Whether a name is one that a bundle gives: relative, without steps upwards, in plain letters."""
    return _PLAIN.fullmatch(name) is not None
