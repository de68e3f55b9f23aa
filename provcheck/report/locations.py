"""Where a finding points: the line of the manifest on which the claim stands, else the first line of the image.

Tools that show findings beside files (code scanning, merge requests) take the first location only, and want it
relative to the working directory, which in a CI job is the root of the repository. Nothing is looked up on disk, so
that a saved report gives the same locations without the images.
"""

import os
import re
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import Final

from provcheck.records import STEP, Claims, Finding, Release, Skipped, Verdict

_ORIGIN: Final = re.compile(r"(?P<file>[^\s,:]+\.[a-z]+), line (?P<line>\d{1,9})")
_ADDRESS: Final = re.compile(r"https?://[!-~]+")
_REASON: Final = re.compile(r"line (?P<line>\d{1,9}): ")


@dataclass(frozen=True, slots=True)
class Location:
    """A line of a file; `path` is relative to the working directory, with forward slashes, or a web address."""

    path: str
    line: int = 1


def is_address(path: str) -> bool:
    """Whether a place is on the web: addresses are kept in ASCII, and paths never have two slashes in a row."""
    return _ADDRESS.fullmatch(path) is not None


def finding_location(finding: Finding, verdict: Verdict, release: Release) -> Location:
    """Return where the claim stands that a finding is about, if that is a line of a file, else the image."""
    for origin in _origins(verdict.image.claims):
        written = _ORIGIN.fullmatch(origin)
        if written and f"({origin})" in (finding.claim or ""):
            return Location(_path_in(release, written["file"]), _line(written["line"]))
    return Location(_path_in(release, verdict.image.name))


def image_location(verdict: Verdict, release: Release) -> Location:
    """Return the image itself."""
    return Location(_path_in(release, verdict.image.name))


def skipped_location(skipped: Skipped, release: Release) -> Location:
    """Return the file, at the line that the reason begins with, or the line of the manifest that names it in vain."""
    named = _ORIGIN.search(skipped.reason)
    if named:
        return Location(_path_in(release, named["file"]), _line(named["line"]))
    at = _REASON.match(skipped.reason)
    return Location(_path_in(release, skipped.path), _line(at["line"]) if at else 1)


def _origins(claims: Claims) -> list[str]:
    stated = (claims.captured, claims.place, claims.kind, claims.caption, claims.credit, claims.label)
    return [claim.origin for claim in stated if claim]


def _line(written: str) -> int:
    return max(1, int(written))


def _path_in(release: Release, name: str) -> str:
    """Return a file of the release from here; a release of one image, or one container, is that file.

    What was fetched has no file: there it is the address of the picture, or that of the page.
    """
    outermost = name.split(STEP, maxsplit=1)[0]
    if is_address(release.path):
        return outermost if is_address(outermost) else release.path
    folder = PurePath(release.path)
    is_itself = outermost == folder.name or name == str(folder) or _is_container(release)
    return _from_here(str(folder if is_itself else folder / outermost))


def _is_container(release: Release) -> bool:
    begins = f"{PurePath(release.path).name}{STEP}"
    return any(image.name.startswith(begins) for image in release.images)


def _from_here(path: str) -> str:
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive of Windows
        relative = path
    return PurePosixPath(relative.replace(os.sep, "/")).as_posix()
