"""The pictures of a bundle matched with its known pictures once more, and judged by its claims and facts.

What cannot be done again is the search: the corpus is no part of a bundle. So for every match of the report the picture
is held against the one known picture in the bundle, as `provcheck explain` does, and the rules are asked anew with what
comes out. Of a video there is one frame: whether a still is this frame or one beside it is not decided again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np

from provcheck.errors import UnreadableMedia
from provcheck.fingerprints import ENOUGH_SIDE
from provcheck.judging import FILE_RULES, apply_waivers, judge, judge_file, judge_release, reweigh
from provcheck.judging.verdicts import conclude
from provcheck.matching.matcher import PICTURES_AN_IMAGE
from provcheck.matching.pair import match_pair
from provcheck.matching.through_previews import look_at_stored, match_through, stored_previews
from provcheck.matching.transforms import apply, corners
from provcheck.media import pictures
from provcheck.metadata import read_metadata
from provcheck.metadata.previews import Preview
from provcheck.records import Match, Medium, Outcome, Picture, PreviewLook, Relation, Report, Severity, Size, Verdict

SAME_PLACE: Final = 0.03
"""Of the longer side of the known picture: how far a corner of the picture may come to lie elsewhere.

Edited photographs of the development set (seed 23), searched for and then held against the known file: of 53 the
corners lay at most 0.017 apart (95 of 100: 0.007), of 50 held against the corpus's small picture at most 0.002. None
lost its match.
"""

LARGEST_SIDE: Final = 1_000_000
NO_PICTURE: Final = "its picture is not in the bundle; --images PATH says where it is"
FRAMES_TRIED: Final = 50
"""Of an animation; a report does not say which frame it was."""


class Again(StrEnum):
    """What came of matching one picture again."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_RUN = "not run"
    NOTHING_KNOWN = "nothing known"


@dataclass(frozen=True, slots=True)
class Repeated:
    """One picture of the report, matched again.

    Attributes
    ----------
    outcome : Outcome
        What comes out now; that of the report where nothing was run.
    remarks : tuple of str
        Why it is different, or was not run; and what else differs.
    """

    verdict: Verdict
    again: Again
    outcome: Outcome
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The file of a known picture, or why there is none; `small` when it is the corpus's and not the original."""

    path: Path | None
    reason: str = ""
    small: bool = False


