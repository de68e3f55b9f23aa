"""What a file says about itself, as claims of the release: the fields in which a person speaks, each with its name.

What a camera records, the time of the shot and where it was, is no claim: nobody said it. It is held against the
claims.
"""

from collections.abc import Sequence
from typing import Final

from provcheck.metadata.precedence import said
from provcheck.records import Claims, FileMetadata, Kind, Label, Moment, Place, Stated, Statement
from provcheck.release.labels import label_in

_AI_GENERATED: Final = "trainedAlgorithmicMedia"
_COUNTRIES: Final = frozenset({"photoshop:Country", "2:101 Country"})


def embedded_claims(metadata: FileMetadata) -> Claims:
    """Return the claims that are written inside a picture, field by field from the strongest place."""
    return Claims(
        captured=_captured(said(metadata, "captured")),
        place=_place(said(metadata, "place")),
        kind=_kind(said(metadata, "kind")),
        caption=_text(said(metadata, "caption"), " "),
        credit=_text(said(metadata, "credit"), " / "),
        label=_label(said(metadata, "label")),
    )


def _captured(fields: Sequence[Statement]) -> Stated[Moment] | None:
    return next((Stated(field.value, field.origin) for field in fields if isinstance(field.value, Moment)), None)


def _place(fields: Sequence[Statement]) -> Stated[Place] | None:
    whole = next((Stated(field.value, field.origin) for field in fields if isinstance(field.value, Place)), None)
    if whole or not fields:
        return whole
    name = _joined([field for field in fields if field.name not in _COUNTRIES], ", ")
    country = _joined([field for field in fields if field.name in _COUNTRIES], ", ")
    return Stated(Place(name or None, country or None), _origin(fields))


def _text(fields: Sequence[Statement], separator: str) -> Stated[str] | None:
    """Return texts in one line, as by-line, credit and source are printed under a picture."""
    return Stated(_joined(fields, separator), _origin(fields)) if fields else None


def _kind(fields: Sequence[Statement]) -> Stated[Kind] | None:
    is_generated = any(field.raw.rpartition("/")[2] == _AI_GENERATED for field in fields)
    return Stated(Kind.AI_GENERATED, _origin(fields)) if is_generated else None


def _label(fields: Sequence[Statement]) -> Stated[Label] | None:
    label = label_in(_joined(fields, " "))
    return Stated(label, _origin(fields)) if label else None


def _joined(fields: Sequence[Statement], separator: str) -> str:
    return separator.join(dict.fromkeys(str(field.value) for field in fields))


def _origin(fields: Sequence[Statement]) -> str:
    """Name the fields, the standard once: `IPTC 2:90 City, 2:101 Country`."""
    standard = fields[0].origin.partition(" ")[0]
    return f"{standard} {', '.join(field.name for field in fields)}"
