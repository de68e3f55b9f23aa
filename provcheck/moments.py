"""Dates exactly as precise as they were written, and when one is certainly before another.

A moment is the interval that its text leaves open: `2016-06` is the whole month, `2016-06-24T10:30` the whole minute.
Comparing such intervals, instead of filling missing parts with the first of January, is what keeps a rough date from
contradicting an exact one.

Without a zone nobody knows where on Earth the day began. Each end of such an interval is then uncertain by 12 hours,
the distance from UTC of most of the world's clocks: 7 November is certainly before 9 November, but not certainly before
8 November. (Between the extreme zones, UTC-11 and UTC+14, the doubt is one hour larger; it is left out so that a whole
day in between decides.)
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from provcheck.records import Moment, Precision

ZONE_DOUBT: Final = timedelta(hours=12)
"""How far each end of an interval without zone may be off."""

ACCEPTED: Final = "2016, 2016-06, 2016-06-24 or 2016-06-24T10:30:00+03:00"

_PATTERN: Final = re.compile(
    r"(?P<year>[1-9]\d{3})(-(?P<month>\d{2})(-(?P<day>\d{2})([Tt ](?P<clock>"
    r"(?P<hour>\d{2}):(?P<minute>\d{2})(:(?P<second>\d{2})(\.(?P<fraction>\d{1,6})\d*)?)?)"
    r"(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
_LAST_YEAR: Final = 9998  # the end of 9999, and half a day around it, is beyond what datetime can hold
_LARGEST_OFFSET: Final = timedelta(hours=14)


def parse_moment(value: object) -> Moment:
    """Read a date as text or as TOML gives it.

    Parameters
    ----------
    value : str, int, date or datetime
        A year, year and month, day, or instant with or without zone. An integer is a year.

    Returns
    -------
    Moment
        Its `text` gives the same moment when it is parsed again.

    Raises
    ------
    ValueError
        With a sentence that says what was found and what was expected.
    """
    text = _as_text(value)
    parts = _PATTERN.fullmatch(text)
    if parts is None:
        raise ValueError(f"“{text}” is not a date; write it as {ACCEPTED}")
    try:
        return _moment(parts)
    except ValueError as error:
        raise ValueError(f"“{text}” is not a possible date: {error}") from None


def certainly_before(one: Moment, other: Moment) -> bool:
    """Whether `one` was over before `other` began, wherever on Earth dates without a zone were written."""
    return one.end + _doubt(one) <= other.start - _doubt(other)


def could_be_same(one: Moment, other: Moment) -> bool:
    """Whether nothing certain keeps the two apart."""
    return not certainly_before(one, other) and not certainly_before(other, one)


def reads_before(one: Moment, other: Moment) -> bool:
    """Whether `one` is before `other` if dates without a zone were written in the same one."""
    return one.end <= other.start


def _doubt(moment: Moment) -> timedelta:
    return timedelta() if moment.zoned else ZONE_DOUBT


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:04d}"
    if isinstance(value, date):  # a datetime is a date, too
        return value.isoformat()
    raise ValueError(f"{value!r} is not a date; write it as {ACCEPTED}")


def _moment(parts: re.Match[str]) -> Moment:
    precision = _precision(parts)
    if int(parts["year"]) > _LAST_YEAR:
        raise ValueError(f"years up to {_LAST_YEAR} are understood")
    start = datetime(
        int(parts["year"]),
        int(parts["month"] or 1),
        int(parts["day"] or 1),
        int(parts["hour"] or 0),
        int(parts["minute"] or 0),
        int(parts["second"] or 0),
        int((parts["fraction"] or "").ljust(6, "0")),
        tzinfo=UTC,
    )
    start -= _offset(parts["zone"])
    return Moment(_normal_text(parts), precision, start, _end(start, precision, parts), zoned=parts["zone"] is not None)


def _precision(parts: re.Match[str]) -> Precision:
    if parts["clock"]:
        return Precision.INSTANT
    if parts["day"]:
        return Precision.DAY
    return Precision.MONTH if parts["month"] else Precision.YEAR


def _end(start: datetime, precision: Precision, parts: re.Match[str]) -> datetime:
    match precision:
        case Precision.YEAR:
            return start.replace(year=start.year + 1)
        case Precision.MONTH:
            return (start + timedelta(days=31)).replace(day=1)
        case Precision.DAY:
            return start + timedelta(days=1)
        case Precision.INSTANT:
            return start + _written_unit(parts)


def _written_unit(parts: re.Match[str]) -> timedelta:
    """Return what the last written digit of a clock time counts: a minute, a second or a fraction of one."""
    if parts["second"] is None:
        return timedelta(minutes=1)
    return timedelta(microseconds=10 ** (6 - len(parts["fraction"] or "")))


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    size = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or size > _LARGEST_OFFSET:
        raise ValueError(f"no time zone is at {zone}")
    return -size if zone[0] == "-" else size


def _normal_text(parts: re.Match[str]) -> str:
    day = "-".join(parts[name] for name in ("year", "month", "day") if parts[name])
    if not parts["clock"]:
        return day
    zone = (parts["zone"] or "").upper()
    if len(zone) == 5:  # +0300
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{day}T{parts['clock']}{zone}"
