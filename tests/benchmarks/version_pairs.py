"""Two versions of a release with known truth, made of any pictures: what the tests and the benchmark compare.

Names are numbers with gaps, so that a picture can be put anywhere in the order of names, and an added picture never has
the name of one that was taken away.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

Edit = Callable[[Image.Image, random.Random], Image.Image]
STEP: Final = 100
QUALITY_A: Final = 92


@dataclass(frozen=True, slots=True)
class Expected:
    """One pair as it was made: names in A and B (None: not there), the family of edits, and the right kind."""

    a: str | None
    b: str | None
    family: str
    kind: str


@dataclass(slots=True)
class Truth:
    """What is true of a set of two versions."""

    pairs: list[Expected] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    moved_captions: set[tuple[str, str]] = field(default_factory=set)


def write_versions(
    folder: Path, pictures: Sequence[Image.Image], spare: Sequence[Image.Image], *, seed: int, family: str | None = None
) -> Truth:
    """Write `folder/a` and `folder/b` and return the truth.

    Parameters
    ----------
    pictures : sequence of Image
        Those of A; each goes through one family, all families in turn.
    spare : sequence of Image
        Other pictures, for what is new in B; at least a quarter as many.
    family : str, optional
        Only this one.
    """
    chance = random.Random(seed)  # noqa: S311 (pictures, no secrets)
    families = [family] if family else [*WHOLES, *EDITS]
    truth, fresh = Truth(), list(spare)
    captions: dict[str, dict[str, str]] = {"a": {}, "b": {}}
    for side in ("a", "b"):
        (folder / side).mkdir(parents=True)
    for at, image in enumerate(pictures):
        chosen = families[at % len(families)]
        name = f"{(at + 1) * STEP:06d}.jpg"
        _write_one(folder, name, image.convert("RGB"), chosen, fresh=fresh, chance=chance, truth=truth)
        captions["a"][name] = f"What is seen on picture {at + 1}"
    for pair in truth.pairs:
        if pair.b:
            captions["b"][pair.b] = captions["a"][pair.a] if pair.a else f"A new picture, {pair.b}"
    _move_captions(captions, truth)
    for side, said in captions.items():
        _write_manifest(folder / side, said)
    return truth


def _write_one(
    folder: Path,
    name: str,
    image: Image.Image,
    family: str,
    *,
    fresh: list[Image.Image],
    chance: random.Random,
    truth: Truth,
) -> None:
    a, b = folder / "a" / name, folder / "b" / name
    if family in EDITS:
        edit, kind = EDITS[family]
        first, second = (edit(image, chance), image) if family == "uncropped" else (image, edit(image, chance))
        first.save(a, quality=QUALITY_A)
        second.save(b, quality=chance.randint(55, 90))
        truth.pairs.append(Expected(name, name, family, kind))
        return
    image.save(a, quality=QUALITY_A)
    match family:
        case "identical" | "caption moved":
            b.write_bytes(a.read_bytes())
            truth.pairs.append(Expected(name, name, family, "identical"))
        case "moved":
            moved = f"{(int(a.stem) * 7919) % 900_000 + STEP // 2:06d}.jpg"
            b.with_name(moved).write_bytes(a.read_bytes())
            truth.pairs.append(Expected(name, moved, family, "identical"))
            truth.moved.add(moved)
        case "replaced":
            fresh.pop().convert("RGB").save(b, quality=QUALITY_A)
            truth.pairs.append(Expected(name, name, family, "replaced"))
        case "removed":
            truth.pairs.append(Expected(name, None, family, "only-in-a"))
        case "added":
            b.write_bytes(a.read_bytes())
            truth.pairs.append(Expected(name, name, "identical", "identical"))
            new = f"{int(a.stem) + 1:06d}.jpg"
            fresh.pop().convert("RGB").save(b.with_name(new), quality=QUALITY_A)
            truth.pairs.append(Expected(None, new, family, "only-in-b"))


def _move_captions(captions: dict[str, dict[str, str]], truth: Truth) -> None:
    """Let the pictures of that family exchange their captions in a circle."""
    names = [pair.b for pair in truth.pairs if pair.family == "caption moved" and pair.b]
    said = [captions["b"][name] for name in names]
    for name, caption, origin in zip(names, said[-1:] + said[:-1], names[-1:] + names[:-1], strict=True):
        if len(names) > 1:
            captions["b"][name] = caption
            truth.moved_captions.add((origin, name))


def _write_manifest(folder: Path, captions: Mapping[str, str]) -> None:
    entries = [f'[[image]]\npath = "{name}"\ncaption = "{caption}"\n' for name, caption in sorted(captions.items())]
    (folder / "release.toml").write_text("\n".join(['title = "A statement"\n', *entries]), encoding="utf-8")


# ---------------------------------------------------------------- edits


def _as_it_is(image: Image.Image, _: random.Random) -> Image.Image:
    return image


def _resized(image: Image.Image, chance: random.Random) -> Image.Image:
    by = chance.uniform(0.5, 0.9)
    return image.resize((round(image.width * by), round(image.height * by)), Image.Resampling.LANCZOS)


def _cropped(image: Image.Image, chance: random.Random) -> Image.Image:
    across, down = (chance.uniform(0.65, 0.92) for _ in range(2))
    width, height = round(image.width * across), round(image.height * down)
    left, top = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
    return image.crop((left, top, left + width, top + height))


def _mirrored(image: Image.Image, _: random.Random) -> Image.Image:
    return ImageOps.mirror(image)


def _rotated(image: Image.Image, chance: random.Random) -> Image.Image:
    return image.rotate(chance.choice([90, 180, 270]), expand=True)


def _recoloured(image: Image.Image, chance: random.Random) -> Image.Image:
    match chance.choice(["grey", "darker", "contrast", "warmer"]):
        case "grey":
            return image.convert("L").convert("RGB")
        case "darker":
            return ImageEnhance.Brightness(image).enhance(0.6)
        case "contrast":
            return ImageEnhance.Contrast(image).enhance(0.5)
    red, green, blue = image.split()
    return Image.merge("RGB", (red.point(lambda v: min(255, v + 40)), green, blue.point(lambda v: max(0, v - 40))))


def _captioned(image: Image.Image, chance: random.Random) -> Image.Image:
    edited = image.copy()
    width, height = round(image.width * 0.45), round(image.height * 0.14)
    left, top = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
    draw = ImageDraw.Draw(edited)
    draw.rectangle((left, top, left + width, top + height), fill=(250, 250, 250))
    draw.text((left + 6, top + height // 5), "EVIDENCE 09.11", fill=(180, 0, 0), font_size=max(8, round(height * 0.6)))
    return edited


def _pasted(image: Image.Image, chance: random.Random) -> Image.Image:
    """Lay another part of the picture, turned over, on a region."""
    width, height = round(image.width * 0.3), round(image.height * 0.3)
    places = [(chance.randint(0, image.width - width), chance.randint(0, image.height - height)) for _ in range(2)]
    left, top = places[0]
    part = ImageOps.flip(image.crop((left, top, left + width, top + height)))
    edited = image.copy()
    edited.paste(part, places[1])
    return edited


def _blurred(image: Image.Image, chance: random.Random) -> Image.Image:
    """Hide a region behind a strong blur, as faces and number plates are."""
    width, height = round(image.width * 0.35), round(image.height * 0.35)
    left, top = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
    box = (left, top, left + width, top + height)
    edited = image.copy()
    edited.paste(image.crop(box).filter(ImageFilter.GaussianBlur(max(image.size) / 30)), box)
    return edited


EDITS: Final[Mapping[str, tuple[Edit, str]]] = MappingProxyType(
    {
        "re-encoded": (_as_it_is, "re-encoded"),
        "resized": (_resized, "re-encoded"),
        "cropped": (_cropped, "cropped"),
        "uncropped": (_cropped, "cropped"),
        "mirrored": (_mirrored, "mirrored"),
        "rotated": (_rotated, "rotated"),
        "recoloured": (_recoloured, "recoloured"),
        "captioned": (_captioned, "edited"),
        "pasted": (_pasted, "edited"),
        "blurred": (_blurred, "edited"),
    }
)
"""Edits of a picture, with the kind that is right."""

WHOLES: Final = ("caption moved", "identical", "moved", "replaced", "removed", "added")
"""What happens to whole pictures."""
