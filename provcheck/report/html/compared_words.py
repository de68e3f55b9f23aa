"""What the page on a comparison says in sentences: how much of a release stayed what it was."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from provcheck.records import Severity
from provcheck.report.phrases import counted
from provcheck.versions import Comparison, ComparisonReport, Pair, PairKind

TONES: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "grave", Severity.WARNING: "notable", Severity.NOTE: "slight"}
)
UNCLEAR: Final = "unclear"
SAME: Final = "same"

TONE_MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"grave": "✕", "notable": "!", "slight": "·", UNCLEAR: "?", SAME: "="}
)
"""So that what weighs more can be told apart without colour."""

KIND_MEANINGS: Final[Mapping[PairKind, str]] = MappingProxyType(
    {
        PairKind.IDENTICAL: "the same bytes",
        PairKind.RE_ENCODED: "the same picture in another encoding or size",
        PairKind.STRETCHED: "the same picture out of proportion",
        PairKind.PERSPECTIVE: "the same picture at an angle",
        PairKind.RECOLOURED: "the same picture in other colours or tones",
        PairKind.CROPPED: "one of the two shows a part of the other",
        PairKind.ROTATED: "the same picture, turned",
        PairKind.MIRRORED: "the same picture, left and right swapped",
        PairKind.EDITED: "regions of the picture differ",
        PairKind.SAME_SCENE: "another picture of what looks like the same scene",
        PairKind.REPLACED: "another picture under the same caption, name or place",
        PairKind.ONLY_A: "left out of the later version",
        PairKind.ONLY_B: "added in the later version",
        PairKind.NOT_COMPARED: "unreadable, or too little to recognise",
    }
)

NOT_DONE: Final = (
    "It did not judge which of the versions is right, and no picture was judged to be genuine.",
    "It did not compare the text of the releases, only what is said of their pictures.",
)


def tone_of(pair: Pair) -> str:
    """Return how much a pair weighs."""
    if pair.kind is PairKind.NOT_COMPARED:
        return UNCLEAR
    severities = {finding.severity for finding in pair.findings}
    return next((tone for severity, tone in TONES.items() if severity in severities), SAME)


def step_sentences(step: Comparison, labels: tuple[str, str]) -> list[str]:
    """Return what became of the pictures of one version in the next, the most telling first."""
    before, now = len(step.a.images), len(step.b.images)
    if not before or not now:
        return [f"{labels[0]} has {counted(before, 'picture')}, {labels[1]} has {counted(now, 'picture')}."]
    if not step.all_findings() and all(pair.kind is PairKind.IDENTICAL for pair in step.pairs):
        return [f"Both show the same {counted(before, 'picture')}, byte for byte, with the same captions and claims."]
    return list(_sentences(step, labels, before))


def citation_of(pair: Pair, labels: tuple[str, str], report: ComparisonReport) -> str:
    """Return a sentence or two to put into an article or a message, with what they rest on."""
    sides = [(image, label) for image, label in zip((pair.a, pair.b), labels, strict=True) if image]
    which = " and ".join(f"{image.name} of {label} (SHA-256 {image.sha256})" for image, label in sides)
    said = " ".join(finding.message for finding in pair.findings) or f"{KIND_MEANINGS[pair.kind].capitalize()}."
    tool = f"provcheck {report.tool.get('version', '')}".strip()
    return f"{which}: {said} Compared with {tool} on {report.created[:10]}."


def _sentences(step: Comparison, labels: tuple[str, str], before: int) -> Iterator[str]:
    counts = Counter(pair.kind for pair in step.pairs)
    shared = sum(count for kind, count in counts.items() if kind.is_same_picture)
    yield f"{labels[1]} {_shows(shared, before)} of {labels[0]}."
    edited = shared - counts[PairKind.IDENTICAL] - counts[PairKind.RE_ENCODED]
    if edited:
        yield f"{edited} of those {'was' if edited == 1 else 'were'} edited or cropped between the two."
    others = [
        (counts[PairKind.REPLACED] + counts[PairKind.SAME_SCENE], "replaced by another"),
        (counts[PairKind.ONLY_A], "left out"),
        (counts[PairKind.ONLY_B], "added"),
    ]
    told = [f"{count} {'was' if count == 1 else 'were'} {what}" for count, what in others if count]
    if told:
        yield f"{', '.join(told[:-1])}{' and ' if told[1:] else ''}{told[-1]}."
    reworded = sum(bool(pair.words) for pair in step.pairs if pair.kind.is_same_picture)
    if reworded:
        yield f"Under {counted(reworded, 'picture')} that stayed, the caption or a claim changed."
    if counts[PairKind.NOT_COMPARED]:
        yield f"{counted(counts[PairKind.NOT_COMPARED], 'picture')} could not be compared."


def _shows(shared: int, before: int) -> str:
    if before == 1:
        return "shows the only picture" if shared else "does not show the only picture"
    part = f"all {before}" if shared == before else f"{shared or 'none'} of the {before}"
    return f"shows {part} pictures"
