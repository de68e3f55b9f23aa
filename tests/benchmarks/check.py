"""How long does `provcheck check` take on 20 images, start-up included, and how much memory?

    python tests/benchmarks/check.py
    python tests/benchmarks/check.py --frames 1000 10000 50000

A corpus holds a few real (rendered) photographs and a video, and is filled up with invented frames. The release has
twelve edited photographs and four stills of the video, all of which the corpus knows, and four pictures which it does
not. The first run builds the index files, the next ones load them. Each run is a process of its own; memory is the
largest that the process ever held.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from invented import add_invented
from releases import KNOWN, write_known, write_one_image, write_release
from tables import print_table

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, and what it found."""

    wall_s: float
    processor_s: float
    peak_mb: float
    found: int
    false: int


def main() -> None:
    """Fill corpora, check the release against each, print one table."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        folder = Path(name)
        write_known(folder / "known")
        write_release(folder / "release", folder / "known")
        write_one_image(folder / "one", folder / "release")
        rows = [row for frames in asked.frames for row in _rows(folder, frames)]
    header = ("corpus and run", "seconds", "processor s", "peak MB", "known found", "false")
    print_table("Check: wall clock with start-up, of a process of its own", header, rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the corpora")
    return parser.parse_args()


def _rows(folder: Path, frames: int) -> Iterator[tuple[str, ...]]:
    corpus = folder / f"{frames}.corpus"
    with open_corpus(corpus, write=True, create=True) as known:
        add(known, [folder / "known"], jobs=1)
        add_invented(known, frames - known.coverage().frames, seed=frames)
    for release, name, expected in (
        ("release", "20 images, index built", KNOWN),
        ("release", "20 images, index loaded", KNOWN),
        ("one", "1 image, index loaded", 1),
    ):
        run = _run(folder / release, corpus)
        yield (
            f"{frames:,} frames: {name}",
            f"{run.wall_s:.1f}",
            f"{run.processor_s:.1f}",
            f"{run.peak_mb:.0f}",
            f"{run.found} of {expected}",
            f"{run.false}",
        )


def _run(release: Path, corpus: Path) -> Run:
    report = release.with_suffix(".json")
    options = ["--corpus", str(corpus), "--format", "json", "-o", str(report), "--no-progress"]
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "provcheck", "check", str(release), *options])
    # wait4 and not RUSAGE_CHILDREN: that one keeps the largest of all children so far.
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1, 3):
        raise SystemExit("provcheck check failed; its message stands above")
    found, false = _found(report)
    return Run(wall_s, usage.ru_utime + usage.ru_stime, _megabytes(usage.ru_maxrss), found, false)


def _found(report: Path) -> tuple[int, int]:
    """Count the images matched with the source that their name begins with, and those matched with another."""
    found = false = 0
    for item in json.loads(report.read_text(encoding="utf-8"))["items"]:
        for match in item["matches"]:
            right = Path(item["path"]).stem.split("--")[0] == Path(match["source"]["path"]).stem
            found, false = found + right, false + (not right)
    return found, false


def _megabytes(largest: int) -> float:
    """Return `ru_maxrss`, which is bytes on macOS and 1024 bytes elsewhere, in megabytes."""
    return largest * (1 if sys.platform == "darwin" else 1024) / 1e6


if __name__ == "__main__":
    main()
