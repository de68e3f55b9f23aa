"""Annotations of a GitHub Actions step: workflow commands on stdout.

A line that begins with `::`, or holds `##[` anywhere, is a command to the runner; file names and captions must not be
able to give one. So the data of commands is escaped as the runner expects; `visible` takes care of the plain lines.
GitHub keeps ten errors and ten warnings of a step; the tenth says how many more there are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from provcheck.records import Outcome, Report, Severity
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.locations import Location, image_location
from provcheck.report.phrases import counted, coverage_line, release_line, summary_line
from provcheck.report.statements import Statement, statements
from provcheck.report.states import State, state_of
from provcheck.report.summary import skipped_files
from provcheck.report.visible import named_reason, visible
from provcheck.report.waivers import waiver_problems

MOST_OF_A_LEVEL: Final = 10
"""GitHub shows no more errors, and no more warnings, of one step."""

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class _Annotation:
    """One command to the runner; `about` tells files apart that the title may name alike."""

    level: str
    about: str
    title: str
    message: str
    location: Location | None = None


def write_github(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,
    fail_on: str = FAILS_BY_DEFAULT,
) -> None:
    """Write annotations and what was checked; `verbose` writes all of them, and leaves it to GitHub what is shown."""
    found = list(_annotations(reports, fail_on))
    for level in (ERROR, WARNING):
        of_level = _every_file_first([annotation for annotation in found if annotation.level == level])
        for annotation in of_level if verbose else _limited(of_level):
            stream.write(_command(annotation) + "\n")
    for plain in _plain_lines(reports):
        stream.write(f"provcheck: {plain}\n")


def _annotations(reports: Sequence[Report], fail_on: str) -> Iterator[_Annotation]:
    """Yield errors for what fails the check, warnings for what does not or could not be checked; waived ones not."""
    spoken = set()
    for statement in statements(reports):
        level = _level(statement, fail_on)
        if level:
            spoken.add(id(statement.verdict))
            yield _annotation(level, statement)
    for problem in waiver_problems(reports):
        yield _Annotation(WARNING, "waivers", "provcheck: waivers", problem)
    for report in reports:
        for verdict in report.verdicts:
            if state_of(verdict, fail_on) is State.FAILED and id(verdict) not in spoken:
                message = verdict.reason or f"It is {verdict.outcome.value}."
                where = image_location(verdict, report.release)
                yield _Annotation(ERROR, where.path, f"provcheck: {verdict.image.name}", message, where)


def _level(statement: Statement, fail_on: str) -> str | None:
    finding, verdict = statement.finding, statement.verdict
    if finding.waiver:
        return None
    if verdict is None or verdict.outcome is Outcome.INCONCLUSIVE:
        return WARNING
    if finding.severity is Severity.NOTE:
        return None
    return ERROR if state_of(verdict, fail_on) is State.FAILED else WARNING


def _annotation(level: str, statement: Statement) -> _Annotation:
    about = f"{statement.report.release.path}/{statement.name}"
    title = f"{statement.finding.rule}: {statement.name}"
    return _Annotation(level, about, title, statement.finding.message, statement.location)


def _every_file_first(annotations: list[_Annotation]) -> list[_Annotation]:
    """Return the first annotation on each file, then the second ones: the limit is to hide reasons, not pictures."""
    seen: Counter[str] = Counter()
    ranks = []
    for annotation in annotations:
        ranks.append(seen[annotation.about])
        seen[annotation.about] += 1
    return [annotations[at] for at in sorted(range(len(annotations)), key=ranks.__getitem__)]


def _limited(annotations: list[_Annotation]) -> list[_Annotation]:
    if len(annotations) <= MOST_OF_A_LEVEL:
        return annotations
    shown = annotations[: MOST_OF_A_LEVEL - 1]
    level = annotations[0].level
    more = counted(len(annotations) - len(shown), f"more {level}")
    return [
        *shown,
        _Annotation(level, "", "provcheck", f"{more} of this check; another format of the report has them all."),
    ]


def _command(annotation: _Annotation) -> str:
    properties = {"title": visible(annotation.title)}
    if annotation.location:
        where = {"file": visible(annotation.location.path), "line": str(annotation.location.line)}
        properties = {**where, **properties}
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{annotation.level} {written}::{_data(visible(annotation.message))}"


def _plain_lines(reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        yield release_line(report)
        for verdict in report.verdicts:
            yield f"{verdict.outcome.value}: {visible(verdict.image.name)}"
        for skipped in skipped_files(report):
            yield f"skipped: {named_reason(skipped.path, skipped.reason)}"
    yield from dict.fromkeys(coverage_line(report.coverage) for report in reports)
    yield summary_line(*reports)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
