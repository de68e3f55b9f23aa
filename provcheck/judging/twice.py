"""PC106: one picture stands twice in a release, each time for another event."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from provcheck.judging.phrases import claim_text, one_line
from provcheck.moments import could_be_same, reads_before
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import Claims, Finding, Match, Moment, Outcome, Severity, Verdict

SAME_TIME_S: Final = 0.5
"""Frames of one video at most this many seconds apart are the same picture: a scene hardly moves in half a second."""


@dataclass(frozen=True, slots=True)
class TwiceUnderDifferentClaims:
    """Compares the images of a release in pairs.

    Two images are the same picture when their bytes are equal, or when both match one source at the same time. An
    image that could not be checked is left out: empty files are equal, too. Places that cannot be told apart give a
    note.
    """

    id: str = "PC106"
    severity: Severity = Severity.ERROR
    summary: str = "The same picture stands twice in the release under different claims."
    help: str = "At most one of the claims can be true. Find out which, and remove or correct the other."

    def judge(self, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, Finding]]:
        """Yield findings, each with the position of the verdict that it belongs to; both of a pair get theirs."""
        for (one_at, one), (other_at, other) in combinations(enumerate(verdicts), 2):
            if _is_same_picture(one, other):
                yield from ((one_at, finding) for finding in self._compare(one, other))
                yield from ((other_at, finding) for finding in self._compare(other, one))

    def _compare(self, one: Verdict, other: Verdict) -> Iterator[Finding]:
        for difference in _differences(one.image.claims, other.image.claims):
            message = (
                f"The release shows the same picture twice under different claims: here {difference.here}, but in "
                f"{one_line(other.image.name)} {difference.there}."
            )
            yield Finding(self.id, difference.severity, message, None, difference.here)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What is said here and there, and how much it weighs."""

    severity: Severity
    here: str
    there: str


def _is_same_picture(one: Verdict, other: Verdict) -> bool:
    if Outcome.INCONCLUSIVE in (one.outcome, other.outcome):
        return False
    if one.image.sha256 == other.image.sha256:
        return True
    return any(_is_same_frame(match, known) for match in one.matches for known in other.matches)


def _is_same_frame(one: Match, other: Match) -> bool:
    if one.source.id != other.source.id or not (one.relation.is_match and other.relation.is_match):
        return False
    if one.frame_time_s is None or other.frame_time_s is None:
        return one.frame_time_s is other.frame_time_s
    return abs(one.frame_time_s - other.frame_time_s) <= SAME_TIME_S


def _differences(here: Claims, there: Claims) -> Iterator[_Difference]:
    if here.captured and there.captured and _dates_differ(here.captured.value, there.captured.value):
        yield _Difference(
            Severity.ERROR,
            claim_text("captured", here.captured.value.text, here.captured),
            claim_text("captured", there.captured.value.text, there.captured),
        )
    if here.place and there.place:
        likeness = compare_places(here.place.value, there.place.value).likeness
        if likeness is not Likeness.SAME:
            yield _Difference(
                Severity.ERROR if likeness is Likeness.DIFFERENT else Severity.NOTE,
                claim_text("place", describe_place(here.place.value), here.place),
                claim_text("place", describe_place(there.place.value), there.place),
            )


def _dates_differ(one: Moment, other: Moment) -> bool:
    """Whether two dates of one release differ: one author has one zone, so adjacent days are different days."""
    if one.zoned == other.zoned:
        return reads_before(one, other) or reads_before(other, one)
    return not could_be_same(one, other)
