"""Ground as a thermal camera sees it: textures of heat (0 cold to 1 hot) seen from straight above."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from rendering.noise import Field, blurred, fractal, relief, ridged, smoothstep


@dataclass(frozen=True, slots=True)
class Ground:
    """A flat piece of land.

    Attributes
    ----------
    heat : (height, width) float32 array
    texels_per_metre : float
    """

    heat: Field
    texels_per_metre: float


@dataclass(frozen=True, slots=True)
class Road:
    """A winding road from west to east: `y = start + slope * x + sway * sin(x / bend + phase)`, metres.

    With `southward`, x and y change places: a road from north to south.
    """

    start: float
    slope: float
    sway: float
    bend: float
    phase: float = 0.0
    width: float = 7.0
    southward: bool = False

    def y(self, x: float) -> float:
        """Return the middle of the road at `x`."""
        return float(self.ys(np.array([x]))[0])

    def ys(self, x: Field) -> Field:
        """Return the middle of the road at many places."""
        middle: Field = self.start + self.slope * x + self.sway * np.sin(x / self.bend + self.phase)
        return middle

    def heading(self, x: float) -> float:
        """Return the direction of travel at `x`, radians from the x axis."""
        return float(np.arctan(self.slope + self.sway / self.bend * np.cos(x / self.bend + self.phase)))


@dataclass(frozen=True, slots=True)
class Plots:
    """Farm plots: a turned grid of cells inside a circle; all lengths in metres, the angle in radians."""

    x: float
    y: float
    radius: float
    cell: float
    angle: float
    seed: int


def soil(metres: tuple[float, float], *, texels_per_metre: float, seed: int) -> Ground:
    """Render bare land, `(east, south)` metres: stains, eroded gullies, stones."""
    shape = (round(metres[1] * texels_per_metre), round(metres[0] * texels_per_metre))
    lumps = metres[0] / 90
    stains = fractal(shape, seed=seed, cells=lumps, octaves=8, gain=0.62)
    hills = fractal(shape, seed=seed + 1, cells=lumps * 2, octaves=6, gain=0.44)
    gullies = ridged(shape, seed=seed + 2, cells=lumps * 1.6, octaves=6, gain=0.5)
    grain = fractal(shape, seed=seed + 3, cells=metres[0] / 2.5, octaves=4, gain=0.8)
    bed = smoothstep(0.42, 0.72, gullies)
    heat = 0.4 + 0.05 * stains + 0.24 * relief(hills - 0.35 * bed, azimuth=0.7, strength=130 / texels_per_metre)
    stones = smoothstep(1.9, 2.7, fractal(shape, seed=seed + 4, cells=metres[0] / 1.6, octaves=2))
    heat += (0.03 * grain + 0.2 * stones) * (1 - bed) - 0.09 * bed
    return Ground(heat.astype(np.float32), texels_per_metre)


def with_road(ground: Ground, road: Road, *, heat: float, seed: int) -> Ground:
    """Lay a road with ruts, shoulders and ditches."""
    x, y = _metres(ground)[:: -1 if road.southward else 1]
    distance = np.abs(y - road.ys(x)) / np.sqrt(1 + (road.sway / road.bend) ** 2 * 0.5 + road.slope**2)
    worn = fractal(ground.heat.shape, seed=seed, cells=x.max() / 12, octaves=5, gain=0.7)
    half = road.width / 2
    surface = 1 - smoothstep(half - 0.5, half + 0.6, distance + 0.25 * worn)
    ditch = np.exp(-(((distance - half - 1.6) / 0.7) ** 2))
    ruts = np.exp(-(((distance - half * 0.45) / 0.35) ** 2))
    laid = ground.heat * (1 - surface) + surface * (heat + 0.035 * worn + 0.09 * ruts)
    return Ground((laid - 0.13 * ditch * (0.8 + 0.3 * worn)).astype(np.float32), ground.texels_per_metre)


def with_tracks(ground: Ground, *, count: int, seed: int) -> Ground:
    """Draw the paired ruts of vehicles that left the road."""
    random = np.random.default_rng(seed)
    height, width = ground.heat.shape
    layer = Image.new("L", (width, height))
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        path = _wander(random, (width, height), step=6 * ground.texels_per_metre)
        strength, offset = int(random.integers(70, 190)), ground.texels_per_metre * 0.8
        for side in (-offset, offset):
            draw.line([(x, y + side) for x, y in path], fill=strength, width=max(1, round(ground.texels_per_metre / 2)))
    ruts = blurred(np.asarray(layer, np.float32) / 255, 1)
    broken = smoothstep(-1.6, 0.6, fractal(ground.heat.shape, seed=seed + 1, cells=40, octaves=4))
    return Ground(ground.heat + 0.24 * ruts * broken, ground.texels_per_metre)


def with_plots(ground: Ground, plots: Plots) -> Ground:
    """Plough fields into the land, each with its own heat, furrows and banks."""
    x, y = _metres(ground)
    u = ((x - plots.x) * np.cos(plots.angle) + (y - plots.y) * np.sin(plots.angle)) / plots.cell
    v = ((y - plots.y) * np.cos(plots.angle) - (x - plots.x) * np.sin(plots.angle)) / (plots.cell * 0.62)
    u = u + 0.25 * np.floor(v)
    edge = fractal(ground.heat.shape, seed=plots.seed, cells=24, octaves=6)
    inside = 1 - smoothstep(0.9, 1.0, np.hypot(x - plots.x, y - plots.y) / plots.radius + 0.06 * edge)
    random = np.random.default_rng(plots.seed)
    table = random.uniform(-1, 1, (2, 64, 64)).astype(np.float32)
    cell = (np.floor(v).astype(int) % 64, np.floor(u).astype(int) % 64)
    furrows = np.sin(2 * np.pi * plots.cell / 1.9 * np.where(table[1][cell] > 0, u, v * 0.62) + edge * 0.8)
    bank = np.maximum(np.abs(u - np.floor(u) - 0.5), np.abs(v - np.floor(v) - 0.5))
    tone = 0.42 + 0.13 * table[0][cell] + 0.045 * furrows + 0.03 * edge + 0.16 * smoothstep(0.468, 0.487, bank)
    blend = inside * np.where(table[1][cell] * 3 % 1 > 0.24, 1.0, 0.25)
    return Ground((ground.heat * (1 - blend) + tone * blend).astype(np.float32), ground.texels_per_metre)


def with_water(ground: Ground, road: Road, *, heat: float, seed: int) -> Ground:
    """Let a river or canal run along the line of a `Road`, with reeds on its banks."""
    x, y = _metres(ground)
    shape = ground.heat.shape
    ragged = fractal(shape, seed=seed, cells=x.max() / 40, octaves=7, gain=0.6)
    distance = np.abs(y - road.ys(x)) + 0.12 * road.width * ragged
    water = 1 - smoothstep(road.width / 2 - 0.8, road.width / 2 + 0.8, distance)
    streaks = fractal((shape[0], shape[1] // 6), seed=seed + 1, cells=60, octaves=5)
    ripples = np.asarray(Image.fromarray(streaks).resize((shape[1], shape[0]), Image.Resampling.BILINEAR))
    reeds = np.exp(-(((distance - road.width / 2 - 3) / 2.5) ** 2))
    lush = smoothstep(-0.4, 1.2, fractal(shape, seed=seed + 2, cells=x.max() / 3, octaves=3, gain=0.8))
    banked = ground.heat + reeds * (0.3 * lush - 0.12)
    return Ground((banked * (1 - water) + water * (heat + 0.02 * ripples)).astype(np.float32), ground.texels_per_metre)


def with_bushes(ground: Ground, *, count: int, radius: tuple[float, float], heat: float, seed: int) -> Ground:
    """Scatter bushes or trees in clumps; `radius` is the smallest and largest, in metres."""
    random = np.random.default_rng(seed)
    out = ground.heat.copy()
    clumps = fractal((256, 256), seed=seed, cells=9, octaves=4)
    sprites = [_bush(seed + number) for number in range(16)]
    height, width = out.shape
    for _ in range(count):
        x, y, size = random.uniform(), random.uniform(), random.uniform() ** 2
        kept, which = random.uniform(-0.6, 1.4), int(random.integers(16))
        if clumps[int(y * 255), int(x * 255)] < kept:
            continue
        metres = radius[0] + (radius[1] - radius[0]) * size
        _stamp(out, sprites[which], (x * width, y * height), metres * ground.texels_per_metre, heat)
    return Ground(out, ground.texels_per_metre)


def _metres(ground: Ground) -> tuple[Field, Field]:
    height, width = ground.heat.shape
    x = (np.arange(width, dtype=np.float32) + 0.5) / ground.texels_per_metre
    y = (np.arange(height, dtype=np.float32) + 0.5) / ground.texels_per_metre
    return np.broadcast_to(x[None, :], ground.heat.shape), np.broadcast_to(y[:, None], ground.heat.shape)


def _wander(random: np.random.Generator, size: tuple[int, int], *, step: float) -> list[tuple[float, float]]:
    x, y = random.uniform(0, size[0]), random.uniform(0, size[1])
    angle, bend = random.uniform(0, 2 * np.pi), 0.0
    path = [(x, y)]
    for _ in range(140):
        bend = 0.9 * bend + random.normal(0, 0.05)
        angle += bend
        x, y = x + step * np.cos(angle), y + step * np.sin(angle)
        path.append((x, y))
    return path


def _bush(seed: int) -> tuple[Field, Field]:
    """Return opacity and brightness (about -1 to 1) of a bush, 48 x 48."""
    lumps = fractal((48, 48), seed=seed, cells=5, octaves=4, gain=0.7)
    y, x = (np.mgrid[0:48, 0:48].astype(np.float32) - 23.5) / 20
    inside = 1 - smoothstep(0.62, 0.98, np.hypot(x, y) + 0.13 * lumps)
    bright = 0.45 * (-x - y) + 0.42 * lumps
    return inside, bright.astype(np.float32)


def _stamp(out: Field, sprite: tuple[Field, Field], centre: tuple[float, float], radius: float, heat: float) -> None:
    side = max(3, round(radius * 2.4))
    opacity, bright = (np.asarray(Image.fromarray(part).resize((side, side), Image.Resampling.BOX)) for part in sprite)
    left, top = round(centre[0] - side / 2), round(centre[1] - side / 2)
    shade = round(radius * 0.55)
    if left < 0 or top < 0 or left + side + shade > out.shape[1] or top + side + shade > out.shape[0]:
        return
    below = out[top + shade : top + shade + side, left + shade : left + shade + side]
    below -= 0.17 * opacity
    place = out[top : top + side, left : left + side]
    place += opacity * (heat + 0.16 * bright - place)
