"""Take the pictures of our pages that README shows, from the samples.

    python samples/screenshots.py [--out DIR]

Needs Chromium. The pages are made in a temporary folder, opened by a headless Chromium in the window of a laptop, and
saved as WebP. What they show are our own invented pictures.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from PIL import Image

HERE: Final = Path(__file__).resolve().parent
WINDOW: Final = (1200, 1000)
QUALITY: Final = 75
FOUND: Final = 1
"""Exit code of a check or comparison that found something, as these do."""

PAGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "check": ("check", "samples/release-ru", "--corpus", "known.corpus", "--no-cache"),
        "compare": ("compare", "samples/release-ru", "samples/release-en", "--corpus", "known.corpus"),
    }
)
"""By the name of the picture, the command that writes its page."""


def main() -> None:
    """Take what the command line asks for."""
    parser = argparse.ArgumentParser(description="Take the pictures of our pages that README shows.")
    parser.add_argument("--out", type=Path, default=HERE / "screenshots", metavar="DIR", help="where to write")
    browser = chromium()
    if browser is None:
        raise SystemExit("screenshots need Chromium: apt-get install chromium")
    take(parser.parse_args().out.resolve(), browser)


def chromium() -> str | None:
    """Return the program, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def take(out: Path, browser: str) -> None:
    """Write all pictures into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="provcheck-screenshots-") as name:
        folder = Path(name)
        (folder / "samples").symlink_to(HERE)
        provcheck(folder, "corpus", "add", "samples/known", "--corpus", "known.corpus")
        for page, command in PAGES.items():
            provcheck(folder, *command, "--quiet", "--output", f"html={page}.html", expected=FOUND)
            photograph(folder / f"{page}.html", out / f"{page}.webp", browser)
            print(out / f"{page}.webp")


def provcheck(folder: Path, *arguments: str, expected: int = 0) -> None:
    """Run a command of provcheck in a folder."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("PROVCHECK_")}
    ran = subprocess.run([sys.executable, "-m", "provcheck", *arguments], cwd=folder, check=False, env=settings)
    if ran.returncode != expected:
        raise SystemExit(f"provcheck {' '.join(arguments)}: exit code {ran.returncode}, expected {expected}")


def photograph(page: Path, picture: Path, browser: str) -> None:
    """Open a page and save what a window shows of its beginning."""
    taken = page.with_suffix(".png")
    size = f"--window-size={WINDOW[0]},{WINDOW[1]}"
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars")
    subprocess.run(
        [browser, *flags, size, f"--screenshot={taken}", page.as_uri()], check=True, capture_output=True, timeout=120
    )
    with Image.open(taken) as image:
        image.convert("RGB").save(picture, quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
