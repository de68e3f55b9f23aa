"""What a reader takes out of a container, and the seam that every reader fills."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from provcheck.records import Claims, Moment, Skipped
from provcheck.release.unpacking import Room

Beside = Callable[[str], Path | None]
"""A POSIX path as a page writes it, relative to the page, to the file that it means; None where there is none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a container.

    Attributes
    ----------
    name : str
        Its place in the container, for people.
    claims : Claims
        What the container says of it beside it.
    """

    name: str
    file: Path
    claims: Claims = field(default_factory=Claims)


@dataclass(frozen=True, slots=True)
class Stating:
    """What a container says of the release as a whole."""

    title: str | None = None
    published: Moment | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in one container.

    Attributes
    ----------
    skipped : tuple of Skipped
        What was left out, by its place in the container; an empty place is the container itself.
    is_folder : bool
        Whether the parts have the names of files in a folder, as in an archive: a `release.toml` among them counts, and
        pages among them refer to the others.
    decorations : frozenset of Path
        Files beside a page that only decorate it.
    """

    parts: tuple[Part, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    stating: Stating = field(default_factory=Stating)
    is_folder: bool = False
    decorations: frozenset[Path] = frozenset()


class ContainerReader(Protocol):
    """One kind of archive, document, mail or page to the files inside it."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether a file is of this kind, by its first 4096 bytes, or by more of it where these do not tell."""
        ...

    def contents(self, path: Path, room: Room, beside: Beside) -> Contents:
        """Take out what is inside; raise `UnreadableContainer` with one line."""
        ...
