"""PC113: the picture was published before, in a release of one's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import fact_text, one_line, source_title, when
from provcheck.records import Claims, Finding, Match, Severity


@dataclass(frozen=True, slots=True)
class PublishedBefore:
    """Names the own release that showed the picture first, as a note: to show it again is no fault.

    What would be one, another time or place than was claimed then, is reported by the rules about time and place, for
    which the claims of that release are facts like any other.
    """

    id: str = "PC113"
    severity: Severity = Severity.NOTE
    summary: str = "The picture was published before, in a release of your own."
    help: str = "Compare the two captions: a reader who finds both will do the same."

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:  # noqa: ARG002 (every rule takes the claims)
        """Yield at most one note."""
        facts = match.source.facts
        if facts.release is None:
            return
        date = f", {when(facts.published)}" if facts.published else ""
        message = f"It was published before as {source_title(match.source)} in “{one_line(facts.release)}”{date}."
        fact = fact_text("release", facts.release, match.source)
        yield Finding(self.id, self.severity, message, fact, None, match.source.id)
