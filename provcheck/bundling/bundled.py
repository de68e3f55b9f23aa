"""Pictures out of a bundle, for matching them again: each under a name of ours in a folder of ours.

`data/case.json` is not believed: a picture goes by the SHA-256 that the report states, and so does a known picture that
is the source's own file. Frames of videos have no other witness than the digests of the bundle.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provcheck.bundling.checking import Checked
from provcheck.bundling.contents import FRAMES, PICTURES, plain_suffix
from provcheck.bundling.frames import Origin
from provcheck.bundling.inputs import pictures_in
from provcheck.bundling.matching_again import Known
from provcheck.errors import SavedReportError
from provcheck.records import Match, Report, Verdict
from provcheck.report.nodes import REMEDY, Node

NO_FILE: Final = "its known picture is not in the bundle"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What `data/case.json` says of one known picture."""

    source: str
    file: str | None
    origin: str | None
    note: str


KnownOfReport = tuple[tuple[KnownFile, ...], ...]
"""For each picture of a report, its known pictures: those of the matches, then those of the leads."""


def read_known(text: str) -> tuple[KnownOfReport, ...]:
    """Read what the list of a case says of known pictures; raise `SavedReportError` where it makes no sense."""
    try:
        root = Node(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise SavedReportError(f"it is not JSON: {error}", REMEDY) from None
    return tuple(
        tuple(tuple(_known_file(each) for each in item["known"].each()) for item in release["items"].each())
        for release in root["releases"].each()
    )


class BundledFiles:
    """Gives the files of a bundle that is whole.

    Parameters
    ----------
    folder : Path
        Where they are put; it lives as long as they are needed.
    images : Path or None
        What has pictures that the bundle does not have, see `inputs.pictures_in`.
    """

    def __init__(self, checked: Checked, folder: Path, images: Path | None = None) -> None:
        self._members = checked.members
        self._digests = checked.digests
        self._folder = folder
        self._pictures = {self._digests[name]: name for name in self._members if name.startswith(PICTURES)}
        self._elsewhere = pictures_in(images, folder / "elsewhere") if images else {}
        self._unpacked: dict[str, Path] = {}

    def picture(self, verdict: Verdict) -> Path | None:
        """Return the picture of a verdict; None where it is neither in the bundle nor in the other folder."""
        name = self._pictures.get(verdict.image.sha256)
        return self._file(name) if name else self._elsewhere.get(verdict.image.sha256)

    def known(self, report: Report, listed: KnownOfReport, number: int, at: int) -> Known:
        """Return the known picture of a match; see `matching_again.FetchKnown`."""
        verdict = report.verdicts[number]
        match = (*verdict.matches, *verdict.leads)[at]
        said = listed[number][at] if number < len(listed) and at < len(listed[number]) else None
        if said is None or said.file is None or said.file not in self._members or said.source != match.source.sha256:
            return Known(None, f"{NO_FILE}: {said.note}" if said and said.note else NO_FILE)
        if not self._may_be(said, match):
            return Known(None, "what the bundle has as its known picture is another file")
        return Known(self._file(said.file), small=said.origin == Origin.SMALL)

    def _may_be(self, said: KnownFile, match: Match) -> bool:
        is_original = said.file is not None and self._digests[said.file] == match.source.sha256
        return bool(said.file and said.file.startswith(FRAMES)) and (said.origin != Origin.FILE or is_original)

    def _file(self, name: str) -> Path:
        if name not in self._unpacked:
            path = self._folder / f"{len(self._unpacked)}{plain_suffix(name)}"
            with path.open("wb") as stream:
                stream.writelines(self._members[name].chunks())
            self._unpacked[name] = path
        return self._unpacked[name]


def _known_file(node: Node) -> KnownFile:
    return KnownFile(
        node["source"].text(), node.known("file", Node.text), node.known("is", Node.text), node["note"].text()
    )
