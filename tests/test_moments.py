"""Dates as precise as they were written, and what is certain about their order."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.moments import certainly_before, could_be_same, parse_moment, reads_before
from provcheck.records import Moment, Precision


def instants(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    return st.datetimes(first, last) | st.builds(datetime.replace, st.datetimes(first, last), tzinfo=zones)


INSTANTS = instants(datetime(1001, 1, 1), datetime(9997, 12, 31))  # noqa: DTZ001 (with and without zone)
DAYS = st.dates(date(1001, 1, 1), date(9997, 12, 31))
TEXTS = st.one_of(
    INSTANTS.map(datetime.isoformat),
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y}"),
)
MOMENTS = TEXTS.map(parse_moment)
NEAR_DAYS = st.dates(date(2016, 2, 25), date(2016, 3, 5)).map(date.isoformat)
NEAR_INSTANTS = instants(datetime(2016, 2, 25), datetime(2016, 3, 5))  # noqa: DTZ001 (with and without zone)
NEAR = st.one_of(NEAR_DAYS, NEAR_INSTANTS.map(datetime.isoformat), st.sampled_from(["2016-02", "2016-03", "2016"]))
NEAR_MOMENTS = NEAR.map(parse_moment)


@pytest.mark.parametrize(
    ("written", "text", "precision", "zoned"),
    [
        ("2016", "2016", "year", False),
        (2016, "2016", "year", False),
        (" 2016-02 ", "2016-02", "month", False),
        ("2016-02-29", "2016-02-29", "day", False),
        (date(2015, 3, 25), "2015-03-25", "day", False),
        ("2016-06-24 10:30", "2016-06-24T10:30", "instant", False),
        ("2016-06-24t10:30:05z", "2016-06-24T10:30:05Z", "instant", True),
        ("2016-06-24T10:30+0300", "2016-06-24T10:30+03:00", "instant", True),
        (datetime(2017, 11, 14, 7, tzinfo=UTC), "2017-11-14T07:00:00+00:00", "instant", True),
    ],
)
def test_a_date_keeps_its_precision_and_gets_one_spelling(
    written: object, text: str, precision: str, zoned: bool
) -> None:
    moment = parse_moment(written)
    assert (moment.text, moment.precision, moment.zoned) == (text, Precision(precision), zoned)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2016", "2016-01-01T00:00:00+00:00", "2017-01-01T00:00:00+00:00"),
        ("2016-02", "2016-02-01T00:00:00+00:00", "2016-03-01T00:00:00+00:00"),
        ("2016-12", "2016-12-01T00:00:00+00:00", "2017-01-01T00:00:00+00:00"),
        ("2016-02-29", "2016-02-29T00:00:00+00:00", "2016-03-01T00:00:00+00:00"),
        ("2016-06-24T10:30", "2016-06-24T10:30:00+00:00", "2016-06-24T10:31:00+00:00"),
        ("2016-06-24T01:30:05+03:00", "2016-06-23T22:30:05+00:00", "2016-06-23T22:30:06+00:00"),
        ("2016-06-24T10:30:05.25-00:30", "2016-06-24T11:00:05.250000+00:00", "2016-06-24T11:00:05.260000+00:00"),
        ("2016-06-24T10:30:05.1234567Z", "2016-06-24T10:30:05.123456+00:00", "2016-06-24T10:30:05.123457+00:00"),
    ],
)
def test_a_date_is_the_interval_that_its_text_leaves_open(written: str, start: str, end: str) -> None:
    moment = parse_moment(written)
    assert (moment.start.isoformat(), moment.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    "written",
    ["2015-02-30", "2016-13", "2016-06-24T24:00", "2016-06-24T10:61", "2016-06-24T10:30+15:00",
     "2016-06-24T10:30+03:75", "9999"],
)  # fmt: skip
def test_an_impossible_date_is_refused_with_what_was_found(written: str) -> None:
    with pytest.raises(ValueError, match=r"^“.*” is not a possible date: .+") as caught:
        parse_moment(written)
    assert f"“{written}”" in str(caught.value)


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "24.06.2016", "2016-6", "16-06-24", "0000", "0987-01-01", "2016-06-24T10", "20160624",
     "\uff12\uff10\uff11\uff16",
     "2016-06+03:00", True, None, 2016.5, time(10, 30), 12, -2016, ["2016"]],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_the_accepted_forms(written: object) -> None:
    with pytest.raises(ValueError, match="is not a date; write it as 2016, 2016-06, 2016-06-24 or 2016-06-24T10:30:00"):
        parse_moment(written)


@pytest.mark.parametrize(
    ("one", "other", "is_certain"),
    [
        ("2017-11-07", "2017-11-09", True),
        ("2017-11-08", "2017-11-09", False),
        ("2017-11-09", "2017-11-09", False),
        ("2017-11-09", "2017-11-07", False),
        ("2015", "2017-11-09", True),
        ("2017", "2017-11-09", False),
        ("2016-12", "2017-01", False),
        ("2016", "2017-01-01", False),
        ("2016", "2017-01-02", True),
        ("2017-11-08T10:00:00+03:00", "2017-11-08T10:00:01+03:00", True),
        ("2017-11-08T10:00+03:00", "2017-11-08T10:00:01+03:00", False),
        ("2017-11-08T12:00:00+00:00", "2017-11-09", False),
        ("2017-11-08T11:59:59+00:00", "2017-11-09", True),
    ],
)
def test_what_is_certainly_before(one: str, other: str, is_certain: bool) -> None:
    assert certainly_before(parse_moment(one), parse_moment(other)) is is_certain


def test_adjacent_days_read_as_different_but_could_be_the_same() -> None:
    eighth, ninth = parse_moment("2017-11-08"), parse_moment("2017-11-09")
    assert reads_before(eighth, ninth)
    assert could_be_same(eighth, ninth)
    assert not could_be_same(parse_moment("2017-11-07"), ninth)


@given(MOMENTS)
def test_a_moment_holds_its_own_start_and_is_not_before_itself(moment: Moment) -> None:
    parsed = parse_moment(moment.text)
    assert parsed == moment
    assert parsed.start < parsed.end
    assert not certainly_before(parsed, parsed)
    assert could_be_same(parsed, parsed)


@given(INSTANTS)
def test_a_written_instant_lies_in_its_moment(instant: datetime) -> None:
    moment = parse_moment(instant.isoformat())
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    assert moment.start <= aware < moment.end


@given(NEAR_MOMENTS, NEAR_MOMENTS, NEAR_MOMENTS)
def test_certainly_before_is_a_strict_order(one: Moment, other: Moment, third: Moment) -> None:
    a, b, c = (parse_moment(moment.text) for moment in (one, other, third))
    assert not (certainly_before(a, b) and certainly_before(b, a))
    assert certainly_before(a, c) or not (certainly_before(a, b) and certainly_before(b, c))
    assert could_be_same(a, b) is could_be_same(b, a)
    assert reads_before(a, b) or not certainly_before(a, b)


@given(NEAR_DAYS, NEAR_DAYS, st.integers(-12, 12), st.integers(-12, 12))
def test_certain_order_holds_in_every_pair_of_zones(one: str, other: str, hours: int, other_hours: int) -> None:
    """What is certain without zones stays true when zones within 12 hours of UTC are filled in."""
    if certainly_before(parse_moment(one), parse_moment(other)):
        end = datetime.fromisoformat(one).replace(tzinfo=timezone(timedelta(hours=hours))) + timedelta(days=1)
        start = datetime.fromisoformat(other).replace(tzinfo=timezone(timedelta(hours=other_hours)))
        assert end <= start
