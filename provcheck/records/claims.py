"""What a release says about its images, and what the corpus knows: dates as precise as they were written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Precision(StrEnum):
    """How much of a date was written."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date exactly as precise as it was written: the half-open interval `[start, end)`.

    Attributes
    ----------
    text : str
        As written, in ISO 8601 (`2016`, `2016-06`, `2016-06-24`, `2016-06-24T10:30:00+03:00`).
    start, end : datetime
        Aware. Without a zone in the text they are the bounds as if the zone were UTC, and `zoned` is False.
    """

    text: str
    precision: Precision
    start: datetime
    end: datetime
    zoned: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is; any part may be unknown. Latitude and longitude in degrees, WGS 84, both or none."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Kind(StrEnum):
    """What a picture is a recording of."""

    PHOTO = "photo"
    VIDEO = "video"
    GAME = "game"
    FILM = "film"
    CGI = "cgi"
    AI_GENERATED = "ai-generated"
    SIMULATION = "simulation"
    SATELLITE = "satellite"
    ILLUSTRATION = "illustration"


class Label(StrEnum):
    """What a release calls a picture that is not of the event itself."""

    FILE = "file"
    ARCHIVE = "archive"
    ILLUSTRATION = "illustration"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the corpus knows about a source.

    Attributes
    ----------
    release : str or None
        The release of one's own in which it was published: the other facts are then what was claimed there.
    """

    title: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    captured: Moment | None = None
    place: Place | None = None
    kind: Kind | None = None
    url: str | None = None
    archive_url: str | None = None
    rights: str | None = None
    note: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value and where it was said, e.g. `release.toml, line 12` or `IPTC Date Created`."""

    value: T
    origin: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a release says about one image."""

    captured: Stated[Moment] | None = None
    place: Stated[Place] | None = None
    kind: Stated[Kind] | None = None
    caption: Stated[str] | None = None
    credit: Stated[str] | None = None
    label: Stated[Label] | None = None
