"""Photographs of land: one ray a pixel meets a height field, then light, air and film.

The heights along each column of the picture are projected once; the first step that reaches a pixel's row is what it
sees. That is exact for a camera that does not roll, and fast enough in numpy without a compiled ray tracer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from rendering.noise import Field, sampled, smoothstep, tiling
from rendering.paint import Colours, mix, tint, toned

RGB = npt.NDArray[np.uint8]
STEPS = 1500


@dataclass(frozen=True, slots=True)
class Land:
    """A height field.

    Attributes
    ----------
    heights : (rows, columns) float32 array
        Metres; x runs along columns (east), y along rows (south).
    cell : float
        Metres between samples.
    """

    heights: Field
    cell: float


@dataclass(frozen=True, slots=True)
class View:
    """A level camera: eye in metres, heading in degrees clockwise from north, focal length in picture widths.

    `horizon` is the height of the horizon in the picture, as a share from the top.
    """

    x: float
    y: float
    z: float
    heading: float
    focal: float = 1.0
    horizon: float = 0.45
    far: float = 15000.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What each pixel sees, all shape (height, width): the place, its distance, and whether there is land at all."""

    x: Field
    y: Field
    z: Field
    distance: Field
    land: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Light:
    """A sun by compass and height (degrees), the colours of sun, sky overhead and haze (linear), haze length (m)."""

    compass: float
    height: float
    sun: tuple[float, float, float]
    sky: tuple[float, float, float]
    haze: tuple[float, float, float]
    haze_length: float


def cast(land: Land, view: View, size: tuple[int, int]) -> Seen:
    """Find what each pixel of a picture of `size` (width, height) sees."""
    width, height = size
    ahead, aside = _directions(view, width)
    depth = np.geomspace(1.0, view.far, STEPS).astype(np.float32)
    x = view.x + depth[:, None] * (ahead[0] + aside[0])[None, :]
    y = view.y + depth[:, None] * (ahead[1] + aside[1])[None, :]
    z = sampled(land.heights, x / land.cell, y / land.cell)
    rows = view.horizon * height - (z - view.z) / depth[:, None] * view.focal * width
    hit = _first_hits(rows, height)
    near = np.clip(hit, 1, STEPS - 1)
    column = np.arange(width)[None, :]
    before, after = rows[near - 1, column], rows[near, column]
    wanted = np.arange(height, dtype=np.float32)[:, None] + 0.5
    share = np.clip((before - wanted) / np.maximum(before - after, 1e-4), 0, 1)
    distance = (depth[near - 1] + (depth[near] - depth[near - 1]) * share).astype(np.float32)
    place = [start + distance * (ahead[axis] + aside[axis])[None, :] for axis, start in enumerate((view.x, view.y))]
    level = sampled(land.heights, place[0] / land.cell, place[1] / land.cell)
    return Seen(place[0], place[1], level, distance, hit < STEPS)


def lit(land: Land, seen: Seen, light: Light, albedo: Colours, *, bump: Field) -> Colours:
    """Light the land: sun with cast shadows, sky light, and haze; `bump` roughens the surface (metres of slope)."""
    slopes = np.gradient(land.heights, land.cell)
    across, along = (sampled(slope, seen.x / land.cell, seen.y / land.cell) for slope in (slopes[1], slopes[0]))
    across, along = across + bump, along + np.roll(bump, 7, axis=1)
    up = 1 / np.sqrt(1 + across * across + along * along)
    east, south, above = sun_direction(light)
    facing = np.clip((above - across * east - along * south) * up, 0, None)
    direct = facing * sampled(sunlit(land, light), seen.x / land.cell, seen.y / land.cell)
    colour = albedo * (toned(light.sun, direct) + toned(light.sky, 0.35 + 0.65 * up))
    return hazed(colour, seen.distance, light)


def hazed(colour: Colours, distance: Field, light: Light) -> Colours:
    """Put air between the camera and what it sees."""
    return mix(colour, tint(light.haze), 1 - np.exp(-distance / light.haze_length))


def sky(view: View, size: tuple[int, int], light: Light, *, clouds: float, seed: int) -> Colours:
    """Render the sky: a gradient, a glow about the sun, and a layer of clouds (`clouds` from 0 to 1)."""
    width, height = size
    ahead, aside = _directions(view, width)
    rise = (view.horizon * height - np.arange(height, dtype=np.float32) - 0.5)[:, None] / (view.focal * width)
    rise = np.maximum(rise, 0.0015)
    length = np.sqrt(rise**2 + 1 + np.square(np.hypot(*aside))[None, :])
    ray = [(ahead[axis] + aside[axis])[None, :] / length for axis in (0, 1)]
    east, south, above = sun_direction(light)
    towards = np.clip(ray[0] * east + ray[1] * south + rise / length * above, 0, 1)
    colour = mix(tint(light.sky) * 1.5, tint(light.haze), np.exp(-rise / length * 5.5))
    colour = colour + toned(light.sun, 0.16 * towards**8 + 0.5 * towards**200)
    noise = _cloud_noise((ahead, aside), rise, seed)
    cover = smoothstep(1.1 - 1.9 * clouds, 2.3 - 1.7 * clouds, noise) * smoothstep(0.004, 0.09, rise)
    rim = np.clip(1.0 - 0.35 * noise, 0.25, 1.2)
    cloud = tint(light.haze) * 0.55 + toned(light.sun, (0.1 + 0.3 * towards**3) * rim)
    return mix(colour, cloud, 0.9 * cover)


