"""What the page says in sentences: the verdict on a release as a person would put it."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from provcheck.records import Outcome, Report, Verdict
from provcheck.report.phrases import counted
from provcheck.report.summary import outcome_counts, skipped_files

MARKS: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.MISMATCHED: "✕",
        Outcome.REUSED: "↻",
        Outcome.CREDITED: "✓",
        Outcome.NO_MATCH: "○",
        Outcome.INCONCLUSIVE: "?",
    }
)
"""So that outcomes can be told apart without colour."""

MEANINGS: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.MISMATCHED: "known before, and a known fact contradicts the claim; or the release contradicts itself",
        Outcome.REUSED: "known before, and the release does not say so",
        Outcome.CREDITED: "known before, and the release says so",
        Outcome.NO_MATCH: "not in this corpus; it may still be old",
        Outcome.INCONCLUSIVE: "could not be checked",
    }
)

NOT_DONE: Final = (
    "It did not search the web: what is not in the corpus was not found.",
    "It did not judge whether a picture is genuine, and looked for changes only where it knows the source.",
    "It did not check the facts of the corpus: they are as true as their sources, which are linked.",
)


def verdict_sentences(report: Report) -> list[str]:
    """Return what was found in a release, the most serious first."""
    counts = outcome_counts(report)
    total = len(report.verdicts)
    if not total:
        return ["There was no picture to check."]
    found = [_SENTENCES[outcome](count, total) for outcome, count in counts.items() if count]
    if any(verdict.outcome is Outcome.MISMATCHED and not verdict.matches for verdict in report.verdicts):
        found[0] = found[0].replace("Known facts contradict", "Known facts, or the release itself, contradict")
    missed = sum(skipped.missed for skipped in skipped_files(report))
    return [*found, f"{counted(missed, 'file')} could not be read and may hold pictures."] if missed else found


def citation(verdict: Verdict, report: Report) -> str:
    """Return one sentence to put into an article or a message, with what it rests on."""
    said = [finding.message for finding in verdict.findings if finding.severity.value != "note"]
    tool = f"provcheck {report.tool.get('version', '')}".strip()
    what = " ".join(said) or verdict.reason or MEANINGS[verdict.outcome].capitalize() + "."
    return (
        f"{verdict.image.name} (SHA-256 {verdict.image.sha256}): {what} Checked with {tool} on {report.created[:10]}."
    )


def filter_words(verdict: Verdict) -> Iterator[str]:
    """Yield the rules of a verdict, each once, for the filters."""
    yield from dict.fromkeys(finding.rule for finding in verdict.findings)


def _some(count: int, total: int) -> str:
    if count == total:
        return "The only picture" if total == 1 else f"All {total} pictures"
    return f"{count} of {total} pictures"


def _mismatched(count: int, total: int) -> str:
    which = f"{'all' if count == total else count} of its {total} pictures" if total > 1 else "its only picture"
    return f"Known facts contradict what it says about {which}."


def _reused(count: int, total: int) -> str:
    return f"{_some(count, total)} {_was(count)} known before, and the release does not say so."


def _credited(count: int, total: int) -> str:
    return f"{_some(count, total)} {_was(count)} known before, and the release says so."


def _unknown(count: int, total: int) -> str:
    what = "that picture" if count == 1 else "those pictures"
    return f"{_some(count, total)} {_is(count)} not in this corpus, which says nothing about whether {what} may be old."


def _unchecked(count: int, total: int) -> str:
    return f"{_some(count, total)} could not be checked."


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


_SENTENCES: Final = MappingProxyType(
    {
        Outcome.MISMATCHED: _mismatched,
        Outcome.REUSED: _reused,
        Outcome.CREDITED: _credited,
        Outcome.NO_MATCH: _unknown,
        Outcome.INCONCLUSIVE: _unchecked,
    }
)
