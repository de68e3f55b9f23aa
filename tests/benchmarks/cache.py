"""How much faster is a second `provcheck check` of the same pictures, which finds everything in its cache?

    python tests/benchmarks/cache.py
    python tests/benchmarks/cache.py --pictures 50

Half of the pictures are smaller copies of known ones, half are not known. Every run is a process of its own, start-up
included; the corpus has its index files before the first.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from scenery import scene, write_pictures
from tables import print_table

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.records import Size

_PICTURE: Size = (1200, 900)
_SMALLER: Size = (800, 600)


def main() -> None:
    """Make a corpus and a release, check it three times, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=200)
    count = parser.parse_args().pictures
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        folder = Path(name)
        _write(folder, count)
        check = [sys.executable, "-m", "provcheck", "check", "--quiet", "--corpus", str(folder / "corpus")]
        _run([*check, str(folder / "one"), "--no-cache"])
        cached = [*check, str(folder / "release"), "--cache", str(folder / "cache")]
        runs = {
            "without a cache": _run([*cached[:-2], "--no-cache"]),
            "first, which fills it": _run(cached),
            "second, which uses it": _run(cached),
        }
    last = runs["second, which uses it"]
    rows = [
        (
            f"{count} pictures, {run}",
            f"{wall_s:.1f}",
            f"{busy_s:.1f}",
            f"{wall_s / last[0]:.1f}",
            f"{busy_s / last[1]:.1f}",
        )
        for run, (wall_s, busy_s) in runs.items()
    ]
    header = ("run", "seconds", "processor s", "times the second's seconds", "processor s")
    print_table("Check with and without a cache", header, rows)


def _write(folder: Path, count: int) -> None:
    known = count // 2
    write_pictures(folder / "known", known, _PICTURE, first_seed=100)
    with open_corpus(folder / "corpus", write=True, create=True) as corpus:
        add(corpus, [folder / "known"], jobs=1)
    (folder / "release").mkdir()
    for file in sorted((folder / "known").iterdir()):
        with Image.open(file) as image:
            image.resize(_SMALLER).save(folder / "release" / file.name, quality=80)
    write_pictures(folder / "release", count - known, _SMALLER, first_seed=5000)
    (folder / "one").mkdir()
    Image.fromarray(scene(_SMALLER, 9)).save(folder / "one" / "one.jpg")


def _run(command: list[str]) -> tuple[float, float]:
    """Return the wall clock and the processor time of a process, seconds."""
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit("provcheck check failed; its message stands above")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