def mirrored_in_water(
    picture: Colours,
    seen: Seen,
    water: npt.NDArray[np.bool_],
    view: View,
    *,
    deep: tuple[float, float, float],
    seed: int,
) -> Colours:
    """Replace water by what it mirrors, broken by ripples, more of it the flatter the view."""
    height, width = water.shape
    field = tiling(512, seed=seed, fall=1.25)
    ripple = sampled(field, seen.x * 1.1, seen.y * 2.2) + sampled(field, seen.x * 0.13, seen.y * 0.2)
    horizon = view.horizon * height
    row, column = np.mgrid[0:height, 0:width].astype(np.float32)
    below = np.clip(row - horizon, 0, None)
    source = np.clip(horizon - below * (1 + 0.05 * ripple) - 1.2 * np.abs(ripple), 0, horizon - 1)
    aside = np.clip(column + ripple * (1.5 + 0.012 * below), 0, width - 1)
    mirror = picture[source.astype(int), aside.astype(int)]
    flat = np.clip(0.12 + 0.88 * (1 - below / (0.9 * height)) ** 3, 0, 1) * 0.92
    surface = mix(toned(deep, 1 + 0.18 * ripple), mirror, flat)
    return np.where(water[..., None], surface, picture)


def exposed(colour: Colours, *, exposure: float, seed: int, grain: float = 0.010, warmth: float = 0.0) -> RGB:
    """Turn linear light at twice the size into a photograph: glare, film curve, vignette, grain."""
    small = np.stack([_halved(colour[..., channel]) for channel in range(3)], axis=-1) * exposure
    curved = small * (2.51 * small + 0.03) / (small * (2.43 * small + 0.59) + 0.14)
    encoded = np.clip(curved, 0, 1) ** (1 / 2.2)
    image = Image.fromarray((encoded * 255).astype(np.uint8))
    glare = np.asarray(
        image.point(lambda value: max(0, value - 190) * 3).filter(ImageFilter.GaussianBlur(14)), np.float32
    )
    height, width = encoded.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    shaded = (encoded + 0.16 * glare / 255) * (1 - 0.13 * (x * x + y * y))[..., None]
    noise = np.random.default_rng(seed).normal(0, grain, (height, width, 1))
    tinted = (shaded + noise) * np.array([1 + warmth, 1.0, 1 - warmth])
    return np.asarray(np.clip(tinted * 255 + 0.5, 0, 255), np.uint8)


def sun_direction(light: Light) -> tuple[float, float, float]:
    """Return the direction towards the sun: east, south, up."""
    compass, height = np.radians([light.compass, light.height])
    return float(np.sin(compass) * np.cos(height)), float(-np.cos(compass) * np.cos(height)), float(np.sin(height))


def sunlit(land: Land, light: Light) -> Field:
    """Return where the sun reaches the land: 1 lit, 0 in shadow, soft between."""
    east, south, above = sun_direction(light)
    level = float(np.hypot(east, south))
    rows, columns = np.mgrid[0 : land.heights.shape[0], 0 : land.heights.shape[1]].astype(np.float32)
    shade = np.full(land.heights.shape, -np.inf, np.float32)
    for step in np.geomspace(1.5, 130, 80):
        x, y = columns + east / level * step, rows + south / level * step
        shade = np.maximum(shade, sampled(land.heights, x, y) - step * land.cell * above / level)
    return 1 - smoothstep(-0.15 * land.cell, 0.5 * land.cell, shade - land.heights)


def projected(view: View, size: tuple[int, int], points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Map world points, shape (N, 3), to picture coordinates and distances, shape (N, 3)."""
    heading = np.radians(view.heading)
    offset = points - np.array([view.x, view.y, view.z])
    depth = offset[:, 0] * np.sin(heading) - offset[:, 1] * np.cos(heading)
    aside = offset[:, 0] * np.cos(heading) + offset[:, 1] * np.sin(heading)
    focal = view.focal * size[0]
    x = size[0] / 2 + focal * aside / depth
    y = view.horizon * size[1] - focal * offset[:, 2] / depth
    return np.stack((x, y, depth), axis=1)


def _directions(view: View, width: int) -> tuple[tuple[float, float], tuple[Field, Field]]:
    heading = np.radians(view.heading)
    lean = ((np.arange(width, dtype=np.float32) + 0.5 - width / 2) / (view.focal * width)).astype(np.float32)
    ahead = float(np.sin(heading)), float(-np.cos(heading))
    return ahead, (lean * np.float32(np.cos(heading)), lean * np.float32(np.sin(heading)))


def _first_hits(rows: Field, height: int) -> npt.NDArray[np.int64]:
    """Return, for each pixel, the first step whose land reaches its row; STEPS where there is only sky."""
    skyline = -np.minimum.accumulate(rows, axis=0)
    wanted = -(np.arange(height, dtype=np.float32) + 0.5)
    return np.stack([np.searchsorted(skyline[:, column], wanted) for column in range(rows.shape[1])], axis=1)


def _cloud_noise(directions: tuple[tuple[float, float], tuple[Field, Field]], rise: Field, seed: int) -> Field:
    """Return cloud density on a layer overhead, seen in perspective."""
    ahead, aside = directions
    field = tiling(1024, seed=seed, fall=1.9)
    x, y = ((ahead[axis] + aside[axis])[None, :] / (rise + 0.05) * 120 for axis in (0, 1))
    return sampled(field, x * 0.9, y * 2.0) + 0.25 * sampled(field, x * 5 + 300, y * 9)


def _halved(channel: Field) -> Field:
    height, width = channel.shape
    return np.asarray(channel.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3)), np.float32)
