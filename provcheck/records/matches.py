"""What was found in the corpus, and how it was altered on the way."""

from dataclasses import dataclass
from enum import StrEnum

from provcheck.records.arrays import Box, Transform
from provcheck.records.corpus import Source


class Relation(StrEnum):
    """How a query and a reference belong together once geometry and pixels were looked at."""

    SAME_PICTURE = "same picture"
    SAME_FOOTAGE = "same footage, another moment"
    SAME_SCENE = "same scene, another shot"
    SHARED_ELEMENT = "shared element"

    @property
    def is_match(self) -> bool:
        """Whether it proves where the picture comes from (else it is a lead for a person)."""
        return self in (Relation.SAME_PICTURE, Relation.SAME_FOOTAGE)


class Edit(StrEnum):
    """One way in which a query differs from its reference."""

    CROPPED = "cropped"
    MIRRORED = "mirrored"
    ROTATED = "rotated"
    STRETCHED = "stretched"
    PERSPECTIVE = "perspective"
    EMBEDDED = "embedded"
    RECOLOURED = "recoloured"
    REGION_CHANGED = "region changed"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One edit, in a phrase, with the boxes it concerns.

    Attributes
    ----------
    query_boxes, reference_boxes : tuple of Box
        Pixels of the query and of the original reference frame; a crop has the reference box that was kept, a changed
        region its boxes on both sides.
    """

    kind: Edit
    detail: str
    query_boxes: tuple[Box, ...] = ()
    reference_boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Area fractions, 0 to 1: how much of the query, and of the reference, the shared part covers."""

    query: float
    reference: float


class OtherShot(StrEnum):
    """What tells another shot of the same scene from a copy, as a person would say it of the image."""

    DISPLACED = "its parts lie elsewhere, as seen from another place"
    MOVED = "things in it have moved, as at another moment"
    UNLIKE = "its pixels agree too little for a copy"
    OTHER_CONTENT = "the page or screen around it is the same, the picture in it is another"


@dataclass(frozen=True, slots=True)
class Match:
    """A verified pair of a query and a reference frame.

    Attributes
    ----------
    frame_time_s : float or None
        Best time of the still in a video.
    time_range_s : (float, float) or None
        The times that fit as well as `frame_time_s` (a picture that does not move fits many).
    log10_false_alarms : float
        Decimal logarithm of how many accidental matches as good as this one a search of this corpus should give.
    transform : 3x3 nested tuple
        Query to reference, in pixels of the upright originals.
    agreement : float
        Median local normalised correlation over the textured overlap after alignment, -1 to 1.
    through : str or None
        The preview stored in the picture that was found in the corpus, where the picture itself was not; figures are
        those of the preview, the transform is the picture's.
    other_shot : OtherShot or None
        Of a lead with the same scene: what speaks against a copy.
    """

    source: Source
    relation: Relation
    frame_time_s: float | None
    time_range_s: tuple[float, float] | None
    log10_false_alarms: float
    inliers: int
    overlap: Overlap
    transform: Transform
    mirrored: bool
    agreement: float
    alterations: tuple[Alteration, ...] = ()
    through: str | None = None
    other_shot: OtherShot | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search for one image gave.

    Attributes
    ----------
    matches, leads : tuple of Match
        Proven; for a person to look at. Most certain first, one for each source.
    not_checkable : str
        Why finding nothing means nothing; empty when it means something.
    """

    matches: tuple[Match, ...]
    leads: tuple[Match, ...]
    not_checkable: str = ""
