"""What a file says about itself, as claims of the release: the fields in which a person speaks, each with its name.

What a camera records, the time of the shot and where it was, is no claim: nobody said it. It is held against the
claims. Neither is the source type, which programs write and readers of a release never see.
"""

from collections.abc import Sequence

from provcheck.metadata.precedence import said
from provcheck.metadata.saying import joined, origin_of, said_moment, said_place, said_text
from provcheck.records import Claims, FileMetadata, Label, Stated, Statement
from provcheck.release.labels import label_in


def embedded_claims(metadata: FileMetadata) -> Claims:
    """Return the claims that are written inside a picture, field by field from the strongest place."""
    return Claims(
        captured=said_moment(said(metadata, "captured")),
        place=said_place(said(metadata, "place")),
        caption=said_text(said(metadata, "caption"), " "),
        credit=said_text(said(metadata, "credit"), " / "),
        label=_label(said(metadata, "label")),
    )


def _label(fields: Sequence[Statement]) -> Stated[Label] | None:
    label = label_in(joined(fields, " "))
    return Stated(label, origin_of(fields)) if label else None
