"""Facts files and sidecars: strict, and merged by the stated precedence."""

from pathlib import Path

import pytest

from provcheck.errors import FactsError
from provcheck.facts import find_sidecar, known_facts, load_facts, load_sidecar
from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Place, Skipped

FULL = """
[[source]]
path = "gunship-trailer.mp4"
title = "Gunship trailer"
publisher = "Nimbus Games"
published = 2015-03-25
captured = "2014"
kind = "game"
url = "https://example.org/trailer"
archive_url = "http://archive.example.org/1"
rights = "all reserved"
note = "contains a notice"
[source.place]
name = "Studio"
country = "Ostravia"
latitude = 1
longitude = -2.5
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_of_a_source_is_read(tmp_path: Path) -> None:
    facts = load_facts(write(tmp_path / "facts.toml", FULL))
    assert facts.for_path(tmp_path / "gunship-trailer.mp4") == Facts(
        title="Gunship trailer",
        publisher="Nimbus Games",
        published=parse_moment("2015-03-25"),
        captured=parse_moment("2014"),
        place=Place("Studio", "Ostravia", 1.0, -2.5),
        kind=Kind.GAME,
        url="https://example.org/trailer",
        archive_url="http://archive.example.org/1",
        rights="all reserved",
        note="contains a notice",
    )


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2016", "2016"),
        ('"2016-06"', "2016-06"),
        ("2016-06-24", "2016-06-24"),
        ("2016-06-24 10:30:00", "2016-06-24T10:30:00"),
        ("2016-06-24T10:30:00+03:00", "2016-06-24T10:30:00+03:00"),
    ],
)
def test_dates_keep_their_precision(tmp_path: Path, written: str, text: str) -> None:
    facts = load_sidecar(write(tmp_path / "a.toml", f"captured = {written}\n"))
    assert facts.captured == parse_moment(text)


def test_a_place_may_be_a_text_and_is_then_a_name(tmp_path: Path) -> None:
    assert load_sidecar(write(tmp_path / "a.toml", 'place = "Fallujah, Iraq"\n')).place == Place("Fallujah, Iraq")
    assert load_sidecar(write(tmp_path / "b.toml", "place = ''\ntitle = ' '\n")) == Facts()
    assert load_sidecar(write(tmp_path / "c.toml", "[place]\n")) == Facts()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("captured = '2016-13'", 1, "captured: “2016-13” is not a possible date: month must be in 1..12"),
        ("captured = 10:30:00", 1, "captured: datetime.time(10, 30) is not a date; write it as 2016, 2016-06"),
        ("\nkind = 'gmae'", 2, "kind: expected one of photo, video, game, "),
        ("title = 3", 1, "title: expected a text in quotes, found 3"),
        ("url = 'javascript:alert(1)'", 1, "url: expected an address that begins with http:// or https://, found "),
        ("[place]\nname = 'x'\nlatitude = 91\nlongitude = 0", 3, "latitude: expected degrees from -90 to 90, found 91"),
        ("[place]\nlatitude = nan\nlongitude = 0", 2, "latitude: expected degrees from -90 to 90, found nan"),
        ("[place]\nlatitude = true\nlongitude = 0", 2, "latitude: expected degrees from -90 to 90, found True"),
        ("\n[place]\nlatitude = 1", 2, "one coordinate alone is no place; give latitude and longitude"),
        ("[place]\nname = 'x'\nlon = 1", 3, "unknown key “lon”; did you mean “longitude”?"),
        ("place = 3", 1, "place: expected a text in quotes, found 3"),
        ("titel = 'x'", 1, "unknown key “titel”; did you mean “title”?"),
        ("path = 'x'", 1, "unknown key “path”"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path / "clip.toml", text)
    with pytest.raises(FactsError) as caught:
        load_sidecar(path)
    assert caught.value.message.startswith(f"{path}, line {line}: {message}")


def test_a_mistake_in_a_later_source_names_its_line(tmp_path: Path) -> None:
    path = write(tmp_path / "facts.toml", "[[source]]\npath = 'a'\n\n[[source]]\npath = 'b'\npublishd = 2015\n")
    with pytest.raises(FactsError, match=r"facts\.toml, line 6: unknown key “publishd”; did you mean “published”\?"):
        load_facts(path)
    with pytest.raises(FactsError, match=r"line 1: unknown key “sources”; did you mean “source”\?"):
        load_facts(write(tmp_path / "facts.toml", "[[sources]]\npath = 'a'\n"))
    with pytest.raises(FactsError, match=r"line 1: the entry has neither path nor glob"):
        load_facts(write(tmp_path / "facts.toml", "[[source]]\ntitle = 'a'\n"))


def test_a_path_is_stronger_than_a_glob_and_a_later_entry_than_an_earlier(tmp_path: Path) -> None:
    text = """
[[source]]
path = "a.jpg"
title = "One"
[[source]]
glob = "**/*.jpg"
title = "All"
publisher = "P"
rights = "R"
[[source]]
glob = "a.*"
rights = "S"
"""
    facts = load_facts(write(tmp_path / "facts.toml", text))
    assert facts.for_path(tmp_path / "a.jpg") == Facts(title="One", publisher="P", rights="S")
    assert facts.for_path(tmp_path / "sub" / "b.jpg") == Facts(title="All", publisher="P", rights="R")
    assert facts.for_path(tmp_path / "b.png") is None


def test_entries_that_mean_no_file_are_listed(tmp_path: Path) -> None:
    text = "[[source]]\npath = 'a.jpg'\n[[source]]\npath = 'b.jgp'\n[[source]]\nglob = '*.mp4'\n"
    facts = load_facts(write(tmp_path / "facts.toml", text))
    assert facts.unmatched([tmp_path / "a.jpg", tmp_path / "b.jpg"]) == (
        Skipped("b.jgp", "named in facts.toml, line 4, but no such photo or video was found"),
        Skipped("*.mp4", "named in facts.toml, line 6, but no such photo or video was found"),
    )


def test_a_sidecar_has_the_full_name_or_the_stem(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    assert find_sidecar(clip) is None
    stem = write(tmp_path / "clip.toml", "")
    assert find_sidecar(clip) == stem
    full = write(tmp_path / "clip.mp4.toml", "")
    assert find_sidecar(clip) == full


def test_facts_and_release_files_are_no_sidecars(tmp_path: Path) -> None:
    write(tmp_path / "facts.toml", "")
    write(tmp_path / "release.toml", "")
    assert find_sidecar(tmp_path / "facts.mp4") is None
    assert find_sidecar(tmp_path / "release.jpg") is None


def test_the_stronger_place_to_write_facts_wins_key_by_key() -> None:
    merged = known_facts(
        folder_file=Facts(title="1", publisher="1", rights="1", note="1", place=Place("A", "B", 1.0, 2.0)),
        given_file=Facts(title="2", publisher="2", rights="2"),
        sidecar=Facts(title="3", publisher="3"),
        options=Facts(title="4", place=Place(name="C")),
    )
    assert merged == Facts(title="4", publisher="3", rights="2", note="1", place=Place(name="C"))
    assert known_facts() == Facts()
