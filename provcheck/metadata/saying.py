"""Fields that are said together, as one value with where it stands."""

from collections.abc import Sequence
from typing import Final

from provcheck.records import Moment, Place, Stated, Statement

_COUNTRIES: Final = frozenset({"photoshop:Country", "2:101 Country"})


def said_moment(fields: Sequence[Statement]) -> Stated[Moment] | None:
    """Return the date that fields give."""
    return next((Stated(field.value, field.origin) for field in fields if isinstance(field.value, Moment)), None)


def said_place(fields: Sequence[Statement]) -> Stated[Place] | None:
    """Return the place that fields together name, from the narrowest to the widest."""
    whole = next((Stated(field.value, field.origin) for field in fields if isinstance(field.value, Place)), None)
    if whole or not fields:
        return whole
    name = joined([field for field in fields if field.name not in _COUNTRIES], ", ")
    country = joined([field for field in fields if field.name in _COUNTRIES], ", ")
    return Stated(Place(name or None, country or None), origin_of(fields))


def said_text(fields: Sequence[Statement], separator: str) -> Stated[str] | None:
    """Return texts in one line, as by-line, credit and source are printed under a picture."""
    return Stated(joined(fields, separator), origin_of(fields)) if fields else None


def joined(fields: Sequence[Statement], separator: str) -> str:
    """Return the texts of fields in one, each once."""
    return separator.join(dict.fromkeys(str(field.value) for field in fields))


def origin_of(fields: Sequence[Statement]) -> str:
    """Name the fields, the standard once: `IPTC 2:90 City, 2:101 Country`."""
    standard = fields[0].origin.partition(" ")[0]
    return f"{standard} {', '.join(field.name for field in fields)}"
