"""What is known and what is claimed of the time of a picture, in the order of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from provcheck.records import Facts, Match, Moment, Release, Verdict

_INSTANT: Final = re.compile(r"(.+)[Tt ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")


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


def spoken(moment: Moment) -> str:
    """Return a date as it was written, an instant as people write one.

    Examples
    --------
    >>> spoken(parse_moment("2017-11-14T10:00:00+03:00")), spoken(parse_moment("2016-06"))
    ('2017-11-14, 10:00 (UTC+03:00)', '2016-06')
    """
    instant = _INSTANT.fullmatch(moment.text)
    if not instant:
        return moment.text
    day, clock, zone = instant.groups()
    return f"{day}, {clock}" + (f" (UTC{zone.lstrip('Z')})" if zone else "")


def _known(facts: Facts) -> Iterator[tuple[Moment, Dated]]:
    if facts.captured:
        yield facts.captured, Dated(spoken(facts.captured), "known: captured", claimed=False)
    if facts.published:
        yield facts.published, Dated(spoken(facts.published), "known: published", claimed=False)


def _claimed(verdict: Verdict, release: Release) -> Iterator[tuple[Moment, Dated]]:
    captured = verdict.image.claims.captured
    if captured:
        yield captured.value, Dated(spoken(captured.value), "claimed: captured", claimed=True)
    if release.published:
        yield release.published, Dated(spoken(release.published), "this release was published", claimed=True)
