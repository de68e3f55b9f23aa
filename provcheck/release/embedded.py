"""What a file says about itself, as claims of the release: the fields in which a person speaks, each with its name.

What a camera records, the time of the shot and where it was, is no claim: nobody said it. It is held against the
claims.
"""

from collections.abc import Sequence
from typing import Final

from provcheck.metadata.precedence import said
from provcheck.metadata.saying import joined, origin_of, said_moment, said_place, said_text
from provcheck.records import Claims, FileMetadata, Kind, Label, Stated, Statement
from provcheck.release.labels import label_in

_AI_GENERATED: Final = "trainedAlgorithmicMedia"


def embedded_claims(metadata: FileMetadata) -> Claims:
    """Return the claims that are written inside a picture, field by field from the strongest place."""
    return Claims(
        captured=said_moment(said(metadata, "captured")),
        place=said_place(said(metadata, "place")),
        kind=_kind(said(metadata, "kind")),
        caption=said_text(said(metadata, "caption"), " "),
        credit=said_text(said(metadata, "credit"), " / "),
        label=_label(said(metadata, "label")),
    )


def _kind(fields: Sequence[Statement]) -> Stated[Kind] | None:
    is_generated = any(field.raw.rpartition("/")[2] == _AI_GENERATED for field in fields)
    return Stated(Kind.AI_GENERATED, origin_of(fields)) if is_generated else None


def _label(fields: Sequence[Statement]) -> Stated[Label] | None:
    label = label_in(joined(fields, " "))
    return Stated(label, origin_of(fields)) if label else None
