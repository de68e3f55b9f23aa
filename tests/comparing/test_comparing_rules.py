"""What each rule says of two versions, and how much it weighs."""

from collections.abc import Iterable

import pytest
from comparing_records import comparison, image, pair

from provcheck.comparing import COMPARISON_RULES
from provcheck.judging import RULES
from provcheck.records import Finding, Place, Severity
from provcheck.versions import (
    Basis,
    Change,
    Comparison,
    MovedCaption,
    Pair,
    PairKind,
    Repeat,
    Side,
    WordChange,
    WordState,
)

A, B = image("old.jpg"), image("new.jpg")


def judged(rule: str, one: Comparison) -> list[tuple[int | None, Finding]]:
    return list(COMPARISON_RULES[rule].judge(one, ("first", "second")))


def weights(rule: str, *pairs: Pair) -> list[Severity]:
    return [finding.severity for _, finding in judged(rule, comparison(*pairs))]


def changed(kind: PairKind) -> Pair:
    return pair(kind, A, B, Change(kind, "so and so"))


def said(state: WordState, claim: str = "captured", origin: str = "release.toml, line 3") -> Pair:
    change = WordChange(claim, state, "old", "new", origin, origin)
    return pair(PairKind.CROPPED, A, B, words=(change,))


def test_ids_are_those_of_the_rules_and_of_no_other() -> None:
    assert {rule_id: rule.id for rule_id, rule in COMPARISON_RULES.items()} == {
        rule_id: rule_id for rule_id in ("PC301", "PC302", "PC303")
    }
    assert not COMPARISON_RULES.keys() & RULES.keys()


@pytest.mark.parametrize("rule", COMPARISON_RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_explains_itself_in_sentences(rule: object) -> None:
    assert rule.summary.endswith(".")  # type: ignore[attr-defined]
    assert rule.help.endswith(".")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "severity"),
    [
        (pair(PairKind.REPLACED, A, B, basis=Basis.NAME), Severity.ERROR),
        (pair(PairKind.SAME_SCENE, A, B), Severity.ERROR),
        (pair(PairKind.ONLY_A, A, None), Severity.WARNING),
        (pair(PairKind.ONLY_B, None, B), Severity.WARNING),
        (pair(PairKind.CROPPED, A, B, moved=True), Severity.NOTE),
    ],
    ids=["replaced", "same scene", "only in A", "only in B", "moved"],
)
def test_other_pictures_are_found(one: Pair, severity: Severity) -> None:
    assert weights("PC301", one) == [severity]


@pytest.mark.parametrize("kind", [kind for kind in PairKind if kind.is_same_picture])
def test_one_picture_is_no_other_picture(kind: PairKind) -> None:
    assert weights("PC301", changed(kind)) == []


@pytest.mark.parametrize("kind", [kind for kind in PairKind if kind.is_same_picture and kind is not PairKind.IDENTICAL])
def test_an_edit_weighs_by_what_it_may_hide(kind: PairKind) -> None:
    heavy = {PairKind.EDITED: Severity.ERROR, PairKind.RE_ENCODED: Severity.NOTE}
    assert weights("PC302", changed(kind)) == [heavy.get(kind, Severity.WARNING)]


def test_equal_bytes_are_no_edit() -> None:
    assert weights("PC302", pair(PairKind.IDENTICAL, A, B)) == []


def test_a_finding_names_both_pictures_and_the_edit() -> None:
    ((at, finding),) = judged("PC302", comparison(changed(PairKind.MIRRORED)))
    assert at == 0
    assert finding.message == "new.jpg of second is old.jpg of first, but mirrored (so and so)."


@pytest.mark.parametrize(
    ("one", "severity"),
    [
        (said(WordState.CONTRADICTED), Severity.ERROR),
        (said(WordState.UNDECIDED, "place"), Severity.WARNING),
        (said(WordState.REFINED), Severity.NOTE),
        (said(WordState.REWORDED, "caption"), Severity.WARNING),
        (said(WordState.REMOVED), Severity.WARNING),
        (said(WordState.REMOVED, origin="EXIF DateTimeOriginal"), Severity.NOTE),
    ],
)
def test_words_weigh_by_whether_both_can_be_true(one: Pair, severity: Severity) -> None:
    assert weights("PC303", one) == [severity]


@pytest.mark.parametrize(
    ("languages", "severity"),
    [
        (("ru", "en"), Severity.NOTE),
        (("en-GB", "en_US"), Severity.WARNING),
        (("ru", None), Severity.WARNING),
    ],
)
def test_a_translated_caption_is_a_note(languages: tuple[str, str | None], severity: Severity) -> None:
    one = comparison(said(WordState.REWORDED, "caption"), a_language=languages[0], b_language=languages[1])
    assert [finding.severity for _, finding in judged("PC303", one)] == [severity]


def test_a_translation_does_not_excuse_another_date() -> None:
    one = comparison(said(WordState.CONTRADICTED), a_language="ru", b_language="en")
    assert [finding.severity for _, finding in judged("PC303", one)] == [Severity.ERROR]


def test_words_under_another_picture_are_no_finding_of_their_own() -> None:
    change = WordChange("caption", WordState.REWORDED, "old", "new")
    assert weights("PC303", pair(PairKind.REPLACED, A, B, words=(change,))) == []


def test_a_caption_that_moved_is_an_error_of_the_whole() -> None:
    one = comparison(pair(PairKind.IDENTICAL, A, B), moved_captions=(MovedCaption("Dawn", A, image("third.jpg")),))
    ((at, finding),) = judged("PC303", one)
    assert (at, finding.severity) == (None, Severity.ERROR)
    assert "“Dawn” stood under old.jpg of first; now it stands under another picture, third.jpg" in finding.message


def repeated(pairs: Iterable[Pair], side: Side, *names: str) -> list[Severity]:
    repeat = Repeat(side, tuple(image(name) for name in names))
    return [finding.severity for at, finding in judged("PC301", comparison(*pairs, repeats=(repeat,))) if at is None]


def test_a_picture_that_only_one_version_shows_twice_is_a_warning() -> None:
    pairs = [pair(PairKind.IDENTICAL, A, image("1.jpg")), pair(PairKind.ONLY_B, None, image("2.jpg"))]
    assert repeated(pairs, Side.B, "1.jpg", "2.jpg") == [Severity.WARNING]


def test_a_picture_that_both_versions_show_twice_is_no_difference() -> None:
    pairs = [pair(PairKind.IDENTICAL, image(name), image(name)) for name in ("1.jpg", "2.jpg")]
    assert repeated(pairs, Side.A, "1.jpg", "2.jpg") == []


def test_places_are_compared_by_where_they_are() -> None:
    """The same place under two names of two languages is no contradiction."""
    from provcheck.comparing.words import compare_words  # noqa: PLC0415

    one, other = image("1", place=Place("Далмир", "Орвания")), image("1", place=Place("Dalmir", "Orvania"))
    (change,) = compare_words(one.claims, other.claims)
    assert change.state is WordState.UNDECIDED
