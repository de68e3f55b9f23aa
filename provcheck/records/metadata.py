"""What a file says about itself: the fields of its metadata."""

from dataclasses import dataclass
from enum import StrEnum

from provcheck.records.claims import Moment, Place


class Voice(StrEnum):
    """Who speaks in a field of metadata: somebody who describes the picture, or the device or program that wrote it."""

    SAYS = "says"
    RECORDS = "records"


class Block(StrEnum):
    """Where in a file a statement stands."""

    EXIF_IFD0 = "EXIF IFD0"
    EXIF_EXIF = "EXIF Exif"
    EXIF_GPS = "EXIF GPS"
    IPTC = "IPTC-IIM"
    XMP = "XMP"
    PNG = "PNG"
    CONTAINER = "container"


class Subject(StrEnum):
    """What a statement is about."""

    CAPTURED = "captured"
    DIGITIZED = "digitized"
    MODIFIED = "modified"
    PLACE = "place"
    CAPTION = "caption"
    CREDIT = "credit"
    INSTRUCTIONS = "instructions"
    SOURCE_TYPE = "source type"
    CAMERA = "camera"
    SOFTWARE = "software"
    GENERATOR = "generator"
    PROCESSED = "processed"
    IDENTITY = "identity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Processing:
    """One step in the history of a file: what was done, with which program, when."""

    action: str
    software: str | None = None
    when: Moment | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of metadata.

    Attributes
    ----------
    name : str
        As its standard calls it: `DateTimeOriginal`, `2:55 Date Created`, `photoshop:DateCreated`.
    raw : str
        As it stands in the file; long texts are cut.
    """

    block: Block
    name: str
    subject: Subject
    voice: Voice
    raw: str
    value: str | Moment | Place | Processing

    @property
    def origin(self) -> str:
        """The standard and the field, as findings name it: `EXIF DateTimeOriginal`."""
        standard = self.block.value.split()[0].split("-")[0]
        return f"{standard} {self.name}"


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What a file says about itself.

    Attributes
    ----------
    statements : tuple of Statement
        In the order EXIF, IPTC, XMP.
    unread : tuple of str
        What could not be read, and why.
    iptc_is_newer : bool
        Whether the IPTC block was changed after it was last brought in line with XMP.
    """

    statements: tuple[Statement, ...] = ()
    unread: tuple[str, ...] = ()
    iptc_is_newer: bool = False
