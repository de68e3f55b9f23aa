"""Reports to the payload of a bundle: what is read again, what is rendered, and the list that says which file is which.

`data/case.json` has, for every picture of every report in their order, the file of the picture and those of its known
pictures (matches first, then leads), or why there is none. It states no time and no path, so that one case gives one
list.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any, Final

from provcheck.bundling.contents import (
    CASE,
    PAGE,
    PICTURES,
    RELEASES,
    REPORT,
    TEXT,
    Content,
    content,
    plain_stem,
    plain_suffix,
)
from provcheck.bundling.frames import Frames, KnownPicture
from provcheck.bundling.inputs import find_manifest, find_pictures, pictures_in, why_missing
from provcheck.bundling.listings import as_json
from provcheck.evidence import Originals, opened_originals
from provcheck.protocols import Progress
from provcheck.records import Match, ReleaseImage, Report, Verdict
from provcheck.report.html.page import render_page
from provcheck.report.text import write_text
from provcheck.report.visible import named_reason

SCHEMA: Final = "provcheck/case/1"
LEFT_OUT: Final = "the pictures of the release were left out (--no-images)"

NOWHERE: Final = Path("left out")
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*m")
"""FORCE_COLOR asks for them, which is no part of a case."""

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Payload:
    """The files of a case.

    Attributes
    ----------
    missing : tuple of str
        What could not be put in, and why.
    pictures, known : int
        How many files there are of either.
    small : int
        Known pictures that the corpus's small ones stand in for.
    """

    files: tuple[Content, ...]
    missing: tuple[str, ...]
    pictures: int
    known: int
    small: int


def gather(
    reports: Sequence[Report],
    written: bytes,
    folder: Path,
    *,
    tool: Mapping[str, str],
    with_pictures: bool = True,
    images: Path | None = None,
    progress: Progress | None = None,
) -> Payload:
    """Return all that a case consists of.

    1. Find the pictures of the releases again, and the known pictures behind their matches.
    2. List which is which.
    3. Render the reports for people.

    Parameters
    ----------
    written : bytes
        The JSON report as it was saved.
    folder : Path
        For files that live until they are packed.
    tool : mapping of str to str
        Versions of what makes the bundle.
    images : Path or None
        A folder or release to look for pictures in that are not where the report says.
    """
    elsewhere = pictures_in(images, folder / "elsewhere") if images else {}
    case = _Case(folder, elsewhere, with_pictures=with_pictures)
    total = sum(len(report.verdicts) for report in reports)
    releases = [case.add(report, number, _shown(progress, case, total)) for number, report in enumerate(reports, 1)]
    described = {"schema": SCHEMA, "bundled_with": dict(tool), "pictures": with_pictures, "releases": releases}
    found = [case.located(report) for report in reports]
    texts = {
        REPORT: written,
        CASE: as_json(described),
        PAGE: render_page(found).encode("utf-8", "backslashreplace"),
        TEXT: _as_text(reports).encode("utf-8", "backslashreplace"),
    }
    known = list(case.frames.files())
    files = (*(content(name, data) for name, data in texts.items()), *case.pictures.values(), *case.manifests, *known)
    return Payload(files, tuple(case.missing), len(case.pictures), len(known), case.frames.small)


class _Case:
    """What was found so far; `pictures` and `paths` by SHA-256."""

    def __init__(self, folder: Path, elsewhere: Mapping[str, Path], *, with_pictures: bool) -> None:
        self.with_pictures = with_pictures
        self.frames = Frames(folder)
        self.pictures: dict[str, Content] = {}
        self.paths: dict[str, Path] = {}
        self.manifests: list[Content] = []
        self.missing: list[str] = []
        self.items = 0
        self._folder = folder
        self._elsewhere = elsewhere

    def add(self, report: Report, number: int, show: Callable[[str], None]) -> JsonObject:
        """Find what one report is about, and return which file is which."""
        room = self._folder / f"release-{number}"
        found = find_pictures(report, room, self._elsewhere) if self.with_pictures else {}
        self.paths |= found
        manifest = find_manifest(report, found)
        if manifest:
            self.manifests.append(content(f"{RELEASES}{number}/{manifest.name}", manifest))
        with opened_originals(report.coverage) as originals:
            return {"items": [self._item(verdict, originals, show) for verdict in report.verdicts]}

    def located(self, report: Report) -> Report:
        """Return a report whose pictures are where they were found, also inside containers, or nowhere."""
        return replace(report, verdicts=tuple(self._located(verdict) for verdict in report.verdicts))

    def _located(self, verdict: Verdict) -> Verdict:
        nowhere = NOWHERE / f"{plain_stem(verdict.image.name)} (not in the bundle)"
        path = self.paths.get(verdict.image.sha256, nowhere)
        return replace(verdict, image=replace(verdict.image, file=str(path)))

    def _item(self, verdict: Verdict, originals: Originals, show: Callable[[str], None]) -> JsonObject:
        show(verdict.image.name)
        self.items += 1
        known = [self._known(match, originals, verdict.image) for match in (*verdict.matches, *verdict.leads)]
        return {"sha256": verdict.image.sha256, **self._picture(verdict.image), "known": known}

    def _picture(self, image: ReleaseImage) -> JsonObject:
        """Return the file of a picture; one that stands in several places is packed once."""
        if not self.with_pictures:
            return {"file": None, "note": LEFT_OUT}
        path = self.paths.get(image.sha256)
        if path is None:
            note = why_missing(image)
            self.missing.append(named_reason(image.name, note))
            return {"file": None, "note": note}
        if image.sha256 not in self.pictures:
            name = f"{PICTURES}{len(self.pictures) + 1:04}-{plain_stem(image.name)}{plain_suffix(image.name)}"
            self.pictures[image.sha256] = content(name, path)
        return {"file": self.pictures[image.sha256].name, "note": ""}

    def _known(self, match: Match, originals: Originals, image: ReleaseImage) -> JsonObject:
        known = self.frames.of(match, originals)
        if known.file is None:
            self.missing.append(named_reason(image.name, f"without its known picture: {known.note}"))
        return {"source": match.source.sha256, "frame_time_s": match.frame_time_s, **_described(known)}


def _described(known: KnownPicture) -> JsonObject:
    return {
        "file": known.file.name if known.file else None,
        "is": known.origin.value if known.origin else None,
        "time_s": known.time_s,
        "note": known.note,
    }


def _shown(progress: Progress | None, case: _Case, total: int) -> Callable[[str], None]:
    return lambda what: progress(case.items, total, what) if progress else None


def _as_text(reports: Sequence[Report]) -> str:
    stream = StringIO()
    write_text(reports, stream, verbose=True)
    return _COLOURS.sub("", stream.getvalue())
