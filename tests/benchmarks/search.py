"""How long does a search of 20 images among so many frames take, how much memory, and what does it miss?

    python tests/benchmarks/search.py
    python tests/benchmarks/search.py --frames 1000000

A corpus holds a few real (rendered) photographs and a video, and is filled up with invented frames; the release is that
of `check.py`. Only the search is timed, from decoded pictures to candidates, without verification. The exact search
looks into every list of the index; it is asked for `EXACT_CODES` keypoints of the release only, because it takes long.
A million frames need 20 GB on the disk of the temporary folder. Each measurement is a process of its own.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from invented import add_invented
from measured import measure_process
from releases import KNOWN, write_known, write_release
from tables import print_table

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.indexes import InvertedIndex
from provcheck.matching import Lookup, open_lookup
from provcheck.matching.candidates import find_candidates
from provcheck.matching.lookup import index_folder
from provcheck.matching.views import Query, look_at_query
from provcheck.media import pictures
from provcheck.records import Codes

EXACT_CODES = 200
NEAR_BITS = 64
MORE = 1_000
"""Frames that are added to a corpus that is searched already."""

HEADER = (
    "frames",
    "index built s",
    "processor s",
    "MB",
    "index B a frame",
    "opened s",
    "20 images s",
    "processor s",
    "MB",
    "frames found",
    "near codes found",
    f"{MORE:,} more s",
)


def main() -> None:
    """Fill corpora, search each, print one table; with `--measure`, be one of the processes."""
    asked = _arguments()
    if asked.measure:
        asked.to.write_text(json.dumps(_MEASUREMENTS[asked.measure](*asked.paths)), "utf-8")
        return
    with TemporaryDirectory(prefix="provcheck-bench-", dir=asked.folder) as name:
        folder = Path(name)
        write_known(folder / "known")
        write_release(folder / "release", folder / "known")
        rows = [_row(folder, frames) for frames in asked.frames]
    print_table("Search: 20 images, decoded, to candidates", HEADER, rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frames", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the corpora")
    parser.add_argument("--folder", type=Path, help="where the corpora are made, instead of the temporary folder")
    parser.add_argument("--measure", choices=tuple(_MEASUREMENTS), help=argparse.SUPPRESS)
    parser.add_argument("--to", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("paths", type=Path, nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def _row(folder: Path, frames: int) -> tuple[str, ...]:
    path = folder / f"{frames}.corpus"
    with open_corpus(path, write=True, create=True) as corpus:
        add(corpus, [folder / "known"], jobs=1)
        add_invented(corpus, frames - corpus.coverage().frames, seed=1)
    built, building_mb = _measured("open", path)
    found, own_mb = _measured("search", path, folder / "release")
    size = sum(file.stat().st_size for file in index_folder(path).glob("*"))
    with open_corpus(path, write=True) as corpus:
        add_invented(corpus, MORE, seed=2)
    more, _ = _measured("open", path)
    return (
        f"{frames:,}",
        f"{built['open_s']:.1f}",
        f"{built['processor_s']:.1f}",
        f"{building_mb:.0f}",
        f"{size / frames:,.0f}",
        f"{found['open_s']:.2f}",
        f"{found['search_s']:.1f}",
        f"{found['processor_s']:.1f}",
        f"{own_mb:.0f}",
        f"{found['known']} of {KNOWN}",
        f"{found['near']:.3f}",
        f"{more['open_s']:.1f}",
    )


def _measured(what: str, *paths: Path) -> tuple[dict[str, Any], float]:
    """Run a measurement in a process of its own; returns what it wrote, and its memory without mapped files."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / "written.json"
        options = ["--measure", what, "--to", str(written)]
        taken = measure_process([__file__, *options, *map(str, paths)])
        if taken.exit_code:
            raise SystemExit("the measurement failed; its message stands above")
        return json.loads(written.read_text("utf-8")), taken.own_mb


def _open(corpus: Path) -> dict[str, float]:
    with open_corpus(corpus) as known:
        start, processor = time.perf_counter(), time.process_time()
        open_lookup(known)
        return {"open_s": time.perf_counter() - start, "processor_s": time.process_time() - processor}


def _search(corpus: Path, release: Path) -> dict[str, float]:
    with open_corpus(corpus) as known:
        start = time.perf_counter()
        lookup = open_lookup(known)
        open_s = time.perf_counter() - start
        files = sorted(release.glob("*.jpg"))
        stills = [next(iter(pictures(file))).pixels for file in files]
        start, processor = time.perf_counter(), time.process_time()
        queries = [look_at_query(pixels) for pixels in stills]
        found = [find_candidates(query, lookup) for query in queries]
        taken = {"search_s": time.perf_counter() - start, "processor_s": time.process_time() - processor}
        names = {source.id: Path(source.path).stem for source in known.sources() if "nowhere" not in source.path}
    right = [
        any(names.get(lookup.sources[one.frame]) == file.stem.split("--")[0] for one in candidates)
        for file, candidates in zip(files, found, strict=True)
    ]
    return {"open_s": open_s, **taken, "known": sum(right), "near": _near_found(queries, lookup)}


def _near_found(queries: list[Query], lookup: Lookup) -> float:
    """Return the share of neighbours within `NEAR_BITS` that the search finds of those that the exact search finds."""
    codes = np.concatenate([view.features.codes for query in queries for view in query.views])
    asked = codes[np.random.default_rng(1).choice(len(codes), EXACT_CODES, replace=False)]
    found = _near(lookup.local.search(asked, 24)[0])
    return found / max(1, sum(_near(distances) for distances in _exact(lookup.local, asked)))


def _near(distances: np.ndarray) -> int:
    return int(((distances >= 0) & (distances <= NEAR_BITS)).sum())


def _exact(index: InvertedIndex, asked: Codes) -> Iterator[np.ndarray]:
    if not index.segments:
        yield index.search(asked, 24)[0]
        return
    for at in range(0, len(asked), 20):
        part = asked[at : at + 20]
        distances = []
        for segment in index.segments:
            lists = segment.lists
            every = np.tile(np.arange(lists.nlist), (len(part), 1))
            lists.nprobe = lists.nlist
            distances.append(lists.search_preassigned(part, 24, every, np.zeros(every.shape, np.int32))[0])
        yield np.sort(np.concatenate(distances, axis=1), axis=1)[:, :24]


_MEASUREMENTS: Mapping[str, Callable[..., dict[str, float]]] = {"open": _open, "search": _search}

if __name__ == "__main__":
    main()
