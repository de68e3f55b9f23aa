"""The story that provcheck was made for, on invented pictures: two releases that pass old footage off as news."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from provcheck import pipeline
from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.errors import UsageError
from provcheck.protocols import Progress
from provcheck.records import Report
from provcheck.release import read_release

SAMPLES: Final = Path(__file__).resolve().parent.parent / "samples"
RELEASES: Final = ("release-ru", "release-en")


def run_demo(corpus: Path, *, samples: Path = SAMPLES, progress: Progress | None = None) -> Iterator[Report]:
    """Register the known samples in a corpus at `corpus`, and yield the report on each sample release.

    Raises
    ------
    UsageError
        When there are no samples: they come with the source code, not with the installed package.
    """
    if not (samples / "known").is_dir():
        raise UsageError(
            f"there are no samples at {samples}",
            "The samples come with the source code: clone the repository and run `make demo` in it.",
        )
    with open_corpus(corpus, write=True, create=True) as known:
        add(known, [samples / "known"], progress=progress)
    with open_corpus(corpus) as known:
        for name in RELEASES:
            yield pipeline.check(read_release(_from_here(samples / name)), known, progress=progress)


def _from_here(path: Path) -> Path:
    """Return a path as a person in this folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
