"""Facts from options, and facts as dictionaries."""

import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.errors import UsageError
from provcheck.facts import facts_from_dict, facts_from_options, facts_to_dict, merge_facts
from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Place

TEXTS = st.none() | st.text(min_size=1, max_size=8)
DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1))
MOMENTS = st.none() | st.one_of(
    DATES.map(lambda day: f"{day:%Y}"),
    DATES.map(lambda day: f"{day:%Y-%m}"),
    DATES.map(date.isoformat),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(lambda instant: f"{instant.isoformat()}+03:00"),  # noqa: DTZ001
).map(parse_moment)
PLACES = st.none() | st.builds(Place, TEXTS, TEXTS, st.floats(-90, 90), st.floats(-180, 180)) | st.builds(Place, TEXTS)
FACTS = st.builds(
    Facts, TEXTS, TEXTS, MOMENTS, MOMENTS, PLACES, st.none() | st.sampled_from(Kind), TEXTS, TEXTS, TEXTS, TEXTS
)


def test_every_option_becomes_its_fact() -> None:
    facts = facts_from_options(
        title=" T ",
        publisher="P",
        published="2015-03-25",
        captured="2014",
        place="Studio",
        country="Ostravia",
        lat="1.5",
        lon=-2.0,
        kind="ai-generated",
        url="https://example.org",
        archive_url="https://archive.example.org",
        rights="R",
        note="N",
    )
    assert facts == Facts(
        title="T",
        publisher="P",
        published=parse_moment("2015-03-25"),
        captured=parse_moment("2014"),
        place=Place("Studio", "Ostravia", 1.5, -2.0),
        kind=Kind.AI_GENERATED,
        url="https://example.org",
        archive_url="https://archive.example.org",
        rights="R",
        note="N",
    )


def test_missing_and_blank_options_say_nothing() -> None:
    assert facts_from_options() == Facts()
    assert facts_from_options(title=" ", captured="", lat="", place=" ") == Facts()
    assert facts_from_options(lat=0.0, lon=0.0).place == Place(latitude=0.0, longitude=0.0)


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("captured", "2016-13", "--captured: “2016-13” is not a possible date: month must be in 1..12"),
        ("published", "x", "--published: “x” is not a date; write it as 2016, "),
        ("kind", "gmae", "--kind: expected one of photo, "),
        ("lat", "north", "--lat: expected degrees from -90 to 90, found 'north'"),
        ("lon", "181", "--lon: expected degrees from -180 to 180, found '181'"),
        ("lat", "1", "--lat and --lon belong together, and one of them is missing"),
        ("url", "example.org", "--url: expected an address that begins with http:// or https://, found “example.org”"),
        ("archive_url", "ftp://x", "--archive-url: expected an address"),
    ],
)
def test_a_wrong_option_is_named(option: str, value: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        facts_from_options(**{option: value})
    assert caught.value.message.startswith(message)
    assert caught.value.remedy


def test_a_misspelt_kind_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match=r"found “gmae”; did you mean “game”\?$"):
        facts_from_options(kind="gmae")


@given(FACTS)
def test_facts_survive_json(facts: Facts) -> None:
    written = json.dumps(facts_to_dict(facts))
    assert facts_from_dict(json.loads(written)) == facts


@given(FACTS)
def test_what_is_not_known_is_not_written(facts: Facts) -> None:
    values = facts_to_dict(facts)
    assert None not in values.values()
    assert None not in values.get("place", {}).values()


def test_facts_as_a_dictionary() -> None:
    facts = Facts(title="T", published=parse_moment("2015-03"), place=Place("A", "B"), kind=Kind.CGI)
    expected = {"title": "T", "published": "2015-03", "place": {"name": "A", "country": "B"}, "kind": "cgi"}
    assert facts_to_dict(facts) == expected
    assert facts_to_dict(Facts()) == {}


@pytest.mark.parametrize("values", [{"published": "2015-13"}, {"kind": "x"}])
def test_values_that_are_no_facts_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not a"):
        facts_from_dict(values)


def test_a_key_that_is_no_fact_is_refused() -> None:
    with pytest.raises(TypeError, match="publishd"):
        facts_from_dict({"publishd": "2015"})


@given(FACTS, FACTS, FACTS)
def test_merging_can_be_done_in_steps(one: Facts, other: Facts, third: Facts) -> None:
    left = merge_facts(lower=one, higher=merge_facts(lower=other, higher=third))
    assert left == merge_facts(lower=merge_facts(lower=one, higher=other), higher=third)
    assert merge_facts(lower=one, higher=Facts()) == merge_facts(lower=Facts(), higher=one) == one
