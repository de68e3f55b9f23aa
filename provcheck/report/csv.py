"""A finding a row, as RFC 4180 writes tables: for spreadsheets and databases.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, even in quotes, and a formula can read
files and send them away (OWASP, CSV Injection). Such cells get an apostrophe in front, which spreadsheets take for
"this is text". Line breaks and other control characters are shown as escapes, so a row is a line.
"""

import csv
from collections.abc import Iterator, Sequence
from typing import IO, Final

from provcheck.records import Finding, Match, Report, Skipped, Verdict
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.statements import all_findings
from provcheck.report.states import state_of
from provcheck.report.summary import skipped_files
from provcheck.report.visible import visible
from provcheck.report.waivers import waived_phrase

COLUMNS: Final = (
    "release", "path", "sha256", "outcome", "state", "reason", "rule", "severity", "message", "fact", "claim", "waived",
    "source_id", "source_title", "source_url", "frame_time_s", "corpus", "corpus_sources", "corpus_frames",
    "corpus_newest", "credentials",
)  # fmt: skip

SKIPPED: Final = "skipped"

# The last four are the wide forms, which some spreadsheets take for the same.
_BEGINS_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")

Row = dict[str, str]


def write_csv(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always every finding)
    fail_on: str = FAILS_BY_DEFAULT,
) -> None:
    """Write a head line with `COLUMNS`, then a row a finding; an image without findings has one row all the same."""
    table = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for report in reports:
        for row in _rows(report, fail_on):
            table.writerow({name: inert(value) for name, value in row.items()})


def inert(cell: str) -> str:
    """Return a cell that a spreadsheet shows as it is written, on one line."""
    shown = visible(cell)
    return f"'{shown}" if shown.lstrip().startswith(_BEGINS_FORMULA) else shown


def _rows(report: Report, fail_on: str) -> Iterator[Row]:
    around = _around(report)
    for verdict in report.verdicts:
        image = _image(verdict, fail_on)
        for finding in all_findings(verdict) or (None,):
            yield (
                around | image | (_finding(finding, verdict) if finding else _match(next(iter(verdict.matches), None)))
            )
    for skipped in skipped_files(report):
        yield around | _skipped(skipped)


def _around(report: Report) -> Row:
    return {
        "release": report.release.path,
        "corpus": report.coverage.path,
        "corpus_sources": str(report.coverage.sources),
        "corpus_frames": str(report.coverage.frames),
        "corpus_newest": report.coverage.newest or "",
    }


def _image(verdict: Verdict, fail_on: str) -> Row:
    return {
        "path": verdict.image.name,
        "sha256": verdict.image.sha256,
        "outcome": verdict.outcome.value,
        "state": state_of(verdict, fail_on).value,
        "reason": verdict.reason,
        "credentials": verdict.image.credentials.state.value if verdict.image.credentials else "",
    }


def _finding(finding: Finding, verdict: Verdict) -> Row:
    about = next((match for match in verdict.matches if match.source.id == finding.source_id), None)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "fact": finding.fact or "",
        "claim": finding.claim or "",
        "waived": waived_phrase(finding.waiver) if finding.waiver else "",
        "source_id": finding.source_id or "",
        **_match(about),
    }


def _match(match: Match | None) -> Row:
    if match is None:
        return {}
    facts = match.source.facts
    return {
        "source_id": match.source.id,
        "source_title": facts.title or "",
        "source_url": facts.url or facts.archive_url or "",
        "frame_time_s": "" if match.frame_time_s is None else f"{match.frame_time_s:.3f}",
    }


def _skipped(skipped: Skipped) -> Row:
    state = "unchecked" if skipped.missed else ""
    return {"path": skipped.path, "outcome": SKIPPED, "state": state, "reason": skipped.reason}
