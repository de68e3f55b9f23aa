"""The HTML page as a text: what is on it, what is not, and what it may do. `test_report_html_browser` looks at it."""

import base64
import hashlib
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from known_scenes import Known
from PIL import Image
from rendered_scenes import crop, save, scene
from report_records import CROPPED, TRAILER, full_report, report_of, verdict_with

from provcheck import pipeline
from provcheck.moments import parse_moment
from provcheck.records import Facts, OtherShot, Outcome, Relation, Report, Verdict
from provcheck.release import read_release
from provcheck.report.html import write_html
from provcheck.report.html.album import Album, Placed
from provcheck.report.html.dates import spoken
from provcheck.report.html.links import at_time, linked, web_address
from provcheck.report.html.page import render_page
from provcheck.report.html.words import verdict_sentences
from provcheck.report.redaction import redacted

TRAILER_AT_AN_ADDRESS = replace(TRAILER, facts=Facts(url="https://a.example/?x=1&y=2"))


@pytest.fixture(scope="module")
def checked(known: Known, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A report on a crop of a known scene and a scene that is not known, with files that are there."""
    folder = tmp_path_factory.mktemp("release")
    save(folder / "cropped.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(folder / "unknown.png", scene(77))
    return pipeline.check(read_release(folder), known.corpus)


def text_of(page: str) -> str:
    """Return what a reader sees: no tags, no style, no script, no pictures."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", body)))


def addresses(page: str) -> Iterator[str]:
    for match in re.finditer(r"\s(?:href|src|action|formaction|poster|data|srcset)=[\"']([^\"']*)", page):
        yield html.unescape(match[1])


def test_the_page_names_every_outcome_and_reason() -> None:
    said = text_of(render_page([full_report()]))
    for part in ("column.jpg", "mismatched", "reused", "credited", "no-match", "inconclusive", "too little detail"):
        assert part in said
    assert "one accidental match this good in 10^23 searches" in said
    assert "did not search the web" in said


def test_both_pictures_of_a_match_and_the_laid_one_are_in_the_page(checked: Report) -> None:
    page = render_page([checked])
    drawn = re.findall(r'<image[^>]*href="data:image/webp;base64,', page)
    assert len(drawn) == 2
    assert '<use href="#picture-1-1-q" transform="matrix(' in page, "the same picture, laid over the known one"
    assert page.count("<img") == 1
    assert 'class="outline"' in page


def test_a_page_without_the_files_says_so_and_has_all_the_words(checked: Report, tmp_path: Path) -> None:
    gone = [replace(v, image=replace(v.image, file=str(tmp_path / v.image.name))) for v in checked.verdicts]
    page = render_page([replace(checked, verdicts=tuple(gone))])
    assert "The picture cannot be shown: cropped.png" in text_of(page)
    assert "It is the known picture" in text_of(page)


def test_a_file_that_is_not_the_checked_one_is_not_shown(checked: Report, tmp_path: Path) -> None:
    """A report from a stranger must not bring another picture of this machine onto a page."""
    private = tmp_path / "cropped.png"
    save(private, scene(5))
    first, *_ = checked.verdicts
    changed = replace(first, image=replace(first.image, file=str(private)))
    page = render_page([replace(checked, verdicts=(changed,))])
    assert "is not the file that was checked" in page
    assert len(re.findall(r"<image[^>]*data:", page)) == 1, "the known picture alone"


def test_a_source_that_is_gone_is_shown_as_the_corpus_keeps_it(checked: Report) -> None:
    first, *_ = checked.verdicts
    match = replace(first.matches[0], source=replace(first.matches[0].source, path="/gone/scene.png"))
    page = render_page([replace(checked, verdicts=(replace(first, matches=(match,)),))])
    assert "shown is the small picture that the corpus keeps" in page
    assert len(re.findall(r"<image[^>]*data:", page)) == 2


def test_a_lead_is_shown_beside_the_known_picture(checked: Report) -> None:
    first, *_ = checked.verdicts
    lead = replace(first.matches[0], relation=Relation.SAME_SCENE, other_shot=OtherShot.MOVED)
    verdict = replace(first, outcome=Outcome.NO_MATCH, matches=(), leads=(lead, lead), findings=(), reason="Nothing.")
    page = render_page([replace(checked, verdicts=(verdict,))])
    assert len(re.findall(r'<image[^>]*href="data:image/webp;base64,', page)) == 2
    assert text_of(page).count("things in it have moved") == 2, "the other lead is named"
    assert "where the picture would lie on the known one" in text_of(page)
    assert "taken from" not in page


def test_of_an_animation_it_is_said_that_its_first_picture_is_shown(known: Known, tmp_path: Path) -> None:
    first, second = (Image.fromarray(crop(scene(at), 0.1, 0.1, 0.9, 0.9)) for at in (3, 4))
    first.save(tmp_path / "moving.gif", save_all=True, append_images=[second])
    page = render_page([pipeline.check(read_release(tmp_path), known.corpus)])
    assert "It holds several pictures, each of which was checked; shown is the first." in text_of(page)


def test_a_redacted_page_has_no_picture_and_no_path(checked: Report) -> None:
    page = render_page(redacted([checked]))
    assert "data:image" not in page
    assert checked.release.path not in page
    assert checked.coverage.path not in page
    assert str(Path(checked.verdicts[0].matches[0].source.path).parent) not in page
    assert "left out" in text_of(page)


