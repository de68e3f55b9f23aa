"""A folder of images, or one image, to a release. Every file in it is an image, ours, or skipped with a reason."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provcheck.corpus.walking import FoundFile, find_files
from provcheck.errors import NotMedia, UnreadableMedia, UsageError
from provcheck.facts.files import FACTS_NAME
from provcheck.media import recognise, sha256_of
from provcheck.media.recognition import VIDEO_SUFFIXES
from provcheck.records import Medium, Release, ReleaseImage, Skipped
from provcheck.release.claiming import combine_claims
from provcheck.release.embedded import embedded_claims
from provcheck.release.manifest import MANIFEST_NAME, Manifest, read_manifest

VIDEO_REASON: Final = "a video: extract the stills to check"
NESTED_REASON: Final = f"only the {MANIFEST_NAME} at the top of a release is read"
MAY_HOLD_PICTURES: Final = re.compile(
    r"\.(pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|epub|x?html?|mht|mhtml|eml|msg|zip|rar|7z|tar|gz|tgz|warc|wacz)"
)

Recognise = Callable[[Path], Medium]


@dataclass(frozen=True, slots=True)
class _NamedFile:
    """A file of the release, and its POSIX path in it."""

    path: Path
    name: str


def read_release(path: Path, *, recognise: Recognise = recognise) -> Release:
    """Read a folder, with its `release.toml` if there is one; a single file is a release of one without manifest.

    Pictures are not decoded. One that is broken stays among the images, because it has to be reported as one that could
    not be checked.

    Parameters
    ----------
    recognise : callable
        Says what a file is; a test may give another than that of `provcheck.media`.

    Raises
    ------
    UsageError
        There is nothing at `path`.
    FactsError
        The manifest is wrong; the message names the file and the line.
    """
    if not path.exists():
        raise UsageError(f"{path}: there is no such file or folder", "Give the folder with the release's images.")
    files, skipped = _find(path)
    manifest = _manifest_of(path)
    read = [_read_file(file, manifest, recognise) for file in files if not _is_ours(file, files)]
    unmatched = manifest.unmatched([file.name for file in files])
    return Release(
        path=str(path),
        images=tuple(item for item in read if isinstance(item, ReleaseImage)),
        title=manifest.title,
        published=manifest.published,
        language=manifest.language,
        skipped=(*skipped, *(item for item in read if isinstance(item, Skipped)), *unmatched),
    )


def _find(path: Path) -> tuple[list[_NamedFile], list[Skipped]]:
    found = list(find_files([path]))
    files = [_NamedFile(item.path, _name_in_release(item)) for item in found if isinstance(item, FoundFile)]
    skipped = [item for item in found if isinstance(item, Skipped)]
    return sorted(files, key=lambda file: file.name), skipped


def _name_in_release(found: FoundFile) -> str:
    """Return a name that can be printed: bytes that are not UTF-8 are replaced."""
    name = found.path.relative_to(found.root.absolute()).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _manifest_of(path: Path) -> Manifest:
    manifest_path = path / MANIFEST_NAME
    return read_manifest(manifest_path) if path.is_dir() and manifest_path.exists() else Manifest()


def _is_ours(file: _NamedFile, files: Collection[_NamedFile]) -> bool:
    """Whether a file is one that provcheck itself reads: the manifest, facts, or a sidecar of a file beside it."""
    if file.name == MANIFEST_NAME or file.path.name == FACTS_NAME:
        return True
    if file.path.suffix != ".toml" or file.path.name == MANIFEST_NAME:
        return False
    beside = [other.path for other in files if other.path.parent == file.path.parent and other is not file]
    return any(file.path.stem in (other.name, other.stem) for other in beside)


def _read_file(file: _NamedFile, manifest: Manifest, recognise: Recognise) -> ReleaseImage | Skipped:
    no_picture = _no_picture(file, recognise)
    if no_picture:
        return no_picture
    try:
        digest = sha256_of(file.path)
    except UnreadableMedia as error:
        return Skipped(file.name, error.message)
    embedded = embedded_claims(file.path)
    claims = combine_claims(entry=manifest.entry_for(file.name), default=manifest.default, embedded=embedded)
    return ReleaseImage(file.name, str(file.path), digest, claims)


def _no_picture(file: _NamedFile, recognise: Recognise) -> Skipped | None:
    """Return why a file is not an image of the release, and whether pictures are missed by leaving it out."""
    if file.path.name == MANIFEST_NAME:
        return Skipped(file.name, NESTED_REASON, missed=False)
    suffix = file.path.suffix.lower()
    try:
        medium = recognise(file.path)
    except NotMedia as error:
        if MAY_HOLD_PICTURES.fullmatch(suffix):
            return Skipped(file.name, f"{error.message}; pictures inside it are not checked")
        return Skipped(file.name, error.message, missed=False)
    except UnreadableMedia as error:
        return Skipped(file.name, error.message) if suffix in VIDEO_SUFFIXES else None
    return Skipped(file.name, VIDEO_REASON) if medium is Medium.VIDEO else None
