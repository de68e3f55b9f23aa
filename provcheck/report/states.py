"""What passes and what fails: the one place where outcomes become a yes or a no."""

from collections.abc import Iterable
from enum import StrEnum

from provcheck.records import Outcome, Report, Verdict
from provcheck.report import FAIL_ON
from provcheck.report.summary import skipped_files


class State(StrEnum):
    """How an image, or a whole check, ends; from what weighs most."""

    FAILED = "failed"
    UNCHECKED = "unchecked"
    WAIVED = "waived"
    PASSED = "passed"


def state_of(verdict: Verdict, fail_on: str) -> State:
    """Return how one image ends; `fail_on` is one of `report.FAIL_ON`."""
    failing = () if fail_on == "never" else FAIL_ON[: FAIL_ON.index(fail_on) + 1]
    if verdict.standing.value in failing:
        return State.FAILED
    if verdict.outcome.value in failing:
        return State.WAIVED
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return State.WAIVED if verdict.waived else State.UNCHECKED
    return State.PASSED


def worst_state(reports: Iterable[Report], fail_on: str) -> State:
    """Return how a check of several releases ends: what was found weighs more than what could not be checked."""
    states = {state for report in reports for state in _states(report, fail_on)}
    return next((state for state in State if state in states), State.PASSED)


def _states(report: Report, fail_on: str) -> Iterable[State]:
    yield from (state_of(verdict, fail_on) for verdict in report.verdicts)
    missed = any(skipped.missed for skipped in skipped_files(report))
    if missed or not report.verdicts or not report.coverage.sources:
        yield State.UNCHECKED
