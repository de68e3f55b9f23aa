"""The contract of every reporter of comparisons, and the text and Markdown of one."""

import io
import unicodedata
from collections.abc import Callable

import pytest
from comparison_report import full_comparison, same_comparison
from markdown_it import MarkdownIt
from report_records import HOSTILE

from provcheck.report.comparison import COMPARISON_FORMATS
from provcheck.report.comparison.phrases import letter
from provcheck.versions import ComparisonReport

EVERY = pytest.mark.parametrize("name", COMPARISON_FORMATS)
GOLDEN = {"text": "comparison.txt", "json": "comparison.json", "markdown": "comparison.md"}


def rendered(name: str, report: ComparisonReport | None = None, *, verbose: bool = False) -> str:
    stream = io.StringIO()
    COMPARISON_FORMATS[name](report or full_comparison(), stream, verbose=verbose)
    return stream.getvalue()


@pytest.mark.parametrize("name", GOLDEN)
def test_a_comparison_is_golden(name: str, assert_golden: Callable[[str, str], None]) -> None:
    assert_golden(GOLDEN[name], rendered(name))


def test_the_verbose_text_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("comparison-verbose.txt", rendered("text", verbose=True))


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
def test_no_control_character_gets_out(name: str, verbose: bool) -> None:
    text = rendered(name, verbose=verbose).replace("\n", "")
    assert not [character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}]


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
def test_no_picture_is_ever_called_authentic(name: str, verbose: bool) -> None:
    assert "authentic" not in rendered(name, verbose=verbose).lower()


@EVERY
def test_every_rule_and_what_was_not_used_is_named(name: str) -> None:
    text = rendered(name)
    assert all(rule in text for rule in ("PC301", "PC302", "PC303"))
    assert all(file in text for file in ("film.mp4", "notes.txt", "empty.png"))


@EVERY
def test_the_corpus_is_spoken_of_only_when_there_is_one(name: str) -> None:
    assert "known.corpus" in rendered(name)
    assert "known.corpus" not in rendered(name, same_comparison())


def test_markup_in_names_and_captions_is_shown_as_it_is() -> None:
    text = rendered("text")
    assert r"evil\x1b[31m\x9b2J\n\u202egpj[red].jpg" in text
    assert HOSTILE not in text
    assert "“*A* | <b>convoy</b>”" in text


def test_names_and_captions_do_nothing_in_markdown() -> None:
    html = MarkdownIt("commonmark").enable("table").render(rendered("markdown", verbose=True))
    assert "<em>" not in html
    assert "<b>" not in html
    rows = [row.count("<td") for row in html.split("<tr>")[1:]]
    assert set(rows) == {0, 4}


def test_versions_without_a_difference_say_so() -> None:
    text = rendered("text", same_comparison())
    assert text.endswith("1 in A and 1 in B: 1 identical\n\nNo difference was found.\n")
    assert "IDENTICAL" not in text
    assert "IDENTICAL     bridge.jpg\n" in rendered("text", same_comparison(), verbose=True)


def test_the_weightiest_differences_come_first() -> None:
    text = rendered("text").split("From B to C")[0]
    places = [text.index(word) for word in ("EDITED", "ONLY IN A", "NOT COMPARED")]
    assert places == sorted(places)


def test_the_first_sentence_about_the_corpus_tells_what_became_of_known_frames() -> None:
    assert "first carried four known frames, second carries none of them, third [bold] carries one." in rendered("text")


def test_each_picture_has_its_history_where_there_are_more_than_two_versions() -> None:
    text = rendered("text")
    assert "HISTORY       gate.jpg: first in A, gone in B\n" in text
    assert "HISTORY       *added*.jpg: first in B, identical in C\n" in text
    assert "HISTORY" not in rendered("text", same_comparison())


def test_letters_run_out_after_26_versions() -> None:
    assert [letter(at) for at in (0, 25, 26)] == ["A", "Z", "27"]
