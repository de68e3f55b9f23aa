"""A comparison for people, in a terminal: what differs first, the weightiest on top; what is the same in one line."""

from collections.abc import Iterator
from typing import IO, Final

from provcheck.records import Severity
from provcheck.report.comparison.phrases import (
    change_boxes,
    changed_lives,
    kind_name,
    known_lines,
    known_sentence,
    letter,
    life_phrase,
    pair_details,
    pair_name,
    repeat_phrase,
    skipped_lines,
    step_summary,
    version_line,
)
from provcheck.report.comparison.states import is_incomplete, severity_counts, weightiest_first
from provcheck.report.layout import Line, line, print_lines
from provcheck.report.phrases import counted, coverage_line
from provcheck.report.visible import visible
from provcheck.versions import Comparison, ComparisonReport, Pair, PairKind

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold"}
_UNCOMPARED: Final = "bold magenta"
_WORD_WIDTH: Final = 14


def write_text(report: ComparisonReport, stream: IO[str], *, verbose: bool = False) -> None:
    """Write the comparison as text; `verbose` names what is the same, and gives boxes and figures."""
    print_lines(_page(report, verbose=verbose), stream)


def _page(report: ComparisonReport, *, verbose: bool) -> Iterator[Line]:
    for at in range(len(report.versions)):
        yield line((f"{letter(at)}  ", "bold"), version_line(report, at))
    yield line()
    for at, step in enumerate(report.steps):
        if len(report.steps) > 1:
            yield line((f"From {letter(at)} to {letter(at + 1)}", "bold"))
        yield from _step(step, at, verbose=verbose)
        yield line(step_summary(step, at))
        yield line()
    yield from _history(report, verbose=verbose)
    yield from _known(report)
    yield from _skipped(report)
    yield line(verdict_line(report))


def _step(step: Comparison, at: int, *, verbose: bool) -> Iterator[Line]:
    for pair in weightiest_first(step):
        if verbose or not _is_plain(pair):
            yield from _block(pair, at, verbose=verbose)
    for moved in step.moved_captions:
        words = f"“{moved.caption}” stood under {moved.a.name}, now under {moved.b.name}, another picture"
        yield _headline("caption moved", _STYLES[Severity.ERROR], visible(words), " [PC303]")
    for repeat in step.repeats:
        yield _headline("used twice", _STYLES[Severity.WARNING], repeat_phrase(repeat, at), "")


def _is_plain(pair: Pair) -> bool:
    return pair.kind in (PairKind.IDENTICAL, PairKind.RE_ENCODED) and not pair.moved and not pair.words


def _block(pair: Pair, at: int, *, verbose: bool) -> Iterator[Line]:
    details = [f"{words} [{rule}]" if rule else words for words, rule in pair_details(pair)]
    beside = f": {details.pop()}" if len(details) == 1 else "" if details else _rules(pair)
    yield _headline(kind_name(pair.kind, at), _style(pair), pair_name(pair), beside)
    for words in details:
        yield line(words, indent=2)
    if verbose:
        yield from _figures(pair)


def _figures(pair: Pair) -> Iterator[Line]:
    for change in pair.changes:
        if boxes := change_boxes(change):
            yield line(f"{change.kind.value}: {boxes}", indent=4)
    if pair.basis:
        yield line(f"paired by {pair.basis.value}", indent=4)
    if pair.log10_false_alarms is not None:
        figure = f"10^{pair.log10_false_alarms:.1f} accidental pairs expected; agreement {pair.agreement or 0:.2f}"
        yield line(figure, indent=4)
    for finding in pair.findings:
        yield line(visible(f"{finding.rule} {finding.severity.value}: {finding.message}"), indent=4)


def _headline(word: str, style: str, name: str, rest: str) -> Line:
    return line((f"{word.upper():<{_WORD_WIDTH}}", style), (name, "bold"), rest)


def _style(pair: Pair) -> str:
    if pair.kind is PairKind.NOT_COMPARED:
        return _UNCOMPARED
    severities = [finding.severity for finding in pair.findings]
    return next((style for severity, style in _STYLES.items() if severity in severities), "")


def _rules(pair: Pair) -> str:
    rules = sorted({finding.rule for finding in pair.findings})
    return f" [{', '.join(rules)}]" if rules else ""


def _history(report: ComparisonReport, *, verbose: bool) -> Iterator[Line]:
    if len(report.versions) < 3:
        return
    lives = report.lives if verbose else changed_lives(report)
    for life in lives:
        yield _headline("history", "bold", life_phrase(life), "")
    yield from [line()] if lives else []


def _known(report: ComparisonReport) -> Iterator[Line]:
    if not report.checks:
        return
    yield line((known_sentence(report), "bold"))
    for outcome, name, what in known_lines(report):
        yield line((f"{outcome.upper():<{_WORD_WIDTH}}", "bold"), (name, "bold"), f" {what}")
    yield line(coverage_line(report.checks[0].coverage))
    yield line()


def _skipped(report: ComparisonReport) -> Iterator[Line]:
    rows = [(at, *row) for at, release in enumerate(report.versions) for row in skipped_lines(release)]
    for at, path, reason in rows:
        yield _headline("skipped", _UNCOMPARED, f"{letter(at)} {path}", f": {reason}")
    yield from [line()] if rows else []


def verdict_line(report: ComparisonReport) -> str:
    """Return the counts in one line, e.g. `Differences: 4 errors, 1 warning`."""
    found = [counted(count, severity.value) for severity, count in severity_counts(report).items() if count]
    differences = f"Differences: {', '.join(found)}" if found else "No difference was found"
    if is_incomplete(report):
        return f"{differences}, but not everything could be compared."
    return differences if found else f"{differences}."
