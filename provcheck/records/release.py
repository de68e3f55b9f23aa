"""The images under test, not decoded yet."""

from dataclasses import dataclass, field
from typing import Final

from provcheck.records.claims import Claims, Moment
from provcheck.records.credentials import Credentials
from provcheck.records.metadata import FileMetadata
from provcheck.records.previews import PreviewLook

STEP: Final = " » "
"""Between the steps of a place inside containers: `mail.eml » photos.zip » statement.docx » image3.jpg`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not used, and why. Never dropped silently.

    Attributes
    ----------
    missed : bool
        Whether a picture may have been missed; False for what holds none, such as a text beside the pictures.
    """

    path: str
    reason: str
    missed: bool = True


@dataclass(frozen=True, slots=True)
class ReleaseImage:
    """One image of a release, not decoded yet.

    Attributes
    ----------
    name : str
        POSIX path relative to the release; what reports call `path`. Steps into containers stand between `STEP`.
    file : str
        Path on disk; for a picture that was taken out of a container, one that lives as long as the check.
    metadata : FileMetadata
        What the file says about itself; what its publisher says in it is among the claims, too.
    previews : tuple of PreviewLook
        The small pictures stored in it; empty before they were looked for.
    credentials : Credentials or None
        What is signed about the file; None when it has none, and before they were looked for.
    """

    name: str
    file: str
    sha256: str
    claims: Claims = field(default_factory=Claims)
    metadata: FileMetadata = field(default_factory=FileMetadata)
    previews: tuple[PreviewLook, ...] = ()

    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """The images under test, with what the release says.

    Attributes
    ----------
    path : str
        Of the folder or file; of a page that was fetched its web address, and images have theirs as names.
    """

    path: str
    images: tuple[ReleaseImage, ...]
    title: str | None = None
    published: Moment | None = None
    language: str | None = None
    skipped: tuple[Skipped, ...] = ()
