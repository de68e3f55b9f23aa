"""What the container of a video records: MP4 and QuickTime atoms, Matroska tags, as FFmpeg names them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.metadata.coordinates import LARGEST_LATITUDE, LARGEST_LONGITUDE, place_at
from provcheck.metadata.dates import moment_or_none
from provcheck.metadata.texts import cleaned
from provcheck.records import Block, FileMetadata, Moment, Place, Statement, Subject, Voice

DATES: Final = ("com.apple.quicktime.creationdate", "creation_time", "date")
PLACES: Final = ("com.apple.quicktime.location.iso6709", "location", "location-eng")
TEXTS: Final[Mapping[str, tuple[Subject, Voice]]] = MappingProxyType(
    {
        "title": (Subject.OTHER, Voice.SAYS),
        "description": (Subject.CAPTION, Voice.SAYS),
        "comment": (Subject.OTHER, Voice.SAYS),
        "artist": (Subject.CREDIT, Voice.SAYS),
        "copyright": (Subject.CREDIT, Voice.SAYS),
        "com.apple.quicktime.make": (Subject.CAMERA, Voice.RECORDS),
        "com.apple.quicktime.model": (Subject.CAMERA, Voice.RECORDS),
        "com.android.manufacturer": (Subject.CAMERA, Voice.RECORDS),
        "com.android.model": (Subject.CAMERA, Voice.RECORDS),
        "make": (Subject.CAMERA, Voice.RECORDS),
        "model": (Subject.CAMERA, Voice.RECORDS),
        "com.apple.quicktime.software": (Subject.SOFTWARE, Voice.RECORDS),
        "encoder": (Subject.SOFTWARE, Voice.RECORDS),
    }
)

_ISO_6709: Final = re.compile(r"([+-]\d{2}(?:\.\d+)?)([+-]\d{3}(?:\.\d+)?)(?:[+-][\d.]+)?(?:CRS\w+)?/?", re.ASCII)


def read_container(path: Path) -> FileMetadata:
    """Return what the container of a video says; never raises for what is in it."""
    from provcheck.media.labels import container_labels  # noqa: PLC0415 (imports PyAV on use)

    try:
        return container_metadata(container_labels(path))
    except UnreadableMedia as error:
        return FileMetadata(unread=(error.message,))


def container_metadata(labels: Mapping[str, str]) -> FileMetadata:
    """Return what labels say, by their lower-case names."""
    unread: list[str] = []
    return FileMetadata((*_dates(labels, unread), *_places(labels, unread), *_texts(labels)), tuple(unread))


def _dates(labels: Mapping[str, str], unread: list[str]) -> Iterator[Statement]:
    for name in DATES:
        written = cleaned(labels.get(name, ""))
        moment = moment_or_none(written)
        if moment:
            yield _recorded(name, Subject.CAPTURED, written, moment)
        elif written:
            unread.append(f"container {name}: “{written}” is no date")


def _places(labels: Mapping[str, str], unread: list[str]) -> Iterator[Statement]:
    for name in PLACES:
        written = cleaned(labels.get(name, ""))
        parts = _ISO_6709.fullmatch(written)
        place = _place(float(parts[1]), float(parts[2])) if parts else None
        if place:
            yield _recorded(name, Subject.PLACE, written, place)
        elif written:
            unread.append(f"container {name}: “{written}” is no place")


def _place(latitude: float, longitude: float) -> Place | None:
    possible = abs(latitude) <= LARGEST_LATITUDE and abs(longitude) <= LARGEST_LONGITUDE
    return place_at(latitude, longitude) if possible else None


def _recorded(name: str, subject: Subject, written: str, value: Moment | Place) -> Statement:
    return Statement(Block.CONTAINER, name, subject, Voice.RECORDS, written, value)


def _texts(labels: Mapping[str, str]) -> Iterator[Statement]:
    for name, (subject, voice) in TEXTS.items():
        text = cleaned(labels.get(name, ""))
        if text:
            yield Statement(Block.CONTAINER, name, subject, voice, text, text)
