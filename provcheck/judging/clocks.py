"""What the dates inside a file are worth: clocks that were never set, zones that were never chosen.

Cameras and programs write times without being asked, and many of them are wrong. What is wrong in a known way is left
out here, so that no rule accuses anybody because of it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from provcheck.moments import could_be_same, parse_moment
from provcheck.records import Moment, Precision

CLOCK_SLACK: Final = timedelta(hours=2)
"""How far a clock with a zone may be off and still be called right: summer time that was forgotten, and some drift."""

SATELLITE_WEEKS: Final = timedelta(weeks=1024)
"""Old receivers count weeks in ten bits, and tell a time so much too early when their count began anew (2019-04-07)."""

_EPOCHS: Final = frozenset({1904, 1970, 1980})
"""Years in which the counts of QuickTime, Unix and FAT begin."""

_DAY: Final = timedelta(days=1)


def is_unset(moment: Moment) -> bool:
    """Whether a clock shows what it shows before it is set: the first of January of a year, or a time in an epoch.

    A battery that was out for a day takes most cameras back to the first of January of the year they were made in. That
    pictures of New Year's Day lose their evidence by this costs less than to accuse every camera without a battery.
    """
    first = (moment.start.month, moment.start.day) == (1, 1)
    return moment.start.year in _EPOCHS or (first and moment.precision in (Precision.DAY, Precision.INSTANT))


def is_rolled_over(recorded: Moment, claimed: Moment) -> bool:
    """Whether a satellite receiver counted its weeks anew, and would otherwise agree with the claim to a day or so."""
    start, end = recorded.start + SATELLITE_WEEKS - _DAY, recorded.end + SATELLITE_WEEKS + _DAY
    return could_be_same(replace(recorded, start=start, end=end), claimed)


def with_slack(moment: Moment) -> Moment:
    """Return a recorded time as uncertain as a clock is that somebody has set."""
    if moment.precision is not Precision.INSTANT:
        return moment
    return replace(moment, start=moment.start - CLOCK_SLACK, end=moment.end + CLOCK_SLACK)


def without_zone(moment: Moment) -> Moment:
    """Return what was written before the zone.

    Programs fill in a zone that nobody chose: 13:37 of one place is then 13:37 of another in IPTC and in XMP.
    """
    day, _, clock = moment.text.partition("T")
    plain = clock.rstrip("Zz").partition("+")[0].partition("-")[0]
    return parse_moment(f"{day}T{plain}") if plain else moment
