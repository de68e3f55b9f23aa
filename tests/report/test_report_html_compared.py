"""The page on a comparison: what it says, what it shows, and, where there is one, what it does in a real browser."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from comparison_report import full_comparison, judged, same_comparison
from hostile_records import HOSTILE_TEXTS
from rendered_scenes import crop, save, scene
from report_records import CROPPED, TRAILER

from provcheck import pipeline
from provcheck.records import Facts, ReleaseImage, Skipped
from provcheck.release import read_release
from provcheck.report.comparison.html import write_html
from provcheck.report.html.compared import render_comparison
from provcheck.report.html.compared_words import KIND_MEANINGS, step_sentences
from provcheck.versions import Comparison, ComparisonReport, MovedCaption, Pair, PairKind

MANIFEST = '[[image]]\npath = "cropped.png"\ncaption = "{}"\n'
OPENS = Callable[[str], Any]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> ComparisonReport:
    """Two versions with files that are there: one edited, one cropped and reworded, one replaced, one left out."""
    first, second = (tmp_path_factory.mktemp(name) for name in ("first", "second"))
    edited = scene(2)
    edited[80:160, 100:220] = 90
    save(first / "edited.png", scene(2))
    save(second / "edited.png", edited)
    save(first / "cropped.png", scene(3))
    save(second / "cropped.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(first / "replaced.png", scene(4))
    save(second / "replaced.png", scene(5))
    save(first / "left-out.png", scene(6))
    for folder in (first, second):
        save(folder / "kept.png", scene(7))
        (folder / "release.toml").write_text(MANIFEST.format(f"The bridge, {folder.name[:5]}"))
    return pipeline.compare([read_release(first), read_release(second)])


def text_of(page: str) -> str:
    """Return what a reader sees: no tags, no style, no script."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", body)))


def test_the_page_names_every_pair_and_every_difference() -> None:
    said = text_of(render_comparison(full_comparison()))
    for part in ("dunes.jpg", "column.jpg", "replaced", "only in A", "not compared", "identical", "film.mp4"):
        assert part in said
    assert "one region differs, 7% of the picture PC302" in said
    assert "B, captured: contradicted2016-06 IPTC 2:55" in said
    assert "The caption “Dawn [red] <b>” stood under gate.jpg, now under *added*.jpg, another picture." in said
    assert "gate.jpg: first in A, gone in B" in said
    assert "first carried four known frames" in said


def test_the_weightiest_pairs_come_first_and_what_is_the_same_comes_small_at_the_end(
    compared: ComparisonReport,
) -> None:
    page = render_comparison(compared)
    kinds = re.findall(r'<(article|li) class="item (\w+)"[^>]*data-outcome="([a-z-]+)"', page)
    assert [kind for _, _, kind in kinds] == ["edited", "replaced", "cropped", "only-in-a", "identical"]
    assert [tone for _, tone, _ in kinds] == ["grave", "grave", "notable", "notable", "same"]
    assert [tag for tag, _, _ in kinds] == ["article"] * 4 + ["li"]


def test_pictures_that_prove_to_be_one_are_laid_over_each_other(compared: ComparisonReport) -> None:
    page = render_comparison(compared)
    assert page.count('class="wipe"') == 2
    assert page.count('class="outline"') == 1, "of the crop; around a whole picture it says nothing"
    assert page.count('class="changed"') >= 2
    assert len(re.findall(r'<image[^>]*href="data:image/', page)) == 2 + 2 + 2 + 1
    assert "not in B" in text_of(page)


def test_a_picture_that_cannot_be_read_again_is_said(compared: ComparisonReport, tmp_path: Path) -> None:
    step = compared.steps[0]
    gone = [replace(p, a=replace(p.a, file=str(tmp_path / p.a.name))) if p.a else p for p in step.pairs]
    page = render_comparison(replace(compared, steps=(replace(step, pairs=tuple(gone)),)))
    assert text_of(page).count("The picture cannot be shown") == 4
    assert page.count('class="wipe"') == 0


