"""What all reports count alike."""

from collections.abc import Mapping

from provcheck.records import Outcome, Report, Skipped, Verdict

FROM_MOST_SERIOUS = (
    Outcome.MISMATCHED,
    Outcome.REUSED,
    Outcome.CREDITED,
    Outcome.NO_MATCH,
    Outcome.INCONCLUSIVE,
)


def outcome_counts(report: Report) -> Mapping[Outcome, int]:
    """Return how many images have each outcome, the most serious first, zeros included."""
    return {outcome: len(verdicts_with(report, outcome)) for outcome in FROM_MOST_SERIOUS}


def verdicts_with(report: Report, *outcomes: Outcome) -> list[Verdict]:
    """Return the verdicts that have one of `outcomes`, in release order."""
    return [verdict for verdict in report.verdicts if verdict.outcome in outcomes]


def skipped_files(report: Report) -> tuple[Skipped, ...]:
    """Return every file that was not used, whether reading the release or checking it met the reason; none twice."""
    return tuple(dict.fromkeys((*report.release.skipped, *report.skipped)))
