"""Which field counts where several say the same: one table for what is said, one for what is recorded.

What is said follows the Metadata Working Group (Guidelines for Handling Image Metadata 2.0, 2010, chapter 5): XMP
before IPTC-IIM, unless the digest that Photoshop keeps of the IPTC block (resource 1061) shows that software which
knows no XMP changed it later. One departure: the group puts EXIF first, here ImageDescription, Artist and Copyright
come last, because cameras and telephones fill them in by themselves.

What is recorded has EXIF first, as the group has it: the camera writes it, XMP has copies.

Of several fields in one row all that say something are read together, as a place from the narrowest to the widest.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from provcheck.records import Block, FileMetadata, Statement, Subject, Voice

Row = tuple[Block, tuple[str, ...]]

SAID: Final[Mapping[str, tuple[Row, ...]]] = MappingProxyType(
    {
        "captured": (
            (Block.XMP, ("photoshop:DateCreated",)),
            (Block.IPTC, ("2:55 Date Created",)),
        ),
        "place": (
            (Block.XMP, ("Iptc4xmpExt:LocationCreated",)),
            (Block.XMP, ("Iptc4xmpExt:LocationShown",)),
            (Block.XMP, ("Iptc4xmpCore:Location", "photoshop:City", "photoshop:State", "photoshop:Country")),
            (Block.IPTC, ("2:92 Sublocation", "2:90 City", "2:95 State", "2:101 Country")),
        ),
        "caption": (
            (Block.XMP, ("dc:description",)),
            (Block.IPTC, ("2:120 Caption",)),
            (Block.EXIF_IFD0, ("ImageDescription",)),
        ),
        "credit": (
            (Block.XMP, ("dc:creator", "photoshop:Credit", "photoshop:Source")),
            (Block.IPTC, ("2:80 By-line", "2:110 Credit", "2:115 Source")),
            (Block.EXIF_IFD0, ("Artist", "Copyright")),
        ),
        "label": (
            (Block.XMP, ("photoshop:Instructions",)),
            (Block.IPTC, ("2:40 Special Instructions",)),
        ),
    }
)
"""What each claim is taken from, the strongest first."""

RECORDED: Final[Mapping[Subject, tuple[Row, ...]]] = MappingProxyType(
    {
        Subject.CAPTURED: (
            (Block.EXIF_GPS, ("GPSDateStamp",)),
            (Block.XMP, ("exif:GPSTimeStamp",)),
            (Block.EXIF_EXIF, ("DateTimeOriginal",)),
            (Block.XMP, ("exif:DateTimeOriginal",)),
        ),
        Subject.PLACE: (
            (Block.EXIF_GPS, ("GPS",)),
            (Block.XMP, ("exif:GPSLatitude",)),
        ),
        Subject.DIGITIZED: (
            (Block.EXIF_EXIF, ("DateTimeDigitized",)),
            (Block.XMP, ("exif:DateTimeDigitized",)),
            (Block.XMP, ("xmp:CreateDate",)),
            (Block.IPTC, ("2:62 Digital Creation Date",)),
        ),
        Subject.MODIFIED: (
            (Block.EXIF_IFD0, ("DateTime",)),
            (Block.XMP, ("xmp:ModifyDate",)),
            (Block.XMP, ("tiff:DateTime",)),
        ),
    }
)
"""What each record is taken from, the strongest first: satellites tell the time better than cameras."""


def said(metadata: FileMetadata, claim: str) -> tuple[Statement, ...]:
    """Return the fields that make one claim: those of the strongest row that says anything."""
    return next(iter(all_said(metadata, claim)), ())


def all_said(metadata: FileMetadata, claim: str) -> list[tuple[Statement, ...]]:
    """Return the fields of every row that says anything, the strongest first."""
    first = Block.IPTC if metadata.iptc_is_newer else Block.XMP
    rows = sorted(SAID[claim], key=lambda row: row[0] is not first)  # a stable order: the rest stay as they stand
    return [found for row in rows if (found := _in_row(metadata.statements, row))]


def recorded(statements: Iterable[Statement], subject: Subject) -> list[Statement]:
    """Return what is recorded about a subject, the strongest first."""
    listed = [statement for statement in statements if statement.voice is Voice.RECORDS]
    return [found for row in RECORDED[subject] for found in _in_row(listed, row)]


def _in_row(statements: Sequence[Statement], row: Row) -> tuple[Statement, ...]:
    block, names = row
    by_name = {statement.name: statement for statement in statements if statement.block is block}
    return tuple(by_name[name] for name in names if name in by_name)
