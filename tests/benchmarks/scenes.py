"""Are other shots of one scene, and other moments of a camera, taken for the same picture?

python tests/benchmarks/scenes.py --shots shots/     (files called SCENE__SHOT.jpg)
python tests/benchmarks/scenes.py --videos footage/

Every shot is compared with every other shot of its scene, every moment with those 0.2, 1 and 4 seconds later. Nothing
here is a copy; but where nothing moves, two moments of a resting camera look the same, and no picture can tell them.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import permutations
from pathlib import Path

from tables import print_table

from provcheck.matching.pair import match_pair
from provcheck.media import read, video_window
from provcheck.records import Medium, Picture, Source

ENOUGH_SIDE = 960
LATER_S = (0.2, 1.0, 4.0)
MOMENTS = 5
LONGEST_S = 60.0
OUTCOMES = ("pairs", "same picture", "same scene", "neither")


def main() -> None:
    """Compare the pairs of each scene and print one row for each."""
    asked = _arguments()
    named = [*_shots(asked.shots), *_moments(asked.videos)]
    counts: dict[str, Counter[str]] = {}
    for name, query, reference in named:
        counts.setdefault(name, Counter())[_outcome(query, reference)] += 1
    counts["together"] = sum(counts.values(), Counter[str]())
    rows = [(name, *_cells(count)) for name, count in counts.items()]
    print_table("Pairs of other shots and of other moments", ("scene", *OUTCOMES), rows)


def _cells(count: Counter[str]) -> tuple[str, ...]:
    return str(count.total()), *(str(count[outcome]) for outcome in OUTCOMES[1:])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shots", type=Path, help="a folder of stills called SCENE__SHOT")
    parser.add_argument("--videos", type=Path, help="a folder of videos")
    asked = parser.parse_args()
    if asked.shots is None and asked.videos is None:
        parser.error("give --shots, --videos or both")
    return asked


def _shots(folder: Path | None) -> Iterator[tuple[str, Picture, Picture]]:
    scenes: dict[str, list[Picture]] = {}
    for path in sorted(folder.glob("*__*")) if folder else []:
        _, pictures = read(path, enough_side=ENOUGH_SIDE)
        scenes.setdefault(path.name.partition("__")[0], []).append(next(iter(pictures)))
    for scene, shots in scenes.items():
        for query, reference in permutations(shots, 2):
            yield scene, query, reference


def _moments(folder: Path | None) -> Iterator[tuple[str, Picture, Picture]]:
    for path in sorted(folder.iterdir()) if folder else []:
        kept = list(_every(video_window(path, 0.0, LONGEST_S, max_side=ENOUGH_SIDE), LATER_S[0]))
        for number in range(MOMENTS):
            first = kept[int((number + 0.3) / MOMENTS * len(kept))]
            for later in LATER_S:
                second = _nearest(kept, (first.time_s or 0.0) + later)
                if second is not first:
                    yield f"{path.name}, {later:g} s", first, second


def _every(pictures: Iterable[Picture], seconds: float) -> Iterator[Picture]:
    """Keep a frame every so many seconds."""
    due = 0.0
    for picture in pictures:
        if (picture.time_s or 0.0) >= due:
            due = (picture.time_s or 0.0) + seconds - 0.01
            yield picture


def _nearest(pictures: list[Picture], time_s: float) -> Picture:
    return min(pictures, key=lambda picture: abs((picture.time_s or 0.0) - time_s))


def _outcome(query: Picture, reference: Picture) -> str:
    still = Picture(reference.pixels, original=reference.original)
    source = Source("0" * 12, "reference", "0" * 64, Medium.IMAGE, still.size, None, frames=1, added="")
    found = match_pair(query, still, source)
    return OUTCOMES[1] if found.matches else OUTCOMES[2] if found.leads else OUTCOMES[3]


if __name__ == "__main__":
    main()
