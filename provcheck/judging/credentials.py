"""PC111: the Content Credentials of a file are broken.

Never an error by itself. An editor that does not know credentials, or a content system that scales every picture,
leaves them broken in honest files, and no one can tell that from a forgery by the file alone. A signer whom no trust
list vouches for is not reported at all: that is the rule, and no reproach.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import one_line
from provcheck.records import Credentials, CredentialState, Finding, ReleaseImage, Severity


@dataclass(frozen=True, slots=True)
class BrokenCredentials:
    """Reports credentials that do not fit their file any more, and, as a note, what else is wrong with a signature."""

    id: str = "PC111"
    severity: Severity = Severity.WARNING
    summary: str = "The file, or its Content Credentials, were changed after they were signed."
    help: str = (
        "What these credentials say proves nothing any more. Programs that do not know credentials leave them broken, "
        "too, so ask for the file as it was signed, and compare."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield at most one finding."""
        credentials = image.credentials
        if credentials is None or credentials.state is CredentialState.UNREAD or credentials.state.is_intact:
            return
        problem = one_line(credentials.problem)
        codes = ", ".join(credentials.codes)
        if credentials.state is CredentialState.TAMPERED:
            message = (
                f"Its Content Credentials, signed by {signer_of(credentials)}, do not hold: {problem}. An editor or a "
                "content system that does not know credentials does the same to an honest file."
            )
            yield Finding(self.id, Severity.WARNING, message, f"status: {codes}")
        else:
            message = f"Its Content Credentials are not valid: {problem}."
            yield Finding(self.id, Severity.NOTE, message, f"status: {codes}" if codes else None)


def signer_of(credentials: Credentials) -> str:
    """Return who signed, with the organisation: `“Ana Ruiz” (Meridian Picture Desk)`."""
    names = [one_line(name) for name in (credentials.signer, credentials.organisation) if name]
    if not names:
        return "an unnamed signer"
    return f"“{names[0]}”" + "".join(f" ({name})" for name in names[1:] if name != names[0])
