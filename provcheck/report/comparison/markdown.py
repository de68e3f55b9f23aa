"""A comparison as Markdown: for the summary of a CI job, a comment or a wiki page. Text from outside is made inert."""

from collections.abc import Iterator
from typing import IO

from provcheck.records import Severity
from provcheck.report.comparison.phrases import (
    changed_lives,
    kind_name,
    known_lines,
    known_sentence,
    letter,
    life_phrase,
    pair_details,
    repeat_phrase,
    skipped_lines,
    step_summary,
    summary_line,
    version_line,
)
from provcheck.report.comparison.states import weightiest_first
from provcheck.report.inert import inert
from provcheck.report.phrases import coverage_line
from provcheck.versions import Comparison, ComparisonReport, Pair, PairKind

_HEAD = "| change | {} | {} | what |\n|---|---|---|---|\n"


def write_markdown(report: ComparisonReport, stream: IO[str], *, verbose: bool = False) -> None:
    """Write a section for each step; `verbose` has a row for what is the same, too."""
    stream.write(f"## provcheck compare: {inert(summary_line(report))}\n\n")
    for at in range(len(report.versions)):
        stream.write(f"- **{letter(at)}** {inert(version_line(report, at))}\n")
    for at, step in enumerate(report.steps):
        stream.write(f"\n### {letter(at)} to {letter(at + 1)}: {inert(step_summary(step, at))}\n\n")
        stream.writelines(_table(step, at, verbose=verbose))
        stream.writelines(_around(step, at))
    stream.writelines(_history(report))
    stream.writelines(_known(report))
    stream.writelines(_skipped(report))


def _table(step: Comparison, at: int, *, verbose: bool) -> Iterator[str]:
    shown = [pair for pair in weightiest_first(step) if verbose or pair.findings or pair.reason]
    if shown:
        yield _HEAD.format(letter(at), letter(at + 1))
        yield from (_row(pair, at) for pair in shown)
    same = sum(pair.kind is PairKind.IDENTICAL for pair in step.pairs if pair not in shown)
    if same:
        yield f"\n{same} identical.\n"


def _row(pair: Pair, at: int) -> str:
    kind = kind_name(pair.kind, at)
    heavy = any(finding.severity is Severity.ERROR for finding in pair.findings)
    names = (inert(image.name) if image else "" for image in (pair.a, pair.b))
    details = [inert(f"{words} [{rule}]" if rule else words) for words, rule in pair_details(pair)]
    alone = [inert(f"[{finding.rule}]") for finding in pair.findings]
    return f"| {' | '.join((f'**{kind}**' if heavy else kind, *names, '<br>'.join(details or alone)))} |\n"


def _around(step: Comparison, at: int) -> Iterator[str]:
    lines = [
        f"The caption “{moved.caption}” stood under {moved.a.name}, now under {moved.b.name} [PC303]"
        for moved in step.moved_captions
    ]
    lines += [repeat_phrase(repeat, at) for repeat in step.repeats]
    yield from _list(lines)


def _history(report: ComparisonReport) -> Iterator[str]:
    if len(report.versions) > 2:
        yield from _list([life_phrase(life) for life in changed_lives(report)])


def _known(report: ComparisonReport) -> Iterator[str]:
    if report.checks:
        yield f"\n**{inert(known_sentence(report))}**\n"
        yield from _list([f"{name}: {outcome}, {what}" for outcome, name, what in known_lines(report)])
        yield f"\n{inert(coverage_line(report.checks[0].coverage))}\n"


def _skipped(report: ComparisonReport) -> Iterator[str]:
    rows = [
        f"{letter(at)} {path}: {reason}"
        for at, release in enumerate(report.versions)
        for path, reason in skipped_lines(release)
    ]
    if rows:
        yield "\nNot used:\n"
        yield from _list(rows)


def _list(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "\n"
        yield from (f"- {inert(words)}\n" for words in lines)
