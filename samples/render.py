"""Render the sample corpus and the two sample releases.

    python samples/render.py [--out DIR]

Everything here is invented: no person, place, organisation, game or emblem is real. The story is that of DESIGN.md:

- `known/` is what a newsroom knows: the trailer of a game, infrared footage of 2016, five photographs; `facts.toml`.
- `release-ru/` is the first version of a statement of 14 November 2017: five pictures that claim to show 9 November.
  One is cut out of the trailer, four are stills of the old footage (re-encoded, one mirrored, one with arrows).
- `release-en/` is the second version: three pictures that nobody has seen, and one honest, labelled file photograph.
- `published/` is the first version in the forms that statements are published in: saved page, DOCX, PDF, mail, ZIP.
- `truth.toml` says which known picture, at what time, each one is, and is also the recipe by which it is made here.

The TOML files are written by hand; this script makes the media. All randomness is seeded: the same versions of numpy,
Pillow and PyAV write the same bytes. It takes some minutes on one core.
"""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from publishing.forms import publish
from rendering.bridge import bridge_morning
from rendering.countryside import coast, dunes, mountain_lake
from rendering.edits import edited, read_recipes
from rendering.film import Film, encode
from rendering.gunship import gunship_trailer
from rendering.landscape import RGB
from rendering.pod import infrared_footage
from rendering.survey import farmland, situation_map
from rendering.town import city_dusk, harbour

HERE = Path(__file__).resolve().parent
TEXTS = ("truth.toml", "known/facts.toml", "release-ru/release.toml", "release-en/release.toml")
FILMS: dict[str, Callable[[], Film]] = {
    "known/gunship-trailer.mp4": gunship_trailer,
    "known/infrared-2016.mp4": infrared_footage,
}
STILLS: dict[str, Callable[[], RGB]] = {
    "known/mountain-lake.jpg": mountain_lake,
    "known/city-dusk.jpg": city_dusk,
    "known/harbour.jpg": harbour,
    "known/bridge-morning.jpg": bridge_morning,
    "known/farmland.jpg": farmland,
    "release-en/picture-1.jpg": dunes,
    "release-en/picture-2.jpg": coast,
    "release-en/picture-3.jpg": situation_map,
}
STILL_QUALITY = 85
PUBLISHED = "release-ru"


def main() -> None:
    """Render what the command line asks for."""
    parser = argparse.ArgumentParser(description="Render the sample corpus and the sample releases.")
    parser.add_argument("--out", type=Path, default=HERE, metavar="DIR", help="where to write (default: samples/)")
    render(parser.parse_args().out.resolve())


def render(out: Path) -> None:
    """Write all samples below `out`."""
    for folder in ("known", "release-ru", "release-en"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for name in TEXTS:
        if out != HERE:
            shutil.copyfile(HERE / name, out / name)
    for name, still in STILLS.items():
        save(Image.fromarray(still()), out / name, quality=STILL_QUALITY)
    for name, film in FILMS.items():
        encode(film(), out / name)
        print(out / name)
    for recipe in read_recipes(out / "truth.toml"):
        save(edited(recipe, out), out / recipe.path, quality=recipe.quality)
    publish(out / PUBLISHED, out / "published")


def save(picture: Image.Image, path: Path, *, quality: int) -> None:
    """Write a JPEG file without metadata."""
    picture.save(path, quality=quality, optimize=True)
    print(path)


if __name__ == "__main__":
    main()
