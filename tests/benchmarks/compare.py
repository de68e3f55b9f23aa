"""Does `compare` pair the pictures of two versions rightly, does it name what was done, and how long does it take?

    python tests/benchmarks/compare.py
    python tests/benchmarks/compare.py --media FOLDER --pictures 200 --seed 1 --wrong

Without `--media` the pictures are rendered. Each goes through one of sixteen families of changes in turn; a quarter as
many other pictures are kept for what is new in the second version.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PIL import Image
from scenery import scene
from tables import print_table
from version_pairs import Expected, Truth, write_versions

from provcheck.comparing import compare_versions
from provcheck.records import Size
from provcheck.release import read_release
from provcheck.versions import Comparison, Pair, Side

RENDERED: Final[Size] = (640, 480)


def main() -> None:
    """Make the set, compare it once, print what was right and what it took."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-bench-") as name:
        folder = Path(name)
        pictures = list(_pictures(asked.media, asked.pictures + asked.pictures // 4 + 1, asked.seed))
        truth = write_versions(
            folder, pictures[: asked.pictures], pictures[asked.pictures :], seed=asked.seed, family=asked.family
        )
        start, processor = time.perf_counter(), _processor_s()
        comparison = compare_versions(read_release(folder / "a"), read_release(folder / "b"))
        wall_s, processor_s = time.perf_counter() - start, _processor_s() - processor
    found = {(_name(pair, Side.A), _name(pair, Side.B)): pair for pair in comparison.pairs}
    print_table("Compare: pairs and kinds", ("family", "pairs", "pair right", "kind right"), list(_rows(truth, found)))
    moved = {pair.b.name for pair in comparison.pairs if pair.moved and pair.b}
    captions = {(caption.a.name, caption.b.name) for caption in comparison.moved_captions}
    print(f"moved: {len(moved & truth.moved)} of {len(truth.moved)} found, {len(moved - truth.moved)} false")
    print(f"captions that moved: {_captions_found(truth, captions)} of {len(truth.moved_captions)} found")
    print(f"{asked.pictures} pictures: {wall_s:.1f} s, {processor_s:.1f} processor s")
    if asked.wrong:
        _print_wrong(truth, found, comparison)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, help="folder of photographs; rendered pictures without it")
    parser.add_argument("--pictures", type=int, default=32, help="pictures of the first version")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", help="only this family of changes")
    parser.add_argument("--wrong", action="store_true", help="name what was wrong")
    return parser.parse_args()


def _pictures(media: Path | None, count: int, seed: int) -> Iterator[Image.Image]:
    if media is None:
        yield from (Image.fromarray(scene(RENDERED, seed * 10_000 + at)) for at in range(count))
        return
    files = sorted(path for path in media.iterdir() if path.suffix.lower() in {".jpg", ".jpeg", ".png", ".webp"})
    if len(files) < count:
        raise SystemExit(f"{media} holds {len(files)} pictures; {count} are needed")
    first = seed * 37 % len(files)
    for path in (files[first:] + files[:first])[:count]:
        with Image.open(path) as image:
            yield image.convert("RGB")


def _processor_s() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _name(pair: Pair, side: Side) -> str | None:
    image = pair.a if side is Side.A else pair.b
    return image.name if image else None


def _rows(truth: Truth, found: dict[tuple[str | None, str | None], Pair]) -> Iterator[Sequence[str]]:
    made = Counter(expected.family for expected in truth.pairs)
    paired = Counter(expected.family for expected in truth.pairs if (expected.a, expected.b) in found)
    right = Counter(expected.family for expected in truth.pairs if _is_right(expected, found))
    for family, count in made.items():
        yield family, f"{count}", f"{paired[family]}", f"{right[family]}"
    total, sums = made.total(), (paired.total(), right.total())
    yield "together", f"{total}", *(f"{one} ({one / total:.1%})" for one in sums)


def _is_right(expected: Expected, found: dict[tuple[str | None, str | None], Pair]) -> bool:
    pair = found.get((expected.a, expected.b))
    if pair is None or pair.kind.value != expected.kind:
        return False
    sides = {change.side for change in pair.changes if change.side}
    return {"cropped": Side.B, "uncropped": Side.A}.get(expected.family) in (*sides, None)


def _captions_found(truth: Truth, captions: set[tuple[str, str]]) -> int:
    return len(captions & truth.moved_captions)


def _print_wrong(truth: Truth, found: dict[tuple[str | None, str | None], Pair], comparison: Comparison) -> None:
    for expected in truth.pairs:
        if not _is_right(expected, found):
            pair = found.get((expected.a, expected.b))
            found_kind = (pair.kind.value, pair.reason, *(c.detail for c in pair.changes)) if pair else "not paired"
            print(f"wrong: {expected}: {found_kind}")
    expected_pairs = {(expected.a, expected.b) for expected in truth.pairs}
    for places, pair in found.items():
        if places not in expected_pairs:
            print(f"not made: {places} {pair.kind.value} {pair.reason} {[change.detail for change in pair.changes]}")
    print(f"repeats: {[[image.name for image in repeat.images] for repeat in comparison.repeats]}")


if __name__ == "__main__":
    main()
