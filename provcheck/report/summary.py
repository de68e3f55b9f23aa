"""What all reports count alike."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from provcheck.records import Outcome, Report, Skipped, Verdict, Waiver

_LARGEST_LOG10: Final = 999.0

FROM_MOST_SERIOUS: Final = (
    Outcome.MISMATCHED,
    Outcome.REUSED,
    Outcome.CREDITED,
    Outcome.NO_MATCH,
    Outcome.INCONCLUSIVE,
)


def finite_log10(value: float) -> float:
    """Return a logarithm without infinities, which JSON cannot write: what underflows to 0 is 10^-999."""
    return float(max(-_LARGEST_LOG10, min(_LARGEST_LOG10, value)))


def outcome_counts(*reports: Report) -> Mapping[Outcome, int]:
    """Return how many images have each outcome, the most serious first, zeros included."""
    return {outcome: sum(len(verdicts_with(report, outcome)) for report in reports) for outcome in FROM_MOST_SERIOUS}


def verdicts_with(report: Report, *outcomes: Outcome) -> list[Verdict]:
    """Return the verdicts that have one of `outcomes`, in release order."""
    return [verdict for verdict in report.verdicts if verdict.outcome in outcomes]


def skipped_files(report: Report) -> tuple[Skipped, ...]:
    """Return every file that was not used, whether reading the release or checking it met the reason; none twice."""
    return tuple(dict.fromkeys((*report.release.skipped, *report.skipped)))


class WaiverState(StrEnum):
    """What became of a waiver."""

    USED = "used"
    UNUSED = "unused"
    EXPIRED = "expired"


def waiver_states(report: Report) -> list[tuple[Waiver, WaiverState]]:
    """Return every waiver of a report with what became of it."""
    used = {finding.waiver for verdict in report.verdicts for finding in verdict.findings}
    now = datetime.fromisoformat(report.created)
    return [(waiver, _state(waiver, now, is_used=waiver in used)) for waiver in report.waivers]


def _state(waiver: Waiver, now: datetime, *, is_used: bool) -> WaiverState:
    if is_used:
        return WaiverState.USED
    return WaiverState.EXPIRED if waiver.expires and waiver.expires.end <= now else WaiverState.UNUSED
