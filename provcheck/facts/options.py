"""Facts from the options of the command line."""

from collections.abc import Callable
from typing import TypeVar

from provcheck.errors import UsageError
from provcheck.facts.values import MAX_LATITUDE, MAX_LONGITUDE, choice_of, degrees, text_value, web_address
from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Place

T = TypeVar("T")


def facts_from_options(
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    captured: str | None = None,
    place: str | None = None,
    country: str | None = None,
    lat: str | float | None = None,
    lon: str | float | None = None,
    kind: str | None = None,
    url: str | None = None,
    archive_url: str | None = None,
    rights: str | None = None,
    note: str | None = None,
) -> Facts:
    """Read facts from option values; an option that is missing or blank says nothing.

    Raises
    ------
    UsageError
        Naming the option.
    """
    return Facts(
        title=_option("--title", title, text_value),
        publisher=_option("--publisher", publisher, text_value),
        published=_option("--published", published, parse_moment),
        captured=_option("--captured", captured, parse_moment),
        place=_place(place, country, lat, lon),
        kind=_option("--kind", kind, choice_of(Kind)),
        url=_option("--url", url, web_address),
        archive_url=_option("--archive-url", archive_url, web_address),
        rights=_option("--rights", rights, text_value),
        note=_option("--note", note, text_value),
    )


def _place(name: str | None, country: str | None, lat: str | float | None, lon: str | float | None) -> Place | None:
    place = Place(
        _option("--place", name, text_value),
        _option("--country", country, text_value),
        _option("--lat", lat, degrees(MAX_LATITUDE)),
        _option("--lon", lon, degrees(MAX_LONGITUDE)),
    )
    if (place.latitude is None) != (place.longitude is None):
        raise UsageError("--lat and --lon belong together, and one of them is missing", "Give both, or none.")
    return None if place == Place() else place


def _option(option: str, value: str | float | None, convert: Callable[[object], T]) -> T | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        return convert(value)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", "See the option's help for what it takes.") from None
