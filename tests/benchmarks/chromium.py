"""A headless Chromium that a script drives: for the tests of our pages, and for how fast they open."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parent.parent.parent
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv/node_modules/axe-core/axe.min.js"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
IS_THERE = bool(CHROMIUM and DRIVER)

LAPTOP, PHONE = (1280, 800), (390, 844)


@contextmanager
def chromium() -> Iterator[Chrome]:
    """Start a browser that keeps a log of its console and of what it asks the network for."""
    options = ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with Chrome(options=options, service=Service(DRIVER)) as driver:
        yield driver


def open_page(driver: Chrome, page: str, folder: Path) -> Chrome:
    """Open a page from a file, laptop-sized and light."""
    (folder / "report.html").write_text(page, encoding="utf-8")
    look(driver, LAPTOP)
    driver.get((folder / "report.html").as_uri())
    return driver


def look(driver: Chrome, size: tuple[int, int], scheme: str = "light") -> None:
    """Look at the page in a window of a size, by day or by night."""
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    preference = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", preference)


def run(driver: Chrome, script: str, *arguments: Any) -> Any:
    """Run a script in the page and return what it returns."""
    return driver.execute_script(script, *arguments)


def requested(driver: Chrome) -> list[str]:
    """Return the addresses that were asked for since the last time, without the page itself and what it holds."""
    messages = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]  # type: ignore[no-untyped-call]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [address for address in asked if not address.startswith(("file:", "data:"))]


def complaints(driver: Chrome) -> list[str]:
    """Return what the console said since the last time: errors, and what the policy of the page forbade."""
    return [entry["message"] for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]


def handlers(driver: Chrome) -> list[str]:
    """Return the attributes of the page that would run a script."""
    script = "return [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))"
    return list(run(driver, script))


def foreign_schemes(driver: Chrome) -> list[str]:
    """Return the schemes of links that lead neither to the web nor into the page."""
    script = "return [...document.links].map(a => a.protocol).filter(p => !['https:', 'http:', 'file:'].includes(p))"
    return list(run(driver, script))


def violations(driver: Chrome) -> list[tuple[str, str, list[str]]]:
    """Return what axe-core finds on the page, everything unfolded: rule, impact and where."""
    run(driver, "document.querySelectorAll('details').forEach(each => each.open = true)")
    run(driver, "document.querySelectorAll('.item').forEach(each => each.style.contentVisibility = 'visible')")
    run(driver, AXE.read_text(encoding="utf-8"))
    found = driver.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        (each["id"], each["impact"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found["violations"]
    ]


def wiped(driver: Chrome) -> float:
    """Return how much of the first picture the other one is laid over, 0 to 1."""
    return float(
        run(driver, "const w = document.querySelector('.wipe'); return w.width.baseVal.value / w.height.baseVal.value")
        * run(driver, "const b = document.querySelector('.known svg').viewBox.baseVal; return b.height / b.width")
    )
