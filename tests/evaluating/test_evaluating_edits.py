"""Every edit of the registry keeps the contract; a few are held to what they say is true."""

from collections import Counter

import numpy as np
import pytest
from rendered_scenes import scene

from provcheck.errors import UsageError
from provcheck.evaluating.edits import RECIPES, Chance, Edited, Recipe, deal, families, framing, select_recipes
from provcheck.records import RGB

PICTURE = scene(3, 320, 240)
EVERY_RECIPE = pytest.mark.parametrize("recipe", RECIPES.values(), ids=list(RECIPES))


def edited(recipe: Recipe, picture: RGB = PICTURE, seed: int = 1) -> Edited:
    return recipe.function(picture, Chance(np.random.default_rng(seed), (scene(4), scene(5))), recipe.strength)


@EVERY_RECIPE
def test_an_edit_changes_the_picture_and_leaves_the_original_alone(recipe: Recipe) -> None:
    before = PICTURE.copy()
    after = edited(recipe)
    assert np.array_equal(PICTURE, before)
    assert after.pixels.shape != PICTURE.shape or not np.array_equal(after.pixels, PICTURE)
    assert min(after.pixels.shape[:2]) >= 16
    assert 0 < after.kept <= 1
    assert 0 < after.filled <= 1


@EVERY_RECIPE
def test_the_same_seed_gives_the_same_picture(recipe: Recipe) -> None:
    assert np.array_equal(edited(recipe).pixels, edited(recipe).pixels)


@pytest.mark.parametrize("name", ["crop-15", "arrows", "inset-8", "several", "screen-photo", "noise-20"])
def test_another_seed_gives_another_picture(name: str) -> None:
    recipe = select_recipes([name])[0]
    one, other = edited(recipe, seed=1).pixels, edited(recipe, seed=2).pixels
    assert one.shape != other.shape or not np.array_equal(one, other)


@EVERY_RECIPE
def test_an_upright_picture_can_be_edited_too(recipe: Recipe) -> None:
    upright = np.ascontiguousarray(np.rot90(PICTURE))
    assert edited(recipe, upright).pixels.dtype == np.uint8


@pytest.mark.parametrize("name", ["crop-80", "crop-50", "crop-30", "crop-15", "recut-wide", "recut-narrow"])
def test_a_crop_keeps_what_it_says(name: str) -> None:
    after = edited(RECIPES[name])
    area = after.pixels.shape[0] * after.pixels.shape[1] / (PICTURE.shape[0] * PICTURE.shape[1])
    assert area == pytest.approx(after.kept, abs=0.01)


@pytest.mark.parametrize("name", ["letterbox", "pillarbox", "caption", "turn-20"])
def test_a_frame_around_a_picture_leaves_the_share_that_it_says(name: str) -> None:
    after = edited(RECIPES[name])
    area = PICTURE.shape[0] * PICTURE.shape[1] / (after.pixels.shape[0] * after.pixels.shape[1])
    assert area == pytest.approx(after.filled, abs=0.01)


@pytest.mark.parametrize(("name", "share"), [("inset-30", 0.3), ("inset-15", 0.15), ("inset-8", 0.08)])
def test_an_inset_fills_the_share_of_its_name(name: str, share: float) -> None:
    assert edited(RECIPES[name]).filled == pytest.approx(share, abs=0.005)


def test_what_is_mirrored_says_so() -> None:
    assert [recipe.name for recipe in RECIPES.values() if edited(recipe).mirrored] == ["mirror", "mirror-crop-70"]
    assert np.array_equal(edited(RECIPES["mirror"]).pixels, PICTURE[:, ::-1])


def test_a_turn_inside_has_no_black_corner() -> None:
    white = np.full_like(PICTURE, 255)
    assert framing.turn_inside(white, Chance(np.random.default_rng(1)), 20).pixels.min() > 200


def test_without_other_pictures_scenes_are_drawn_that_differ() -> None:
    chance = Chance(np.random.default_rng(1))
    one, other = chance.another(), chance.another()
    assert np.abs(one.astype(int) - other).mean() > 20


def test_names_of_edits_and_families_are_chosen_in_the_order_of_the_registry() -> None:
    assert [recipe.name for recipe in select_recipes(["video", "mirror"])] == [
        "mirror",
        "mirror-crop-70",
        "video-360",
        "video-240",
    ]
    assert select_recipes([]) == tuple(RECIPES.values())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(UsageError, match="'krop'"):
        select_recipes(["crop", "krop"])


def test_families_are_dealt_evenly_and_their_strengths_in_turn() -> None:
    dealt = deal(tuple(RECIPES.values()), 4 * len(families()))
    assert set(Counter(recipe.family for recipe in dealt).values()) == {4}
    assert {recipe.name for recipe in dealt if recipe.family == "crop"} == {"crop-80", "crop-50", "crop-30", "crop-15"}


def test_pictures_of_another_type_are_refused() -> None:
    with pytest.raises(TypeError, match="float64"):
        Edited(PICTURE / 255)  # type: ignore[arg-type]
