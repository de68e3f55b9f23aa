"""Files that changed to the releases that they belong to: what a hook before a commit is given, and what it must check.

A picture by itself would be checked without the claims of its release, and a changed `release.toml` changes the claims
of every picture beside it. So a changed file means the folder of the nearest manifest above it.
"""

from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path

from provcheck.media import is_probably_media
from provcheck.presence import is_file
from provcheck.release.manifest import MANIFEST_NAME


def changed_releases(files: Iterable[str], root: Path) -> list[str]:
    """Return the releases that files belong to, in their order, each once.

    A picture that is in none stands for itself; what is neither in a release nor a picture is left out.

    Parameters
    ----------
    root : Path
        Manifests above it are not looked for.
    """
    found = (_release_of(Path(file), root) for file in files)
    return list(dict.fromkeys(str(release) for release in found if release))


def _release_of(file: Path, root: Path) -> Path | None:
    inside = takewhile(lambda folder: folder.absolute().is_relative_to(root), file.parents)
    within = next((folder for folder in inside if is_file(folder / MANIFEST_NAME)), None)
    if within is not None:
        return within
    return file if is_file(file) and is_probably_media(file) else None