Fetch = Callable[[Verdict], Path | None]
FetchKnown = Callable[[int, int], Known]
"""Number of the picture in the report, and of the match among its matches and leads."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """A match, found again, changed, or not run."""

    before: Match
    now: Match | None
    remark: str = ""
    ran: bool = True

    @property
    def is_lost(self) -> bool:
        """Whether a proof does not hold any more; a lead proves nothing, and losing it changes no outcome."""
        return self.ran and bool(self.remark) and self.before.relation.is_match


def repeat_report(
    report: Report, picture_of: Fetch, known_of: FetchKnown, *, show: Callable[[str], None] = lambda _: None
) -> list[Repeated]:
    """Match every picture of a report with its known pictures again, and judge the whole again.

    1. Hold each picture against each of its known pictures.
    2. Judge with the matches that came out and with what the picture's file says of itself, with the severities and
       waivers of the report. Content Credentials are those of the report: whom to trust is not in it.
    3. Compare.

    Parameters
    ----------
    picture_of, known_of : callable
        Give the files.
    show : callable
        Called with the name of each picture as it is taken up.
    """
    tried, alone = [], []
    for number, verdict in enumerate(report.verdicts):
        show(verdict.image.name)
        picture = picture_of(verdict)
        tried.append(_tried(verdict, picture, [known_of(number, at) for at in range(_count(verdict))]))
        alone.append(_judged_alone(verdict, tried[-1], picture))
    return [_compared(*each) for each in zip(report.verdicts, tried, _judged(report, alone), strict=True)]


def _count(verdict: Verdict) -> int:
    return len(verdict.matches) + len(verdict.leads)


def _tried(verdict: Verdict, picture: Path | None, known: Sequence[Known]) -> list[_Tried]:
    matches = (*verdict.matches, *verdict.leads)
    if picture is None:
        return [_Tried(match, match, NO_PICTURE, ran=False) for match in matches]
    try:
        looked = list(islice(pictures(picture, enough_side=ENOUGH_SIDE), PICTURES_AN_IMAGE)) if matches else []
    except UnreadableMedia as error:
        return [_Tried(match, match, error.message, ran=False) for match in matches]
    previews = stored_previews(picture) if any(match.through for match in matches) else []
    return [_held(match, looked, one, previews) for match, one in zip(matches, known, strict=True)]


def _held(match: Match, looked: Sequence[Picture], known: Known, previews: Sequence[Preview]) -> _Tried:
    if known.path is None:
        return _Tried(match, match, known.reason, ran=False)
    if not all(0 < side <= LARGEST_SIDE for side in match.source.size):
        return _Tried(match, match, "the size of the known picture is impossible", ran=False)
    try:
        found = list(_found(match, looked, known, previews))
    except UnreadableMedia as error:
        return _Tried(match, match, error.message, ran=False)
    best = min(found, key=lambda pair: (not pair[0].relation.is_match, pair[0].log10_false_alarms), default=None)
    now = _with_what_is_known(best[0], match) if best else None
    return _Tried(match, now, _difference(match, now, best[1] if best else (1, 1)))


def _found(
    match: Match, looked: Sequence[Picture], known: Known, previews: Sequence[Preview]
) -> Iterator[tuple[Match, Size]]:
    """Yield how each look at the picture belongs to the known one, with the size of the picture."""
    # Frames beside this one are not there, so the file is held against as a still picture.
    still = replace(match.source, medium=Medium.IMAGE)
    for frame in islice(pictures(known.path or Path(), enough_side=ENOUGH_SIDE), FRAMES_TRIED):
        reference = replace(frame, original=match.source.size) if known.small else frame
        if match.through:
            through = match_through(looked[0], previews, reference, still, name=match.through)
            yield from ((one, looked[0].size) for one in through)
            continue
        for picture in looked:
            found = match_pair(picture, reference, still)
            yield from ((one, picture.size) for one in (*found.matches, *found.leads))


def _with_what_is_known(found: Match, before: Match) -> Match:
    """Return a match with what a pair alone cannot tell: the source with its medium, the moment, the chances."""
    relation = found.relation
    if before.relation is Relation.SAME_FOOTAGE and relation is Relation.SAME_PICTURE:
        relation = before.relation
    return replace(
        found,
        source=before.source,
        relation=relation,
        frame_time_s=before.frame_time_s,
        time_range_s=before.time_range_s,
        log10_false_alarms=before.log10_false_alarms,
    )


def _difference(before: Match, now: Match | None, size: Size) -> str:
    name = before.source.facts.title or before.source.id
    if now is None:
        return f"{name}: was “{before.relation.value}”, and now nothing shows that they belong together"
    if before.relation.is_match != now.relation.is_match:
        return f"{name}: was “{before.relation.value}”, is now “{now.relation.value}”"
    if before.relation.is_match and before.mirrored != now.mirrored:
        return f"{name}: was {_turned(before)}, is now {_turned(now)}"
    if before.relation.is_match and not _same_place(before, now, size):
        return f"{name}: the picture lies elsewhere on it"
    return ""


def _turned(match: Match) -> str:
    return "mirrored" if match.mirrored else "not mirrored"


def _same_place(before: Match, now: Match, size: Size) -> bool:
    with np.errstate(all="ignore"):
        outlines = [apply(np.array(match.transform), corners(size)) for match in (before, now)]
        apart = np.abs(outlines[0] - outlines[1]).max() / max(before.source.size)
    return bool(apart <= SAME_PLACE)


def _judged_alone(verdict: Verdict, tried: Sequence[_Tried], picture: Path | None) -> Verdict:
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return verdict
    found = [one.now for one in tried if one.now]
    matches = tuple(match for match in found if match.relation.is_match)
    leads = tuple(match for match in found if not match.relation.is_match)
    judged = replace(judge(verdict.image, matches, leads), content_key=verdict.content_key)
    if picture is None:
        of_file = {rule.id for rule in FILE_RULES}
        return conclude(judged, [finding for finding in verdict.findings if finding.rule in of_file])
    image = replace(verdict.image, metadata=read_metadata(picture), previews=_previews_of(picture))
    return judge_file(replace(judged, image=image))


def _previews_of(picture: Path) -> tuple[PreviewLook, ...]:
    try:
        first = next(iter(pictures(picture, enough_side=ENOUGH_SIDE)))
    except UnreadableMedia:
        return ()
    return look_at_stored(first, picture)


def _judged(report: Report, alone: Iterable[Verdict]) -> tuple[Verdict, ...]:
    now = datetime.fromisoformat(report.created)
    return apply_waivers(reweigh(judge_release(alone), _severities(report.configuration)), report.waivers, now=now)


def _severities(configuration: Mapping[str, str]) -> dict[str, Severity]:
    known = {severity.value for severity in Severity}
    named = {name.removeprefix("severity."): value for name, value in configuration.items() if "severity." in name}
    return {rule: Severity(value) for rule, value in named.items() if value in known}


def _compared(before: Verdict, tried: Sequence[_Tried], now: Verdict) -> Repeated:
    remarks = tuple(dict.fromkeys(one.remark for one in tried if one.remark))
    if before.outcome is not now.outcome or before.waived != now.waived:
        return Repeated(before, Again.DIFFERENT, now.outcome, (*remarks, _other_outcome(before, now)))
    if any(one.is_lost for one in tried):
        return Repeated(before, Again.DIFFERENT, now.outcome, remarks)
    if not all(one.ran for one in tried):
        return Repeated(before, Again.NOT_RUN, before.outcome, remarks)
    others = (*remarks, *_other_edits(tried), *_other_findings(before, now))
    return Repeated(before, Again.SAME if tried else Again.NOTHING_KNOWN, now.outcome, others)


def _other_outcome(before: Verdict, now: Verdict) -> str:
    return f"the report says {before.outcome.value} ({_rules(before)}), now it is {now.outcome.value} ({_rules(now)})"


def _other_findings(before: Verdict, now: Verdict) -> Iterator[str]:
    if _rules(before) != _rules(now):
        yield f"findings were {_rules(before)}, and are now {_rules(now)}"


def _rules(verdict: Verdict) -> str:
    return ", ".join(sorted({finding.rule for finding in verdict.findings})) or "no rule"


def _other_edits(tried: Iterable[_Tried]) -> Iterator[str]:
    for one in tried:
        kinds = [sorted({edit.kind.value for edit in match.alterations}) for match in (one.before, one.now) if match]
        if len(kinds) == 2 and kinds[0] != kinds[1]:
            said = [", ".join(kind) or "unaltered" for kind in kinds]
            yield f"alterations were {said[0]}, and are now {said[1]}"
