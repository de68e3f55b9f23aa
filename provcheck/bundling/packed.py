"""Every byte of the ZIP file around the files of a bundle, held against the one form that it can have."""

import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Final

from provcheck.bundling.members import Member
from provcheck.bundling.packing import BASE
from provcheck.bundling.problems import Harm, Problem
from provcheck.bundling.zip_form import Entry, Part, parts

MOST_NAMED: Final = 20
"""One that was packed anew differs everywhere."""


def packing_problems(path: Path, members: Mapping[str, Member], named_after: str, made: datetime) -> list[Problem]:
    """Return where the ZIP file is not what provcheck makes of these files, which are all whole.

    Parameters
    ----------
    members : mapping of str to Member
        By their names below the folder of the bundle.
    named_after : str
        The SHA-256 of `data/case.json`, which that folder is named after.
    """
    base = f"{BASE}{named_after[:12]}"
    entries = [Entry(f"{base}/{name}", members[name].size, _crc(members[name])) for name in sorted(members)]
    with path.open("rb") as stream:
        return list(islice(_differences(stream, list(parts(entries, made)), path.stat().st_size), MOST_NAMED))


def _differences(stream: IO[bytes], expected: list[Part], size: int) -> Iterator[Problem]:
    for part in expected:
        if part.entry is not None:
            continue
        stream.seek(part.start)
        found = stream.read(part.size)
        if found != part.written:
            yield Problem(
                Harm.PACKING, part.what, f"byte {part.start + _first_difference(found, part.written)} differs"
            )
    end = expected[-1].start + expected[-1].size
    if size > end:
        yield Problem(Harm.PACKING, "the end of the file", f"{size - end} bytes that belong to nothing")


def _first_difference(found: bytes, written: bytes) -> int:
    pairs = enumerate(zip(found, written, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(found), len(written)))


def _crc(member: Member) -> int:
    crc = 0
    for chunk in member.chunks():
        crc = zlib.crc32(chunk, crc)
    return crc
