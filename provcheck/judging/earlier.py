"""PC101: the source is older than the event that the picture is said to show."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import claim_text, fact_text, published_by, source_in_full, source_title, when
from provcheck.moments import certainly_before, reads_before
from provcheck.records import Claims, Finding, Match, Moment, Severity, Source, Stated


@dataclass(frozen=True, slots=True)
class EarlierThanClaimed:
    """Holds the dates of a source against the claimed time of capture.

    A picture cannot have been published before it was taken, so publication counts only when it is earlier. The time
    of capture counts in both directions. Dates that only read as different, because they were written without time
    zones, give a note; a note is not repeated beside an error.
    """

    id: str = "PC101"
    severity: Severity = Severity.ERROR
    summary: str = "The known source was published before, or captured at another time than, the claimed time."
    help: str = (
        "Either the picture is older material, or a date is wrong. Open the source's link and compare the pictures; "
        "then correct the date, replace the picture, or label it as a file picture with its true date."
    )

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:
        """Yield an error for every date that contradicts, else a note when it cannot be decided."""
        claim = claims.captured
        if claim is None:
            return
        errors = [*self._published(claim, match.source), *self._captured(claim, match.source)]
        yield from errors or self._undecided(claim, match.source)

    def _published(self, claim: Stated[Moment], source: Source) -> Iterator[Finding]:
        known = source.facts.published
        if known and certainly_before(known, claim.value):
            said = f"was published {when(known)}{published_by(source.facts)}."
            message = f"{_said(claim)}, but the known source {source_title(source)} {said}"
            yield self._finding(Severity.ERROR, message, claim, ("published", known), source)

    def _captured(self, claim: Stated[Moment], source: Source) -> Iterator[Finding]:
        known = source.facts.captured
        if known and (certainly_before(known, claim.value) or certainly_before(claim.value, known)):
            message = f"{_said(claim)}, but the known source {source_in_full(source)} was captured {when(known)}."
            yield self._finding(Severity.ERROR, message, claim, ("captured", known), source)

    def _undecided(self, claim: Stated[Moment], source: Source) -> Iterator[Finding]:
        published, captured = source.facts.published, source.facts.captured
        if captured and (reads_before(captured, claim.value) or reads_before(claim.value, captured)):
            fact = ("captured", captured)
        elif published and reads_before(published, claim.value):
            fact = ("published", published)
        else:
            return
        message = (
            f"{_said(claim)}, and the known source {source_in_full(source)} was {fact[0]} {when(fact[1])}; "
            "whether these contradict each other cannot be decided without time zones."
        )
        yield self._finding(Severity.NOTE, message, claim, fact, source)

    def _finding(
        self, severity: Severity, message: str, claim: Stated[Moment], fact: tuple[str, Moment], source: Source
    ) -> Finding:
        known = fact_text(fact[0], fact[1].text, source)
        return Finding(self.id, severity, message, known, claim_text("captured", claim.value.text, claim), source.id)


def _said(claim: Stated[Moment]) -> str:
    return f"The release says it was captured {when(claim.value)} ({claim.origin})"
