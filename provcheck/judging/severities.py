"""Severities as a user wants them: rule by rule, in place of the rules' own."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from provcheck.judging.registry import RULES
from provcheck.judging.verdicts import WEIGHTS, conclude
from provcheck.records import Finding, Severity, Verdict


def reweigh(verdicts: Iterable[Verdict], severities: Mapping[str, Severity]) -> tuple[Verdict, ...]:
    """Return verdicts whose findings have the severities asked for, with the outcomes that follow.

    A rule's plain case gets the severity itself. A lesser case, such as the note that something cannot be decided,
    keeps its own, or gets the one asked for where that is lower still.
    """
    return tuple(_reweighed(verdict, severities) for verdict in verdicts)


def _reweighed(verdict: Verdict, severities: Mapping[str, Severity]) -> Verdict:
    if not any(finding.rule in severities for finding in verdict.findings):
        return verdict
    findings = tuple(replace(finding, severity=_severity(finding, severities)) for finding in verdict.findings)
    return conclude(replace(verdict, findings=findings))


def _severity(finding: Finding, severities: Mapping[str, Severity]) -> Severity:
    asked = severities.get(finding.rule, finding.severity)
    if finding.severity is RULES[finding.rule].severity:
        return asked
    return max(asked, finding.severity, key=WEIGHTS.__getitem__)
