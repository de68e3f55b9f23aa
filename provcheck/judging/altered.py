"""PC105: the picture was changed on its way from the source."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import fact_text, one_line, source_in_full
from provcheck.records import Alteration, Claims, Finding, Match, Severity


@dataclass(frozen=True, slots=True)
class Altered:
    """Lists the alterations of a match, as a note: cropping is daily work, and only a person can say what it hides."""

    id: str = "PC105"
    severity: Severity = Severity.NOTE
    summary: str = "The picture differs from the known source."
    help: str = (
        "Compare the two pictures side by side. Look at what was cut off, laid over or changed, and whether it would "
        "have told the reader something, such as a notice, a logo or a date."
    )

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:  # noqa: ARG002 (every rule takes the claims)
        """Yield one note that names every alteration."""
        if not match.alterations:
            return
        listed = "; ".join(_in_words(alteration) for alteration in match.alterations)
        message = f"It differs from the known source {source_in_full(match.source)}: {listed}."
        yield Finding(
            self.id, self.severity, message, fact_text("alterations", listed, match.source), None, match.source.id
        )


def _in_words(alteration: Alteration) -> str:
    """Return the kind of an edit and its detail, once if the detail already says the kind."""
    kind, detail = alteration.kind.value, one_line(alteration.detail).rstrip(".")
    if not detail or kind in detail.lower():
        return detail or kind
    return f"{kind} ({detail})"
