"""Markdown, read by a CommonMark reader that others wrote, with GitHub's tables."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from markdown_it import MarkdownIt
from markdown_it.token import Token
from report_records import CROPPED, UNLABELLED, full_report, image, report_of

from provcheck.records import Outcome, Report, Verdict, Waiver
from provcheck.report import markdown
from provcheck.report.inert import inert, link
from provcheck.report.markdown import write_markdown
from provcheck.report.visible import visible

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"text", "softbreak", "hardbreak", "text_special"}
ZERO_WIDTH = "\u200b"


def written(*reports: Report, verbose: bool = False) -> str:
    stream = io.StringIO()
    write_markdown(reports, stream, verbose=verbose)
    return stream.getvalue()


def inline(text: str) -> list[Token]:
    return [child for token in READER.parse(text) for child in token.children or ()]


def test_markdown_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.md", written(full_report()))


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
@pytest.mark.parametrize("frame", ["{}", "- {}", "| {} | |\n|---|---|\n", "# {}", "[{}](<https://a.example>)"])
def test_inert_text_is_shown_as_it_is_written(hostile: str, frame: str) -> None:
    tokens = inline(frame.format(inert(hostile)))
    assert {token.type for token in tokens} <= PLAIN | {"link_open", "link_close"}
    shown = "".join(token.content for token in tokens if token.type in PLAIN).replace(ZERO_WIDTH, "")
    assert shown.strip() == visible(hostile).strip()


@pytest.mark.parametrize(
    "hostile",
    ["@team", "#12", "GH-1", "a :smile: b", "1. one", "http://a.example", "HTTPS://a.example", "www.a.example"],
)
def test_what_github_links_by_itself_is_parted(hostile: str) -> None:
    shown = "".join(token.content for token in inline(inert(hostile)))
    assert shown.replace(ZERO_WIDTH, "") == hostile
    assert ZERO_WIDTH in shown


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_a_report_has_no_more_than_its_own_marks(hostile: str) -> None:
    text = written(hostile_report(hostile), verbose=True)
    blocks = READER.parse(text)
    assert {token.type for token in inline(text)} <= PLAIN | {
        "link_open",
        "link_close",
        "strong_open",
        "strong_close",
        "html_inline",
    }
    assert {token.content for token in inline(text) if token.type == "html_inline"} <= {"<br>"}
    addresses = [str(token.attrGet("href")) for token in inline(text) if token.type == "link_open"]
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    assert sum(token.type == "th_open" for token in blocks) == 4
    assert sum(token.type == "td_open" for token in blocks) == 4 * 4
    assert not {"html_block", "fence", "code_block", "heading_close_h1"} & {token.type for token in blocks}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", None, "//evil.example"])
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert link("text", address) == "text"


def test_a_link_cannot_be_left() -> None:
    [opened] = [t for t in inline(link("a", "https://a.example/>)\n[b](https://b.example)|")) if t.type == "link_open"]
    assert str(opened.attrGet("href")).startswith("https://a.example/%3E%29")


def test_waivers_are_named() -> None:
    waived = replace(UNLABELLED, waiver=Waiver("sha256:" + "9" * 64, "PC104", "agreed", origin="a.toml"))
    assert "(waived: agreed (a.toml))" in written(
        report_of(Verdict(image("a.jpg"), Outcome.REUSED, findings=(waived,)))
    )


def test_what_fails_is_bold() -> None:
    text = written(
        report_of(Verdict(image("a.jpg"), Outcome.REUSED, (CROPPED,)), Verdict(image("b"), Outcome.CREDITED))
    )
    assert "| **reused** | a.jpg |" in text
    assert "| credited | b |" in text


def test_a_summary_is_never_larger_than_github_takes() -> None:
    many = [Verdict(image(f"{'x' * 900}{number}.jpg"), Outcome.NO_MATCH) for number in range(1100)]
    text = written(report_of(*many))
    assert len(text.encode()) < 1_048_576
    assert markdown.MOST_BYTES < 1_048_576
    assert "more rows in the other formats of this report." in text
