"""Waivers in words: what lets a finding pass, and which ones no longer do, or have nothing to do."""

from collections.abc import Sequence

from provcheck.records import Report, Waiver
from provcheck.report.summary import WaiverState, waiver_states
from provcheck.report.visible import visible


def waived_phrase(waiver: Waiver) -> str:
    """Say until when, by whom and why: `waived until 2027-06-30 by R. Ortiz: licence 4711 (provcheck.toml, line 3)`."""
    until = f" until {waiver.expires.text}" if waiver.expires else ""
    by = f" by {waiver.approved_by}" if waiver.approved_by else ""
    return visible(f"waived{until}{by}: {waiver.reason} ({waiver.origin})")


def waiver_problems(reports: Sequence[Report]) -> list[str]:
    """Return a line for every waiver that is expired, or that no finding of any of the reports needed."""
    best: dict[Waiver, WaiverState] = {}
    for report in reports:
        for waiver, state in waiver_states(report):
            best[waiver] = state if best.get(waiver) is not WaiverState.USED else WaiverState.USED
    return [_problem(waiver, state) for waiver, state in best.items() if state is not WaiverState.USED]


def _problem(waiver: Waiver, state: WaiverState) -> str:
    about = f"{waiver.rule} of {waiver.source}" if waiver.source else waiver.rule
    if state is WaiverState.EXPIRED and waiver.expires:
        return visible(f"waiver expired on {waiver.expires.text}: {about}, {waiver.reason} ({waiver.origin})")
    return visible(f"waiver not used: {about}, {waiver.reason} ({waiver.origin})")
