"""Whether a claimed place and a known place are the same, different, or cannot be told apart by what is written.

A wrong accusation costs more than a miss, so the answer is *different* only on strong ground: other countries, or
coordinates far apart. Two names in one country are undecided, because towns have old and new names, transliterations
and districts, and no list here knows them all.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from provcheck.countries import Likeness, are_neighbours_in_dispute, compare_countries
from provcheck.records import Place
from provcheck.wording import is_clearly_other_name, is_same_name

__all__ = ["PLACE_DISTANCE_KM", "Likeness", "PlaceComparison", "compare_places", "describe_place", "distance_km"]

PLACE_DISTANCE_KM: Final = 100.0
"""Distance, in kilometres, beyond which two pairs of coordinates are different places.

Not measured but reasoned: captions name the nearest known town, in open country easily 50 km off, and coordinates of a
large city or a district may be those of its centre; both sides may be off at once. Nearer places are left undecided.
"""

_EARTH_RADIUS_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """The likeness of two places, and a sentence that gives the reason."""

    likeness: Likeness
    reason: str


def compare_places(claimed: Place, known: Place, *, limit_km: float = PLACE_DISTANCE_KM) -> PlaceComparison:
    """Compare what is claimed with what is known.

    1. Other countries are different places.
    2. Coordinates farther apart than `limit_km` are different places.
    3. The same name (or one that holds the other as whole words), and coordinates within `limit_km` where a name is
       missing, are the same place. So is a place of which one side says no more than the country.
    4. In countries that claim the same land, names that are clearly other ones are different places.
    5. Everything else is undecided.
    """
    return (
        _by_country(claimed, known)
        or _by_distance(claimed, known, limit_km)
        or _by_agreement(claimed, known)
        or _by_disputed_land(claimed, known)
        or _undecided(claimed, known)
    )


def distance_km(one: Place, other: Place) -> float | None:
    """Return the great-circle distance (haversine, on a sphere) in kilometres; None when coordinates are missing."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    latitude, other_latitude = radians(one.latitude), radians(other.latitude)
    half_north = sin((other_latitude - latitude) / 2)
    half_east = sin(radians(other.longitude - one.longitude) / 2)
    chord = half_north**2 + cos(latitude) * cos(other_latitude) * half_east**2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def describe_place(place: Place) -> str:
    """Return a place in words: its name and country, else its coordinates."""
    names = ", ".join(part for part in (place.name, place.country) if part)
    if names or place.latitude is None or place.longitude is None:
        return names or "an unnamed place"
    north = f"{abs(place.latitude):.4f}° {'N' if place.latitude >= 0 else 'S'}"
    return f"{north}, {abs(place.longitude):.4f}° {'E' if place.longitude >= 0 else 'W'}"


def _by_country(claimed: Place, known: Place) -> PlaceComparison | None:
    if _country_likeness(claimed, known) is not Likeness.DIFFERENT:
        return None
    return PlaceComparison(Likeness.DIFFERENT, f"{claimed.country} and {known.country} are different countries.")


def _country_likeness(claimed: Place, known: Place) -> Likeness:
    if not claimed.country or not known.country:
        return Likeness.UNDECIDED
    return compare_countries(claimed.country, known.country)


def _by_distance(claimed: Place, known: Place, limit_km: float) -> PlaceComparison | None:
    apart = distance_km(claimed, known)
    if apart is None or apart <= limit_km:
        return None
    return PlaceComparison(Likeness.DIFFERENT, f"The two places are {apart:.0f} km apart.")


def _by_agreement(claimed: Place, known: Place) -> PlaceComparison | None:
    if claimed.name and known.name:
        is_same = is_same_name(claimed.name, known.name)
        return PlaceComparison(Likeness.SAME, "The names agree.") if is_same else None
    apart = distance_km(claimed, known)
    if apart is not None:
        return PlaceComparison(Likeness.SAME, f"The two places are {apart:.0f} km apart.")
    if _country_likeness(claimed, known) is Likeness.SAME:
        return PlaceComparison(Likeness.SAME, "The countries agree, and no more is written of one of the places.")
    return None


def _by_disputed_land(claimed: Place, known: Place) -> PlaceComparison | None:
    if not (claimed.country and known.country and are_neighbours_in_dispute(claimed.country, known.country)):
        return None
    if not (claimed.name and known.name and is_clearly_other_name(claimed.name, known.name)):
        return None
    reason = f"{claimed.country} and {known.country} are different countries, and the places have other names."
    return PlaceComparison(Likeness.DIFFERENT, reason)


def _undecided(claimed: Place, known: Place) -> PlaceComparison:
    apart = distance_km(claimed, known)
    if apart is not None:
        reason = f"The names differ, but the two places are only {apart:.0f} km apart."
    elif claimed.name and known.name:
        reason = "The names differ, but they may be two names of one place, and coordinates are missing."
    else:
        reason = "Too little is written of the places to compare them."
    return PlaceComparison(Likeness.UNDECIDED, reason)
