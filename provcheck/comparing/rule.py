"""The seam of a rule about two versions, and how their pictures are named in sentences."""

from collections.abc import Iterator
from typing import Protocol

from provcheck.protocols import Rule
from provcheck.records import Finding, ReleaseImage
from provcheck.versions import Comparison

Labels = tuple[str, str]


class ComparisonRule(Rule, Protocol):
    """A judgement of two versions against each other. Pure, no I/O."""

    def judge(self, comparison: Comparison, labels: Labels) -> Iterator[tuple[int | None, Finding]]:
        """Yield findings, each with the position of its pair, or None where it concerns the whole.

        Parameters
        ----------
        labels : (str, str)
            What sentences call A and B.
        """
        ...


def named(image: ReleaseImage, label: str) -> str:
    """Return a picture's name in a sentence, with the version that it stands in; one image is a version by itself."""
    name, version = " ".join(image.name.split()), " ".join(label.split())
    return name if name == version else f"{name} of {version}"
