"""How a known picture became a picture of a release: a still, a crop, a mirror, a drawing over it, another size."""
# ruff: noqa: RUF001 (the caption of the Russian release is in Cyrillic)

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from rendering.film import decoded

RED = (214, 26, 20)
# Pillow's own typeface has no Cyrillic, so the few letters that are needed are drawn as strokes on a 4 x 6 grid.
STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "К": (((0, 0), (0, 6)), ((4, 0), (0, 3.2)), ((0.9, 2.6), (4, 6))),
    "О": (((1, 0), (3, 0), (4, 1), (4, 5), (3, 6), (1, 6), (0, 5), (0, 1), (1, 0)),),
    "Л": (((0, 6), (0.6, 5.4), (1.2, 0), (4, 0), (4, 6)),),
    "Н": (((0, 0), (0, 6)), ((4, 0), (4, 6)), ((0, 3), (4, 3))),
    "А": (((0, 6), (2, 0), (4, 6)), ((0.7, 4), (3.3, 4))),
    "Т": (((0, 0), (4, 0)), ((2, 0), (2, 6))),
    "Е": (((4, 0), (0, 0), (0, 6), (4, 6)), ((0, 3), (3, 3))),
    "Х": (((0, 0), (4, 6)), ((4, 0), (0, 6))),
    "И": (((0, 0), (0, 6), (4, 0), (4, 6)),),
    " ": (),
}
CAPTION = "КОЛОННА ТЕХНИКИ"  # column of vehicles


@dataclass(frozen=True, slots=True)
class Recipe:
    """One `[[image]]` of truth.toml.

    Attributes
    ----------
    path, known : str
        The picture of the release and the known file it was taken from, both relative to `samples/`.
    frame : int or None
        Number of the film's frame; None for a photograph.
    crop : (left, top, right, bottom)
        The part of the known picture that was kept, pixels.
    mirrored : bool
    size : (width, height)
    arrows : tuple of (x, y)
        Tips of red arrows, in pixels of the finished picture; with arrows comes the caption.
    quality : int
        Of the JPEG file.
    """

    path: str
    known: str
    frame: int | None
    crop: tuple[int, int, int, int]
    mirrored: bool
    size: tuple[int, int]
    arrows: tuple[tuple[int, int], ...]
    quality: int


def read_recipes(truth: Path) -> Iterator[Recipe]:
    """Yield the recipes of a truth.toml."""
    for table in tomllib.loads(truth.read_text("utf-8"))["image"]:
        yield _recipe(table)


def edited(recipe: Recipe, root: Path) -> Image.Image:
    """Make the release's picture from the known file below `root`."""
    known = root / recipe.known
    picture = Image.open(known) if recipe.frame is None else decoded(known, recipe.frame)
    picture = picture.convert("RGB").crop(recipe.crop)
    if recipe.mirrored:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    picture = picture.resize(recipe.size, Image.Resampling.LANCZOS)
    if recipe.arrows:
        _annotate(picture, recipe.arrows)
    return picture


def _recipe(table: dict[str, Any]) -> Recipe:
    left, top, right, bottom = table["crop"]
    width, height = table["size"]
    return Recipe(
        path=table["path"],
        known=table["known"],
        frame=table.get("frame"),
        crop=(left, top, right, bottom),
        mirrored=table["mirrored"],
        size=(width, height),
        arrows=tuple((x, y) for x, y in table.get("arrows", [])),
        quality=table["quality"],
    )


def _annotate(picture: Image.Image, tips: tuple[tuple[int, int], ...]) -> None:
    draw = ImageDraw.Draw(picture)
    for x, y in tips:
        shaft = [(x - 58, y - 62), (x - 50, y - 70), (x - 14, y - 28), (x - 4, y - 36), (x, y)]
        draw.polygon([*shaft, (x - 34, y - 8), (x - 24, y - 18)], fill=RED, outline=(255, 235, 230))
    unit, top = 3.4, picture.size[1] - 56.0
    left = (picture.size[0] - len(CAPTION) * 5.6 * unit) / 2
    draw.rectangle((left - 14, top - 12, left + len(CAPTION) * 5.6 * unit + 8, top + 6 * unit + 12), fill=RED)
    for number, letter in enumerate(CAPTION):
        for stroke in STROKES[letter]:
            line = [(left + (number * 5.6 + x) * unit, top + y * unit) for x, y in stroke]
            draw.line(line, fill=(255, 255, 255), width=3, joint="curve")
