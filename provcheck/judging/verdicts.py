"""Findings to the outcome of an image.

An error makes it `mismatched`. A match without errors is `credited` when every matched source is acknowledged, else
`reused`. Only what proves where a picture comes from is judged; leads are for a person to look at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from provcheck.judging.phrases import sentence_end, source_title
from provcheck.judging.registry import FILE_RULES, MATCH_RULES, NOT_CHECKED, RELEASE_RULES, RULES
from provcheck.judging.uncredited import is_acknowledged
from provcheck.records import Finding, Match, Outcome, ReleaseImage, Severity, Verdict

SAYS_TWO_THINGS: Final = "PC108"
"""The rule about an image whose error is the release's own, as are those of the rules about whole releases."""

WEIGHTS: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
"""Place of each severity, the weightiest first."""


def judge(image: ReleaseImage, matches: tuple[Match, ...], leads: tuple[Match, ...]) -> Verdict:
    """Return the outcome of one image, with all its reasons.

    1. Apply every rule to every match that proves the origin.
    2. Sort the findings by severity, then rule; say each thing once.
    3. Take the outcome, and one sentence that gives it.
    """
    proofs = tuple(match for match in matches if match.relation.is_match)
    findings = [finding for match in proofs for rule in MATCH_RULES for finding in rule.judge(image.claims, match)]
    return conclude(Verdict(image, Outcome.NO_MATCH, matches, leads), findings)


def judge_file(verdict: Verdict) -> Verdict:
    """Return the verdict on an image with what its own file says, whether or not it could be searched."""
    return conclude(verdict, [finding for rule in FILE_RULES for finding in rule.judge_file(verdict.image)])


def judge_release(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts with what only shows when the images of a release are held against each other."""
    judged = list(verdicts)
    added: dict[int, list[Finding]] = {}
    for rule in RELEASE_RULES:
        for position, finding in rule.judge(judged):
            added.setdefault(position, []).append(finding)
    for position, findings in added.items():
        judged[position] = conclude(judged[position], findings)
    return tuple(judged)


def conclude(verdict: Verdict, added: Sequence[Finding] = ()) -> Verdict:
    """Return a verdict with more findings, and the outcome and reason that follow from all of them."""
    findings = _in_order((*verdict.findings, *added))
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return replace(verdict, findings=findings)
    proofs = [match for match in verdict.matches if match.relation.is_match]
    outcome = _outcome(verdict.image, proofs, findings)
    return replace(verdict, findings=findings, outcome=outcome, reason=_reason(outcome, proofs, findings))


def inconclusive(image: ReleaseImage, reason: str) -> Verdict:
    """Return the verdict on an image that could not be checked; the reason is a short phrase or sentence."""
    return Verdict(image, Outcome.INCONCLUSIVE, findings=(NOT_CHECKED.judge(reason),), reason=sentence_end(reason))


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda finding: (WEIGHTS[finding.severity], finding.rule)))


def _outcome(image: ReleaseImage, proofs: Sequence[Match], findings: Iterable[Finding]) -> Outcome:
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Outcome.MISMATCHED
    if not proofs:
        return Outcome.NO_MATCH
    return Outcome.CREDITED if all(is_acknowledged(image.claims, match) for match in proofs) else Outcome.REUSED


def _reason(outcome: Outcome, proofs: Sequence[Match], findings: Iterable[Finding]) -> str:
    known = " and ".join(dict.fromkeys(source_title(match.source) for match in proofs))
    if outcome is Outcome.MISMATCHED and known:
        return f"It was taken from {known}, and {_contradicted(findings)}."
    if outcome is Outcome.MISMATCHED:
        return f"Nothing in this corpus matches, but {_contradicted(findings)}."
    if outcome is Outcome.CREDITED and all(match.source.facts.release for match in proofs):
        return f"It was published before as {known}, and what was claimed then does not contradict the release."
    if outcome is Outcome.CREDITED:
        return f"It was taken from {known}, and the release says so."
    if outcome is Outcome.REUSED:
        return f"It was taken from {known}, and the release does not say so."
    return "Nothing in this corpus matches."


def _contradicted(findings: Iterable[Finding]) -> str:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    rules = {finding.rule for finding in errors}
    if all(RULES[rule].severity is not Severity.ERROR for rule in rules):
        return f"{' and '.join(sorted(rules))} counts as an error here"
    within = {rule.id for rule in RELEASE_RULES} | {SAYS_TWO_THINGS}
    if rules <= within:
        return "the release contradicts itself"
    knows = any(finding.source_id for finding in errors if finding.rule not in within)
    return f"{'what is known' if knows else 'what its own file says'} contradicts what the release says"
