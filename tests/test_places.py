"""Claimed places against known places: never different without strong ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.places import PLACE_DISTANCE_KM, Likeness, compare_places, describe_place, distance_km
from provcheck.records import Place

FALLUJAH = Place("Fallujah", "Iraq", 33.35, 43.78)
ABU_KAMAL = Place("Abu Kamal", "Syria", 34.45, 40.92)
PLACES = st.builds(
    Place,
    st.none() | st.sampled_from(["Fallujah", "Abu Kamal", "Donetsk"]),
    st.none() | st.sampled_from(["Iraq", "Syria", "Ukraine", "Россия", "Ostravia"]),
    st.floats(-90, 90),
    st.floats(-180, 180),
)


@pytest.mark.parametrize(
    ("claimed", "known", "likeness", "reason"),
    [
        (ABU_KAMAL, FALLUJAH, "different", "Syria and Iraq are different countries."),
        (
            Place("Abu Kamal", "Syria"),
            Place("Fallujah", "Iraq"),
            "different",
            "Syria and Iraq are different countries.",
        ),
        (
            Place("Tripoli", "Libya"),
            Place("Tripoli", "Lebanon"),
            "different",
            "Libya and Lebanon are different countries.",
        ),
        (
            Place("Ramadi", None, 33.42, 43.30),
            Place("Mosul", None, 36.34, 43.13),
            "different",
            "The two places are 325 km apart.",
        ),
        (Place("Fallujah", None, 36.34, 43.13), FALLUJAH, "different", "The two places are 338 km apart."),
        (Place("FALLŪJAH", "Irak"), FALLUJAH, "same", "The names agree."),
        (Place("near Fallujah, Iraq"), FALLUJAH, "same", "The names agree."),
        (Place(None, None, 33.3, 43.7), FALLUJAH, "same", "The two places are 9 km apart."),
        (Place(None, "Ирак"), FALLUJAH, "same", "The countries agree, and no more is written of one of the places."),
        (
            Place("Ramadi", "Iraq"),
            Place("Fallujah", "Iraq"),
            "undecided",
            "The names differ, but they may be two names of one place, and coordinates are missing.",
        ),
        (
            Place("Ramadi", "Iraq", 33.42, 43.30),
            FALLUJAH,
            "undecided",
            "The names differ, but the two places are only 45 km apart.",
        ),
        (Place("Fallujah"), Place(None, "Iraq"), "undecided", "Too little is written of the places to compare them."),
        (
            Place(None, None, 33.0, 43.0),
            Place("Fallujah", "Iraq"),
            "undecided",
            "Too little is written of the places to compare them.",
        ),
        (
            Place("Севастополь", "Россия"),
            Place("Sevastopol", "Ukraine"),
            "undecided",
            "The names differ, but they may be two names of one place, and coordinates are missing.",
        ),
        (Place("Sevastopol", "Russia"), Place("Sevastopol", "Ukraine"), "same", "The names agree."),
        (
            Place("Belgorod", "Russia"),
            Place("Mariupol", "Ukraine"),
            "different",
            "Russia and Ukraine are different countries, and the places have other names.",
        ),
    ],
)
def test_compare_places(claimed: Place, known: Place, likeness: str, reason: str) -> None:
    comparison = compare_places(claimed, known)
    assert (comparison.likeness.value, comparison.reason) == (likeness, reason)
    assert compare_places(known, claimed).likeness.value == likeness


def test_the_distance_limit_is_inclusive_and_can_be_set() -> None:
    one, other = Place(latitude=0.0, longitude=0.0), Place(latitude=0.0, longitude=1.0)
    apart = distance_km(one, other) or 0.0
    assert apart == pytest.approx(111.2, abs=0.1)
    assert compare_places(one, other, limit_km=apart).likeness is Likeness.SAME
    assert compare_places(one, other, limit_km=apart - 0.01).likeness is Likeness.DIFFERENT
    assert compare_places(one, other).likeness is Likeness.DIFFERENT
    assert apart > PLACE_DISTANCE_KM


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((52.2296756, 21.0122287), (52.406374, 16.9251681), 278.5),
        ((0.0, 179.9), (0.0, -179.9), 22.2),
        ((90.0, 0.0), (-90.0, 77.0), 20015.1),
        ((33.0, 44.0), (33.0, 44.0), 0.0),
    ],
)
def test_distance(one: tuple[float, float], other: tuple[float, float], kilometres: float) -> None:
    found = distance_km(Place(None, None, *one), Place(None, None, *other))
    assert found == pytest.approx(kilometres, abs=0.1)


def test_there_is_no_distance_without_coordinates() -> None:
    assert distance_km(FALLUJAH, Place("Fallujah")) is None


@given(PLACES, PLACES)
def test_comparing_does_not_depend_on_the_order(one: Place, other: Place) -> None:
    assert compare_places(one, other).likeness is compare_places(other, one).likeness


@given(PLACES)
def test_no_place_differs_from_itself(place: Place) -> None:
    assert compare_places(place, place).likeness is not Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (FALLUJAH, "Fallujah, Iraq"),
        (Place(country="Iraq"), "Iraq"),
        (Place(latitude=-33.35, longitude=43.78), "33.3500° S, 43.7800° E"),
        (Place(latitude=1.0, longitude=-2.0), "1.0000° N, 2.0000° W"),
        (Place(), "an unnamed place"),
    ],
)
def test_a_place_in_words(place: Place, words: str) -> None:
    assert describe_place(place) == words
