"""Make a set: photographs through the edits of the registry, with the truth written down.

Two in three queries show a reference, every family about as often, its strengths in turn. The others show none: half of
them plain, half edited, so that a screenshot's frame or a caption alone never means "known". From `near`, of the files
`SCENE__SHOT.jpg`, the first shot of each scene is a reference and the others are queries that must not match.
"""

import csv
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
from PIL import Image

from provcheck.errors import UnreadableMedia, UsageError
from provcheck.evaluating.edits import Chance, Edited, Recipe, deal
from provcheck.evaluating.edits.framing import resized
from provcheck.evaluating.truth import NEAR
from provcheck.media import pictures
from provcheck.protocols import Progress
from provcheck.records import RGB

UNKNOWN_SHARE: Final = 1 / 3
LONGEST_SIDE: Final = 1280
QUALITY: Final = 90
BACKGROUNDS: Final = 12
"""So many of the distractors are kept for collages and insets and never asked for."""

Item = TypeVar("Item")

HEADER: Final = ("query", "reference", "family", "transform", "source", "kept", "filled", "mirrored")


@dataclass(frozen=True, slots=True)
class _Job:
    """One query to make; `recipe` None is the picture as it is."""

    photo: Path
    recipe: Recipe | None
    reference: str
    family: str


def make_set(
    folder: Path,
    photos: Path,
    distractors: Path,
    *,
    recipes: Sequence[Recipe],
    queries: int,
    seed: int,
    near: Path | None = None,
    progress: Progress | None = None,
) -> int:
    """Write a set with `refs/`, `queries/` and `truth.csv`; returns the number of queries.

    Parameters
    ----------
    folder : Path
        Made; must not exist yet. It appears whole or not at all.
    photos, distractors : Path
        Folders of pictures. No distractor may show what a photo shows.

    Raises
    ------
    UsageError
        When the folder exists, or there are too few pictures.
    """
    if folder.exists():
        raise UsageError(f"{folder} exists already", "Name a new folder, or remove that one.")
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {folder.absolute().parent}", f"Make it: mkdir {folder.absolute().parent}")
    rng = np.random.default_rng(seed)
    known, strange = _shuffled(_files(photos), rng), _shuffled(_files(distractors), rng)
    if len(strange) <= BACKGROUNDS:
        raise UsageError(f"{distractors} has {len(strange)} pictures", f"It needs more than {BACKGROUNDS}.")
    scenes = _scenes(near)
    jobs = _shuffled(list(_jobs(known, strange[BACKGROUNDS:], scenes, recipes, queries)), rng)
    with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".provcheck-set-") as place:
        part = Path(place) / "set"
        (part / "refs").mkdir(parents=True)
        (part / "queries").mkdir()
        for path in [*known, *(shots[0] for shots in scenes)]:
            shutil.copy(path, part / "refs" / path.name)
        _write_queries(part, jobs, tuple(map(load, strange[:BACKGROUNDS])), seed, progress)
        part.rename(folder)
    return len(jobs)


def load(path: Path) -> RGB:
    """Decode a picture, upright and at most `LONGEST_SIDE` pixels long."""
    try:
        pixels = next(iter(pictures(path, enough_side=LONGEST_SIDE))).pixels
    except UnreadableMedia as error:
        raise UsageError(f"{path}: {error.message}", "Remove it from the folder, or replace it.") from error
    factor = LONGEST_SIDE / max(pixels.shape[:2])
    return pixels if factor >= 1 else resized(pixels, round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))


def _files(folder: Path) -> list[Path]:
    """Return the pictures in a folder, by name; every name is needed once, because the truth file names them by it."""
    extensions = Image.registered_extensions()
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in extensions)
    if not found:
        raise UsageError(f"{folder} has no pictures", "Name a folder of photographs.")
    names: dict[str, Path] = {}
    for path in found:
        if names.setdefault(path.name, path) is not path:
            raise UsageError(f"{path} and {names[path.name]} have the same name", "Rename one of them.")
    return found


def _scenes(near: Path | None) -> list[list[Path]]:
    scenes: dict[str, list[Path]] = {}
    for path in _files(near) if near else ():
        scenes.setdefault(path.name.split("__")[0], []).append(path)
    return [shots for shots in scenes.values() if len(shots) > 1]


def _shuffled(items: Sequence[Item], rng: np.random.Generator) -> list[Item]:
    return [items[at] for at in rng.permutation(len(items))]


def _jobs(
    known: Sequence[Path],
    strange: Sequence[Path],
    scenes: Sequence[Sequence[Path]],
    recipes: Sequence[Recipe],
    queries: int,
) -> Iterator[_Job]:
    unknown = round(queries * UNKNOWN_SHARE)
    for number, recipe in enumerate(deal(recipes, queries - unknown)):
        photo = known[number % len(known)]
        yield _Job(photo, recipe, photo.name, recipe.family)
    shots = [shot for scene in scenes for shot in scene[1:]][: unknown // 3]
    for shot in shots:
        yield _Job(shot, None, "", NEAR)
    for number, recipe in enumerate(deal(recipes, unknown - len(shots))):
        yield _Job(strange[number % len(strange)], recipe if number % 2 else None, "", "neg")


def _write_queries(
    part: Path, jobs: Sequence[_Job], backgrounds: tuple[RGB, ...], seed: int, progress: Progress | None
) -> None:
    with (part / "truth.csv").open("w", newline="", encoding="utf-8") as stream:
        table = csv.writer(stream)
        table.writerow(HEADER)
        for number, job in enumerate(jobs):
            if progress:
                progress(number, len(jobs), job.photo.name)
            name = f"q{number:05}.jpg"
            chance = Chance(np.random.default_rng([seed, number]), backgrounds)
            edited = applied(job.recipe, load(job.photo), chance)
            Image.fromarray(edited.pixels).save(part / "queries" / name, quality=QUALITY)
            transform = job.recipe.name if job.recipe else "plain"
            true = (round(edited.kept, 3), round(edited.filled, 3), edited.mirrored)
            table.writerow((name, job.reference, job.family, transform, job.photo.name, *true))


def applied(recipe: Recipe | None, picture: RGB, chance: Chance) -> Edited:
    """Apply a recipe, or none."""
    return recipe.function(picture, chance, recipe.strength) if recipe else Edited(picture)
