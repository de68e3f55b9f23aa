"""The small previews that are stored inside a picture."""

from dataclasses import dataclass
from enum import StrEnum

from provcheck.records.arrays import Box, Size


class PreviewRelation(StrEnum):
    """What a small preview inside a picture shows, held against the picture."""

    SAME = "the same"
    WIDER = "more"
    EDITED = "a region that differs"
    OTHER = "something else"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PreviewLook:
    """One preview that is stored in a picture, and what it shows.

    Attributes
    ----------
    name : str
        Where it stands: `EXIF thumbnail`.
    shown : float
        Share of the preview that the picture shows, 0 to 1.
    kept : Box or None
        The box in the preview that the picture shows, where it shows less.
    """

    name: str
    size: Size
    relation: PreviewRelation
    shown: float = 1.0
    kept: Box | None = None
