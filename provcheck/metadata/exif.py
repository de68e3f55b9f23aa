"""EXIF: what the camera wrote, and what software added (CIPA DC-008, Exif 3.0; tags of Microsoft Windows)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from provcheck.metadata.blocks import Blocks, Tags
from provcheck.metadata.coordinates import LARGEST_LATITUDE, LARGEST_LONGITUDE, exif_degrees, place_at
from provcheck.metadata.dates import exif_moment, is_blank, satellite_moment
from provcheck.metadata.texts import comment_text, exif_text, utf16_text
from provcheck.records import Block, Moment, Statement, Subject, Voice


class _Tag(NamedTuple):
    name: str
    subject: Subject
    voice: Voice = Voice.RECORDS
    read: Callable[[object], str] = exif_text


class _Date(NamedTuple):
    """A date, and the tags that have its zone and its fraction of a second."""

    name: str
    subject: Subject
    offset: int
    fraction: int


DATE_TIME, DATE_TIME_ORIGINAL, DATE_TIME_DIGITIZED = 0x0132, 0x9003, 0x9004
GPS_DATE, GPS_TIME = 29, 7

IFD0_TAGS: Final[Mapping[int, _Tag]] = MappingProxyType(
    {
        0x010E: _Tag("ImageDescription", Subject.CAPTION, Voice.SAYS),
        0x010F: _Tag("Make", Subject.CAMERA),
        0x0110: _Tag("Model", Subject.CAMERA),
        0x0131: _Tag("Software", Subject.SOFTWARE),
        0x013B: _Tag("Artist", Subject.CREDIT, Voice.SAYS),
        0x013C: _Tag("HostComputer", Subject.SOFTWARE),
        0x8298: _Tag("Copyright", Subject.CREDIT, Voice.SAYS),
        0x9C9B: _Tag("XPTitle", Subject.OTHER, Voice.SAYS, utf16_text),
        0x9C9C: _Tag("XPComment", Subject.OTHER, Voice.SAYS, utf16_text),
        0x9C9F: _Tag("XPSubject", Subject.OTHER, Voice.SAYS, utf16_text),
    }
)
EXIF_TAGS: Final[Mapping[int, _Tag]] = MappingProxyType(
    {
        0x9286: _Tag("UserComment", Subject.OTHER, Voice.SAYS, comment_text),
        0xA420: _Tag("ImageUniqueID", Subject.IDENTITY),
        0xA430: _Tag("CameraOwnerName", Subject.CAMERA),
        0xA431: _Tag("BodySerialNumber", Subject.CAMERA),
        0xA433: _Tag("LensMake", Subject.CAMERA),
        0xA434: _Tag("LensModel", Subject.CAMERA),
        0xA436: _Tag("ImageTitle", Subject.OTHER, Voice.SAYS),
        0xA437: _Tag("Photographer", Subject.OTHER, Voice.SAYS),
        0xA439: _Tag("CameraFirmware", Subject.CAMERA),
        0xA43A: _Tag("RAWDevelopingSoftware", Subject.SOFTWARE),
        0xA43B: _Tag("ImageEditingSoftware", Subject.SOFTWARE),
        0xA43C: _Tag("MetadataEditingSoftware", Subject.OTHER),
    }
)
DATES: Final[Mapping[int, _Date]] = MappingProxyType(
    {
        DATE_TIME_ORIGINAL: _Date("DateTimeOriginal", Subject.CAPTURED, 0x9011, 0x9291),
        DATE_TIME_DIGITIZED: _Date("DateTimeDigitized", Subject.DIGITIZED, 0x9012, 0x9292),
        DATE_TIME: _Date("DateTime", Subject.MODIFIED, 0x9010, 0x9290),
    }
)
FILE_SOURCES: Final[Mapping[int, str]] = MappingProxyType({1: "film scanner", 2: "print scanner", 3: "digital camera"})
FILE_SOURCE: Final = 0xA300
ORIENTATIONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        2: "to be mirrored",
        3: "to be turned upside down",
        4: "to be mirrored upside down",
        5: "to be mirrored and turned left",
        6: "to be turned right",
        7: "to be mirrored and turned right",
        8: "to be turned left",
    }
)
ORIENTATION: Final = 0x0112

WRITTEN_BY_CAMERAS: Final = frozenset(
    {
        "default", "digital camera", "dav", "sdr", "cof", "hdr", "mde", "screenshot", "untitled", "image description",
        "olympus digital camera", "sony dsc", "minolta digital camera", "konica minolta digital camera",
        "kodak digital still camera", "samsung digital camera", "samsung camera pictures", "exif_jpeg_picture",
    }
)  # fmt: skip
"""What cameras and telephones put into ImageDescription by themselves: nobody's caption."""


