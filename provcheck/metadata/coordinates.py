"""Latitude and longitude as EXIF and XMP write them, to a place (WGS 84)."""

import re
from math import isfinite
from typing import Final

from provcheck.records import Place

_XMP: Final = re.compile(r"(\d{1,3})(?:,(\d{1,2}(?:\.\d+)?))?(?:,(\d{1,2}(?:\.\d+)?))?([NSEWnsew])", re.ASCII)
LARGEST_LATITUDE: Final = 90.0
LARGEST_LONGITUDE: Final = 180.0


def place_at(latitude: float | None, longitude: float | None) -> Place | None:
    """Return a place; None where a part is missing, and for 0, 0, which is what no reception looks like."""
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None
    return Place(latitude=latitude, longitude=longitude)


def exif_degrees(parts: object, reference: str, *, largest: float) -> float | None:
    """Turn degrees, minutes and seconds into signed degrees; None for what is impossible."""
    if not isinstance(parts, tuple) or not 1 <= len(parts) <= 3:
        return None
    try:
        size = sum((float(part) / float(60**power) for power, part in enumerate(parts)), start=0.0)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return _signed(size, reference, largest)


def xmp_degrees(written: str, *, largest: float) -> float | None:
    """Turn `33,21.5N` or `33,21,30N` into signed degrees; None for what is impossible."""
    parts = _XMP.fullmatch(written.strip())
    if parts is None:
        return None
    degrees, minutes, seconds, reference = parts.groups()
    return _signed(float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600, reference, largest)


def _signed(size: float, reference: str, largest: float) -> float | None:
    if not isfinite(size) or not 0 <= size <= largest:
        return None
    return -size if reference.strip().upper() in ("S", "W") else size
