"""How fast is `provcheck corpus add`, beside what cannot be avoided (decoding) and what others compute (one hash)?

    python tests/benchmarks/ingest.py
    python tests/benchmarks/ingest.py --pictures photos/ --videos footage/

Each way reads the same files `--repeat` times; the fastest run counts, because on a shared machine it is the others
that slow a run down. Processor time is that of all threads and processes together; the ratio is one of processor times.
"""

import argparse
import resource
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scenery import FULL_HD, MEGAPIXELS_1, MEGAPIXELS_12, write_pictures, write_resting_video, write_video
from tables import print_table
from ways import NOT_INSTALLED, PICTURE_WAYS, VIDEO_WAYS, Way

from provcheck.media import describe


@dataclass(frozen=True, slots=True)
class Material:
    """Files of one kind, and how much they are: in pictures or in seconds of video."""

    name: str
    files: tuple[Path, ...]
    amount: float
    ways: Mapping[str, Way]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of all processors."""

    wall_s: float
    processor_s: float


def main() -> None:
    """Render or find the material, read it in every way, print one table."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-") as folder:
        materials = _materials(asked, Path(folder))
        rows = [row for material in materials for row in _rows(material, asked.repeat)]
    header = ("material and way", "per second", "processor s each", "against decoding")
    print_table("Ingest: pictures, or seconds of video, per second", header, rows)
    for package in NOT_INSTALLED:
        print(f"left out, because it is not installed: {package}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=Path, help="a folder of pictures to read instead of rendered ones")
    parser.add_argument("--videos", type=Path, help="a folder of videos to read instead of rendered ones")
    parser.add_argument("--large", type=int, default=10, help="rendered 12-megapixel pictures (default 10)")
    parser.add_argument("--small", type=int, default=100, help="rendered 1-megapixel pictures (default 100)")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each of four rendered videos (default 8)")
    parser.add_argument("--repeat", type=int, default=2, help="runs of each way; the fastest counts (default 2)")
    return parser.parse_args()


def _materials(asked: argparse.Namespace, folder: Path) -> Iterable[Material]:
    if asked.pictures:
        yield _pictures("pictures", asked.pictures)
    if asked.videos:
        yield _videos("videos", asked.videos)
    if not (asked.pictures or asked.videos):
        write_pictures(folder / "large", asked.large, MEGAPIXELS_12, first_seed=0)
        yield _pictures("12-megapixel JPEG", folder / "large")
        write_pictures(folder / "small", asked.small, MEGAPIXELS_1, first_seed=100)
        yield _pictures("1-megapixel JPEG", folder / "small")
        for seed in (1, 2):
            write_video(folder / "gliding" / f"video-{seed}.mp4", asked.seconds, FULL_HD, seed=seed)
            write_resting_video(folder / "resting" / f"video-{seed}.mp4", asked.seconds, FULL_HD, seed=seed)
        yield _videos("1080p H.264, gliding camera", folder / "gliding")
        yield _videos("1080p H.264, resting camera", folder / "resting")


def _pictures(name: str, folder: Path) -> Material:
    files = _files(folder)
    return Material(name, files, len(files), PICTURE_WAYS)


def _videos(name: str, folder: Path) -> Material:
    files = _files(folder)
    return Material(name, files, sum(describe(file).duration_s or 0.0 for file in files), VIDEO_WAYS)


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _rows(material: Material, repeat: int) -> Iterable[tuple[str, ...]]:
    decoding: Spent | None = None
    for way, read in material.ways.items():
        spent = _fastest(read, material.files, repeat)
        decoding = decoding or spent
        yield (
            f"{material.name}: {way}",
            f"{material.amount / spent.wall_s:.1f}",
            f"{spent.processor_s / material.amount:.3f}",
            f"{spent.processor_s / decoding.processor_s:.1f}",
        )


def _fastest(read: Way, files: Sequence[Path], repeat: int) -> Spent:
    return min((_spent(read, files) for _ in range(repeat)), key=lambda spent: spent.wall_s)


def _spent(read: Way, files: Sequence[Path]) -> Spent:
    before, start = _processor_s(), time.perf_counter()
    read(files)
    return Spent(time.perf_counter() - start, _processor_s() - before)


def _processor_s() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
