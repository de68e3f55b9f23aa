"""The pictures that a report was made from, found again: on disk, or once more inside archives and documents.

Only a file with the SHA-256 of the report is taken: one that was changed since is no evidence, and a report from a
stranger must not be able to bring some other file of this machine into a bundle.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from provcheck.errors import ProvcheckError, UnreadableMedia
from provcheck.media import sha256_of
from provcheck.presence import is_file
from provcheck.records import STEP, ReleaseImage, Report
from provcheck.release import read_releases
from provcheck.release.addresses import is_address
from provcheck.release.manifest import MANIFEST_NAME

ANOTHER: Final = "the file there is not the one that was checked: its SHA-256 is another one"


def find_pictures(report: Report, folder: Path, elsewhere: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files of a release's pictures by their SHA-256; those that are gone or changed are missing.

    1. Look where the report says that they are.
    2. Look among files that a person named, see `pictures_in`.
    3. If some of them are inside containers, read the release anew.

    Parameters
    ----------
    folder : Path
        Where pictures are put that have to be taken out of containers; it lives as long as they are needed.
    """
    wanted = {image.sha256 for image in _images(report)}
    found = {sha256: path for sha256, path in elsewhere.items() if sha256 in wanted}
    found |= {image.sha256: path for image in _images(report) if (path := _beside(image)) is not None}
    is_container = is_file(Path(report.release.path))
    if any(image.sha256 not in found and (is_container or STEP in image.name) for image in _images(report)):
        inside = pictures_in(Path(report.release.path), folder)
        found |= {sha256: path for sha256, path in inside.items() if sha256 in wanted - found.keys()}
    return found


def pictures_in(place: Path, folder: Path) -> dict[str, Path]:
    """Return files by their SHA-256: all of a folder, or the pictures in a release that is one file.

    Parameters
    ----------
    folder : Path
        Where pictures are put that have to be taken out of containers; it lives as long as they are needed.
    """
    if place.is_dir():
        return dict(_digested(place))
    try:
        (release,) = read_releases([place], folder)
    except (ProvcheckError, OSError, ValueError):
        return {}
    return {image.sha256: Path(image.file) for image in release.images}


def find_manifest(report: Report, found: Mapping[str, Path]) -> Path | None:
    """Return the `release.toml` of a release of which at least one picture is where the report says."""
    folder = Path(report.release.path)
    manifest = folder / MANIFEST_NAME
    is_there = any(path.is_relative_to(folder) for path in found.values())
    return manifest if is_there and is_file(manifest) else None


def why_missing(image: ReleaseImage) -> str:
    """Return in a phrase why a picture was not found."""
    if is_address(image.name):
        return "it was fetched; --images names the file in which the page was kept"
    if is_file(_path(image)):
        return ANOTHER
    return "it was not found again inside the release" if STEP in image.name else "there is no file at its path"


def _images(report: Report) -> Sequence[ReleaseImage]:
    return [verdict.image for verdict in report.verdicts]


def _beside(image: ReleaseImage) -> Path | None:
    path = _path(image)
    try:
        return path if sha256_of(path) == image.sha256 else None
    except UnreadableMedia:
        return None


def _path(image: ReleaseImage) -> Path:
    path = Path(image.file)
    return path.parent if is_file(path.parent) else path  # a release of one picture is that picture


def _digested(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        try:
            yield sha256_of(path), path
        except UnreadableMedia:
            continue
