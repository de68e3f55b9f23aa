"""How large is the page on a large release, how long does it take to write, and when can it be scrolled?

    python tests/benchmarks/page.py
    python tests/benchmarks/page.py --pictures 30

Every picture is a crop of a frame of one of three rendered videos, all of which the corpus knows. The matches are those
that a check would find and are written down without one, so only the page is measured: reading pictures and frames,
laying them over each other, finding the points of the first ones, and encoding. The page is opened from a file by a
headless Chromium on a laptop-sized window, where there is one.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import chromium
from PIL import Image
from scenery import write_video
from tables import print_table

from provcheck import __version__
from provcheck.corpus import Corpus, open_corpus
from provcheck.corpus.ingest import add
from provcheck.media import sha256_of, video_window
from provcheck.records import (
    Alteration,
    Edit,
    Match,
    Outcome,
    Overlap,
    Relation,
    Release,
    ReleaseImage,
    Report,
    Verdict,
)
from provcheck.report.html.page import render_page

VIDEOS: Final = 3
VIDEO_S: Final = 30.0
SIZE: Final = (1280, 720)
CUT: Final = (160, 90)
"""Pixels that a crop leaves out at the left and at the top; it keeps the rest but as much."""

ALL_FROM_THE_START: Final = """
const look = () => {
  if (document.documentElement && document.documentElement.scrollHeight > 2 * innerHeight) {
    scrollTo({top: innerHeight, behavior: "instant"});
    requestAnimationFrame(() => requestAnimationFrame(() => { window.scrollableAt = performance.now(); }));
  } else {
    setTimeout(look, 5);
  }
};
look();
"""
JUMP: Final = """
const done = arguments[arguments.length - 1], from = performance.now();
scrollTo({top: document.documentElement.scrollHeight * arguments[0], behavior: "instant"});
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - from)));
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """When a page was there, in seconds from the start of opening it; how long a jump to another place took then.

    Attributes
    ----------
    scrollable_s : float
        When the page had moved because it was told to, as soon as there was more of it than two windows.
    jump_s : float
        The longest of four.
    """

    painted_s: float
    scrollable_s: float
    loaded_s: float
    jump_s: float


def main() -> None:
    """Make a report, write its page, open it, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=300)
    count = parser.parse_args().pictures
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        report = invented_report(Path(name), count)
        start = time.process_time()
        page = render_page([report])
        busy_s = time.process_time() - start
        file = Path(name) / "page.html"
        file.write_text(page, encoding="utf-8")
        opened = opened_in_chromium(file)
    header = (
        "page",
        "megabytes",
        "processor s to write",
        "s to first paint",
        "s to a first scroll",
        "s to load",
        "s for a jump",
    )
    waits = (
        [f"{s:.2f}" for s in (opened.painted_s, opened.scrollable_s, opened.loaded_s, opened.jump_s)] if opened else []
    )
    row = (f"{count} known pictures", f"{len(page) / 1e6:.1f}", f"{busy_s:.1f}", *(waits or ["-"] * 4))
    print_table("The page on a large release", header, [row])


def invented_report(folder: Path, count: int) -> Report:
    """Write videos, register them, crop frames of them, and return the report that a check would give."""
    for number in range(VIDEOS):
        write_video(folder / "known" / f"video-{number}.mp4", VIDEO_S, SIZE, seed=number)
    with open_corpus(folder / "corpus", write=True, create=True) as corpus:
        add(corpus, [folder / "known"], jobs=1)
        (folder / "release").mkdir()
        verdicts = tuple(_verdicts(corpus, folder / "release", count))
        coverage = corpus.coverage()
    release = Release(str(folder / "release"), tuple(verdict.image for verdict in verdicts))
    tool = {"name": "provcheck", "version": __version__}
    return Report(release, verdicts, coverage, tool, {}, "2026-01-01T00:00:00+00:00")


def _verdicts(corpus: Corpus, folder: Path, count: int) -> Iterator[Verdict]:
    sources = list(corpus.sources())
    for number in range(count):
        source = sources[number % VIDEOS]
        time_s = VIDEO_S * (number + 0.5) / (count + 1)
        frame = next(video_window(Path(source.path), time_s, VIDEO_S))
        file = folder / f"photo-{number + 1}.jpg"
        Image.fromarray(frame.pixels).crop((*CUT, SIZE[0] - CUT[0], SIZE[1] - CUT[1])).save(file, quality=85)
        kept = Alteration(Edit.CROPPED, "shows 56% of the known frame")
        match = Match(
            source, Relation.SAME_PICTURE, frame.time_s, None, -60.0, 120, Overlap(1.0, 0.56),
            ((1.0, 0.0, float(CUT[0])), (0.0, 1.0, float(CUT[1])), (0.0, 0.0, 1.0)), False, 0.97, (kept,),
        )  # fmt: skip
        yield Verdict(ReleaseImage(file.name, str(file), sha256_of(file)), Outcome.REUSED, (match,))


def opened_in_chromium(file: Path) -> Opened | None:
    """Open a page in a new browser and look at its clock; None where there is no browser."""
    if not chromium.IS_THERE:
        print("no chromium and chromedriver here: only written, not opened", file=sys.stderr)
        return None
    with chromium.chromium() as driver:
        chromium.look(driver, chromium.LAPTOP)
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": ALL_FROM_THE_START})
        driver.get(file.as_uri())
        paint = chromium.run(driver, "return performance.getEntriesByName('first-contentful-paint')[0].startTime")
        loaded = chromium.run(driver, "return performance.getEntriesByType('navigation')[0].loadEventEnd")
        scrollable = chromium.run(driver, "return window.scrollableAt")
        jumps = [driver.execute_async_script(JUMP, part) for part in (1.0, 0.5, 0.75, 0.25)]
    return Opened(paint / 1000, scrollable / 1000, loaded / 1000, max(jumps) / 1000)


if __name__ == "__main__":
    main()
