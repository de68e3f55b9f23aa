"""PC301: the two versions do not show the same pictures."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.comparing.rule import Labels, named
from provcheck.records import Finding, Severity
from provcheck.versions import Basis, Comparison, Pair, PairKind, Repeat, Side

_WHY = {
    Basis.CAPTION: "under the same caption",
    Basis.NAME: "under the same file name",
    Basis.NUMBER: "under the same number",
    Basis.PLACE: "at the same place",
}


@dataclass(frozen=True, slots=True)
class DifferentPictures:
    """Reports pictures without a counterpart, pictures at another place, and pictures that stand twice.

    A picture that took the place of another is an error: readers of the two versions see different evidence. What was
    added or left out is a warning, because revisions add and leave out; another order is a note.
    """

    id: str = "PC301"
    severity: Severity = Severity.ERROR
    summary: str = "The versions show different pictures."
    help: str = (
        "Ask why readers of one version see another picture than readers of the other. Show the same pictures in both, "
        "or say in the later version what was exchanged, added or left out, and why."
    )

    def judge(self, comparison: Comparison, labels: Labels) -> Iterator[tuple[int | None, Finding]]:
        """Yield a finding for each pair that is not one picture at one place, and for each repetition."""
        for at, pair in enumerate(comparison.pairs):
            said = _said(pair, labels)
            if said:
                yield at, Finding(self.id, *said)
        for repeat in comparison.repeats:
            if not _is_matched(repeat, comparison):
                yield None, Finding(self.id, Severity.WARNING, _repeated(repeat, labels))


def _said(pair: Pair, labels: Labels) -> tuple[Severity, str] | None:
    a = named(pair.a, labels[0]) if pair.a else ""
    b = named(pair.b, labels[1]) if pair.b else ""
    match pair.kind:
        case PairKind.REPLACED:
            why = _WHY[pair.basis] if pair.basis else "instead"
            return Severity.ERROR, f"Where {a} stood, {b} shows another picture {why}."
        case PairKind.SAME_SCENE:
            return Severity.ERROR, f"{b} shows the same scene as {a}, but it is another picture."
        case PairKind.ONLY_A:
            return Severity.WARNING, f"{a} is missing from {' '.join(labels[1].split())}."
        case PairKind.ONLY_B:
            return Severity.WARNING, f"{b} is new: {' '.join(labels[0].split())} does not show it."
    return (Severity.NOTE, f"{b} stands at another place than {a}.") if pair.moved else None


def _is_matched(repeat: Repeat, comparison: Comparison) -> bool:
    """Whether the other version shows the picture as often: then it is no difference."""
    names = {image.name for image in repeat.images}
    mine, other = ("a", "b") if repeat.side is Side.A else ("b", "a")
    counterparts = [
        pair
        for pair in comparison.pairs
        if (image := getattr(pair, mine)) and image.name in names and getattr(pair, other) and pair.kind.is_same_picture
    ]
    return len(counterparts) == len(names)


def _repeated(repeat: Repeat, labels: Labels) -> str:
    label = labels[0] if repeat.side is Side.A else labels[1]
    first, *others = (" ".join(image.name.split()) for image in repeat.images)
    return f"{' '.join(label.split())} shows one picture {len(others) + 1} times: {first}, {', '.join(others)}."
