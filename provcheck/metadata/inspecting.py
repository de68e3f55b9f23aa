"""All that a file says about itself, and what it is, for a person to read."""

from dataclasses import dataclass
from pathlib import Path

from provcheck.media import MediaSummary, describe, sha256_of
from provcheck.metadata.container import read_container
from provcheck.metadata.previews import read_previews
from provcheck.metadata.reading import read_metadata
from provcheck.records import Credentials, FileMetadata, Medium, Size


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one file is and says.

    Attributes
    ----------
    previews : tuple of (str, (width, height))
        The small pictures inside it.
    credentials : Credentials or None
        What is signed about it; put in by whoever can read that.
    """

    path: str
    bytes: int
    sha256: str
    summary: MediaSummary
    metadata: FileMetadata
    previews: tuple[tuple[str, Size], ...] = ()
    credentials: Credentials | None = None


def inspect_file(path: Path) -> Inspection:
    """Inspect a picture or a video.

    Raises
    ------
    UnreadableMedia
        It is neither, or its header cannot be read.
    """
    summary = describe(path)
    digest, size = sha256_of(path), path.stat().st_size
    if summary.medium is Medium.VIDEO:
        return Inspection(str(path), size, digest, summary, read_container(path))
    metadata = read_metadata(path)
    previews, unread = read_previews(path)
    told = FileMetadata(metadata.statements, (*metadata.unread, *unread), metadata.iptc_is_newer)
    return Inspection(str(path), size, digest, summary, told, tuple((one.name, one.size) for one in previews))