def test_a_page_without_room_says_so(compared: ComparisonReport) -> None:
    page = render_comparison(compared, room=10_000)
    assert "There is no more room for pictures on this page" in page
    assert sum(map(len, re.findall(r"data:image/[^\"]*", page))) <= 10_000


def test_nothing_but_its_own_style_and_script_is_allowed(compared: ComparisonReport) -> None:
    page = render_comparison(compared)
    assert "default-src &#39;none&#39;; img-src data:;" in page
    assert not re.search(r"\sstyle=|\son[a-z]+=", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))
    assert compared.versions[0].path in text_of(page), "in the command that compares again"


@pytest.mark.parametrize(
    ("kinds", "sizes", "said"),
    [
        (
            ["identical"] * 2,
            (2, 2),
            ["Both show the same 2 pictures, byte for byte, with the same captions and claims."],
        ),
        (
            ["replaced", "replaced", "only-in-a"],
            (3, 2),
            ["new shows none of the 3 pictures of old.", "2 were replaced by another and 1 was left out."],
        ),
        (
            ["re-encoded", "cropped", "only-in-b", "not-compared"],
            (3, 4),
            [
                "new shows 2 of the 3 pictures of old.",
                "1 of those was edited or cropped between the two.",
                "1 was added.",
                "1 picture could not be compared.",
            ],
        ),
        (["re-encoded"], (1, 1), ["new shows the only picture of old."]),
        (["replaced"], (1, 1), ["new does not show the only picture of old.", "1 was replaced by another."]),
        ([], (0, 2), ["old has 0 pictures, new has 2 pictures."]),
    ],
)
def test_the_verdict_is_a_sentence(kinds: list[str], sizes: tuple[int, int], said: list[str]) -> None:
    image = ReleaseImage("a.jpg", "/in/a.jpg", "0" * 64)
    versions = [replace(same_comparison().versions[0], images=(image,) * size) for size in sizes]
    pairs = tuple(
        Pair(PairKind(kind), None if kind == "only-in-b" else image, None if kind == "only-in-a" else image)
        for kind in kinds
    )
    step = judged(Comparison(versions[0], versions[1], pairs), ("old", "new"))
    assert step_sentences(step, ("old", "new")) == said


def test_every_kind_has_a_meaning_and_the_page_is_the_same_every_time() -> None:
    assert set(KIND_MEANINGS) == set(PairKind)
    stream = io.StringIO()
    write_html(full_comparison(), stream)
    assert stream.getvalue() == render_comparison(full_comparison())


