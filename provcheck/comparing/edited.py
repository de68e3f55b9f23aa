"""PC302: a picture was edited between the two versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from provcheck.comparing.rule import Labels, named
from provcheck.records import Finding, Severity
from provcheck.versions import Comparison, PairKind

_WEIGHTS: Final[Mapping[PairKind, Severity]] = MappingProxyType(
    {PairKind.EDITED: Severity.ERROR, PairKind.RE_ENCODED: Severity.NOTE}
)


@dataclass(frozen=True, slots=True)
class EditedBetween:
    """Lists what was done to a picture.

    A region that differs is an error: something was put in or taken out. Cropping, mirroring and other colours are a
    warning, because only a person can say what they hide. The same picture in another size or encoding is a note.
    """

    id: str = "PC302"
    severity: Severity = Severity.WARNING
    summary: str = "A picture was edited between the versions."
    help: str = (
        "Lay the two pictures side by side and look at the boxes of the JSON report: what was cut off, laid over, put "
        "in or taken out, and would it have told the reader something? Use one picture in both versions, or say what "
        "was done to it."
    )

    def judge(self, comparison: Comparison, labels: Labels) -> Iterator[tuple[int | None, Finding]]:
        """Yield one finding for each pair that was changed."""
        for at, pair in enumerate(comparison.pairs):
            if pair.a is None or pair.b is None or not pair.changes:
                continue
            severity = _WEIGHTS.get(pair.kind, self.severity)
            done = "; ".join(f"{change.kind.value} ({change.detail})" for change in pair.changes)
            if pair.kind is PairKind.RE_ENCODED:
                done = pair.changes[0].detail
            message = f"{named(pair.b, labels[1])} is {named(pair.a, labels[0])}, but {done}."
            yield at, Finding(self.id, severity, message)
