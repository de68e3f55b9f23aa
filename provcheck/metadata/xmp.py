"""XMP: what IPTC says, written as RDF, and what programs record (ISO 16684-1; IPTC Photo Metadata 2023.2).

`rdf` finds the properties; this is the list of those that are read, each with its voice.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from provcheck.metadata.coordinates import LARGEST_LATITUDE, LARGEST_LONGITUDE, place_at, xmp_degrees
from provcheck.metadata.dates import is_blank, moment_or_none
from provcheck.metadata.history import history_statements
from provcheck.metadata.rdf import PacketRefused, Properties, read_packet, structures, text_of, texts_of
from provcheck.metadata.texts import cleaned
from provcheck.records import Block, Place, Statement, Subject, Voice

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class _Property(NamedTuple):
    subject: Subject
    voice: Voice = Voice.SAYS
    read: "Callable[[Element | str | None], str]" = text_of


def _all(value: "Element | str | None") -> str:
    return "; ".join(texts_of(value))


DATES: Final[Mapping[str, _Property]] = MappingProxyType(
    {
        "photoshop:DateCreated": _Property(Subject.CAPTURED),
        "exif:DateTimeOriginal": _Property(Subject.CAPTURED, Voice.RECORDS),
        "exif:GPSTimeStamp": _Property(Subject.CAPTURED, Voice.RECORDS),
        "exif:DateTimeDigitized": _Property(Subject.DIGITIZED, Voice.RECORDS),
        "xmp:CreateDate": _Property(Subject.DIGITIZED, Voice.RECORDS),
        "xmp:ModifyDate": _Property(Subject.MODIFIED, Voice.RECORDS),
        "tiff:DateTime": _Property(Subject.MODIFIED, Voice.RECORDS),
        "xmp:MetadataDate": _Property(Subject.OTHER, Voice.RECORDS),
    }
)
TEXTS: Final[Mapping[str, _Property]] = MappingProxyType(
    {
        "dc:title": _Property(Subject.OTHER),
        "photoshop:Headline": _Property(Subject.OTHER),
        "dc:description": _Property(Subject.CAPTION),
        "photoshop:CaptionWriter": _Property(Subject.OTHER),
        "Iptc4xmpExt:Event": _Property(Subject.OTHER),
        "Iptc4xmpExt:PersonInImage": _Property(Subject.OTHER, read=_all),
        "dc:subject": _Property(Subject.OTHER, read=_all),
        "Iptc4xmpCore:Location": _Property(Subject.PLACE),
        "photoshop:City": _Property(Subject.PLACE),
        "photoshop:State": _Property(Subject.PLACE),
        "photoshop:Country": _Property(Subject.PLACE),
        "Iptc4xmpCore:CountryCode": _Property(Subject.PLACE),
        "dc:creator": _Property(Subject.CREDIT, read=_all),
        "photoshop:Credit": _Property(Subject.CREDIT),
        "photoshop:Source": _Property(Subject.CREDIT),
        "dc:rights": _Property(Subject.CREDIT),
        "xmpRights:UsageTerms": _Property(Subject.OTHER),
        "xmpRights:WebStatement": _Property(Subject.OTHER),
        "photoshop:Instructions": _Property(Subject.INSTRUCTIONS),
        "photoshop:TransmissionReference": _Property(Subject.OTHER),
        "Iptc4xmpExt:DigitalSourceType": _Property(Subject.SOURCE_TYPE),
        "tiff:Make": _Property(Subject.CAMERA, Voice.RECORDS),
        "tiff:Model": _Property(Subject.CAMERA, Voice.RECORDS),
        "tiff:Software": _Property(Subject.SOFTWARE, Voice.RECORDS),
        "xmp:CreatorTool": _Property(Subject.SOFTWARE, Voice.RECORDS),
        "xmpMM:DocumentID": _Property(Subject.IDENTITY, Voice.RECORDS),
        "xmpMM:InstanceID": _Property(Subject.IDENTITY, Voice.RECORDS),
        "xmpMM:OriginalDocumentID": _Property(Subject.IDENTITY, Voice.RECORDS),
    }
)
LOCATIONS: Final = ("Iptc4xmpExt:LocationCreated", "Iptc4xmpExt:LocationShown")
_LOCATION_NAMES: Final = tuple(
    f"Iptc4xmpExt:{name}" for name in ("LocationName", "Sublocation", "City", "ProvinceState")
)
_LOCATION_COUNTRY: Final = "Iptc4xmpExt:CountryName"


def xmp_statements(packets: list[bytes]) -> tuple[list[Statement], list[str]]:
    """Return what XMP packets say, the first before the second, and what could not be read."""
    properties: Properties = {}
    unread: list[str] = []
    for packet in packets:
        try:
            properties = read_packet(packet) | properties
        except PacketRefused as refused:
            unread.append(f"XMP: {refused}")
    return list(_statements(properties, unread)), unread


def _statements(properties: Properties, unread: list[str]) -> Iterator[Statement]:
    yield from _dates(properties, unread)
    for name in LOCATIONS:
        yield from _location(name, properties)
    for name, known in TEXTS.items():
        text = cleaned(known.read(properties.get(name)))
        if text:
            yield Statement(Block.XMP, name, known.subject, known.voice, text, text)
    yield from _satellite(properties, unread)
    yield from history_statements(properties)


def _dates(properties: Properties, unread: list[str]) -> Iterator[Statement]:
    for name, known in DATES.items():
        written = cleaned(text_of(properties.get(name)))
        moment = moment_or_none(written)
        if moment is not None:
            yield Statement(Block.XMP, name, known.subject, known.voice, written, moment)
        elif not is_blank(written):
            unread.append(f"XMP {name}: “{written}” is no date")


def _location(name: str, properties: Properties) -> Iterator[Statement]:
    """Yield the first location of a list: a picture is made at one, and what else it shows says less."""
    for location in structures(properties.get(name))[:1]:
        named = [cleaned(text_of(location.get(part))) for part in _LOCATION_NAMES]
        country = cleaned(text_of(location.get(_LOCATION_COUNTRY)))
        words = ", ".join(dict.fromkeys(filter(None, named)))
        at = _coordinates(location) or Place()
        place = Place(words or None, country or None, at.latitude, at.longitude)
        if place != Place():
            raw = ", ".join(filter(None, (words, country, _written_coordinates(location))))
            yield Statement(Block.XMP, name, Subject.PLACE, Voice.SAYS, raw, place)


def _satellite(properties: Properties, unread: list[str]) -> Iterator[Statement]:
    raw = _written_coordinates(properties)
    place = _coordinates(properties)
    if place:
        yield Statement(Block.XMP, "exif:GPSLatitude", Subject.PLACE, Voice.RECORDS, raw, place)
    elif raw:
        unread.append(f"XMP exif:GPSLatitude: {raw} is no place")


def _coordinates(properties: Properties) -> Place | None:
    return place_at(
        xmp_degrees(text_of(properties.get("exif:GPSLatitude")), largest=LARGEST_LATITUDE),
        xmp_degrees(text_of(properties.get("exif:GPSLongitude")), largest=LARGEST_LONGITUDE),
    )


def _written_coordinates(properties: Properties) -> str:
    parts = (text_of(properties.get(name)) for name in ("exif:GPSLatitude", "exif:GPSLongitude"))
    return cleaned(", ".join(filter(None, parts)))
