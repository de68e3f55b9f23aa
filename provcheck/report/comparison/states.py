"""What a comparison found in numbers, and whether that fails it."""

from collections import Counter
from collections.abc import Iterator, Mapping

from provcheck.records import Finding, Severity, Verdict
from provcheck.report.comparison import FAIL_ON, NEVER
from provcheck.versions import Comparison, ComparisonReport, Pair, PairKind

FROM_MOST_SERIOUS = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def fails(report: ComparisonReport, fail_on: str) -> bool:
    """Whether a finding is at or above a severity, one of `FAIL_ON`."""
    failing = () if fail_on == NEVER else FAIL_ON[: FAIL_ON.index(fail_on) + 1]
    return any(finding.severity.value in failing for finding in findings_of(report))


def is_incomplete(report: ComparisonReport) -> bool:
    """Whether something could not be compared, or may have been missed."""
    missed = any(skipped.missed for release in report.versions for skipped in release.skipped)
    empty = any(not release.images for release in report.versions)
    return missed or empty or bool(kind_counts(report).get(PairKind.NOT_COMPARED))


def findings_of(report: ComparisonReport) -> Iterator[Finding]:
    """Yield every finding of every step."""
    for step in report.steps:
        yield from step.all_findings()


def kind_counts(report: ComparisonReport) -> Mapping[PairKind, int]:
    """Return how many pairs of all steps are of each kind, without those of which there are none."""
    counts = Counter(pair.kind for step in report.steps for pair in step.pairs)
    return {kind: counts[kind] for kind in PairKind if counts[kind]}


def severity_counts(report: ComparisonReport) -> Mapping[Severity, int]:
    """Return how many findings have each severity, zeros included."""
    counts = Counter(finding.severity for finding in findings_of(report))
    return {severity: counts[severity] for severity in FROM_MOST_SERIOUS}


def weightiest_first(step: Comparison) -> list[Pair]:
    """Return the pairs by their weightiest finding; those that are not compared before those without findings."""

    def weight(pair: Pair) -> int:
        if pair.kind is PairKind.NOT_COMPARED:
            return FROM_MOST_SERIOUS.index(Severity.NOTE)
        weights = [FROM_MOST_SERIOUS.index(finding.severity) for finding in pair.findings]
        return min(weights, default=len(FROM_MOST_SERIOUS))

    return sorted(step.pairs, key=weight)


def known_verdicts(report: ComparisonReport, at: int) -> list[Verdict]:
    """Return the verdicts on pictures of one version that the corpus knows."""
    return [verdict for verdict in report.checks[at].verdicts if any(m.relation.is_match for m in verdict.matches)]
