"""A photograph of a suspension bridge over a misty strait."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from rendering.landscape import (
    RGB,
    Land,
    Light,
    View,
    cast,
    exposed,
    hazed,
    lit,
    mirrored_in_water,
    projected,
    sky,
)  # fmt: skip
from rendering.noise import fractal, sampled, smoothstep, tiling
from rendering.paint import Colours, mix, tint, toned

SIZE = (1200, 800)
LARGE = (2 * SIZE[0], 2 * SIZE[1])
WEST = 4200.0  # land to the west of x = 0 is needed too: the field is laid out from there
VIEW = View(4150, 7350, 30, -30, focal=1.05, horizon=0.58, far=6500)
LIGHT = Light(102, 13, (3.4, 2.2, 1.3), (0.22, 0.3, 0.46), (0.74, 0.66, 0.62), 11000)
START, END = np.array([2450.0, 6650.0]), np.array([4300.0, 4750.0])
TOWERS = (0.26, 0.74)
TOWER_HEIGHT, DECK_HEIGHT = 205.0, 62.0
STEEL = (0.2, 0.055, 0.035)

Quad = npt.NDArray[np.float64]


def bridge_morning(seed: int = 71) -> RGB:
    """Render the bridge shortly after sunrise, shape (800, 1200, 3)."""
    land, view = _strait(seed), replace(VIEW, x=VIEW.x + WEST)
    seen = cast(land, view, LARGE)
    texture = tiling(1024, seed=seed + 1, fall=1.2)
    coarse, fine = sampled(texture, seen.x / 8, seen.y / 8), sampled(texture, seen.x / 1.4, seen.y / 1.4)
    woods = toned((0.045, 0.052, 0.022), np.clip(1 + 0.55 * fine + 0.35 * coarse, 0.1, 3))
    shore = smoothstep(9, 3, seen.z + fine)
    albedo = mix(woods, toned((0.2, 0.17, 0.14), 1 + 0.3 * fine), shore)
    ground = lit(land, seen, LIGHT, albedo, bump=0.3 * coarse + 0.4 * fine * np.exp(-seen.distance / 4000))
    picture = np.where(seen.land[..., None], ground, sky(view, LARGE, LIGHT, clouds=0.52, seed=seed + 2))
    built = _with_bridge(picture)
    water = seen.land & (seen.z <= 0.02)
    mirrored = mirrored_in_water(built, seen, water, view, deep=(0.03, 0.05, 0.06), seed=seed + 3)
    # The bridge stands before the water, so it is drawn once more over its own mirror image.
    return exposed(_with_bridge(mirrored), exposure=0.68, seed=seed + 4)


def _strait(seed: int) -> Land:
    shape = (1100, 1500)
    hills = fractal(shape, seed=seed, cells=6, octaves=9, gain=0.48)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) * 8
    x = x - WEST
    across = (x - START[0]) * 0.7 - (y - START[1]) * 0.72
    sides = smoothstep(2250, 3600, across + 160 * hills) + 0.8 * smoothstep(150, -700, across + 130 * hills)
    beyond = smoothstep(2600, 900, y + 200 * hills)
    heights = np.clip(sides + beyond, 0, 1.3) * (300 + 130 * hills) - 14
    return Land(np.maximum(heights, 0).astype(np.float32), 8)


def _with_bridge(picture: Colours) -> Colours:
    """Paint the bridge from far to near, each part behind its own share of air."""
    out = picture
    parts = sorted(_parts(), key=lambda part: -float(projected(VIEW, LARGE, part[0])[:, 2].mean()))
    for start in range(0, len(parts), 180):
        out = _painted(out, parts[start : start + 180])
    return out


def _painted(picture: Colours, parts: list[tuple[Quad, float]]) -> Colours:
    tone, mask = Image.new("F", LARGE), Image.new("L", LARGE)
    pens = ImageDraw.Draw(tone), ImageDraw.Draw(mask)
    depths = []
    for quad, brightness in parts:
        places = projected(VIEW, LARGE, quad)
        depths.append(float(places[:, 2].mean()))
        outline = [(float(x), float(y)) for x, y, _ in places]
        pens[0].polygon(outline, fill=brightness)
        pens[1].polygon(outline, fill=255)
    cover = np.asarray(mask, np.float32) / 255
    glow = np.asarray(tone, np.float32)[..., None]
    steel = tint(STEEL) * (tint(LIGHT.sun) * glow + tint(LIGHT.sky) * 1.2)
    away = np.full(mask.size[::-1], np.mean(depths), np.float32)
    return mix(picture, hazed(steel, away, LIGHT), cover)


def _parts() -> Iterator[tuple[Quad, float]]:
    yield from _deck()
    for share in TOWERS:
        yield from _tower(share)
    for side in (-13.0, 13.0):
        yield from _cable(side)


def _deck() -> Iterator[tuple[Quad, float]]:
    for number in range(120):
        first, last = number / 120, (number + 1) / 120
        for side, bright in ((-14.0, 0.45), (14.0, 0.8)):
            yield _upright(first, last, side, (DECK_HEIGHT, DECK_HEIGHT + 3)), bright
            yield _upright(first, last, side, (DECK_HEIGHT - 9, DECK_HEIGHT - 7.5)), bright * 0.8
            middle = (first + last) / 2
            yield _bar(first, middle, side, (DECK_HEIGHT - 8, DECK_HEIGHT)), bright * 0.7
            yield _bar(middle, last, side, (DECK_HEIGHT, DECK_HEIGHT - 8)), bright * 0.7
    for share in np.linspace(0.02, 0.98, 14):
        if min(abs(share - tower) for tower in TOWERS) > 0.05 and not TOWERS[0] < share < TOWERS[1]:
            yield _upright(share - 0.0016, share + 0.0016, 0, (0, DECK_HEIGHT - 7)), 0.5


def _tower(share: float) -> Iterator[tuple[Quad, float]]:
    for side in (-13.0, 13.0):
        yield _upright(share - 0.0032, share + 0.0032, side, (0, TOWER_HEIGHT)), 0.85
        yield _across(share, (side - 3, side + 3), (0, TOWER_HEIGHT)), 0.55
    for level in (48, 92, 132, 168, 198):
        yield _across(share, (-13, 13), (level, level + 7)), 0.6
    yield _upright(share - 0.008, share + 0.008, 0, (0, 9)), 0.9


def _cable(side: float) -> Iterator[tuple[Quad, float]]:
    shares = np.linspace(0, 1, 181)
    heights = [_cable_height(float(share)) for share in shares]
    for first, last, low, high in zip(shares, shares[1:], heights, heights[1:], strict=False):
        yield _bar(float(first), float(last), side, (low, high), thick=2.0), 0.75
    for share, height in zip(shares[::2], heights[::2], strict=True):
        yield _upright(float(share) - 0.00016, float(share) + 0.00016, side, (DECK_HEIGHT, height)), 0.6


def _cable_height(share: float) -> float:
    low = DECK_HEIGHT + 7
    if TOWERS[0] <= share <= TOWERS[1]:
        middle = (TOWERS[0] + TOWERS[1]) / 2
        return low + (TOWER_HEIGHT - low) * ((share - middle) / (TOWERS[1] - middle)) ** 2
    away = (TOWERS[0] - share) / TOWERS[0] if share < TOWERS[0] else (share - TOWERS[1]) / (1 - TOWERS[1])
    return TOWER_HEIGHT + (DECK_HEIGHT - TOWER_HEIGHT) * away - 24 * away * (1 - away)


def _place(share: float, side: float, height: float) -> tuple[float, float, float]:
    along = (END - START) / np.linalg.norm(END - START)
    x, y = START + (END - START) * share + np.array([-along[1], along[0]]) * side
    return float(x), float(y), height


def _upright(first: float, last: float, side: float, levels: tuple[float, float]) -> Quad:
    low, high = levels
    return np.array(
        [_place(first, side, low), _place(last, side, low), _place(last, side, high), _place(first, side, high)]
    )


def _bar(first: float, last: float, side: float, levels: tuple[float, float], thick: float = 1.1) -> Quad:
    start, end = levels
    return np.array(
        [
            _place(first, side, start),
            _place(last, side, end),
            _place(last, side, end + thick),
            _place(first, side, start + thick),
        ]
    )


def _across(share: float, sides: tuple[float, float], levels: tuple[float, float]) -> Quad:
    low, high = levels
    return np.array(
        [
            _place(share, sides[0], low),
            _place(share, sides[1], low),
            _place(share, sides[1], high),
            _place(share, sides[0], high),
        ]
    )
