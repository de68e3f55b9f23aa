"""All that reports say about single files, as one flat list: what SARIF, CSV and annotations are made of.

A statement is a finding, or that a file could not be checked. It has a key that goes by content: the digest of the
image, the rule and the source. Renaming the image, moving lines of the manifest or another date of the check leave it
the same, so that a tool that keeps findings recognises them. Findings that agree in all of that are numbered.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.judging.registry import NOT_CHECKED
from provcheck.records import Finding, Match, Outcome, Report, Severity, Skipped, Verdict
from provcheck.report.locations import Location, finding_location, skipped_location
from provcheck.report.summary import skipped_files


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said about one file of a release.

    Attributes
    ----------
    name : str
        The file, as the report calls it.
    digest : str
        64 hexadecimal digits that go by content.
    number : int
        Counts, from 1, the statements of all reports that have this digest.
    verdict : Verdict or None
        None for a file that was not used.
    """

    report: Report
    name: str
    finding: Finding
    location: Location
    digest: str
    number: int
    verdict: Verdict | None = None

    @property
    def match(self) -> Match | None:
        """The match whose source the finding is about."""
        matches = self.verdict.matches if self.verdict else ()
        return next((match for match in matches if match.source.id == self.finding.source_id), None)


def statements(reports: Sequence[Report]) -> Iterator[Statement]:
    """Yield what is said, release by release: the findings of each image, then the files that were missed."""
    seen: Counter[str] = Counter()
    for report in reports:
        for verdict in report.verdicts:
            for finding in all_findings(verdict):
                digest = _digest(verdict.image.sha256, finding.rule, finding.source_id or "")
                seen[digest] += 1
                where = finding_location(finding, verdict, report.release)
                yield Statement(report, verdict.image.name, finding, where, digest, seen[digest], verdict)
        for skipped in skipped_files(report):
            if skipped.missed:
                finding = _missed(skipped)
                digest = _digest(report.release.path, skipped.path, finding.rule)
                seen[digest] += 1
                where = skipped_location(skipped, report.release)
                yield Statement(report, skipped.path, finding, where, digest, seen[digest])


def all_findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings; an image that could not be checked has at least the one that says so."""
    if verdict.outcome is Outcome.INCONCLUSIVE and not verdict.findings:
        return (NOT_CHECKED.judge(verdict.reason or "no reason was given"),)
    return verdict.findings


def weighty_findings(verdict: Verdict) -> list[Finding]:
    """Return the errors and warnings, or where there are none all that there is."""
    findings = all_findings(verdict)
    return [finding for finding in findings if finding.severity is not Severity.NOTE] or list(findings)


def _missed(skipped: Skipped) -> Finding:
    """Return the finding on a file, or a whole release, that was not even an image to be checked."""
    return Finding(NOT_CHECKED.id, NOT_CHECKED.severity, f"Not checked: {skipped.reason}")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
