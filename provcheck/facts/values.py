"""One written value of a fact or a claim to what it means; a `ValueError` with a sentence where it means nothing."""

import difflib
from collections.abc import Callable
from enum import StrEnum
from math import isfinite
from typing import Final, TypeVar

from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Moment, Place
from provcheck.tomlfiles import Table

FACT_KEYS: Final = (
    "title", "publisher", "published", "captured", "place", "kind", "url", "archive_url", "rights", "note"
)  # fmt: skip
PLACE_KEYS: Final = ("name", "country", "latitude", "longitude")
MAX_LATITUDE: Final = 90.0
MAX_LONGITUDE: Final = 180.0

Choice = TypeVar("Choice", bound=StrEnum)


def read_facts(table: Table) -> Facts:
    """Read the keys of `FACT_KEYS` from a table."""
    return Facts(
        title=table.read("title", text_value),
        publisher=table.read("publisher", text_value),
        published=read_moment(table, "published"),
        captured=read_moment(table, "captured"),
        place=read_place(table),
        kind=read_kind(table),
        url=table.read("url", web_address),
        archive_url=table.read("archive_url", web_address),
        rights=table.read("rights", text_value),
        note=table.read("note", text_value),
    )


def read_moment(table: Table, key: str) -> Moment | None:
    """Read a date in any of its forms."""
    return table.read(key, parse_moment)


def read_kind(table: Table) -> Kind | None:
    """Read what a picture is a recording of."""
    return table.read("kind", choice_of(Kind))


def read_place(table: Table) -> Place | None:
    """Read a place: a table with the keys of `PLACE_KEYS`, or a text that is its name."""
    if not isinstance(table.values.get("place"), dict):
        name = table.read("place", text_value)
        return Place(name=name) if name else None
    inner = table.inner("place")
    inner.allow_only(PLACE_KEYS)
    place = Place(
        inner.read("name", text_value),
        inner.read("country", text_value),
        inner.read("latitude", degrees(MAX_LATITUDE)),
        inner.read("longitude", degrees(MAX_LONGITUDE)),
    )
    if (place.latitude is None) != (place.longitude is None):
        raise inner.error("one coordinate alone is no place; give latitude and longitude")
    return None if place == Place() else place


def text_value(value: object) -> str:
    """Return a text without surrounding blanks."""
    if isinstance(value, str):
        return value.strip()
    raise ValueError(f"expected a text in quotes, found {value!r}")


def web_address(value: object) -> str:
    """Return an address that reports may safely make a link."""
    text = text_value(value)
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"expected an address that begins with http:// or https://, found “{text}”")
    return text


def choice_of(choices: type[Choice]) -> Callable[[object], Choice]:
    """Return the converter to a member of an enumeration; it suggests the nearest one for a wrong word."""

    def convert(value: object) -> Choice:
        text = text_value(value)
        known = [choice.value for choice in choices]
        if text in known:
            return choices(text)
        near = difflib.get_close_matches(text.lower(), known, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise ValueError(f"expected one of {', '.join(known)}, found “{text}”{hint}")

    return convert


def degrees(largest: float) -> Callable[[object], float]:
    """Return the converter to a coordinate between `-largest` and `largest`; it takes numbers and their text."""

    def convert(value: object) -> float:
        try:
            number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None or not isfinite(number) or abs(number) > largest:
            raise ValueError(f"expected degrees from {-largest:g} to {largest:g}, found {value!r}")
        return number

    return convert