def exif_statements(blocks: Blocks) -> tuple[list[Statement], list[str]]:
    """Return what EXIF says, and which dates in it are none; a value of the wrong kind says nothing."""
    unread: list[str] = []
    found = [
        *_texts(blocks.ifd0, IFD0_TAGS, Block.EXIF_IFD0),
        *_dates({**blocks.ifd0, **blocks.exif}, unread),
        *_texts(blocks.exif, EXIF_TAGS, Block.EXIF_EXIF),
        *_coded(blocks.ifd0.get(ORIENTATION), "Orientation", Block.EXIF_IFD0, ORIENTATIONS),
        *_coded(blocks.exif.get(FILE_SOURCE), "FileSource", Block.EXIF_EXIF, FILE_SOURCES),
        *_satellite(blocks.gps, unread),
    ]
    return found, unread


def _texts(tags: Tags, named: Mapping[int, _Tag], block: Block) -> Iterator[Statement]:
    for number, tag in named.items():
        text = tag.read(tags.get(number))
        if not text:
            continue
        if tag.subject is Subject.CAPTION and _is_of_the_camera(text):
            yield Statement(block, tag.name, Subject.OTHER, Voice.RECORDS, text, text)
        else:
            yield Statement(block, tag.name, tag.subject, tag.voice, text, text)


def _is_of_the_camera(text: str) -> bool:
    plain = text.lower().strip(" .")
    return plain in WRITTEN_BY_CAMERAS or plain.startswith(("dcim\\", "dcim/"))


def _dates(tags: Tags, unread: list[str]) -> Iterator[Statement]:
    for number, date in DATES.items():
        written = exif_text(tags.get(number))
        if is_blank(written):
            continue
        offset, fraction = exif_text(tags.get(date.offset)), exif_text(tags.get(date.fraction))
        moment = exif_moment(written, offset, fraction)
        if moment is None:
            unread.append(f"EXIF {date.name}: “{written}” is no date")
            continue
        block = Block.EXIF_IFD0 if number == DATE_TIME else Block.EXIF_EXIF
        raw = " ".join(filter(None, (written, fraction and f".{fraction}", offset)))
        yield Statement(block, date.name, date.subject, Voice.RECORDS, raw, moment)


def _coded(value: object, name: str, block: Block, meanings: Mapping[int, str]) -> Iterator[Statement]:
    """Yield what a number stands for."""
    code = value[0] if isinstance(value, bytes) and value else value
    if isinstance(code, int) and code in meanings:
        yield Statement(block, name, Subject.OTHER, Voice.RECORDS, str(code), meanings[code])


def _satellite(gps: Tags, unread: list[str]) -> Iterator[Statement]:
    """Yield the place and the time that a satellite receiver gave."""
    latitude, longitude = gps.get(2), gps.get(4)
    north, east = exif_text(gps.get(1)), exif_text(gps.get(3))
    place = place_at(
        exif_degrees(latitude, north, largest=LARGEST_LATITUDE),
        exif_degrees(longitude, east, largest=LARGEST_LONGITUDE),
    )
    raw = f"{_numbers(latitude)} {north}, {_numbers(longitude)} {east}"
    if place:
        yield Statement(Block.EXIF_GPS, "GPS", Subject.PLACE, Voice.RECORDS, raw, place)
    elif latitude is not None or longitude is not None:
        unread.append(f"EXIF GPS: {raw} is no place")
    written = exif_text(gps.get(GPS_DATE))
    moment = satellite_moment(written, gps.get(GPS_TIME))
    if isinstance(moment, Moment):
        raw = f"{written} {_numbers(gps.get(GPS_TIME))}".strip()
        yield Statement(Block.EXIF_GPS, "GPSDateStamp", Subject.CAPTURED, Voice.RECORDS, raw, moment)
    elif not is_blank(written):
        unread.append(f"EXIF GPSDateStamp: “{written}” is no date")


def _numbers(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value[:3])
    return "" if value is None else exif_text(str(value))[:40]
