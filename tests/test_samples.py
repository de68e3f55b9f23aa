"""The samples are what they claim to be: reproducible, complete, small, and free of anybody's data."""

import os
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from rendering import gunship, pod
from rendering.edits import edited, read_recipes
from rendering.film import FRAMES_PER_SECOND
from rendering.ground import Ground
from rendering.survey import situation_map

SAMPLES = Path(__file__).parents[1] / "samples"
MANIFESTS = ("known/facts.toml", "release-ru/release.toml", "release-en/release.toml", "truth.toml")
RECIPES = tuple(read_recipes(SAMPLES / "truth.toml"))
LARGEST_BYTES = 5_000_000
ENCODE = """
import sys, pathlib, numpy as np
from rendering.film import Film, encode
from rendering.noise import fractal
scene = 128 + 40 * fractal((238, 426), seed=1, cells=20)[..., None].repeat(3, 2)
def render(n):
    grain = np.random.default_rng(n).normal(0, 4, (208, 336, 1))
    return np.clip(scene[n : n + 208, 3 * n : 3 * n + 336] + grain, 0, 255).astype(np.uint8)
encode(Film((336, 208), 30, render, 28), pathlib.Path(sys.argv[1]))
"""
COARSE = 0.5  # texels per metre: the same code as the films, a hundredth of the work


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / name).read_text("utf-8"))


def frames(path: Path) -> list[npt.NDArray[np.float32]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray")[::4, ::4].astype(np.float32) for frame in container.decode(video=0)]


def test_a_still_renders_to_the_same_pixels_twice() -> None:
    assert np.array_equal(situation_map(), situation_map())


@pytest.mark.parametrize("land", [gunship.desert, pod.river_plain])
def test_land_renders_to_the_same_heat_twice(land: Any) -> None:
    assert np.array_equal(land(COARSE).heat, land(COARSE).heat)


def test_film_frames_do_not_depend_on_the_order_of_rendering() -> None:
    ground: Ground = gunship.desert(COARSE)
    forwards = [gunship.render_frame(ground, (), number) for number in (65, 190)]
    backwards = [gunship.render_frame(ground, (), number) for number in (190, 65)]
    assert np.array_equal(forwards[0], backwards[1])
    assert np.array_equal(forwards[1], backwards[0])
    assert not np.array_equal(forwards[0], forwards[1])


def test_a_film_encodes_to_the_same_bytes_whatever_memory_holds(tmp_path: Path) -> None:
    """An x264 option that reads memory it never wrote once made the trailer differ from run to run."""
    made = [tmp_path / f"{filler}.mp4" for filler in (0, 85)]
    for path in made:
        # glibc fills fresh memory with this byte; elsewhere the test is merely weaker.
        environment = {**os.environ, "MALLOC_PERTURB_": path.stem, "PYTHONPATH": str(SAMPLES)}
        subprocess.run([sys.executable, "-c", ENCODE, str(path)], env=environment, check=True)
    assert len({path.read_bytes() for path in made}) == 1


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.path)
def test_a_release_picture_is_its_recipe_applied_to_the_known_file(recipe: Any) -> None:
    committed = np.asarray(Image.open(SAMPLES / recipe.path).convert("L"), np.float32)
    made = np.asarray(edited(recipe, SAMPLES).convert("L"), np.float32)
    assert made.shape == committed.shape
    assert float(np.abs(made - committed).mean()) < 4, "the committed picture was not made by this recipe"


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_every_file_that_a_manifest_names_exists(manifest: str) -> None:
    tables = [table for value in read(manifest).values() if isinstance(value, list) for table in value]
    named = [table[key] for table in tables for key in ("path", "known") if key in table]
    assert named
    assert [name for name in named if not (SAMPLES / manifest).parent.joinpath(name).is_file()] == []


@pytest.mark.parametrize(
    ("manifest", "tables"), [(MANIFESTS[0], "source"), (MANIFESTS[1], "image"), (MANIFESTS[2], "image")]
)
def test_every_picture_has_an_entry_in_its_manifest(manifest: str, tables: str) -> None:
    media = {path.name for path in (SAMPLES / manifest).parent.iterdir() if path.suffix != ".toml"}
    assert media == {table["path"] for table in read(manifest)[tables]}


def test_the_truth_covers_both_releases() -> None:
    truth = read("truth.toml")
    released = {
        f"{folder}/{path.name}" for folder in ("release-ru", "release-en") for path in (SAMPLES / folder).glob("*.jpg")
    }
    assert released == {table["path"] for table in truth["image"] + truth["unrelated"]}


def test_times_in_the_truth_are_those_of_the_frames() -> None:
    stills = [table for table in read("truth.toml")["image"] if "frame" in table]
    assert len(stills) == 5
    assert [table["time_s"] for table in stills] == [table["frame"] / FRAMES_PER_SECOND for table in stills]


def test_the_honest_picture_claims_what_the_facts_say() -> None:
    honest = next(table for table in read("release-en/release.toml")["image"] if table.get("label") == "file")
    fact = next(table for table in read("known/facts.toml")["source"] if table["path"] == "bridge-morning.jpg")
    assert honest["captured"] == fact["captured"]
    assert honest["place"].items() <= fact["place"].items()
    assert honest["credit"] == fact["publisher"]


@pytest.mark.parametrize("name", ["gunship-trailer.mp4", "infrared-2016.mp4"])
def test_frames_of_a_film_differ_so_that_a_still_has_one_time(name: str) -> None:
    pictures = frames(SAMPLES / "known" / name)
    assert 12 <= len(pictures) / FRAMES_PER_SECOND <= 20
    second_apart = [np.abs(a - b).mean() for a, b in pairwise(pictures[: 12 * FRAMES_PER_SECOND : FRAMES_PER_SECOND])]
    assert min(second_apart) > 10, "the camera stands still for a second"
    frame_apart = [np.abs(a - b).mean() for a, b in pairwise(pictures[: 12 * FRAMES_PER_SECOND])]
    assert float(np.median(frame_apart)) > 2, "neighbouring frames can hardly be told apart"


def test_the_samples_stay_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.suffix not in {".py", ".pyc"}) < LARGEST_BYTES


def test_no_picture_carries_metadata() -> None:
    pictures = sorted(path for path in SAMPLES.rglob("*.jpg") if "published" not in path.parts)
    assert pictures
    for path in pictures:
        with Image.open(path) as picture:
            assert dict(picture.getexif()) == {}, path
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, path
