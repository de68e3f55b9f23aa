"""How do time, memory and disk grow with the corpus, and with the images of a release?

    python tests/benchmarks/growth.py
    python tests/benchmarks/growth.py --frames 1000 10000 100000 1000000 --images 1 5 20

One corpus of rendered photographs, a video and invented frames grows from size to size; at each size releases of so
many images are checked, each by a `provcheck check` of its own, start-up and verification included. The first check at
a size brings the index up to date and is shown by itself. A million frames need 20 GB on the disk of the temporary
folder.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from invented import add_invented
from measured import Measured, measure_process
from releases import write_few_images, write_known, write_release
from tables import print_plot, print_table

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.matching.lookup import index_folder


@dataclass(frozen=True, slots=True)
class Row:
    """One `provcheck check` in a corpus of a size."""

    frames: int
    run: str
    took: Measured
    store_bytes: float
    index_bytes: float

    def name(self) -> str:
        """Return what a plot calls it."""
        return f"{self.run}, {self.frames:>9,} frames"

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows, in the order of `HEADER`."""
        return (
            f"{self.frames:,}",
            self.run,
            f"{self.took.wall_s:.1f}",
            f"{self.took.processor_s:.1f}",
            f"{self.took.peak_mb:.0f}",
            f"{self.took.own_mb:.0f}",
            f"{self.store_bytes / self.frames:,.0f}",
            f"{self.index_bytes / self.frames:,.0f}",
        )


INDEXED = "index brought up to date"
HEADER = ("frames", "run", "seconds", "processor s", "peak MB", "without files", "store B a frame", "index B a frame")


def main() -> None:
    """Let a corpus grow, check releases at each size, print one table, and plots of its columns."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-", dir=asked.folder) as name:
        folder = Path(name)
        write_known(folder / "known")
        write_release(folder / "release", folder / "known")
        for images in asked.images:
            _write_images(folder / f"{images}", folder / "release", images)
        with open_corpus(folder / "corpus", write=True, create=True) as corpus:
            add(corpus, [folder / "known"], jobs=1)
        rows = [row for frames in sorted(asked.frames) for row in _rows(folder, frames, asked.images)]
    print_table("Growth: provcheck check, start-up included", HEADER, [row.cells() for row in rows])
    order = list(dict.fromkeys(row.run for row in rows))
    rows.sort(key=lambda row: (order.index(row.run), row.frames))
    print_plot("Seconds", [(row.name(), row.took.wall_s) for row in rows])
    print_plot("MB without files", [(row.name(), row.took.own_mb) for row in rows])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes of the corpus")
    parser.add_argument("--images", type=int, nargs="+", default=[1, 5, 12], help="images of the releases, at most 20")
    parser.add_argument("--folder", type=Path, help="where the corpus is made, instead of the temporary folder")
    return parser.parse_args()


def _write_images(folder: Path, release: Path, images: int) -> None:
    """Write a release of photographs, and beyond those of everything."""
    write_few_images(folder, release, images)
    for file in sorted(release.iterdir())[: images - len(list(folder.iterdir()))]:
        (folder / f"also-{file.name}").write_bytes(file.read_bytes())


def _rows(folder: Path, frames: int, images: list[int]) -> Iterator[Row]:
    path = folder / "corpus"
    with open_corpus(path, write=True) as corpus:
        add_invented(corpus, frames - corpus.coverage().frames, seed=frames)
    runs = [(INDEXED, _checked(folder, images[0]))]
    runs += [(f"{count} images" if count > 1 else "1 image", _checked(folder, count)) for count in images]
    index = sum(file.stat().st_size for file in index_folder(path).glob("*"))
    for name, took in runs:
        yield Row(frames, name, took, (path / "corpus.sqlite").stat().st_size, index)


def _checked(folder: Path, images: int) -> Measured:
    options = ["--corpus", str(folder / "corpus"), "--no-progress", "--no-cache", "--quiet"]
    took = measure_process(["-m", "provcheck", "check", str(folder / f"{images}"), *options])
    if took.exit_code not in (0, 1, 3):
        raise SystemExit("provcheck check failed; its message stands above")
    return took


if __name__ == "__main__":
    main()
