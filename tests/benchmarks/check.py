"""How long does `provcheck check` take on 20 images, start-up included, and how much memory?

    python tests/benchmarks/check.py
    python tests/benchmarks/check.py --frames 1000 10000 50000

A corpus holds a few real (rendered) photographs and a video, and is filled up with invented frames. The release has
twelve edited photographs and four stills of the video, all of which the corpus knows, and four pictures which it does
not. The first run builds the index files, the next ones load them. Each run is a process of its own, without a cache of
what was found before; memory is the largest that the process ever held, with and without the parts of mapped files.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from invented import add_invented
from measured import Measured, measure_process
from releases import KNOWN, write_few_images, write_known, write_release
from tables import print_table

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took, and what it found."""

    took: Measured
    found: int
    false: int


def main() -> None:
    """Fill corpora, check the release against each, print one table."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        folder = Path(name)
        write_known(folder / "known")
        write_release(folder / "release", folder / "known")
        write_few_images(folder / "one", folder / "release", 1)
        write_few_images(folder / "five", folder / "release", 5)
        rows = [row for frames in asked.frames for row in _rows(folder, frames)]
    header = ("corpus and run", "seconds", "processor s", "peak MB", "without files", "known found", "false")
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
        ("five", "5 images, index loaded", 5),
        ("one", "1 image, index loaded", 1),
    ):
        run = _run(folder / release, corpus)
        yield (
            f"{frames:,} frames: {name}",
            f"{run.took.wall_s:.1f}",
            f"{run.took.processor_s:.1f}",
            f"{run.took.peak_mb:.0f}",
            f"{run.took.own_mb:.0f}",
            f"{run.found} of {expected}",
            f"{run.false}",
        )


def _run(release: Path, corpus: Path) -> Run:
    report = release.with_suffix(".json")
    options = ["--corpus", str(corpus), "--format", "json", "-o", str(report), "--no-progress", "--no-cache"]
    took = measure_process(["-m", "provcheck", "check", str(release), *options])
    if took.exit_code not in (0, 1, 3):
        raise SystemExit("provcheck check failed; its message stands above")
    return Run(took, *_found(report))


def _found(report: Path) -> tuple[int, int]:
    """Count the images matched with the source that their name begins with, and those matched with another."""
    found = false = 0
    for item in json.loads(report.read_text(encoding="utf-8"))["items"]:
        for match in item["matches"]:
            right = Path(item["path"]).stem.split("--")[0] == Path(match["source"]["path"]).stem
            found, false = found + right, false + (not right)
    return found, false


if __name__ == "__main__":
    main()
