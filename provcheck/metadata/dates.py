"""Dates as EXIF, IPTC and XMP write them, to moments exactly as precise as they were written.

Zones count where they are written: `OffsetTimeOriginal` and its kin in EXIF, the sign after an IPTC time, that of ISO
8601 in XMP. The time that a satellite receiver gives is UTC by its definition.
"""

import re
from typing import Final

from provcheck.moments import parse_moment
from provcheck.records import Moment

_EXIF: Final = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?(?:\.(\d{1,6}))?", re.ASCII)
_EXIF_ZONE: Final = re.compile(r"[+-]\d{2}:\d{2}|Z", re.ASCII)
_MIDNIGHT: Final = re.compile(r"T00:00(:00(\.0+)?)?([Zz]|[+-]\d{2}:?\d{2})?$")


def moment_or_none(text: str) -> Moment | None:
    """Return a date; None where it is none, as with placeholders.

    Midnight to the second is what software writes when it knows only the day, so it is read as the day.
    """
    try:
        return parse_moment(_MIDNIGHT.sub("", text.strip()))
    except ValueError:
        return None


def is_blank(text: str) -> bool:
    """Whether a date was left open, as cameras do: zeros, blanks and separators."""
    return not text.strip("0 :-+TZ\t\r\n\x00")


def exif_moment(written: str, offset: str = "", fraction: str = "") -> Moment | None:
    """Read `YYYY:MM:DD HH:MM:SS`, with the zone and the fraction of a second that stand in tags of their own.

    A zone that there is nowhere, such as `+99:99`, is left out: the date beside it is no worse for that.
    """
    parts = _EXIF.match(written.strip())
    if parts is None:
        return None
    year, month, day, clock, within = parts.groups()
    if clock is None:
        return moment_or_none(f"{year}-{month}-{day}")
    digits = (within or fraction).strip()
    decimals = f".{digits[:6]}" if digits.isascii() and digits.isdigit() and clock.count(":") == 2 else ""
    zone = offset.strip() if _EXIF_ZONE.fullmatch(offset.strip()) else ""
    local = f"{year}-{month}-{day}T{clock}{decimals}"
    return moment_or_none(f"{local}{zone}") or moment_or_none(local)


def iptc_moment(date: str, time: str) -> Moment | None:
    """Read CCYYMMDD, in which 00 is an unknown month or day, and HHMMSS±HHMM."""
    parts = [part for part in (date[:4], date[4:6], date[6:8]) if part.strip("0")]
    day = "-".join(parts)
    if len(date) != 8 or len(parts) < 3 or not time:
        return moment_or_none(day) if len(date) == 8 else None
    clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:]}"
    return moment_or_none(f"{day}T{clock}") or moment_or_none(day)


def satellite_moment(date: str, time: object) -> Moment | None:
    """Read GPSDateStamp and GPSTimeStamp, three numbers; without the time the day, which is one of UTC too."""
    parts = _EXIF.match(date.strip())
    if parts is None:
        return None
    day = "-".join(parts.group(1, 2, 3))
    try:
        hour, minute, second = (int(float(part)) for part in time)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ArithmeticError):
        return moment_or_none(day)
    return moment_or_none(f"{day}T{hour:02}:{minute:02}:{second:02}Z") or moment_or_none(day)
