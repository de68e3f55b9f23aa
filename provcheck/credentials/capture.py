"""When and where credentials say that a picture was taken.

Metadata stand in assertions as JSON-LD, with the property names of EXIF and XMP. The oldest manifest of the chain that
says something counts: that of the camera, and not what an editor has copied or added. Without one, the action
`c2pa.created` says when, if its source type says that the picture was recorded.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from provcheck.credentials.manifests import assertions_of, deeds_of
from provcheck.credentials.source_types import making_of
from provcheck.credentials.untyped import Object, object_of, objects_of, text_of
from provcheck.metadata.coordinates import LARGEST_LATITUDE, LARGEST_LONGITUDE, place_at, xmp_degrees
from provcheck.metadata.dates import exif_moment, moment_or_none
from provcheck.records import Making, Moment, Place, Stated

ORIGIN: Final = "Content Credentials"

_METADATA: Final = ("c2pa.metadata", "cawg.metadata", "stds.exif", "stds.iptc", "stds.iptc.photo-metadata")
_DATES: Final = ("exif:DateTimeOriginal", "EXIF:DateTimeOriginal", "photoshop:DateCreated")
_OFFSETS: Final = ("exif:OffsetTimeOriginal", "EXIF:OffsetTimeOriginal", "exifEX:OffsetTimeOriginal")
_LATITUDES: Final = ("exif:GPSLatitude", "EXIF:GPSLatitude")
_LONGITUDES: Final = ("exif:GPSLongitude", "EXIF:GPSLongitude")
_LOCATION: Final = "Iptc4xmpExt:LocationCreated"
_NAMES: Final = ("Iptc4xmpExt:Sublocation", "Iptc4xmpExt:City", "Iptc4xmpExt:ProvinceState")
_COUNTRY: Final = "Iptc4xmpExt:CountryName"


def captured_of(history: Iterable[Object]) -> Stated[Moment] | None:
    """Return when a picture was taken, by the chain of its manifests, the oldest first."""
    return next((stated for manifest in history for stated in _moments(manifest)), None)


def place_taken_of(history: Iterable[Object]) -> Stated[Place] | None:
    """Return where a picture was taken: coordinates before names, in each manifest."""
    return next((stated for manifest in history for stated in _places(manifest)), None)


def _moments(manifest: Object) -> Iterator[Stated[Moment]]:
    for data in assertions_of(manifest, _METADATA):
        for name in _DATES:
            written = text_of(data, name)
            moment = _moment(written, text_of(data, *_OFFSETS) or "") if written else None
            if moment:
                yield Stated(moment, f"{ORIGIN}, {name}")
    for deed in deeds_of(manifest):
        moment = moment_or_none(deed.when or "")
        if deed.action == "c2pa.created" and moment and making_of(deed.source_type) is Making.RECORDED:
            yield Stated(moment, f"{ORIGIN}, c2pa.created")


def _moment(written: str, offset: str) -> Moment | None:
    """Read a date in either of its spellings; only that of EXIF has its zone in a property of its own."""
    return moment_or_none(written) or exif_moment(written, offset)


def _places(manifest: Object) -> Iterator[Stated[Place]]:
    for data in assertions_of(manifest, _METADATA):
        point = place_at(_degrees(data, _LATITUDES, LARGEST_LATITUDE), _degrees(data, _LONGITUDES, LARGEST_LONGITUDE))
        if point:
            yield Stated(point, f"{ORIGIN}, {_LATITUDES[0]}")
        named = _named(next(iter([*objects_of(data, _LOCATION), object_of(data, _LOCATION)])))
        if named:
            yield Stated(named, f"{ORIGIN}, {_LOCATION}")


def _degrees(data: Object, names: tuple[str, ...], largest: float) -> float | None:
    """Return a coordinate: a text as XMP writes it, or a plain number of degrees."""
    for name in names:
        value = data.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= largest:
            return float(value)
        if isinstance(value, str):
            return xmp_degrees(value, largest=largest)
    return None


def _named(location: Object) -> Place | None:
    names = dict.fromkeys(name for part in _NAMES if (name := text_of(location, part)))
    country = text_of(location, _COUNTRY)
    return Place(", ".join(names) or None, country) if names or country else None
