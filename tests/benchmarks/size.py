"""How many bytes does a corpus keep of a frame, part by part?

python tests/benchmarks/size.py
python tests/benchmarks/size.py --media footage/
python tests/benchmarks/size.py --corpus known.corpus
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from scenery import FULL_HD, MEGAPIXELS_1, write_pictures, write_video
from tables import print_table

from provcheck.corpus import Corpus, open_corpus
from provcheck.corpus.ingest import add
from provcheck.corpus.statistics import Statistics, measure
from provcheck.matching import open_lookup
from provcheck.matching.lookup import index_folder


def main() -> None:
    """Fill a corpus or open one, build its index files, print one table."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        path = asked.corpus or _filled(Path(name), asked)
        with open_corpus(path) as corpus:
            open_lookup(corpus)
            statistics = measure(corpus)
            rows = list(_rows(corpus, statistics))
    header = ("part", "bytes a frame", "share")
    print_table(f"Size on disk of {statistics.coverage.frames:,} frames", header, rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a corpus to measure instead of filling one")
    parser.add_argument("--media", type=Path, help="a folder of media to add instead of rendered ones")
    parser.add_argument("--pictures", type=int, default=300, help="rendered 1-megapixel pictures (default 300)")
    parser.add_argument("--seconds", type=float, default=20.0, help="length of a rendered video (default 20)")
    return parser.parse_args()


def _filled(folder: Path, asked: argparse.Namespace) -> Path:
    media = asked.media or folder / "media"
    if not asked.media:
        write_pictures(media, asked.pictures, MEGAPIXELS_1, first_seed=0)
        write_video(media / "video.mp4", asked.seconds, FULL_HD, seed=1)
    with open_corpus(folder / "corpus", write=True, create=True) as corpus:
        add(corpus, [media])
    return folder / "corpus"


def _rows(corpus: Corpus, statistics: Statistics) -> Iterator[tuple[str, ...]]:
    index_files = sum(file.stat().st_size for file in index_folder(corpus.path).glob("*"))
    parts = {**statistics.part_bytes, "index files": index_files}
    parts["facts, tables, free pages"] = statistics.disk_bytes - sum(parts.values())
    for name, count in (*parts.items(), ("together", statistics.disk_bytes)):
        yield name, f"{count / statistics.coverage.frames:,.0f}", f"{count / statistics.disk_bytes:.0%}"


if __name__ == "__main__":
    main()
