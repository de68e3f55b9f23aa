"""What the rules say of an image, what lets it pass, and the report on a whole release."""

from dataclasses import dataclass, field
from enum import StrEnum

from provcheck.records.claims import Moment
from provcheck.records.corpus import Coverage
from provcheck.records.matches import Match
from provcheck.records.release import Release, ReleaseImage, Skipped


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What is said about one image, from least to most serious; `inconclusive` stands apart."""

    NO_MATCH = "no-match"
    CREDITED = "credited"
    REUSED = "reused"
    MISMATCHED = "mismatched"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody has looked at and lets pass, until when and why.

    Attributes
    ----------
    picture : str
        Content key of the picture, see `Verdict.content_key`.
    source : str or None
        Id of the source that the finding is about; None for findings that are about none.
    rule : str
        `PC101` ...
    expires : Moment or None
        The last day on which it counts; None for always.
    origin : str
        Where it stands: `provcheck.toml, line 12`.
    """

    picture: str
    rule: str
    reason: str
    source: str | None = None
    expires: Moment | None = None
    approved_by: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's result with its evidence, in words.

    Attributes
    ----------
    rule : str
        `PC101` ...
    message : str
        A sentence that names the fact, its source and the claim.
    fact, claim : str or None
        The two values that were held against each other, with their origins.
    source_id : str or None
        The source whose fact it is.
    waiver : Waiver or None
        What lets it pass. A waived finding is shown like any other and fails nothing.
    """

    rule: str
    severity: Severity
    message: str
    fact: str | None = None
    claim: str | None = None
    source_id: str | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one image, with all its reasons.

    Attributes
    ----------
    content_key : str or None
        Names the picture by its content: `pdq:` and 64 hexadecimal digits, which hardly change when it is encoded or
        scaled anew; `sha256:` and the digest of the file where PDQ says too little. None when it was not computed.
    """

    image: ReleaseImage
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    leads: tuple[Match, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    content_key: str | None = None

    @property
    def waived(self) -> bool:
        """Whether every finding that decides about the image is waived: its errors and warnings, else its notes."""
        weighty = [finding for finding in self.findings if finding.severity is not Severity.NOTE] or self.findings
        return bool(weighty) and all(finding.waiver for finding in weighty)

    @property
    def standing(self) -> Outcome:
        """What the image counts as where outcomes decide about failing: its outcome, less what is waived."""
        if self.waived:
            return Outcome.NO_MATCH
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        if self.outcome is not Outcome.MISMATCHED or not errors or not all(finding.waiver for finding in errors):
            return self.outcome
        return Outcome.REUSED if self.matches else Outcome.NO_MATCH


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reporter needs.

    Attributes
    ----------
    waivers : tuple of Waiver
        All that were there to be applied, used, unused and expired.
    redacted : bool
        Whether names and paths were left out, see `report.redaction`; pictures are then left out, too.
    configuration : dict of str to str
        The settings that decided about outcomes and exit code, by their names in `provcheck.toml`: `severity.PC104`.
    """

    release: Release
    verdicts: tuple[Verdict, ...]
    coverage: Coverage
    tool: dict[str, str]
    algorithms: dict[str, str]
    created: str
    skipped: tuple[Skipped, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    redacted: bool = False
    configuration: dict[str, str] = field(default_factory=dict)
