"""Fields of embedded metadata to claims, the same way for IPTC, XMP and EXIF."""

import re
from collections.abc import Mapping
from typing import Final

from provcheck.moments import parse_moment
from provcheck.records import Label, Moment, Place, Stated
from provcheck.wording import plain_words

_LABELS: Final = {"file": Label.FILE, "archive": Label.ARCHIVE}
_NOT_BEFORE: Final = frozenset({"no", "not", "non", "for", "to", "never", "without", "or", "nor", "and"})
_NOT_AFTER: Final = frozenset({"name", "names", "size", "format", "formats", "type", "types", "number"})
_MIDNIGHT: Final = re.compile(r"T00:00(:00(\.0+)?)?([Zz]|[+-]\d{2}:?\d{2})?$")


def moment_or_none(text: str) -> Moment | None:
    """Return a date; None where it is none, as with placeholders.

    Midnight to the second is what software writes when it knows only the day, so it is read as the day.
    """
    try:
        return parse_moment(_MIDNIGHT.sub("", text.strip()))
    except ValueError:
        return None


def label_in(instructions: str) -> Label | None:
    """Return the label that special instructions give: FILE or ARCHIVE as a word; a HANDOUT is none.

    Agencies also write NO ARCHIVE and DO NOT ARCHIVE, which forbid to keep the picture and do not say that it is old.
    """
    words = ("", *plain_words(instructions), "")
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if word in _LABELS and before not in _NOT_BEFORE and after not in _NOT_AFTER:
            return _LABELS[word]
    return None


def stated_place(standard: str, names: Mapping[str, str], country: Mapping[str, str]) -> Stated[Place] | None:
    """Return the place that fields together name, from the narrowest to the widest.

    Parameters
    ----------
    standard : str
        `IPTC` or `XMP`.
    names, country : mapping of str to str
        Field names and their text; empty text says nothing.
    """
    name = _joined(names, ", ")
    land = _joined(country, ", ")
    if not name and not land:
        return None
    return Stated(Place(name or None, land or None), _origin(standard, {**names, **country}))


def stated_credit(standard: str, fields: Mapping[str, str]) -> Stated[str] | None:
    """Return by-line, credit and source in one line, as they are printed under a picture."""
    credit = _joined(fields, " / ")
    return Stated(credit, _origin(standard, fields)) if credit else None


def stated_text(standard: str, name: str, text: str) -> Stated[str] | None:
    """Return a text, unless it is blank."""
    return Stated(text, f"{standard} {name}") if text else None


def _joined(fields: Mapping[str, str], separator: str) -> str:
    return separator.join(dict.fromkeys(text for text in fields.values() if text))


def _origin(standard: str, fields: Mapping[str, str]) -> str:
    return f"{standard} {', '.join(name for name, text in fields.items() if text)}"
