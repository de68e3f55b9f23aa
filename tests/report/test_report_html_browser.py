"""The HTML page in a real browser: Debian's Chromium, driven through its chromedriver.

Skipped where there is no Chromium; `.ci/run` installs it. What axe-core finds is asked where axe-core is (npm; see
`.ci/run`, or name its file in AXE_CORE).
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from known_scenes import Known
from rendered_scenes import crop, save, scene
from report_records import full_report

from provcheck import pipeline
from provcheck.records import Report
from provcheck.release import read_release
from provcheck.report.html.page import render_page

selenium = pytest.importorskip("selenium", reason="selenium drives the browser: pip install '.[dev]'")
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

pytestmark = pytest.mark.skipif(not IS_THERE, reason="needs chromium and chromedriver (apt-get install)")

ATTACKS = {
    "tag": '"><img src=x onerror=alert(1)><script>window.owned=1;alert(1)</script>',
    "attribute": "\" onmouseover=alert(1) autofocus onfocus=alert(1) x='",
    "address": "javascript:alert(1)//http://a.example",
    "address with quotes": 'https://a.example/"onclick="alert(1)',
    "comment": "--></style></script><script>alert(1)</script><!--",
    "expression": "{{ 7*7 }}{% raw %}${alert(1)}",
    "drawing": "<svg onload=alert(1)><use href='//a.example/x#y'/></svg>",
    "base": "<base href='https://a.example/'><meta http-equiv=refresh content='0;url=https://a.example'>",
}

Open = Callable[[str], Chrome]


@pytest.fixture(scope="module")
def driver() -> Iterator[Chrome]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def opened(driver: Chrome, tmp_path: Path) -> Open:
    """Return a function that opens a page, laptop-sized and light."""
    return lambda page: open_page(driver, page, tmp_path)


@pytest.fixture(scope="module")
def page(known: Known, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with two pictures that are known and one that is not."""
    folder = tmp_path_factory.mktemp("release")
    save(folder / "a-cropped.png", crop(scene(3), 0.2, 0.1, 0.9, 0.9))
    save(folder / "b-cropped.png", crop(scene(4), 0.0, 0.1, 0.7, 0.8))
    save(folder / "c-unknown.png", scene(77))
    return render_page([pipeline.check(read_release(folder), known.corpus)])


def shown(driver: Chrome) -> list[str]:
    return [each.get_attribute("id") or "" for each in driver.find_elements(By.CSS_SELECTOR, ".item:not([hidden])")]


def test_the_page_opens_without_a_complaint_or_a_request(opened: Open, page: str) -> None:
    driver = opened(page)
    assert "provcheck" in driver.title
    assert complaints(driver) == []
    assert requested(driver) == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_nothing_is_wider_than_the_window(opened: Open, page: str, size: tuple[int, int]) -> None:
    driver = opened(page)
    look(driver, size)
    assert run(driver, "return document.documentElement.scrollWidth") <= size[0]


def test_dark_is_dark(opened: Open, page: str) -> None:
    driver = opened(page)
    light = run(driver, "return getComputedStyle(document.body).backgroundColor")
    look(driver, LAPTOP, "dark")
    assert run(driver, "return getComputedStyle(document.body).backgroundColor") != light


def test_the_slider_lays_the_picture_over_the_known_one(opened: Open, page: str) -> None:
    driver = opened(page)
    assert wiped(driver) == 0
    slider = driver.find_element(By.CSS_SELECTOR, ".slider input")
    slider.send_keys(Keys.END)
    assert wiped(driver) == pytest.approx(1, abs=0.01)
    slider.send_keys(Keys.ARROW_LEFT)
    assert wiped(driver) == pytest.approx(0.99, abs=0.01)


def test_blink_blinks_until_it_is_pressed_again(opened: Open, page: str) -> None:
    driver = opened(page)
    button = driver.find_element(By.CSS_SELECTOR, ".blink")
    button.send_keys(Keys.ENTER)
    assert button.get_attribute("aria-pressed") == "true"
    assert wiped(driver) == pytest.approx(1, abs=0.01)
    button.send_keys(Keys.ENTER)
    assert button.get_attribute("aria-pressed") == "false"
    assert wiped(driver) == 0


def test_filters_hide_what_was_not_asked_for(opened: Open, page: str) -> None:
    driver = opened(page)
    assert len(shown(driver)) == 3
    chip = driver.find_element(By.CSS_SELECTOR, ".chip[data-outcome=no-match]")
    chip.send_keys(Keys.SPACE)
    assert shown(driver) == ["picture-1", "picture-2"]
    assert driver.find_element(By.ID, "shown").text == "2 of 3 shown"
    sources = driver.find_elements(By.CSS_SELECTOR, "#source option")
    sources[-1].click()
    assert len(shown(driver)) == 1


def test_keys_lead_from_picture_to_picture(opened: Open, page: str) -> None:
    driver = opened(page)
    run(driver, "document.getElementById('picture-1').focus()")
    driver.switch_to.active_element.send_keys("j")
    assert driver.switch_to.active_element.get_attribute("id") == "picture-2"
    driver.switch_to.active_element.send_keys("k")
    assert driver.switch_to.active_element.get_attribute("id") == "picture-1"
    driver.switch_to.active_element.send_keys("l")
    assert wiped(driver) == pytest.approx(1, abs=0.01)


def test_without_script_everything_is_there_but_the_tools(driver: Chrome, opened: Open, page: str) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(page)
        assert not any(
            each.is_displayed() for each in driver.find_elements(By.CSS_SELECTOR, ".tools, #filters, button")
        )
        assert all(each.is_displayed() for each in driver.find_elements(By.CSS_SELECTOR, ".item .pair svg"))
        assert "one accidental match this good" in driver.find_element(By.TAG_NAME, "main").text
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def hostile(text: str) -> Report:
    """Return the hostile report, with what only a saved report could bring: rules and ids of sources."""
    report = hostile_report(text)
    verdicts = []
    for verdict in report.verdicts:
        findings = tuple(replace(finding, rule=text, source_id=text) for finding in verdict.findings)
        matches = tuple(replace(match, source=replace(match.source, id=text)) for match in verdict.matches)
        verdicts.append(replace(verdict, findings=findings, matches=matches))
    return replace(report, verdicts=tuple(verdicts), tool={**report.tool, "name": text})


@pytest.mark.parametrize("text", [*ATTACKS.values(), HOSTILE_TEXTS["HTML"]], ids=[*ATTACKS, "HTML"])
def test_text_from_outside_runs_no_script(opened: Open, text: str) -> None:
    """A blocked script would be a complaint: the policy is the second line of defence and must have nothing to do."""
    driver = opened(render_page([hostile(text)]))
    assert run(driver, "return window.owned") is None
    assert complaints(driver) == []
    assert requested(driver) == []
    assert run(driver, "return document.scripts.length + document.querySelectorAll('style, base').length") == 2
    assert handlers(driver) == []
    assert foreign_schemes(driver) == []


@pytest.mark.skipif(not AXE.is_file(), reason=f"needs axe-core at {AXE} (npm install axe-core)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE])
@pytest.mark.parametrize("which", ["pictures", "every outcome"])
def test_axe_finds_no_violation(opened: Open, page: str, scheme: str, size: tuple[int, int], which: str) -> None:
    driver = opened(page if which == "pictures" else render_page([full_report()]))
    look(driver, size, scheme)
    assert violations(driver) == []
