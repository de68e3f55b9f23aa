import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from report_records import A_GAME, CROPPED, HOSTILE, TOO_EARLY, TRAILER, full_report, image, report_of, verdict_with
from rich.cells import cell_len

from provcheck.records import Outcome, Report, Verdict
from provcheck.report.phrases import without_links
from provcheck.report.text import write_text

SENTENCE = without_links(TOO_EARLY.message, [CROPPED])


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start from a terminal of 60 columns and no wishes about colour."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")


def written(report: Report, stream: io.StringIO | None = None, *, verbose: bool = False) -> str:
    stream = stream or io.StringIO()
    write_text([report], stream, verbose=verbose)
    return stream.getvalue()


def without_styles(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_text_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.txt", written(full_report()))


def test_verbose_text_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report-verbose.txt", written(full_report(), verbose=True))


def test_text_on_a_narrow_terminal_is_golden(
    assert_golden: Callable[[str, str], None],
) -> None:
    assert_golden("report-60-columns.txt", without_styles(written(full_report(), Terminal())))


def test_a_sentence_is_never_folded_in_a_pipe() -> None:
    assert SENTENCE in written(full_report())


def test_a_terminal_gets_colour() -> None:
    assert "\x1b[1;31mMISMATCHED" in written(full_report(), Terminal())


def test_no_color_leaves_no_colour_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    codes = set(re.findall(r"\x1b\[([\d;]*)m", written(full_report(), Terminal())))
    assert codes <= {"0", "1", "4"}  # bold and underlined are no colours


def test_force_color_gives_colour_in_a_pipe_and_folds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    text = written(full_report())
    assert "\x1b[1;31mMISMATCHED" in text
    assert SENTENCE in text


@pytest.mark.parametrize(
    "name",
    ["x" * 150 + ".jpg", "写真" * 40 + ".jpg", "תמונה" * 20 + ".jpg", "a b " * 50],
    ids=["ascii", "cjk", "rtl", "words"],
)
def test_nothing_but_an_address_is_wider_than_the_terminal(name: str) -> None:
    report = report_of(Verdict(image(name), Outcome.MISMATCHED, (CROPPED,), findings=(TOO_EARLY,)))
    lines = without_styles(written(report, Terminal())).splitlines()
    assert max(cell_len(line) for line in lines if "://" not in line) <= 60


def test_an_address_can_be_copied_from_a_narrow_terminal() -> None:
    url = "https://video.example/" + "long/" * 30
    source = replace(TRAILER, facts=replace(TRAILER.facts, url=url))
    report = report_of(Verdict(image("a.jpg"), Outcome.REUSED, (replace(CROPPED, source=source),)))
    assert url in written(report, Terminal())


def test_a_rule_speaks_once_a_source_unless_all_is_asked_for() -> None:
    again = replace(TOO_EARLY, message="It was captured before, too.")
    other = replace(TOO_EARLY, message="So was the other.", source_id="0" * 12)
    report = report_of(Verdict(image("a.jpg"), Outcome.MISMATCHED, (CROPPED,), findings=(TOO_EARLY, again, other)))
    assert re.findall(r"^  (The|It|So).*PC101", written(report), re.MULTILINE) == ["The", "So"]
    assert "It was captured before, too." in written(report, verbose=True)


def test_a_rule_speaks_once_a_claim() -> None:
    time = replace(TOO_EARLY, message="The time differs.", claim="captured: 2017")
    place = replace(time, message="The place differs.", claim="place: Rome")
    verdict = replace(verdict_with(Outcome.MISMATCHED), findings=(time, replace(time, message="Again."), place))
    text = written(report_of(verdict))
    assert ("The time differs." in text, "The place differs." in text, "Again." in text) == (True, True, False)


def test_a_usual_block_has_at_most_six_lines() -> None:
    report = report_of(Verdict(image("a.jpg"), Outcome.MISMATCHED, (CROPPED,), findings=(TOO_EARLY, A_GAME)))
    block = written(report).split("\n\n")[1]
    assert block.startswith("MISMATCHED    a.jpg\n")
    assert len(block.splitlines()) == 6


def test_flagged_images_come_first_and_unchecked_ones_last() -> None:
    found = re.findall(r"^([A-Z-]{6,}) ", written(full_report()), flags=re.MULTILINE)
    assert found == [
        "MISMATCHED",
        "MISMATCHED",
        "REUSED",
        "CREDITED",
        "NO-MATCH",
        "NO-MATCH",
        "INCONCLUSIVE",
        "SKIPPED",
        "SKIPPED",
        "SKIPPED",
    ]


def test_an_empty_corpus_is_said() -> None:
    text = written(report_of(verdict_with(Outcome.INCONCLUSIVE), sources=0))
    assert "The corpus known.corpus is empty" in text


def test_a_release_without_pictures_is_said() -> None:
    assert written(report_of()).endswith("\n0 images\n")


@pytest.mark.parametrize("verbose", [False, True])
def test_markup_in_a_name_is_shown_as_it_is(verbose: bool) -> None:
    assert r"evil\x1b[31m\x9b2J\n\u202egpj[red].jpg" in written(full_report(), verbose=verbose)
    assert HOSTILE not in written(full_report(), verbose=verbose)
