"""PC303: something else is said of an unchanged picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from provcheck.comparing.rule import Labels, named
from provcheck.comparing.words import TEXTS
from provcheck.records import Finding, Release, Severity
from provcheck.versions import Comparison, Pair, WordChange, WordState

_WEIGHTS: Final[Mapping[WordState, Severity]] = MappingProxyType(
    {WordState.CONTRADICTED: Severity.ERROR, WordState.REFINED: Severity.NOTE}
)
_INSIDE_THE_FILE: Final = ("IPTC", "XMP", "EXIF")


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """Reports captions, credits and claims that changed under a picture, and captions that moved to another one.

    Claims are compared as values: two dates, places, kinds or labels that cannot both be true are an error. Another
    wording is a warning. It is a note where the versions state different languages, as are a more exact date and a
    claim that only stood inside the file.
    """

    id: str = "PC303"
    severity: Severity = Severity.WARNING
    summary: str = "Claims or the caption changed under the same picture, or a caption moved to another one."
    help: str = (
        "Find out which version is right, correct the other, and say so. A translation may word a caption otherwise, "
        "but it cannot change when, where or of what a picture was taken."
    )

    def judge(self, comparison: Comparison, labels: Labels) -> Iterator[tuple[int | None, Finding]]:
        """Yield one finding for each claim that changed, and for each caption that moved."""
        translated = are_translations(comparison.a, comparison.b)
        for at, pair in enumerate(comparison.pairs):
            for change in pair.words if pair.kind.is_same_picture else ():
                yield at, self._finding(pair, change, labels, translated=translated)
        for moved in comparison.moved_captions:
            message = (
                f"The caption “{moved.caption}” stood under {named(moved.a, labels[0])}; now it stands under another "
                f"picture, {named(moved.b, labels[1])}."
            )
            yield None, Finding(self.id, Severity.ERROR, message)

    def _finding(self, pair: Pair, change: WordChange, labels: Labels, *, translated: bool) -> Finding:
        name = named(pair.b, labels[1]) if pair.b else ""
        message = f"{change.claim.capitalize()} of {name}: {_in_words(change)}."
        return Finding(
            self.id,
            _weight(change, translated=translated),
            message,
            _value(change.a, change.a_origin),
            _value(change.b, change.b_origin),
        )


def are_translations(a: Release, b: Release) -> bool:
    """Whether both versions state a language, and not the same (`en` and `en-GB` are the same)."""
    languages = [release.language.replace("_", "-").split("-")[0].casefold() for release in (a, b) if release.language]
    return len(set(languages)) == 2


def _weight(change: WordChange, *, translated: bool) -> Severity:
    if change.state in _WEIGHTS:
        return _WEIGHTS[change.state]
    if translated and (change.claim in TEXTS or change.state is WordState.UNDECIDED):
        return Severity.NOTE
    origin = change.a_origin or change.b_origin or ""
    one_sided = change.state in (WordState.ADDED, WordState.REMOVED)
    return Severity.NOTE if one_sided and origin.startswith(_INSIDE_THE_FILE) else Severity.WARNING


def _in_words(change: WordChange) -> str:
    match change.state:
        case WordState.ADDED:
            return f"nothing was said before, now it is “{change.b}”"
        case WordState.REMOVED:
            return f"it was “{change.a}”, now nothing is said"
        case WordState.REFINED:
            return f"“{change.a}” became “{change.b}”, which can both be true"
        case WordState.UNDECIDED:
            return f"“{change.a}” became “{change.b}”; whether this is the same cannot be decided"
    return f"“{change.a}” became “{change.b}”"


def _value(text: str | None, origin: str | None) -> str | None:
    return f"{text} ({origin})" if text is not None and origin else text
