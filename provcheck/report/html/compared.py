"""The page on a comparison, put together: one section a step from a version to the next, then what holds for all."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provcheck.evidence import Originals
from provcheck.report.comparison.phrases import (
    changed_lives,
    known_sentence,
    letter,
    life_phrase,
    repeat_phrase,
    skipped_lines,
    summary_line,
    version_line,
)
from provcheck.report.comparison.states import known_verdicts
from provcheck.report.html.album import MOST_BYTES, Album, side_for
from provcheck.report.html.compared_pairs import Known, ShownPair, pairs_of
from provcheck.report.html.compared_words import KIND_MEANINGS, NOT_DONE, TONE_MARKS, step_sentences
from provcheck.report.html.page import environment
from provcheck.report.phrases import coverage_line
from provcheck.versions import Comparison, ComparisonReport, PairKind


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many pairs of a step are of one kind, and how much the weightiest of them weighs."""

    kind: PairKind
    name: str
    tone: str
    count: int


@dataclass(frozen=True, slots=True)
class StepSection:
    """One step on the page; `differing` are the pairs that there is something to say of, the weightiest first."""

    step: Comparison
    heading: str
    sentences: tuple[str, ...]
    counts: tuple[KindCount, ...]
    differing: tuple[ShownPair, ...]
    unchanged: tuple[ShownPair, ...]
    further: tuple[str, ...]


def render_comparison(report: ComparisonReport, *, room: int = MOST_BYTES) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    room : int
        Bytes that all pictures may take together.
    """
    differing = sum(pair.kind is not PairKind.IDENTICAL for step in report.steps for pair in step.pairs)
    album = Album(side_for(differing), room)
    sections = list(_sections(report, album))
    pairs = [pair for section in sections for pair in (*section.differing, *section.unchanged)]
    return environment().get_template("compared.html").render(
        report=report,
        sections=sections,
        versions=[version_line(report, at) for at in range(len(report.versions))],
        title=summary_line(report),
        kinds=_kind_counts(pairs),
        rules=sorted({rule for pair in pairs for rule in pair.rules}),
        lives=[life_phrase(life) for life in changed_lives(report)] if len(report.versions) > 2 else [],
        known=known_sentence(report) if report.checks else "",
        coverage=coverage_line(report.checks[0].coverage) if report.checks else "",
        skipped=[(letter(at), *row) for at, release in enumerate(report.versions) for row in skipped_lines(release)],
        command=_command(report),
        album=album,
        total=len(pairs),
        meanings=KIND_MEANINGS,
        not_compared=NOT_DONE,
        letter=letter,
    )  # fmt: skip


def _sections(report: ComparisonReport, album: Album) -> Iterator[StepSection]:
    known, originals, first = _known(report), Originals(), 1
    for at, step in enumerate(report.steps):
        pairs = list(pairs_of(report, at, known, originals, album, first=first))
        first += len(pairs)
        names = report.labels[at], report.labels[at + 1]
        yield StepSection(
            step=step,
            heading=f"From {letter(at)} to {letter(at + 1)}" if len(report.steps) > 1 else "",
            sentences=tuple(step_sentences(step, names)),
            counts=_kind_counts(pairs),
            differing=tuple(pair for pair in pairs if not pair.is_plain),
            unchanged=tuple(pair for pair in pairs if pair.is_plain),
            further=tuple(_further(step, at)),
        )


def _kind_counts(pairs: Sequence[ShownPair]) -> tuple[KindCount, ...]:
    """Count the pairs by kind, those that a reader would notice most first."""
    weights = list(TONE_MARKS)
    counts = []
    for kind in reversed(PairKind):
        of_kind = [pair for pair in pairs if pair.pair.kind is kind]
        if of_kind:
            tone = min((pair.tone for pair in of_kind), key=weights.index)
            names = {pair.kind for pair in of_kind}
            counts.append(KindCount(kind, names.pop() if len(names) == 1 else kind.value, tone, len(of_kind)))
    return tuple(sorted(counts, key=lambda count: weights.index(count.tone)))


def _further(step: Comparison, at: int) -> Iterator[str]:
    for moved in step.moved_captions:
        yield f"The caption “{moved.caption}” stood under {moved.a.name}, now under {moved.b.name}, another picture."
    for repeat in step.repeats:
        yield f"{repeat_phrase(repeat, at)}."


def _known(report: ComparisonReport) -> Known:
    return {
        (at, verdict.image.name): next(match for match in verdict.matches if match.relation.is_match)
        for at in range(len(report.checks))
        for verdict in known_verdicts(report, at)
    }


def _command(report: ComparisonReport) -> str:
    corpus = ["--corpus", report.checks[0].coverage.path] if report.checks else []
    return shlex.join(["provcheck", "compare", *(release.path for release in report.versions), *corpus, "--verbose"])