def test_the_policy_allows_the_style_and_the_script_of_the_page_alone() -> None:
    page = render_page([full_report()])
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; img-src data:; ")
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert text
        digest = base64.b64encode(hashlib.sha256(text[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))


def test_nothing_is_fetched_and_links_lead_to_the_web_alone() -> None:
    for address in addresses(render_page([full_report()])):
        assert address.startswith(("#", "https://", "data:image/webp;base64,"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", "x"]
)
def test_an_address_that_is_none_of_the_web_is_no_link(address: str) -> None:
    source = replace(TRAILER, facts=Facts(url=address, archive_url=address))
    report = report_of(Verdict(verdict_with(Outcome.REUSED).image, Outcome.REUSED, (replace(CROPPED, source=source),)))
    assert web_address(address) is None
    assert address not in addresses(render_page([report]))


def test_the_address_of_a_fact_is_a_link_and_its_text_is_escaped() -> None:
    said = linked('<b> ("Title", https://a.example/?x=1&y=2)', [replace(CROPPED, source=TRAILER_AT_AN_ADDRESS)])
    assert said == (
        "&lt;b&gt; (&#34;Title&#34;, "
        '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer">https://a.example/?x=1&amp;y=2</a>)'
    )
    assert "<a" not in linked("https://b.example/", [CROPPED])


def test_a_link_leads_to_the_moment() -> None:
    assert at_time("https://a.example/clip.mp4", 12.48) == "https://a.example/clip.mp4#t=12.48"
    assert at_time("https://youtu.be/x", 12.48) == "https://youtu.be/x?t=12s"
    assert at_time("https://www.youtube.com/watch?v=x&t=3", 12.48).startswith("https://www.youtube.com/watch?v=x&t=3")
    assert at_time("https://a.example/clip#part", 12.48) == "https://a.example/clip#part"


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        ([], ["There was no picture to check."]),
        ([Outcome.REUSED], ["The only picture was known before, and the release does not say so."]),
        (
            [Outcome.CREDITED, Outcome.NO_MATCH, Outcome.NO_MATCH],
            [
                "1 of 3 pictures was known before, and the release says so.",
                "2 of 3 pictures are not in this corpus, which says nothing about whether those pictures may be old.",
            ],
        ),
        ([Outcome.INCONCLUSIVE] * 2, ["All 2 pictures could not be checked."]),
    ],
)
def test_the_verdict_is_a_sentence(outcomes: list[Outcome], said: list[str]) -> None:
    assert verdict_sentences(report_of(*map(verdict_with, outcomes))) == said


def test_the_dates_stand_in_the_order_of_time() -> None:
    said = text_of(render_page([full_report()]))
    assert re.search(r"2015-03-25 known: published\s*2017-11-09 claimed: captured", said)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2016-06", "2016-06"),
        ("2017-11-14T10:00:00+03:00", "2017-11-14, 10:00 (UTC+03:00)"),
        ("2017-11-14T07:00Z", "2017-11-14, 07:00 (UTC)"),
        ("2017-11-14T10:00:30", "2017-11-14, 10:00"),
    ],
)
def test_an_instant_is_said_as_people_write_it(written: str, said: str) -> None:
    assert spoken(parse_moment(written)) == said


def test_why_a_picture_was_not_checked_stands_there_once(known: Known, tmp_path: Path) -> None:
    save(tmp_path / "tiny.png", scene(3)[:20, :20])
    said = text_of(render_page([pipeline.check(read_release(tmp_path), known.corpus)]))
    assert said.count("too small: 20x20 pixels") == 1
    assert "Could not be checked" in said


def test_pictures_stop_at_what_a_page_can_carry() -> None:

    album = Album(64, room=3_000)
    assert album.address(scene(1)) is not None
    assert any(album.address(scene(number)) is None for number in range(9))
    assert album.bytes_used <= album.room


def test_a_small_picture_stands_on_the_page_once() -> None:
    album = Album(64)
    first = album.placed(("source", 1.0), scene(1), side=20)
    again = album.placed(("source", 1.0), scene(1), side=20)
    assert first
    assert first.address
    assert again == Placed(first.id)
    assert (album.pictures, album.bytes_used) == (1, len(first.address))
    assert Album(64, room=10).placed("key", scene(1), side=20) is None


def test_a_page_without_room_says_where_the_pictures_are(checked: Report) -> None:
    page = render_page([checked], room=10_000)
    assert "There is no more room for pictures on this page" in page
    assert sum(map(len, re.findall(r"data:image/webp[^\"]*", page))) <= 10_000


def test_the_most_serious_come_first_and_keep_their_anchors() -> None:
    anchors = re.findall(r'<(?:article|li) class="item ([a-z-]+)" id="picture-(\d)"', render_page([full_report()]))
    told = [outcome for outcome, _ in anchors]
    assert told[:4] == ["mismatched", "mismatched", "reused", "credited"]
    assert dict(zip([number for _, number in anchors], told, strict=True))["1"] == "no-match"


def test_the_reporter_writes_the_page() -> None:
    stream = io.StringIO()
    write_html([full_report()], stream)
    assert stream.getvalue() == render_page([full_report()])
