"""What is known and what is claimed of the time of a picture, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.records import Facts, Match, Moment, Release, Verdict


@dataclass(frozen=True, slots=True)
class Dated:
    """A point of the timeline.

    Attributes
    ----------
    what : str
        `the release says it was captured`.
    claimed : bool
        Whether the release says it, else it is known.
    """

    when: str
    what: str
    claimed: bool


def timeline(verdict: Verdict, match: Match, release: Release) -> tuple[Dated, ...]:
    """Return all dates about a picture and its source, earliest first; empty when there are none to compare."""
    dated = [*_known(match.source.facts), *_claimed(verdict, release)]
    if len({one.claimed for _, one in dated}) < 2:
        return ()
    return tuple(one for _, one in sorted(dated, key=lambda pair: (pair[0].start, pair[0].end)))


def _known(facts: Facts) -> Iterator[tuple[Moment, Dated]]:
    if facts.captured:
        yield facts.captured, Dated(facts.captured.text, "known: captured", claimed=False)
    if facts.published:
        yield facts.published, Dated(facts.published.text, "known: published", claimed=False)


def _claimed(verdict: Verdict, release: Release) -> Iterator[tuple[Moment, Dated]]:
    captured = verdict.image.claims.captured
    if captured:
        yield captured.value, Dated(captured.value.text, "claimed: captured", claimed=True)
    if release.published:
        yield release.published, Dated(release.published.text, "this release was published", claimed=True)
