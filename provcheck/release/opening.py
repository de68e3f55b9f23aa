"""Files to the pictures inside them, through as many containers as a limit allows, each place told as a path of steps.

Only what is no picture is asked whether it is a container: a web page under the name of a photograph stays a
broken photograph, which has to be reported.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from posixpath import normpath

from provcheck.errors import NotMedia, UnreadableContainer, UnreadableMedia
from provcheck.presence import is_file
from provcheck.records import STEP, Claims, Medium, Skipped
from provcheck.release.claiming import first_stated
from provcheck.release.contents import ContainerReader, Contents, Stating
from provcheck.release.unpacking import Room

NO_PICTURE = "there is no picture in it"

Recognise = Callable[[Path], Medium]


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the release, its place in it, and what the containers that it lies in say of it."""

    path: Path
    name: str
    claims: Claims = field(default_factory=Claims)


@dataclass(slots=True)
class Opened:
    """What a number of files became.

    Attributes
    ----------
    files : list of NamedFile
        Those that are no containers, and those inside containers.
    statings : list of (int, Stating)
        What containers say of the release, each with how many containers it lies in.
    """

    files: list[NamedFile] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    statings: list[tuple[int, Stating]] = field(default_factory=list)

    def add(self, inner: "Opened", place: str) -> None:
        """Add what was found in the container at `place`."""
        self.files += [replace(file, name=f"{place}{STEP}{file.name}") for file in inner.files]
        self.skipped += [replace(item, path=f"{place}{STEP}{item.path}") for item in inner.skipped]
        self.statings += inner.statings


def open_all(files: Sequence[NamedFile], room: Room, *, recognise: Recognise, depth: int = 0) -> Opened:
    """Open the containers among the files of one folder, and those inside them.

    A page among the files speaks of the pictures beside it: these keep their places and get its captions, and what only
    decorates the page is left out.
    """
    opened = Opened()
    there = {file.path for file in files}
    by_name = {file.name: file.path for file in files}
    spoken_of: dict[Path, Claims] = {}
    decorations: set[Path] = set()
    for file in files:
        contents = _contents(file, by_name, room, recognise, depth)
        if not isinstance(contents, Contents):
            opened.files += [contents] if isinstance(contents, NamedFile) else []
            opened.skipped += [contents] if isinstance(contents, Skipped) else []
            continue
        spoken_of.update({part.file: part.claims for part in contents.parts if part.file in there})
        decorations |= contents.decorations
        opened.statings.append((depth, contents.stating))
        opened.skipped += [_placed(item, file.name) for item in contents.skipped]
        if not contents.parts and not contents.skipped:
            opened.skipped.append(Skipped(file.name, NO_PICTURE, missed=False))
        inside = [NamedFile(part.file, part.name, part.claims) for part in contents.parts if part.file not in there]
        opened.add(open_all(inside, room, recognise=recognise, depth=depth + 1), file.name)
    decorations -= spoken_of.keys()
    opened.files = [_told(file, spoken_of) for file in opened.files if file.path not in decorations]
    return opened


def first_stating(statings: Sequence[tuple[int, Stating]]) -> Stating:
    """Return what is said of the release: of every field what the outermost say, if these agree."""
    said = [_agreed(statings, name) for name in ("title", "published", "language")]
    return Stating(*said)  # type: ignore[arg-type]  # in the order of its fields


def _contents(
    file: NamedFile, by_name: Mapping[str, Path], room: Room, recognise: Recognise, depth: int
) -> Contents | NamedFile | Skipped:
    """Return what is in a container, the file itself when it is none, or why it was not opened."""
    try:
        reader = _reader(file.path, recognise)
        if reader is None:
            return file
        if depth >= room.limits.depth:
            return Skipped(file.name, f"more than {depth} containers inside each other: not opened")
        return reader.contents(file.path, room, partial(_beside, file, by_name))
    except UnreadableContainer as error:
        return Skipped(file.name, error.message)


def _reader(path: Path, recognise: Recognise) -> ContainerReader | None:
    """Return the reader of a container. To PyAV a document with a JPEG stream inside may look like a video."""
    try:
        if recognise(path) is Medium.IMAGE:
            return None
    except NotMedia:
        pass
    except UnreadableMedia:
        return None
    from provcheck.release.readers import reader_of  # noqa: PLC0415 - slow to import, and most releases are pictures

    return reader_of(path)


def _beside(page: NamedFile, by_name: Mapping[str, Path], wanted: str) -> Path | None:
    """Find a file as a page names it: among those that lie with it, or below the folder of a page that stands alone."""
    name = normpath(PurePosixPath(page.name).parent / wanted)
    if len(by_name) > 1:
        return by_name.get(name)
    folder = page.path.parent
    if not is_file(folder / wanted):
        return None
    found = (folder / wanted).resolve()
    return found if found.is_relative_to(folder.resolve()) else None


def _placed(item: Skipped, place: str) -> Skipped:
    return replace(item, path=f"{place}{STEP}{item.path}" if item.path else place)


def _told(file: NamedFile, spoken_of: dict[Path, Claims]) -> NamedFile:
    claims = spoken_of.get(file.path)
    return replace(file, claims=first_stated(file.claims, claims)) if claims else file


def _agreed(statings: Sequence[tuple[int, Stating]], name: str) -> object:
    said = list(_said(statings, name))
    outermost = min((depth for depth, _ in said), default=0)
    values = {value for depth, value in said if depth == outermost}
    return values.pop() if len(values) == 1 else None


def _said(statings: Sequence[tuple[int, Stating]], name: str) -> Iterator[tuple[int, object]]:
    return ((depth, value) for depth, stating in statings if (value := getattr(stating, name)) is not None)
