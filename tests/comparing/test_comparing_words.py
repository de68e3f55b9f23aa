"""Claims are compared as values, texts without regard to blanks and forms of Unicode."""

import pytest
from comparing_records import claims, image

from provcheck.comparing.words import compare_words, find_moved_captions, plain
from provcheck.records import Kind, Label, Place
from provcheck.versions import WordState

DALMIR = Place("Dalmir", "Orvania")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A  column\nleaves", "A column leaves"),
        ("caf\u00e9", "cafe\u0301"),
        ("9\u00a0November", "9 November"),
        (" at dawn ", "at dawn"),
        ("\uff26\uff35\uff2c\uff2c", "FULL"),
    ],
    ids=["blanks", "accents", "non-breaking", "ends", "width"],
)
def test_forms_of_one_text_are_equal(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert compare_words(claims(caption=one), claims(caption=other)) == ()


def test_another_wording_shows_both_on_one_line() -> None:
    (change,) = compare_words(claims(caption="A\ncolumn"), claims(caption="A convoy", origin="IPTC Caption"))
    assert (change.claim, change.state, change.a, change.b) == ("caption", WordState.REWORDED, "A column", "A convoy")
    assert (change.a_origin, change.b_origin) == ("release.toml, line 3", "IPTC Caption")


def test_case_is_a_change_of_a_text() -> None:
    assert compare_words(claims(credit="AFP"), claims(credit="afp"))


@pytest.mark.parametrize(
    ("a", "b", "state"),
    [
        ("2017-11-09", "2017-11-09", None),
        ("2017-11-09", "2017-11-10", WordState.CONTRADICTED),
        ("2017-11", "2017-11-09", WordState.REFINED),
        ("2017-11-09", "2017", WordState.REFINED),
        ("2017-11-09T10:00:00+03:00", "2017-11-09T07:00:00Z", None),
        ("2017-11-09T10:00:00+03:00", "2017-11-09T10:00:00Z", WordState.CONTRADICTED),
        ("2017-11-09", "2017-11-10T01:00:00+03:00", WordState.REFINED),
        ("2017-11-09", "2017-11-10T03:00:00+03:00", WordState.UNDECIDED),
        ("2017-11-09", "2017-11-12T03:00:00+03:00", WordState.CONTRADICTED),
    ],
)
def test_dates_are_compared_as_moments(a: str, b: str, state: WordState | None) -> None:
    changes = compare_words(claims(captured=a), claims(captured=b))
    assert [change.state for change in changes] == ([state] if state else [])


@pytest.mark.parametrize(
    ("place", "state"),
    [
        (DALMIR, None),
        (Place("DALMIR ", "Orvania"), WordState.REFINED),
        (Place("Dalmir", "Orvania", 10.0, 20.0), WordState.REFINED),
        (Place("Dalmir", "Tamuria"), WordState.CONTRADICTED),
        (Place("Halden", "Orvania"), WordState.UNDECIDED),
    ],
)
def test_places_are_compared_as_places(place: Place, state: WordState | None) -> None:
    changes = compare_words(claims(place=DALMIR), claims(place=place))
    assert [change.state for change in changes] == ([state] if state else [])


def test_coordinates_that_were_added_are_shown() -> None:
    (change,) = compare_words(claims(place=DALMIR), claims(place=Place("Dalmir", "Orvania", 10.0, 20.0)))
    assert (change.a, change.b) == ("Dalmir, Orvania", "Dalmir, Orvania, 10.0000, 20.0000")


def test_kinds_and_labels_of_a_closed_list_contradict_each_other() -> None:
    changes = compare_words(claims(kind=Kind.VIDEO, label=Label.FILE), claims(kind=Kind.PHOTO, label=Label.FILE))
    assert [(change.claim, change.state) for change in changes] == [("kind", WordState.CONTRADICTED)]


def test_what_only_one_says_was_added_or_removed() -> None:
    added = compare_words(claims(), claims(label=Label.FILE))
    removed = compare_words(claims(caption="Dawn"), claims())
    assert [(change.state, change.a, change.b) for change in (*added, *removed)] == [
        (WordState.ADDED, None, "file"),
        (WordState.REMOVED, "Dawn", None),
    ]


def test_an_empty_caption_says_nothing() -> None:
    assert compare_words(claims(caption="  "), claims()) == ()


def test_a_caption_under_another_picture_moved() -> None:
    a = [image("1.jpg", caption="Dawn"), image("2.jpg", caption="Dusk")]
    b = [image("1.jpg", caption="Dusk"), image("2.jpg", caption="Noon")]
    (moved,) = find_moved_captions(a, b, {(0, 0), (1, 1)})
    assert (moved.caption, moved.a, moved.b) == ("Dusk", a[1], b[0])


@pytest.mark.parametrize(
    "a",
    [[image("1.jpg", caption="Dawn"), image("2.jpg", caption="Dawn")], [image("1.jpg", caption=" ")]],
    ids=["twice", "empty"],
)
def test_a_caption_that_does_not_name_one_picture_does_not_move(a: list) -> None:  # type: ignore[type-arg]
    assert not list(find_moved_captions(a, [image("9.jpg", caption=a[0].claims.caption.value)], set()))
