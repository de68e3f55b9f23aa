"""The nouns of a comparison: versions of a release, their pictures in pairs, and what differs. Above `records`.

Versions are given in an order. Of two neighbours the earlier is *A*, the later *B*; languages or mirrors of one
statement have no real order, and then A is the one that was named first. Boxes are as in `records`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from provcheck.records import Box, Finding, Release, ReleaseImage, Report, Transform


class PairKind(StrEnum):
    """What became of one picture, from the least to the most that a reader would notice within each group."""

    IDENTICAL = "identical"
    RE_ENCODED = "re-encoded"
    STRETCHED = "stretched"
    PERSPECTIVE = "perspective"
    RECOLOURED = "recoloured"
    CROPPED = "cropped"
    ROTATED = "rotated"
    MIRRORED = "mirrored"
    EDITED = "edited"

    SAME_SCENE = "same-scene"
    REPLACED = "replaced"
    ONLY_A = "only-in-a"
    ONLY_B = "only-in-b"
    NOT_COMPARED = "not-compared"

    @property
    def is_same_picture(self) -> bool:
        """Whether A and B show one picture, whatever was done to it."""
        return self in _SAME_PICTURE


_SAME_PICTURE = frozenset(list(PairKind)[: list(PairKind).index(PairKind.SAME_SCENE)])


class Side(StrEnum):
    """One of the two versions."""

    A = "a"
    B = "b"


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which the picture of B differs from that of A, in a phrase.

    Attributes
    ----------
    side : Side or None
        Of a crop: which of the two shows less.
    area : float or None
        Of a crop, how much of the other picture it shows; of an edit, how much of B differs; 0 to 1.
    a_boxes, b_boxes : tuple of Box
        The same parts in pixels of either picture: what both show of a crop, what differs of an edit.
    """

    kind: PairKind
    detail: str
    side: Side | None = None
    area: float | None = None
    a_boxes: tuple[Box, ...] = ()
    b_boxes: tuple[Box, ...] = ()


class WordState(StrEnum):
    """How two values of one claim belong together."""

    REWORDED = "reworded"
    REFINED = "refined"
    UNDECIDED = "undecided"
    CONTRADICTED = "contradicted"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class WordChange:
    """One claim, caption or credit that is not the same under both pictures.

    Attributes
    ----------
    claim : str
        `captured`, `place`, `kind`, `label`, `caption` or `credit`.
    a, b : str or None
        The values on one line; None where nothing is said.
    a_origin, b_origin : str or None
        Where they are said.
    """

    claim: str
    state: WordState
    a: str | None
    b: str | None
    a_origin: str | None = None
    b_origin: str | None = None


class Basis(StrEnum):
    """Why two pictures were paired."""

    BYTES = "equal bytes"
    PROOF = "proven match"
    PIXELS = "equal pixels"
    LEAD = "same scene"
    CAPTION = "same caption"
    NAME = "same file name"
    NUMBER = "same number in the file name"
    PLACE = "same place in the order"


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture of A and its counterpart in B; one of them is missing where there is none.

    Attributes
    ----------
    a_at, b_at : int or None
        0-based places in the order of the versions' pictures.
    changes : tuple of Change
        The heaviest first; `kind` is its kind.
    moved : bool
        Whether the order of the pictures changed at this one.
    log10_false_alarms, agreement : float or None
        Of the proof, as in `Match`.
    transform : 3x3 nested tuple or None
        B to A, in pixels of the upright originals; None where nothing is proven.
    reason : str
        Why it could not be compared.
    """

    kind: PairKind
    a: ReleaseImage | None
    b: ReleaseImage | None
    a_at: int | None = None
    b_at: int | None = None
    basis: Basis | None = None
    changes: tuple[Change, ...] = ()
    words: tuple[WordChange, ...] = ()
    moved: bool = False
    log10_false_alarms: float | None = None
    agreement: float | None = None
    transform: Transform | None = None
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """One picture that a version shows more than once."""

    side: Side
    images: tuple[ReleaseImage, ...]


@dataclass(frozen=True, slots=True)
class MovedCaption:
    """A caption that stood under one picture of A and stands under another picture of B."""

    caption: str
    a: ReleaseImage
    b: ReleaseImage


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, picture by picture.

    Attributes
    ----------
    pairs : tuple of Pair
        In the order of B, what is only in A where it stood.
    findings : tuple of Finding
        What concerns no single pair: pictures that are used twice, captions that moved.
    """

    a: Release
    b: Release
    pairs: tuple[Pair, ...]
    repeats: tuple[Repeat, ...] = ()
    moved_captions: tuple[MovedCaption, ...] = ()
    findings: tuple[Finding, ...] = ()

    def all_findings(self) -> tuple[Finding, ...]:
        """Return the findings of the pairs and those of the whole."""
        return (*(finding for pair in self.pairs for finding in pair.findings), *self.findings)


@dataclass(frozen=True, slots=True)
class Life:
    """One picture through all versions.

    Attributes
    ----------
    images : tuple of ReleaseImage or None
        One for each version; None where it is not shown.
    kinds : tuple of PairKind or None
        What became of it from each version to the next; None where it is in neither, or in one only.
    """

    images: tuple[ReleaseImage | None, ...]
    kinds: tuple[PairKind | None, ...]


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """Everything that a reporter of comparisons needs.

    Attributes
    ----------
    steps : tuple of Comparison
        One for each version and the next.
    checks : tuple of Report
        One for each version where a corpus was given, else none.
    """

    versions: tuple[Release, ...]
    labels: tuple[str, ...]
    steps: tuple[Comparison, ...]
    lives: tuple[Life, ...]
    tool: dict[str, str]
    algorithms: dict[str, str]
    created: str
    checks: tuple[Report, ...] = field(default=())
