"""What can be wrong with a bundle."""

from dataclasses import dataclass
from enum import StrEnum


class Harm(StrEnum):
    """What is wrong with a file of a bundle, or with the ZIP file around them."""

    CHANGED = "changed"
    MISSING = "missing"
    ADDITIONAL = "additional"
    PACKING = "packing"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes
    ----------
    member : str
        The file of the bundle, or the part of the ZIP file.
    detail : str
        What was found and what was expected, in a phrase.
    """

    harm: Harm
    member: str
    detail: str
