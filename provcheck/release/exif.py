"""EXIF: what the camera wrote (CIPA DC-008, Exif 3.0). Fractions of seconds are left out; no claim is that fine."""

import re
from collections.abc import Mapping
from contextlib import suppress
from math import isfinite
from typing import Final

from provcheck.records import Claims, Moment, Place, Stated
from provcheck.release.fields import moment_or_none, stated_credit, stated_text

IMAGE_DESCRIPTION, ARTIST, COPYRIGHT = 0x010E, 0x013B, 0x8298
DATE_TIME_ORIGINAL, OFFSET_TIME_ORIGINAL = 0x9003, 0x9011
GPS_LATITUDE_REF, GPS_LATITUDE, GPS_LONGITUDE_REF, GPS_LONGITUDE = 1, 2, 3, 4

_DATE_TIME: Final = re.compile(r"(\d{4})[:-](\d{2})[:-](\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?", re.ASCII)
_OFFSET: Final = re.compile(r"[+-]\d{2}:\d{2}|Z", re.ASCII)


def exif_claims(tags: Mapping[int, object], gps: Mapping[int, object]) -> Claims:
    """Return what EXIF tags say; a value of the wrong kind says nothing."""
    captured = _moment(_text(tags.get(DATE_TIME_ORIGINAL)), _text(tags.get(OFFSET_TIME_ORIGINAL)))
    place = _place(gps)
    return Claims(
        captured=Stated(captured, "EXIF DateTimeOriginal") if captured else None,
        place=Stated(place, "EXIF GPS") if place else None,
        caption=stated_text("EXIF", "ImageDescription", _text(tags.get(IMAGE_DESCRIPTION))),
        credit=stated_credit("EXIF", {"Artist": _text(tags.get(ARTIST)), "Copyright": _text(tags.get(COPYRIGHT))}),
    )


def _moment(written: str, offset: str) -> Moment | None:
    parts = _DATE_TIME.match(written)
    if parts is None:
        return None
    year, month, day, clock = parts.groups()
    if clock is None:
        return moment_or_none(f"{year}-{month}-{day}")
    zone = offset if _OFFSET.fullmatch(offset) else ""
    return moment_or_none(f"{year}-{month}-{day}T{clock}{zone}")


def _place(gps: Mapping[int, object]) -> Place | None:
    latitude = _degrees(gps.get(GPS_LATITUDE), gps.get(GPS_LATITUDE_REF), largest=90.0)
    longitude = _degrees(gps.get(GPS_LONGITUDE), gps.get(GPS_LONGITUDE_REF), largest=180.0)
    if latitude is None or longitude is None or latitude == longitude == 0:  # 0, 0 is what no reception looks like
        return None
    return Place(latitude=latitude, longitude=longitude)


def _degrees(parts: object, reference: object, *, largest: float) -> float | None:
    """Turn degrees, minutes and seconds into signed degrees."""
    if not isinstance(parts, tuple) or not 1 <= len(parts) <= 3:
        return None
    try:
        size = sum((float(part) / float(60**power) for power, part in enumerate(parts)), start=0.0)
    except (TypeError, ValueError, ArithmeticError):
        return None
    if not isfinite(size) or not 0 <= size <= largest:
        return None
    return -size if _text(reference).upper() in ("S", "W") else size


def _text(value: object) -> str:
    """Return a text; Pillow gives bytes as Latin-1, while most software writes UTF-8."""
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return value.replace("\x00", "").strip()
