"""The report for people, in a terminal: what was found first, then what was not, then what could not be checked.

A photo editor reads one block a flagged image: what it is, where it was seen before, what contradicts the claim, how
sure that is. Colour repeats what the words say and never replaces them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final

from provcheck.records import Finding, Match, Outcome, Relation, Report, Severity, Verdict
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.credentials import credential_lines
from provcheck.report.figures import finding_figures, image_figures, match_figures
from provcheck.report.layout import Line, line, print_lines
from provcheck.report.phrases import (
    counted,
    coverage_line,
    how_sure,
    link,
    looks_like,
    release_line,
    summary_line,
    where_from,
    without_links,
)
from provcheck.report.summary import skipped_files, verdicts_with
from provcheck.report.visible import named_reason, visible
from provcheck.report.waivers import waived_phrase, waiver_problems

_STYLES: Final = {
    Outcome.MISMATCHED: "bold red",
    Outcome.REUSED: "bold yellow",
    Outcome.CREDITED: "bold green",
    Outcome.NO_MATCH: "bold",
    Outcome.INCONCLUSIVE: "bold magenta",
}
_FOUND: Final = (Outcome.MISMATCHED, Outcome.REUSED, Outcome.CREDITED)
_WORD_WIDTH: Final = 14

_MOST_MATCHES: Final = 2
_MOST_REASONS: Final = 3
"""What a block shows without `--verbose`: it stays near six lines."""


def write_text(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (outcomes are said as they are)
) -> None:
    """Write the reports as text, one below the other; `verbose` shows all reasons and figures."""
    print_lines(_pages(reports, verbose=verbose), stream)


def _pages(reports: Sequence[Report], *, verbose: bool) -> Iterator[Line]:
    """Yield a page a release, each with its counts, and what holds for all of them once, at the end."""
    for report in reports:
        yield from _page(report, verbose=verbose)
        if len(reports) > 1:
            yield line(summary_line(report))
            yield line()
            yield line()
    for problem in waiver_problems(reports):
        yield line((problem, "yellow"))
    for coverage in dict.fromkeys(report.coverage for report in reports):
        yield line(coverage_line(coverage))
    yield line(summary_line(*reports))


def _page(report: Report, *, verbose: bool) -> Iterator[Line]:
    unmatched = verdicts_with(report, Outcome.NO_MATCH)
    leads = [verdict for verdict in unmatched if _leads(verdict, verbose=verbose)]
    others = [verdict for verdict in unmatched if verdict not in leads]
    found = [verdict for outcome in _FOUND for verdict in verdicts_with(report, outcome)]
    yield line(release_line(report))
    yield line()
    for verdict in (*found, *leads):
        yield from _block(verdict, verbose=verbose)
        yield line()
    unchecked = [*_blocks(verdicts_with(report, Outcome.INCONCLUSIVE), verbose=verbose), *_skipped(report)]
    for rows in (list(_blocks(others, verbose=verbose)), unchecked):
        yield from rows
        yield from [line()] if rows else []


def _blocks(verdicts: Iterable[Verdict], *, verbose: bool) -> Iterator[Line]:
    for verdict in verdicts:
        yield from _block(verdict, verbose=verbose)


def _block(verdict: Verdict, *, verbose: bool) -> Iterator[Line]:
    yield _headline(verdict)
    if verbose:
        yield from image_figures(verdict)
    yield from _matches(verdict.matches, verbose=verbose)
    yield from _reasons(verdict, verbose=verbose)
    yield from _waivers(verdict)
    yield from _credentials(verdict, verbose=verbose)
    for lead in _leads(verdict, verbose=verbose):
        yield line(looks_like(lead), indent=2)
        yield from _link(lead)
        yield from match_figures(lead) if verbose else []
    if verdict.matches:
        yield line(how_sure(min(match.log10_false_alarms for match in verdict.matches)), indent=2)


def _headline(verdict: Verdict) -> Line:
    reason = verdict.reason if verdict.outcome is Outcome.INCONCLUSIVE else ""
    return _outcome_line(verdict.outcome.value, _STYLES[verdict.outcome], verdict.image.name, reason)


def _outcome_line(word: str, style: str, name: str, reason: str) -> Line:
    shown = visible(name)
    rest = named_reason(name, reason).removeprefix(shown) if reason else ""
    return line((f"{word.upper():<{_WORD_WIDTH}}", style), (shown, "bold"), rest)


def _matches(matches: tuple[Match, ...], *, verbose: bool) -> Iterator[Line]:
    shown = matches if verbose else matches[:_MOST_MATCHES]
    for match in shown:
        yield line(where_from(match), indent=2)
        yield from _link(match)
        yield from match_figures(match) if verbose else []
    if len(shown) < len(matches):
        yield _more(len(matches) - len(shown), "known picture")


def _reasons(verdict: Verdict, *, verbose: bool) -> Iterator[Line]:
    if verbose:
        for finding in verdict.findings:
            yield _reason(finding, visible(finding.message))
            yield from finding_figures(finding)
        return
    weighty = _weightiest(verdict.findings)
    for finding in weighty[:_MOST_REASONS]:
        yield _reason(finding, without_links(finding.message, verdict.matches[:_MOST_MATCHES]))
    if len(weighty) > _MOST_REASONS:
        yield _more(len(weighty) - _MOST_REASONS, "reason")
    if verdict.matches and verdict.reason and not weighty:
        yield line(visible(verdict.reason), indent=2)


def _weightiest(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the contradictions or, if there are none, what else should be said; a rule once a source and claim."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    weighty = errors or [finding for finding in findings if finding.severity is Severity.WARNING]
    spoken: dict[tuple[str, str | None, str | None], Finding] = {}
    for finding in weighty:
        spoken.setdefault((finding.rule, finding.source_id, finding.claim), finding)
    return list(spoken.values())


def _reason(finding: Finding, message: str) -> Line:
    style = "red" if finding.severity is Severity.ERROR else ""
    return line((message, style), f" [{visible(finding.rule)}]", indent=2)


def _waivers(verdict: Verdict) -> Iterator[Line]:
    for waiver in dict.fromkeys(finding.waiver for finding in verdict.findings if finding.waiver):
        yield line(f"{waived_phrase(waiver)} [{waiver.rule}]", indent=2)


def _credentials(verdict: Verdict, *, verbose: bool) -> Iterator[Line]:
    if verdict.image.credentials:
        for said in credential_lines(verdict.image.credentials, verbose=verbose):
            yield line(said, indent=2)


def _leads(verdict: Verdict, *, verbose: bool) -> list[Match]:
    """Return the leads to show: beside a match they would only distract."""
    if verbose:
        return list(verdict.leads)
    scenes = [lead for lead in verdict.leads if lead.relation is Relation.SAME_SCENE]
    return [] if verdict.matches else scenes[:_MOST_MATCHES]


def _link(match: Match) -> list[Line]:
    address = link(match.source.facts)
    return [line((address, "underline"), indent=2, folds=False)] if address else []


def _more(count: int, noun: str) -> Line:
    return line(f"and {counted(count, f'more {noun}')} (--verbose shows all)", indent=2)


def _skipped(report: Report) -> list[Line]:
    return [_outcome_line("skipped", "bold magenta", file.path, file.reason) for file in skipped_files(report)]
