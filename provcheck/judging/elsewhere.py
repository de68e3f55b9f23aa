"""PC102: the source shows another place than the one claimed."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import claim_text, fact_text, place_phrase, source_in_full
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import Claims, Finding, Match, Place, Severity, Source, Stated


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """Holds the place of a source against the claimed place, when both are written."""

    id: str = "PC102"
    severity: Severity = Severity.ERROR
    summary: str = "The known source shows another place than the one claimed."
    help: str = (
        "Open the source's link and see where it was recorded. Then correct the place, replace the picture, or label "
        "it as a file picture with its true place. A note means that the names alone do not decide: coordinates on "
        "both sides would."
    )

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:
        """Yield an error when the places are different, a note when that cannot be decided."""
        claim, known = claims.place, match.source.facts.place
        if claim is None or known is None:
            return
        comparison = compare_places(claim.value, known)
        if comparison.likeness is Likeness.DIFFERENT:
            message = f"{_said(claim)}, but the known source {_shown(match.source, known)}. {comparison.reason}"
            yield self._finding(Severity.ERROR, message, claim, known, match.source)
        elif comparison.likeness is Likeness.UNDECIDED:
            message = (
                f"{_said(claim)}, and the known source {_shown(match.source, known)}; whether this is the same place "
                f"cannot be decided. {comparison.reason}"
            )
            yield self._finding(Severity.NOTE, message, claim, known, match.source)

    def _finding(self, severity: Severity, message: str, claim: Stated[Place], known: Place, source: Source) -> Finding:
        fact = fact_text("place", describe_place(known), source)
        return Finding(
            self.id, severity, message, fact, claim_text("place", describe_place(claim.value), claim), source.id
        )


def _said(claim: Stated[Place]) -> str:
    return f"The release says it shows {place_phrase(claim.value)} ({claim.origin})"


def _shown(source: Source, known: Place) -> str:
    return f"{source_in_full(source)} shows {place_phrase(known)}"
