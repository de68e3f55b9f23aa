"""Which country a name stands for, in many languages, and whether two names stand for different ones.

A Russian release says Сирия, the corpus says Syria: comparing text would report a contradiction that is none. So names
are looked up in the Unicode CLDR's lists of countries in every language that package `country-list` has, and in the
ISO 3166-1 codes and official names of package `iso3166`. A name may stand for several countries (homonyms between
languages): two names differ only when they share none.

Whether a territory belongs to a state is not for this program to say. Dependent territories count as their state, and
pairs of countries that both claim some land are never found different by the country alone.
"""

from enum import StrEnum
from functools import cache
from typing import Final

from provcheck.wording import is_clearly_other_name, is_same_name, plain_words


class Likeness(StrEnum):
    """What comparing two descriptions gives."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


_ALSO_CALLED: Final[dict[str, str]] = {
    "UK": "GB", "Great Britain": "GB", "Britain": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB",
    "Northern Ireland": "GB", "U.S.": "US", "America": "US", "UAE": "AE", "Emirates": "AE", "Turkey": "TR",
    "Czech Republic": "CZ", "Ivory Coast": "CI", "Burma": "MM", "Holland": "NL", "Swaziland": "SZ",
    "Macedonia": "MK", "Cape Verde": "CV", "East Timor": "TL", "Vatican": "VA", "DRC": "CD", "DR Congo": "CD",
    "Democratic Republic of Congo": "CD", "Republic of Korea": "KR", "DPRK": "KP", "PRC": "CN", "Palestine": "PS",
    "Gaza": "PS", "Gaza Strip": "PS", "West Bank": "PS", "Bosnia": "BA", "Kosovo": "XK", "Taiwan": "TW",
    "Russia": "RU", "РФ": "RU", "США": "US", "Сирийская Арабская Республика": "SY",
}  # fmt: skip

_STATES: Final[dict[str, str]] = {
    territory: state
    for state, territories in {
        "AU": "CC CX HM NF", "CN": "HK MO", "DK": "FO GL", "FI": "AX",
        "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
        "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
        "NL": "AW BQ CW SX", "NO": "BV SJ", "NZ": "CK NU TK", "US": "AS GU MP PR UM VI",
    }.items()
    for territory in territories.split()
}  # fmt: skip

_CONTESTED_PAIRS: Final = "AM-AZ CN-IN CN-TW CY-TR EH-MA GE-RU IL-LB IL-PS IL-SY IN-PK JP-RU RS-XK RU-UA SD-SS"
_CONTESTED: Final = frozenset(frozenset(pair.split("-")) for pair in _CONTESTED_PAIRS.split())


def compare_countries(one: str, other: str) -> Likeness:
    """Compare two names of countries, in any language, or ISO 3166-1 codes.

    A name that is in no list is the same as another with the same plain words, and undecided against a listed one (it
    may be a historical or local name for it). Two unlisted names differ only when they cannot be two spellings of one.
    """
    codes, others = country_codes(one), country_codes(other)
    if codes and others:
        return _compare_codes(codes, others)
    if is_same_name(one, other):
        return Likeness.SAME
    is_other = not codes and not others and is_clearly_other_name(one, other)
    return Likeness.DIFFERENT if is_other else Likeness.UNDECIDED


def are_neighbours_in_dispute(one: str, other: str) -> bool:
    """Whether both names are of countries that claim some of the same land."""
    return _are_contested(country_codes(one), country_codes(other))


def country_codes(name: str) -> frozenset[str]:
    """Return the ISO 3166-1 two-letter codes of the countries that a name stands for; empty when it is in no list."""
    return _codes_by_name().get(plain_words(name), frozenset())


def _compare_codes(codes: frozenset[str], others: frozenset[str]) -> Likeness:
    if codes & others:
        return Likeness.SAME
    return Likeness.UNDECIDED if _are_contested(codes, others) else Likeness.DIFFERENT


def _are_contested(codes: frozenset[str], others: frozenset[str]) -> bool:
    return any(frozenset((code, other)) in _CONTESTED for code in codes for other in others)


@cache
def _codes_by_name() -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for name, code in _listed_names():
        words = plain_words(name)
        found[words] = found.get(words, frozenset()) | {_STATES.get(code, code)}
    return found


def _listed_names() -> list[tuple[str, str]]:
    # Imported here: most runs compare no countries, and the lists take a moment to read.
    import country_list  # noqa: PLC0415
    import iso3166  # noqa: PLC0415

    languages = [language for language in country_list.available_languages() if "_" not in language]
    listed = [(name, code) for language in languages for code, name in country_list.countries_for_language(language)]
    official = [
        (name, country.alpha2)
        for country in iso3166.countries
        for name in (country.alpha2, country.alpha3, country.name, country.apolitical_name, _uninverted(country.name))
    ]
    return [*listed, *official, *_ALSO_CALLED.items()]


def _uninverted(name: str) -> str:
    """Turn `Iran, Islamic Republic of` into `Islamic Republic of Iran`."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma else name
