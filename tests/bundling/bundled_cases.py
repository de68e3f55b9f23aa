"""A release that was checked, and its case in a bundle, made without the command line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from known_scenes import Known
from rendered_scenes import crop, mirrored, save, scene

from provcheck import pipeline
from provcheck.bundling import Payload, Verification, bag, gather, verify_bundle, write_bundle
from provcheck.bundling.contents import CASE, Content, content
from provcheck.fingerprints import ALGORITHMS
from provcheck.records import Report
from provcheck.release import read_release
from provcheck.report.json import write_json
from provcheck.report.reading import read_reports

MADE = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
TOOL = {"name": "provcheck", "version": "test"}


@dataclass(frozen=True, slots=True)
class Case:
    """A checked release, its report as it was saved, and the records that come out of that."""

    release: Path
    written: bytes

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, read again."""
        return read_reports(self.written.decode())

    def gathered(self, folder: Path, *, with_pictures: bool = True, images: Path | None = None) -> Payload:
        """Return what belongs to the case; `folder` is new."""
        folder.mkdir()
        return gather(self.reports, self.written, folder, tool=TOOL, with_pictures=with_pictures, images=images)


PICTURES: Final = {
    "cropped.png": crop(scene(3), 0.1, 0.1, 0.8, 0.9),
    "flat.png": np.full((200, 200, 3), 90, np.uint8),
    "mirrored.png": mirrored(scene(5)),
    "unknown.png": scene(77),
}


def make_release(folder: Path, *names: str) -> Path:
    """Write a release: a crop and a mirror image of known scenes, an unknown scene, and one without detail."""
    for name in names or PICTURES:
        save(folder / name, PICTURES[name])
    (folder / "release.toml").write_text('title = "A case"\n[claims]\ncaptured = 2017-11-09\n')
    return folder


def checked(release: Path, known: Known) -> Case:
    """Check a release, and save the report."""
    return saved(pipeline.check(read_release(release), known.corpus), release)


def saved(report: Report, release: Path) -> Case:
    """Return a case with the report as `--format json` writes it."""
    stream = StringIO()
    write_json([report], stream)
    return Case(release, stream.getvalue().encode())


def bundled(payload: Payload, path: Path) -> Path:
    """Write a bundle."""
    with path.open("wb") as stream:
        write_bundle(bag(payload.files, MADE, "provcheck test"), MADE, stream)
    return path


def contents(payload: Payload) -> dict[str, bytes]:
    """Return all that belongs to a case, by name."""
    return {file.name: b"".join(file.chunks()) for file in payload.files}


def case_of(files: Mapping[str, bytes]) -> Any:
    """Return the list that says which file is which."""
    return json.loads(files[CASE])


def names(files: tuple[Content, ...], start: str) -> list[str]:
    """Return the names that begin so."""
    return sorted(file.name for file in files if file.name.startswith(start))


def verified(path: Path, **options: Any) -> Verification:
    """Verify with the versions that the test's bundles state."""
    return verify_bundle(path, tool=TOOL, algorithms=ALGORITHMS, **options)


def repacked(files: Mapping[str, bytes], path: Path) -> Path:
    """Write a bundle of other files, whose digests are right: somebody made it anew."""
    with path.open("wb") as stream:
        made = bag([content(name, data) for name, data in files.items()], MADE, "provcheck test")
        write_bundle(made, MADE, stream)
    return path
