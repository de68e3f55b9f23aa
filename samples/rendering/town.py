"""Photographs of built places: a city at dusk and a harbour, built of layers from far to near."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from rendering.landscape import RGB, Light, View, exposed, sky
from rendering.noise import fractal, sampled, smoothstep, tiling
from rendering.paint import Colours, mix, tint, toned

SIZE = (1200, 800)
LARGE = (2 * SIZE[0], 2 * SIZE[1])
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of buildings, from far to near.

    Attributes
    ----------
    foot : int
        Row of the picture where they stand.
    heights : (low, high)
        Pixels.
    widths : (low, high)
    colour : linear RGB of an unlit wall
    lit : float
        Share of windows with light.
    """

    foot: int
    heights: tuple[int, int]
    widths: tuple[int, int]
    colour: Colour
    lit: float


def city_dusk(seed: int = 81) -> RGB:
    """Render a skyline over a river after sunset, shape (800, 1200, 3)."""
    light = Light(8, 4, (1.6, 0.72, 0.34), (0.07, 0.11, 0.25), (0.86, 0.42, 0.26), 9000)
    view = View(0, 0, 20, 0, focal=1.1, horizon=0.66)
    picture = sky(view, LARGE, light, clouds=0.62, seed=seed)
    shore = round(0.66 * LARGE[1])
    for number, row in enumerate(_rows(shore)):
        picture = _with_row(picture, row, seed=seed + 10 + number)
    picture = _embankment(picture, shore, seed=seed + 30)
    return exposed(_river(picture, shore, seed=seed + 40), exposure=0.9, seed=seed + 50, grain=0.013)


def harbour(seed: int = 91) -> RGB:
    """Render a container harbour under clouds, shape (800, 1200, 3)."""
    light = Light(-70, 38, (1.9, 1.75, 1.5), (0.3, 0.4, 0.54), (0.66, 0.7, 0.74), 9000)
    view = View(0, 0, 8, 0, focal=1.1, horizon=0.62)
    picture = sky(view, LARGE, light, clouds=0.66, seed=seed)
    quay = round(0.67 * LARGE[1])
    picture = _hills(picture, quay, seed=seed + 1)
    for x, size in ((180, 0.62), (620, 0.62), (2060, 0.7)):
        picture = _painted(picture, list(_crane(x, quay - 40, size)), (0.2, 0.24, 0.28))
    picture = _stacks(picture, quay, seed=seed + 2)
    picture = _ship(picture, quay, seed=seed + 3)
    picture = _painted(picture, list(_crane(1020, quay, 1.0)), (0.2, 0.035, 0.02))
    picture = _painted(picture, list(_crane(1640, quay, 1.0)), (0.2, 0.035, 0.02))
    return exposed(_river(picture, quay, seed=seed + 5, deep=(0.05, 0.08, 0.09)), exposure=0.85, seed=seed + 6)


def _rows(shore: int) -> tuple[Row, ...]:
    return (
        Row(shore, (120, 300), (60, 150), (0.30, 0.17, 0.14), 0.10),
        Row(shore, (200, 620), (70, 150), (0.12, 0.08, 0.09), 0.24),
        Row(shore, (110, 420), (80, 190), (0.05, 0.043, 0.06), 0.32),
        Row(shore, (60, 210), (100, 260), (0.022, 0.022, 0.032), 0.4),
    )


def _with_row(picture: Colours, row: Row, *, seed: int) -> Colours:
    random = np.random.default_rng(seed)
    out, x = picture.copy(), -40
    middle = LARGE[0] * random.uniform(0.38, 0.66)
    while x < LARGE[0]:
        width = int(random.integers(*row.widths))
        near_centre = float(np.exp(-(((x - middle) / (0.33 * LARGE[0])) ** 2)))
        tall = row.heights[0] + (row.heights[1] - row.heights[0]) * near_centre * random.uniform(0.25, 1.0)
        _tower(out, (x, row.foot - int(tall), width, int(tall)), row, random)
        x += width + int(random.integers(-12, 26))
    return out


