"""What a corpus holds: sources and their frames."""

from dataclasses import dataclass, field
from enum import StrEnum

from provcheck.records.arrays import Size
from provcheck.records.claims import Facts
from provcheck.records.pictures import FrameCodes


class Medium(StrEnum):
    """How a source is stored."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Source:
    """One registered photo or video with its facts.

    Attributes
    ----------
    id : str
        The first 12 hexadecimal digits of `sha256`: the same in every corpus.
    path : str
        Absolute path at the time of registration.
    duration_s : float or None
        None for stills.
    added : str
        UTC instant of registration, ISO 8601.
    """

    id: str
    path: str
    sha256: str
    medium: Medium
    size: Size
    duration_s: float | None
    frames: int
    added: str
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One stored still of a source."""

    id: int
    source_id: str
    codes: FrameCodes


@dataclass(frozen=True, slots=True)
class Coverage:
    """How large and how recent a corpus is. `newest` is the latest known capture or publication date."""

    path: str
    sources: int
    frames: int
    newest: str | None
    updated: str | None
