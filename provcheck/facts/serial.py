"""Facts as JSON-ready dictionaries and back. Dates travel as their text, which keeps their precision."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Moment, Place


def facts_to_dict(facts: Facts) -> dict[str, Any]:
    """Return what is known, under the names of `Facts`; what is not known is left out."""
    return {name: _plain(value) for name, value in _known_fields(facts)}


def facts_from_dict(values: Mapping[str, Any]) -> Facts:
    """Return the facts that `facts_to_dict` wrote.

    Raises
    ------
    ValueError
        A date or a kind is not one.
    TypeError
        A key is not one of `Facts`.
    """
    typed = dict(values)
    for name in ("published", "captured"):
        if name in typed:
            typed[name] = parse_moment(typed[name])
    if "kind" in typed:
        typed["kind"] = Kind(typed["kind"])
    if "place" in typed:
        typed["place"] = Place(**typed["place"])
    return Facts(**typed)


def _known_fields(record: Facts | Place) -> list[tuple[str, Any]]:
    named = ((field.name, getattr(record, field.name)) for field in fields(record))
    return [(name, value) for name, value in named if value is not None]


def _plain(value: object) -> object:
    match value:
        case Moment():
            return value.text
        case Place():
            return dict(_known_fields(value))
        case Kind():
            return value.value
        case _:
            return value
