"""PC901: an image could not be checked. Silence about it would read as a clean result."""

from dataclasses import dataclass

from provcheck.judging.phrases import sentence_end
from provcheck.records import Finding, Severity


@dataclass(frozen=True, slots=True)
class CouldNotBeChecked:
    """Puts the reason why an image could not be checked among the findings, so that every report shows it."""

    id: str = "PC901"
    severity: Severity = Severity.NOTE
    summary: str = "The image could not be checked."
    help: str = (
        "This says nothing about the picture. Look at the reason: get the file in a better version or format, or check "
        "it by eye."
    )

    def judge(self, reason: str) -> Finding:
        """Return the finding that holds the reason."""
        return Finding(self.id, self.severity, f"This image could not be checked: {sentence_end(reason)}")
