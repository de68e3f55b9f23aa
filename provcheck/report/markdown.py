"""Markdown: for the summary of a CI job, a comment or a wiki page.

Tables, because that is what people read there; the order and the words are those of the text report. GitHub cuts a
summary of more than a mebibyte off altogether, so a long table ends with the number of rows that are left out.
"""

from collections.abc import Iterator, Sequence
from typing import IO, Final

from provcheck.records import Match, Outcome, Relation, Report, Verdict
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.credentials import credential_lines
from provcheck.report.inert import inert, link
from provcheck.report.phrases import (
    counted,
    coverage_line,
    looks_like,
    release_line,
    summary_line,
    where_from,
    without_links,
)
from provcheck.report.statements import all_findings, weighty_findings
from provcheck.report.states import State, state_of
from provcheck.report.summary import FROM_MOST_SERIOUS, skipped_files, verdicts_with
from provcheck.report.waivers import waived_phrase, waiver_problems

MOST_BYTES: Final = 900_000
"""Of all tables and lists together; GitHub takes 1 MiB a step, and a heading and a count come on top."""

_HEAD: Final = "| outcome | picture | what is known | why |\n|---|---|---|---|\n"


def write_markdown(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,
    fail_on: str = FAILS_BY_DEFAULT,
) -> None:
    """Write a section a release; `verbose` gives every finding, not the weighty ones alone."""
    stream.write(f"## provcheck: {inert(summary_line(*reports))}\n")
    left = MOST_BYTES
    for report in reports:
        stream.write(f"\n### {inert(release_line(report))}\n")
        for block, rows in _blocks(report, fail_on, verbose=verbose):
            stream.write(f"\n{block}")
            left = _write_rows(rows, stream, left)
    for problem in waiver_problems(reports):
        stream.write(f"\n{inert(problem)}\n")
    for coverage in dict.fromkeys(report.coverage for report in reports):
        stream.write(f"\n{inert(coverage_line(coverage))}\n")


def _blocks(report: Report, fail_on: str, *, verbose: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield the beginning of each block with its rows: the table, then what was not used."""
    ordered = [verdict for outcome in FROM_MOST_SERIOUS for verdict in verdicts_with(report, outcome)]
    if ordered:
        yield _HEAD, [_row(verdict, fail_on, verbose=verbose) for verdict in ordered]
    skipped = [f"- {inert(file.path)}: {inert(file.reason)}\n" for file in skipped_files(report)]
    if skipped:
        yield "Not used:\n\n", skipped


def _write_rows(rows: list[str], stream: IO[str], left: int) -> int:
    """Write rows while there is room, say how many had none, and return the room that remains."""
    for number, row in enumerate(rows):
        left -= len(row.encode("utf-8"))
        if left < 0:
            stream.write(f"\n{counted(len(rows) - number, 'more row')} in the other formats of this report.\n")
            return left
        stream.write(row)
    return left


def _row(verdict: Verdict, fail_on: str, *, verbose: bool) -> str:
    outcome = f"**{verdict.outcome.value}**" if state_of(verdict, fail_on) is State.FAILED else verdict.outcome.value
    cells = (outcome, inert(verdict.image.name), _known(verdict), _why(verdict, verbose=verbose))
    return f"| {' | '.join(cells)} |\n"


def _known(verdict: Verdict) -> str:
    matches = [link(where_from(match), _address(match)) for match in verdict.matches]
    scenes = [lead for lead in verdict.leads if lead.relation is Relation.SAME_SCENE and not matches]
    credentials = verdict.image.credentials
    signed = [inert(said) for said in credential_lines(credentials)] if credentials else []
    return "<br>".join([*matches, *(link(looks_like(lead), _address(lead)) for lead in scenes), *signed])


def _why(verdict: Verdict, *, verbose: bool) -> str:
    findings = all_findings(verdict) if verbose else weighty_findings(verdict)
    reasons = [
        f"{inert(without_links(finding.message, verdict.matches))} {inert(f'[{finding.rule}]')}"
        + (f" ({inert(waived_phrase(finding.waiver))})" if finding.waiver else "")
        for finding in findings
    ]
    is_plain = verdict.outcome is Outcome.NO_MATCH
    return "<br>".join(reasons) or ("" if is_plain else inert(verdict.reason))


def _address(match: Match) -> str | None:
    return match.source.facts.url or match.source.facts.archive_url
