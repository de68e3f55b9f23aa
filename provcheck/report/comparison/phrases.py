"""A comparison in plain English, for the reports that people read. Every phrase is safe to print (`visible`)."""

from collections.abc import Iterator
from pathlib import PurePath
from string import ascii_uppercase
from typing import Final

from provcheck.records import Box, Release
from provcheck.report.comparison.states import kind_counts, known_verdicts
from provcheck.report.phrases import counted, where_from
from provcheck.report.visible import visible
from provcheck.versions import Change, Comparison, ComparisonReport, Life, Pair, PairKind, Repeat, Side, WordChange

_NUMBERS: Final = (
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_KINDS: Final = {
    PairKind.SAME_SCENE: "same scene",
    PairKind.ONLY_A: "only in {a}",
    PairKind.ONLY_B: "only in {b}",
    PairKind.NOT_COMPARED: "not compared",
}


def letter(at: int) -> str:
    """Return what a report calls a version, by its place: `A`, `B`; from the 27th on its number."""
    return ascii_uppercase[at] if at < len(ascii_uppercase) else str(at + 1)


def version_line(report: ComparisonReport, at: int) -> str:
    """Name a version with what it says of itself and how many pictures it has."""
    release = report.versions[at]
    known = [release.path] if release.title or release.path != report.labels[at] else []
    known += [f"published {release.published.text}"] if release.published else []
    known += [f"language {release.language}"] if release.language else []
    title = f": “{release.title}”" if release.title else ""
    details = f" ({', '.join(known)})" if known else ""
    return visible(f"{report.labels[at]}{title}{details}, {counted(len(release.images), 'picture')}")


def kind_name(kind: PairKind, at: int) -> str:
    """Return a kind in words, `at` being the place of the step."""
    return _KINDS.get(kind, kind.value).format(a=letter(at), b=letter(at + 1))


def pair_name(pair: Pair) -> str:
    """Return the name of the picture, both names where they differ."""
    names = list(dict.fromkeys(image.name for image in (pair.a, pair.b) if image))
    return visible(" → ".join(names))


def pair_details(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a pair, each with the rule that says it (empty: none)."""
    rules = {finding.rule for finding in pair.findings}
    if pair.reason:
        image = pair.b or pair.a
        yield visible(pair.reason.removeprefix(f"{PurePath(image.name).name}: " if image else "")), ""
    if pair.kind in (PairKind.REPLACED, PairKind.SAME_SCENE):
        yield _another(pair), "PC301"
    for change in pair.changes:
        yield change_phrase(change), "PC302" if "PC302" in rules else ""
    if pair.moved:
        yield f"moved: {_ordinal(pair.a_at)} before, {_ordinal(pair.b_at)} now", "PC301"
    for word in pair.words if pair.kind.is_same_picture else ():
        yield word_phrase(word), "PC303"


def change_phrase(change: Change) -> str:
    """Return a change in words; the kind only where the detail does not tell it."""
    if change.kind in (PairKind.RE_ENCODED, PairKind.EDITED, PairKind.CROPPED, PairKind.STRETCHED):
        return visible(change.detail)
    return visible(f"{change.kind.value}: {change.detail}")


def change_boxes(change: Change) -> str:
    """Return where a change is, in pixels of either picture; empty when it is everywhere."""
    sides = (("before", change.a_boxes), ("now", change.b_boxes))
    return "; ".join(f"{name} {_box_list(boxes)}" for name, boxes in sides if boxes)


def word_phrase(word: WordChange) -> str:
    """Return what was said and what is said."""
    before, now = (f"“{value}”" if value is not None else "nothing" for value in (word.a, word.b))
    return visible(f"{word.claim}: {before} → {now}" + (f" ({word.state.value})" if word.a and word.b else ""))


def repeat_phrase(repeat: Repeat, at: int) -> str:
    """Say which pictures of a version are one."""
    where = letter(at if repeat.side is Side.A else at + 1)
    return visible(f"{where} shows one picture {len(repeat.images)} times: {', '.join(i.name for i in repeat.images)}")


def step_summary(step: Comparison, at: int) -> str:
    """Return the counts of a step in one line."""
    counts: dict[PairKind, int] = {}
    for pair in step.pairs:
        counts[pair.kind] = counts.get(pair.kind, 0) + 1
    kinds = [f"{counts[kind]} {kind_name(kind, at)}" for kind in reversed(PairKind) if kind in counts]
    moved = sum(pair.moved for pair in step.pairs)
    kinds += [f"{moved} moved"] if moved else []
    sides = " and ".join(
        f"{len(release.images)} in {letter(at + side)}" for side, release in enumerate((step.a, step.b))
    )
    return f"{sides}: {', '.join(kinds)}" if kinds else sides


def known_sentence(report: ComparisonReport) -> str:
    """Say how many known pictures each version carries, and how many of the first one's the later ones kept."""
    known = [known_verdicts(report, at) for at in range(len(report.checks))]
    sources = [{match.source.id for verdict in verdicts for match in verdict.matches} for verdicts in known]
    labels = [visible(label) for label in report.labels]
    if not any(known):
        return "No version carries a picture that the corpus knows."
    parts = [f"{labels[0]} carried {_number(len(known[0]))} known {'frame' if len(known[0]) == 1 else 'frames'}"]
    for at in range(1, len(known)):
        kept = sum(any(match.source.id in sources[at - 1] for match in verdict.matches) for verdict in known[at])
        parts.append(f"{labels[at]} carries {_carried(len(known[at - 1]), len(known[at]), kept)}")
    return ", ".join(parts) + "."


def known_lines(report: ComparisonReport) -> Iterator[tuple[str, str, str]]:
    """Yield (outcome, letter and name, what it is) of every known picture."""
    for at in range(len(report.checks)):
        for verdict in known_verdicts(report, at):
            match = next(match for match in verdict.matches if match.relation.is_match)
            yield verdict.outcome.value, f"{letter(at)} {visible(verdict.image.name)}", where_from(match)


def life_phrase(life: Life) -> str:
    """Return what became of a picture from version to version."""
    parts = [_state(life, at) for at in range(len(life.images))]
    return visible(next(image.name for image in life.images if image)) + ": " + ", ".join(filter(None, parts))


def changed_lives(report: ComparisonReport) -> list[Life]:
    """Return the lives in which anything happened."""
    return [life for life in report.lives if None in life.images or set(life.kinds) != {PairKind.IDENTICAL}]


def summary_line(report: ComparisonReport) -> str:
    """Return the counts of all steps in one line."""
    counts = [f"{count} {kind.value}" for kind, count in reversed(list(kind_counts(report).items()))]
    return f"{counted(len(report.versions), 'version')}: {', '.join(counts) or 'no pictures'}"


def skipped_lines(release: Release) -> list[tuple[str, str]]:
    """Return every file of a version that was not used, with the reason."""
    return [(visible(skipped.path), visible(skipped.reason)) for skipped in release.skipped]


def _another(pair: Pair) -> str:
    if pair.kind is PairKind.SAME_SCENE:
        return "another picture of what looks like the same scene; a person should look"
    return f"another picture; {pair.basis.value if pair.basis else 'instead'}"


def _ordinal(place: int | None) -> str:
    return f"picture {(place or 0) + 1}"


def _box_list(boxes: tuple[Box, ...]) -> str:
    return ", ".join(f"({left}, {top})-({right}, {bottom})" for left, top, right, bottom in boxes)


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _carried(before: int, now: int, kept: int) -> str:
    if not before:
        return f"{_number(now)}" if now else "none"
    own = now - kept
    if not kept:
        return f"none of them, but {_number(own)} other{'' if own == 1 else 's'}" if own else "none of them"
    return f"{_number(kept)} of them" + (f" and {_number(own)} other{'' if own == 1 else 's'}" if own else "")


def _state(life: Life, at: int) -> str:
    image = life.images[at]
    if image is None:
        shown_before = any(life.images[:at])
        return f"gone in {letter(at)}" if shown_before and life.images[at - 1] else ""
    if at == 0 or life.images[at - 1] is None:
        again = any(life.images[:at])
        return f"{'back' if again else 'first'} in {letter(at)}"
    kind = life.kinds[at - 1]
    renamed = f" as {image.name}" if image.name != (life.images[at - 1] or image).name else ""
    return visible(f"{kind.value if kind else 'unknown'} in {letter(at)}{renamed}")
