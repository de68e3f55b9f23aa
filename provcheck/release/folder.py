"""A folder of images, one image, or one container to a release.

Every file in it is an image, ours, or skipped with a reason.
"""

import re
from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Final

from provcheck.corpus.walking import FoundFile, find_files
from provcheck.credentials.finding import SIDECAR_SUFFIX, sidecars_of
from provcheck.errors import FactsError, NotMedia, UnreadableMedia, UsageError
from provcheck.facts.files import FACTS_NAME
from provcheck.media import recognise, sha256_of
from provcheck.media.recognition import VIDEO_SUFFIXES
from provcheck.metadata import read_metadata
from provcheck.presence import is_folder, is_there
from provcheck.records import STEP, Medium, Release, ReleaseImage, Skipped
from provcheck.release.claiming import combine_claims
from provcheck.release.embedded import embedded_claims
from provcheck.release.manifest import MANIFEST_NAME, Manifest, read_manifest
from provcheck.release.opening import NamedFile, Opened, Recognise, first_stating, open_all
from provcheck.release.unpacking import Room

VIDEO_REASON: Final = "a video: extract the stills to check"
NESTED_REASON: Final = f"only the {MANIFEST_NAME} at the top of a release is read"
MAY_HOLD_PICTURES: Final = re.compile(
    r"\.(pdf|docx?|odt|rtf|pptx?|odp|xlsx?|ods|epub|x?html?|mht|mhtml|eml|msg|zip|rar|7z|tar|gz|tgz|zst|tzst|warc|wacz)"
)


def read_release(path: Path, *, room: Room | None = None, recognise: Recognise = recognise) -> Release:
    """Read a folder, with its `release.toml` if there is one, a single picture, or a single container.

    Pictures are not decoded. One that is broken stays among the images, because it has to be reported as one that could
    not be checked.

    Parameters
    ----------
    room : Room or None
        Where pictures inside containers are put, to live as long as the release is used; None leaves containers closed.
    recognise : callable
        Says what a file is; a test may give another than that of `provcheck.media`.

    Raises
    ------
    UsageError
        There is nothing at `path`.
    FactsError
        The manifest is wrong; the message names the file and the line.
    """
    if not is_there(path):
        raise UsageError(f"{path}: there is no such file or folder", "Give the folder with the release's images.")
    files, skipped = _find(path)
    opened = open_all(files, room, recognise=recognise) if room else Opened(files)
    top = _top_of(opened.files, path.name) if _is_container(path, opened.files) else ""
    manifest = _manifest_of(path, opened.files, top)
    read = [
        _read_file(file, top, manifest, recognise) for file in opened.files if not _is_ours(file, opened.files, top)
    ]
    unmatched = manifest.unmatched([file.name.removeprefix(top) for file in opened.files])
    said = first_stating(opened.statings)
    return Release(
        path=str(path),
        images=tuple(item for item in read if isinstance(item, ReleaseImage)),
        title=manifest.title or said.title,
        published=manifest.published or said.published,
        language=manifest.language or said.language,
        skipped=(*skipped, *opened.skipped, *(item for item in read if isinstance(item, Skipped)), *unmatched),
    )


def _is_container(path: Path, files: Collection[NamedFile]) -> bool:
    """Whether the release is one file that was opened."""
    return not is_folder(path) and all(file.name.startswith(f"{path.name}{STEP}") for file in files)


def _top_of(files: Collection[NamedFile], container: str) -> str:
    """Return what the names of a container's files begin with: its own name, and the folder that all of them are in."""
    begins = f"{container}{STEP}"
    inside = [PurePosixPath(file.name.removeprefix(begins).split(STEP)[0]) for file in files]
    folders = {name.parts[0] if len(name.parts) > 1 else "" for name in inside}
    only = folders.pop() if len(folders) == 1 else ""
    return f"{begins}{only}/" if only else begins


def _find(path: Path) -> tuple[list[NamedFile], list[Skipped]]:
    found = list(find_files([path]))
    files = [NamedFile(item.path, _name_in_release(item)) for item in found if isinstance(item, FoundFile)]
    skipped = [item for item in found if isinstance(item, Skipped)]
    return sorted(files, key=lambda file: file.name), skipped


def _name_in_release(found: FoundFile) -> str:
    """Return a name that can be printed: bytes that are not UTF-8 are replaced."""
    name = found.path.relative_to(found.root.absolute()).as_posix()
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _manifest_of(path: Path, files: Collection[NamedFile], top: str) -> Manifest:
    if not top:
        manifest_path = path / MANIFEST_NAME
        return read_manifest(manifest_path) if is_folder(path) and is_there(manifest_path) else Manifest()
    inside = next((file for file in files if file.name == f"{top}{MANIFEST_NAME}"), None)
    if inside is None:
        return Manifest()
    try:
        return read_manifest(inside.path)
    except FactsError as error:
        raise FactsError(error.message.replace(str(inside.path), inside.name), error.remedy) from error


def _is_ours(file: NamedFile, files: Collection[NamedFile], top: str) -> bool:
    """Whether a file is one that provcheck itself reads: the manifest, facts, or a sidecar of a file beside it."""
    if file.name == f"{top}{MANIFEST_NAME}" or file.path.name == FACTS_NAME:
        return True
    if file.path.suffix == SIDECAR_SUFFIX:
        return any(file.path in sidecars_of(other.path) for other in files if other.path != file.path)
    if file.path.suffix != ".toml" or file.path.name == MANIFEST_NAME:
        return False
    name = PurePosixPath(file.name)
    beside = [other for other in map(PurePosixPath, (f.name for f in files)) if other.parent == name.parent]
    return any(name.stem in (other.name, other.stem) for other in beside if other != name)


def _read_file(file: NamedFile, top: str, manifest: Manifest, recognise: Recognise) -> ReleaseImage | Skipped:
    no_picture = _no_picture(file, recognise)
    if no_picture:
        return no_picture
    try:
        digest = sha256_of(file.path)
    except UnreadableMedia as error:
        return Skipped(file.name, error.message)
    metadata = read_metadata(file.path)
    claims = combine_claims(
        entry=manifest.entry_for(file.name.removeprefix(top)),
        default=manifest.default,
        beside=file.claims,
        embedded=embedded_claims(metadata),
    )
    return ReleaseImage(file.name, str(file.path), digest, claims, metadata)


def _no_picture(file: NamedFile, recognise: Recognise) -> Skipped | None:
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