def test_pictures_out_of_an_archive_are_shown(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    for name, seed in (("old", 1), ("new", 2)):
        picture = save(tmp_path / f"{name}.png", scene(seed))
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            archive.write(picture, "photo.png")
    ran = provcheck("compare", tmp_path / "old.zip", tmp_path / "new.zip", "-o", f"html={tmp_path}/page.html", "-q")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (1, "", "")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(re.findall(r"data:image/", page)) == 2
    assert "cannot be shown" not in page


def hostile(text: str) -> ComparisonReport:
    """Return a comparison whose every text from outside is `text`."""
    full = full_comparison()
    image = ReleaseImage(text, text, text)
    pairs = tuple(
        replace(
            pair,
            a=image if pair.a else None,
            b=image if pair.b else None,
            changes=tuple(replace(change, detail=text) for change in pair.changes),
            words=tuple(replace(word, a=text, b=text, a_origin=text, b_origin=text) for word in pair.words),
            findings=tuple(replace(finding, rule=text, message=text) for finding in pair.findings),
            reason=text,
        )
        for pair in full.steps[0].pairs
    )
    step = replace(full.steps[0], pairs=pairs, moved_captions=(MovedCaption(text, image, image),))
    version = replace(full.versions[0], path=text, title=text, language=text, skipped=(Skipped(text, text),))
    facts = Facts(title=text, publisher=text, url=text, archive_url=text)
    match = replace(CROPPED, source=replace(TRAILER, path=text, facts=facts))
    check = full.checks[0]
    known = replace(check.verdicts[1], image=image, matches=(match,))
    coverage = replace(check.coverage, path=text, newest=text)
    checks = (replace(check, verdicts=(known,), coverage=coverage),) * 2
    return replace(
        full, versions=(version, version), labels=(text, text), steps=(step,), lives=full.lives[:0], checks=checks,
        tool={"name": text, "version": text},
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_hostile_text_comes_out_as_text(text: str) -> None:
    page = render_comparison(hostile(text))
    assert page.count("<script") == 1
    assert page.count("<img") == render_comparison(hostile("plain")).count("<img")
    assert page.count("\n") == render_comparison(hostile("plain")).count("\n")


# ---------------------------------------------------------------- in a browser

pytest.importorskip("selenium", reason="selenium drives the browser: pip install '.[dev]'")
from chromium import (  # noqa: E402 (needs selenium)
    AXE,
    IS_THERE,
    LAPTOP,
    PHONE,
    chromium,
    complaints,
    foreign_schemes,
    handlers,
    look,
    open_page,
    requested,
    run,
    violations,
    wiped,
)
from selenium.webdriver import Chrome  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

in_a_browser = pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver (apt-get install)")


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def opened(driver: Chrome, tmp_path: Path) -> OPENS:
    """Return a function that opens a page, laptop-sized and light."""
    return lambda page: open_page(driver, page, tmp_path)


def shown(driver: Chrome) -> list[str]:
    return [
        str(each.get_attribute("data-outcome")) for each in driver.find_elements(By.CSS_SELECTOR, ".item:not([hidden])")
    ]


@in_a_browser
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_it_opens_without_a_complaint_a_request_or_a_scroll_bar(
    opened: OPENS, compared: ComparisonReport, size: tuple[int, int]
) -> None:
    driver = opened(render_comparison(compared))
    look(driver, size)
    assert complaints(driver) == []
    assert requested(driver) == []
    assert run(driver, "return document.documentElement.scrollWidth") <= size[0]


@in_a_browser
def test_slider_keys_and_filters_work(opened: OPENS, compared: ComparisonReport) -> None:
    driver = opened(render_comparison(compared))
    slider = driver.find_element(By.CSS_SELECTOR, ".slider input")
    slider.send_keys(Keys.END)
    assert wiped(driver) == pytest.approx(1, abs=0.01)
    slider.send_keys(Keys.HOME)
    assert wiped(driver) == 0
    run(driver, "document.getElementById('pair-1').focus()")
    driver.switch_to.active_element.send_keys("l")
    assert wiped(driver) == pytest.approx(1, abs=0.01)
    driver.switch_to.active_element.send_keys("j")
    assert driver.switch_to.active_element.get_attribute("id") == "pair-2"
    driver.find_element(By.CSS_SELECTOR, ".chip[data-outcome=replaced]").send_keys(Keys.SPACE)
    assert shown(driver) == ["edited", "cropped", "only-in-a", "identical"]
    driver.find_element(By.CSS_SELECTOR, "#rule option[value=PC302]").click()
    assert shown(driver) == ["edited", "cropped"]


@in_a_browser
@pytest.mark.parametrize(
    "text", ['"><img src=x onerror=alert(1)><script>alert(1)</script>', "javascript:alert(1)//http://a"]
)
def test_text_from_outside_runs_no_script(opened: OPENS, text: str) -> None:
    driver = opened(render_comparison(hostile(text)))
    assert complaints(driver) == []
    assert requested(driver) == []
    assert run(driver, "return document.scripts.length") == 1
    assert handlers(driver) == []
    assert foreign_schemes(driver) == []


@in_a_browser
@pytest.mark.skipif(not AXE.is_file(), reason=f"needs axe-core at {AXE} (npm install axe-core)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("whole", [True, False], ids=["every kind", "pictures"])
def test_axe_finds_no_violation(
    opened: OPENS, compared: ComparisonReport, scheme: str, size: tuple[int, int], whole: bool
) -> None:
    driver = opened(render_comparison(full_comparison() if whole else compared))
    look(driver, size, scheme)
    assert violations(driver) == []
