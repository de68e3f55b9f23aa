"""Many releases in one check: which the command line names, and how a broken one becomes a release that says so.

A release that cannot be read must neither end the check of the others nor be missing from its report. So it becomes a
release without images whose one skipped entry gives the reason: every reporter shows that, and the exit code counts it
as something that could not be checked.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path

from provcheck.errors import NotFetched, ProvcheckError, UsageError
from provcheck.presence import is_folder, is_there
from provcheck.records import STEP, Release, Skipped
from provcheck.release.addresses import WebAddress, is_address, named_address
from provcheck.release.folder import read_release
from provcheck.release.manifest import MANIFEST_NAME
from provcheck.release.opening import NO_PICTURE
from provcheck.release.unpacking import Room

Fetch = Callable[[WebAddress, Room], Release]
"""A web address to the release that is there, its pictures in the room; may raise `ProvcheckError`."""

NOTHING_THERE = "there is no such file or folder"


def find_releases(named: Iterable[str]) -> list[Path | WebAddress]:
    """Return the files, folders and web addresses that names and patterns mean, in their order, each once.

    A pattern (`*`, `?`, `[abc]`, `**` for any number of folders) means the folders that it matches, and files only
    where it matches no folder: beside the releases of `releases/*` there may be a README. What exists under the very
    name is no pattern.

    Raises
    ------
    UsageError
        A pattern matches nothing, nothing that was named exists, or an address is none that is fetched.
    """
    names = list(named)
    found = [path for name in names for path in _meant(name)]
    if not any(_exists(path) for path in found):
        raise UsageError(
            f"{', '.join(names)}: {NOTHING_THERE}",
            "Name the folder or file of a release, a pattern in quotes, or a web page with https:// before it.",
        )
    once: dict[Path | WebAddress, Path | WebAddress] = {}
    for path in found:
        once.setdefault(path.resolve() if isinstance(path, Path) else path, path)
    return list(once.values())


def read_releases(
    paths: Sequence[Path | WebAddress], folder: Path | None = None, fetch: Fetch | None = None
) -> list[Release]:
    """Read every release; one that cannot be read becomes one that says why.

    Parameters
    ----------
    folder : Path or None
        Where pictures inside containers are put, see `working_folder`; None leaves containers closed.
    fetch : callable or None
        What reads web addresses; None, or no folder, leaves them alone.
    """
    rooms = [Room(folder / str(number)) if folder else None for number in range(len(paths))]
    return [_read(path, room, fetch) for path, room in zip(paths, rooms, strict=True)]


def _meant(name: str) -> Iterator[Path | WebAddress]:
    if is_address(name):
        yield WebAddress(named_address(name))
        return
    if _exists(Path(name)) or not has_magic(name):
        yield Path(name)
        return
    matched = sorted(map(Path, glob(name, recursive=True)))  # noqa: PTH207 (Path.glob refuses absolute patterns)
    if not matched:
        raise UsageError(f"{name}: the pattern matches nothing", "Look at it from the folder that it starts in.")
    yield from [path for path in matched if is_folder(path)] or matched


def _read(path: Path | WebAddress, room: Room | None, fetch: Fetch | None) -> Release:
    if not _exists(path):
        return _broken(path, Skipped(str(path), NOTHING_THERE))
    try:
        release = read_release(path, room=room) if isinstance(path, Path) else _fetched(path, room, fetch)
    except ProvcheckError as error:
        return _broken(path, _reason(path, error))
    if release.images or any(skipped.missed for skipped in release.skipped):
        return release
    said_inside = Skipped(path.name, NO_PICTURE, missed=False) if isinstance(path, Path) else None
    others = [skipped for skipped in release.skipped if skipped != said_inside]
    return replace(release, skipped=(*others, Skipped(str(path), NO_PICTURE)))


def _fetched(address: WebAddress, room: Room | None, fetch: Fetch | None) -> Release:
    if room is None or fetch is None:
        raise NotFetched(f"{address}: nothing is fetched here")
    return fetch(address, room)


def _exists(path: Path | WebAddress) -> bool:
    """Whether there is a file; an address is asked only when its turn comes."""
    if isinstance(path, WebAddress):
        return True
    return is_there(path)


def _reason(path: Path | WebAddress, error: ProvcheckError) -> Skipped:
    """Return the error as an entry on the manifest, if that is what it is about."""
    if isinstance(path, WebAddress):
        return Skipped(str(path), error.message.removeprefix(f"{path}: "))
    place, found, reason = error.message.partition(f"{MANIFEST_NAME}, ")
    if found and (place == f"{path}{os.sep}" or place.startswith(f"{path.name}{STEP}")):
        return Skipped(MANIFEST_NAME if is_folder(path) else f"{place}{MANIFEST_NAME}", reason)
    return Skipped(str(path), error.message)


def _broken(path: Path | WebAddress, reason: Skipped) -> Release:
    return Release(str(path), (), skipped=(reason,))