def _tower(out: Colours, box: tuple[int, int, int, int], row: Row, random: np.random.Generator) -> None:
    x, top, width, tall = box
    left, right = max(x, 0), min(x + width, LARGE[0])
    if right - left < 8:
        return
    wall = out[top : top + tall, left:right]
    shade = np.linspace(1.12, 0.82, right - left, dtype=np.float32)[None, :, None]
    wall[:] = tint(row.colour) * shade * random.uniform(0.8, 1.25)
    _windows(wall, row, random)
    roof = random.integers(3)
    if roof == 0:
        out[max(top - 70, 0) : top, left + width // 2 - 2 : left + width // 2 + 3] = tint(row.colour) * 0.9
    elif roof == 1:
        out[top - 26 : top, left + width // 5 : left + 3 * width // 5] = tint(row.colour)


def _windows(wall: Colours, row: Row, random: np.random.Generator) -> None:
    high, wide = int(random.integers(11, 17)), int(random.integers(8, 15))
    rows, columns = wall.shape[0] // high, wall.shape[1] // wide
    if rows < 2 or columns < 2:
        return
    # Whole floors are dark or busy: offices, not confetti.
    busy = random.uniform(0, 1, (rows, 1)) ** 1.5 * 2 * row.lit
    on = random.uniform(0, 1, (rows, columns)) < busy
    warm = random.uniform(0, 1, (rows, columns, 1))
    colour = warm * np.array([1.5, 0.92, 0.42]) + (1 - warm) * np.array([1.1, 1.05, 0.9])
    glow = colour * random.uniform(0.25, 1.15, (rows, columns, 1)) * on[..., None]
    for dy in range(3, high - 4):
        for dx in range(2, wide - 3):
            wall[dy : rows * high : high, dx : columns * wide : wide][:rows, :columns] += glow.astype(np.float32)
            wall[dy : rows * high : high, dx : columns * wide : wide][:rows, :columns] *= np.float32(0.9)


def _embankment(picture: Colours, shore: int, *, seed: int) -> Colours:
    random = np.random.default_rng(seed)
    out = picture.copy()
    trees = smoothstep(-1.2, 1.0, fractal((1, LARGE[0]), seed=seed, cells=90, octaves=5))[0]
    for x in range(LARGE[0]):
        out[shore - 14 - int(30 * trees[x]) : shore, x] = tint((0.012, 0.013, 0.014)) * (1 + trees[x])
    for x in range(30, LARGE[0], 62):
        y = shore - 40 - int(random.integers(0, 5))
        out[y : y + 7, x : x + 7] = tint((6.0, 3.9, 1.9))
        out[y + 7 : shore, x + 3 : x + 5] = tint((0.02, 0.02, 0.02))
    return out


def _river(picture: Colours, shore: int, *, seed: int, deep: Colour = (0.012, 0.02, 0.04)) -> Colours:
    """Mirror everything above the shore, broken by waves that grow towards the camera."""
    height, width = picture.shape[:2]
    row, column = np.mgrid[shore:height, 0:width].astype(np.float32)
    below = row - shore
    field = tiling(1024, seed=seed, fall=1.3)
    depth = 2200 / (below + 14)
    waves = sampled(field, (column - width / 2) * depth / 160, depth * 9) + 0.5 * sampled(
        field, (column - width / 2) * depth / 40 + 77, depth * 30
    )
    source = np.clip(shore - 1 - below * 1.12 - waves * (3 + 0.1 * below), 0, shore - 1).astype(int)
    aside = np.clip(column + waves * (1 + 0.008 * below), 0, width - 1).astype(int)
    flat = (0.85 - 0.55 * below / below.max())[..., None]
    # Long vertical smears are what lamps leave on moving water.
    mirror = picture[source, aside] * 0.6 + picture[np.clip(source - 26, 0, None), aside] * 0.4
    out = picture.copy()
    out[shore:] = mirror * flat + tint(deep) * (1 - flat) * (1 + 0.3 * waves[..., None])
    return out


def _hills(picture: Colours, foot: int, *, seed: int) -> Colours:
    out = picture.copy()
    rows = np.arange(LARGE[1])[:, None]
    for number, colour in enumerate(((0.42, 0.48, 0.54), (0.26, 0.31, 0.34))):
        line = fractal((1, LARGE[0]), seed=seed + number, cells=3 + 2 * number, octaves=8)[0]
        top = foot - 150 + 60 * number - 42 * line
        texture = fractal((LARGE[1], LARGE[0]), seed=seed + 7 + number, cells=60, octaves=5)
        inside = smoothstep(-1, 1, (rows - top[None, :]).astype(np.float32))
        out = mix(out, toned(colour, 1 + 0.06 * texture), inside)
    return out


def _painted(picture: Colours, shapes: list[list[tuple[float, float]]], colour: Colour) -> Colours:
    mask = Image.new("L", LARGE)
    draw = ImageDraw.Draw(mask)
    for shape in shapes:
        draw.polygon(shape, fill=255)
    cover = np.asarray(mask.filter(ImageFilter.GaussianBlur(0.8)), np.float32) / 255
    stains = 1 + 0.14 * fractal((LARGE[1], LARGE[0]), seed=5, cells=70, octaves=4)
    return mix(picture, toned(colour, stains), cover)


def _beam(x0: float, y0: float, x1: float, y1: float, thick: float) -> list[tuple[float, float]]:
    length = float(np.hypot(x1 - x0, y1 - y0))
    dx, dy = (y1 - y0) / length * thick / 2, (x0 - x1) / length * thick / 2
    return [(x0 - dx, y0 - dy), (x1 - dx, y1 - dy), (x1 + dx, y1 + dy), (x0 + dx, y0 + dy)]


def _crane(x: float, foot: float, size: float) -> Iterator[list[tuple[float, float]]]:
    """Yield the beams of a ship-to-shore crane."""

    def beam(x0: float, y0: float, x1: float, y1: float, thick: float) -> list[tuple[float, float]]:
        return _beam(x + x0 * size, foot - y0 * size, x + x1 * size, foot - y1 * size, thick * size)

    for leg in (-120, -70, 70, 120):
        yield beam(leg, 0, leg * 0.86, 470, 17)
    for level in (70, 260, 470):
        yield beam(-125, level, 125, level, 20)
    for low, high in ((70, 260), (260, 470)):
        yield beam(-110, low, 105, high, 8)
        yield beam(110, low, -105, high, 8)
    yield beam(-330, 500, 520, 500, 24)
    yield beam(-60, 500, 0, 760, 14)
    yield beam(60, 500, 0, 760, 14)
    for tip in (-300, 250, 480):
        yield beam(0, 756, tip, 506, 5)
    for number in range(-330, 520, 34):
        yield beam(number, 500, number + 17, 532, 4)
        yield beam(number + 17, 532, number + 34, 500, 4)
    yield beam(250, 490, 250, 430, 46)
    yield beam(250, 430, 250, 210, 4)
    yield beam(-240, 560, -170, 560, 62)


def _stacks(picture: Colours, quay: int, *, seed: int) -> Colours:
    random = np.random.default_rng(seed)
    out = picture.copy()
    colours = (
        (0.3, 0.05, 0.03),
        (0.04, 0.1, 0.24),
        (0.06, 0.16, 0.09),
        (0.42, 0.36, 0.24),
        (0.34, 0.14, 0.02),
        (0.2, 0.2, 0.2),
    )
    for x in range(-20, LARGE[0], 106):
        for level in range(int(random.integers(1, 6))):
            colour = tint(colours[int(random.integers(len(colours)))]) * random.uniform(0.7, 1.1)
            top = quay - 16 - (level + 1) * 42
            place = out[top : top + 40, max(x, 0) : x + 102]
            ribs = 1 + 0.22 * np.sign(np.sin(np.arange(place.shape[1]) * 1.1))[None, :, None]
            place[:] = (colour * ribs * np.linspace(1.15, 0.75, 40)[:, None, None]).astype(np.float32)
    out[quay - 18 : quay] = tint((0.11, 0.105, 0.1))
    return out


def _ship(picture: Colours, quay: int, *, seed: int) -> Colours:
    deck = quay - 60
    hull = [(1180.0, deck + 0.0), (2330.0, deck - 34.0), (2262.0, quay + 66.0), (1216.0, quay + 66.0)]
    house = [[(1240.0, deck - 230.0), (1390.0, deck - 230.0), (1390.0, deck + 0.0), (1240.0, deck + 0.0)]]
    out = _painted(picture, house, (0.62, 0.62, 0.6))
    random = np.random.default_rng(seed)
    for row in range(5):
        out[deck - 212 + row * 40 : deck - 196 + row * 40, 1252:1380][:, np.arange(128) % 18 < 11] = np.float32(0.04)
    for x in range(1420, 2190, 74):
        for level in range(int(random.integers(2, 6))):
            colour = random.choice(((0.3, 0.06, 0.04), (0.05, 0.12, 0.25), (0.4, 0.34, 0.2), (0.08, 0.17, 0.1)))
            top = deck - 14 - (level + 1) * 34
            ribs = 1 + 0.2 * np.sign(np.sin(np.arange(70) * 1.1))[None, :, None]
            out[top : top + 32, x : x + 70] = (colour * ribs * np.linspace(1.1, 0.75, 32)[:, None, None]).astype(
                np.float32
            )
    out = _painted(out, [hull], (0.035, 0.05, 0.075))
    keel = [(1208.0, quay + 40.0), (2276.0, quay + 40.0), (2262.0, quay + 66.0), (1216.0, quay + 66.0)]
    return _painted(out, [keel], (0.2, 0.035, 0.025))
