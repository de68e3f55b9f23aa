"""Names of countries, in many languages."""

import pytest

from provcheck.countries import Likeness, compare_countries, country_codes


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Syria", "SY"),
        ("SYRIA", "SY"),
        ("Сирия", "SY"),
        ("سوريا", "SY"),
        ("Syrian Arab Republic", "SY"),
        ("SYR", "SY"),
        ("sy", "SY"),
        ("Ирак", "IQ"),
        ("Irak", "IQ"),
        ("U.S.A.", "US"),
        ("Islamic Republic of Iran", "IR"),
        ("Iran, Islamic Republic of", "IR"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("England", "GB"),
        ("Puerto Rico", "US"),
    ],
)
def test_a_country_is_known_by_its_names_and_codes(name: str, code: str) -> None:
    assert country_codes(name) == {code}


def test_an_unlisted_name_has_no_code() -> None:
    assert country_codes("Ostravia") == frozenset()
    assert country_codes("") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Syria", "Сирия", Likeness.SAME),
        ("Syria", "Iraq", Likeness.DIFFERENT),
        ("Ирак", "Syrie", Likeness.DIFFERENT),
        ("Niger", "Nigeria", Likeness.DIFFERENT),
        ("Guinea", "Equatorial Guinea", Likeness.DIFFERENT),
        ("Hong Kong", "China", Likeness.SAME),
        ("Taiwan", "China", Likeness.UNDECIDED),
        ("Россия", "Ukraine", Likeness.UNDECIDED),
        ("Gaza Strip", "Israel", Likeness.UNDECIDED),
        ("Ostravia", "ostravia", Likeness.SAME),
        ("Ostravia", "Republic of Ostravia", Likeness.SAME),
        ("Ostravia", "Kerduun", Likeness.DIFFERENT),
        ("USSR", "Soviet Union", Likeness.UNDECIDED),
        ("Soviet Union", "Ukraine", Likeness.UNDECIDED),
        ("Ostravia", "Iraq", Likeness.UNDECIDED),
    ],
)
def test_countries_differ_only_when_that_is_certain(one: str, other: str, likeness: Likeness) -> None:
    assert compare_countries(one, other) is likeness
    assert compare_countries(other, one) is likeness
