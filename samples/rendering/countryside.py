"""Photographs of open country: a mountain lake, dunes, a coast with a lighthouse."""

import numpy as np

from rendering.landscape import RGB, Land, Light, Seen, View, cast, exposed, hazed, lit, mirrored_in_water, sky
from rendering.noise import Field, blurred, fractal, ridged, sampled, smoothstep, tiling
from rendering.paint import Colours, mix, tint, toned

SIZE = (1200, 800)
LARGE = (2 * SIZE[0], 2 * SIZE[1])


def mountain_lake() -> RGB:
    """Render a lake below snow-covered mountains in the morning, shape (800, 1200, 3)."""
    light = Light(70, 20, (3.6, 2.7, 1.9), (0.24, 0.36, 0.58), (0.55, 0.62, 0.74), 30000)
    land, view = _valley(), View(8200, 13900, 14, -4, focal=0.95, horizon=0.56, far=12500)
    seen = cast(land, view, LARGE)
    texture = tiling(1024, seed=12, fall=1.2)
    coarse, fine = sampled(texture, seen.x / 9, seen.y / 9), sampled(texture, seen.x * 0.8, seen.y * 0.8)
    albedo = _alpine(land, seen, coarse, fine)
    bump = 0.3 * coarse + 0.25 * fine * np.exp(-seen.distance / 4000)
    ground = lit(land, seen, light, albedo, bump=bump)
    picture = np.where(seen.land[..., None], ground, sky(view, LARGE, light, clouds=0.55, seed=13))
    water = seen.land & (seen.z <= 0.02)
    return exposed(
        mirrored_in_water(picture, seen, water, view, deep=(0.02, 0.06, 0.075), seed=14), exposure=0.66, seed=15
    )


def dunes(seed: int = 31) -> RGB:
    """Render dunes in low evening light, shape (800, 1200, 3)."""
    light = Light(-62, 13, (4.6, 2.9, 1.5), (0.2, 0.27, 0.42), (0.86, 0.68, 0.52), 4200)
    land, view = _dune_field(seed), View(1100, 1850, 52, 8, focal=1.05, horizon=0.36, far=1800)
    seen = cast(land, view, LARGE)
    texture = tiling(1024, seed=seed + 1, fall=1.1)
    bend = sampled(texture, seen.x * 0.5, seen.y * 0.5)
    ripples = np.sin(seen.x * 2.4 + seen.y * 5.1 + 2.1 * bend + 0.06 * seen.z)
    bump = (0.16 * ripples + 0.1 * sampled(texture, seen.x * 9, seen.y * 9)) * np.exp(-seen.distance / 260)
    tone = 1 + 0.06 * bend + 0.05 * sampled(texture, seen.x * 14, seen.y * 14)
    scrub = smoothstep(1.5, 2.2, sampled(texture, seen.x * 2.2, seen.y * 2.2) + 0.7 * bend - 0.02 * seen.z)
    albedo = mix(toned((0.62, 0.42, 0.25), tone), tint((0.1, 0.1, 0.05)), scrub)
    ground = lit(land, seen, light, albedo, bump=bump)
    picture = np.where(seen.land[..., None], ground, sky(view, LARGE, light, clouds=0.36, seed=seed + 2))
    return exposed(picture, exposure=0.6, seed=seed + 3)


def coast(seed: int = 51) -> RGB:
    """Render cliffs above a grey sea, shape (800, 1200, 3)."""
    light = Light(235, 24, (2.6, 2.2, 1.7), (0.34, 0.42, 0.54), (0.68, 0.72, 0.78), 6500)
    land, view = _cliffs(seed), View(1390, 3250, 52, -22, focal=0.9, horizon=0.37, far=3400)
    seen = cast(land, view, LARGE)
    texture = tiling(1024, seed=seed + 1, fall=1.2)
    coarse, fine = sampled(texture, seen.x / 3, seen.y / 3), sampled(texture, seen.x * 2, seen.y * 2)
    steep = smoothstep(0.45, 1.0, _steepness(land, seen) + 0.1 * coarse)
    grass = toned((0.085, 0.085, 0.035), np.clip(1 + 0.4 * coarse + 0.4 * fine, 0.2, 3))
    strata = 0.5 + 0.5 * np.sin(seen.z * 0.9 + 1.2 * coarse)
    rock = toned((0.2, 0.17, 0.14), np.clip(0.6 + 0.5 * strata + 0.3 * fine, 0.1, 3))
    bump = 0.4 * coarse + 0.4 * fine * np.exp(-seen.distance / 1500)
    ground = lit(land, seen, light, mix(grass, rock, steep), bump=bump)
    heaven = sky(view, LARGE, light, clouds=0.72, seed=seed + 2)
    picture = np.where(seen.land[..., None], ground, heaven)
    water = seen.land & (seen.z <= 0.02)
    sea = _swell(seen, light, texture, _shallows(land, seen))
    return exposed(np.where(water[..., None], sea, picture), exposure=0.8, seed=seed + 3)


def _valley() -> Land:
    shape = (1400, 1600)
    rock = ridged(shape, seed=19, cells=4.5, octaves=9, gain=0.52)
    rolling = fractal(shape, seed=11, cells=9, octaves=8, gain=0.5)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) * 10
    middle = 8000 + 500 * np.sin(y / 1900)
    aside = smoothstep(500, 4600, np.abs(x - middle) + 240 * rolling)
    beyond = smoothstep(9600, 4200, y + 300 * rolling)
    rise = np.clip(aside + beyond, 0, 1.25)
    heights = rise * (200 + 2300 * (rock - 0.3 * rock**3)) + 46 * rolling * rise - 40 + 120 * rise
    near = np.exp(-(np.square((x - 7750) / 320) + np.square((y - 13620) / 110)))
    return Land(np.maximum(heights + 52 * near, 0).astype(np.float32), 10)


def _alpine(land: Land, seen: Seen, coarse: Field, fine: Field) -> Colours:
    steep = _steepness(land, seen)
    snow = smoothstep(650, 1050, seen.z + 130 * coarse - 420 * np.clip(steep - 0.55, 0, 2))
    wood = smoothstep(560, 330, seen.z + 70 * coarse) * smoothstep(1.25, 0.75, steep)
    rock = toned((0.25, 0.23, 0.21), 1 + 0.2 * coarse + 0.12 * fine)
    trees = toned((0.03, 0.045, 0.022), np.clip(1 + 0.6 * fine + 0.3 * coarse, 0.15, 3))
    shore = smoothstep(7, 2, seen.z + fine)
    bare = mix(mix(rock, trees, wood), toned((0.36, 0.33, 0.28), 1 + 0.25 * fine), shore)
    return mix(bare, tint((0.86, 0.88, 0.92)), snow)


def _dune_field(seed: int) -> Land:
    shape = (1100, 1100)
    warp = fractal(shape, seed=seed, cells=5, octaves=4, gain=0.45)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) * 2
    phase = ((y + 0.35 * x) / 250 + 0.62 * warp) % 1
    # A dune climbs gently against the wind and falls steeply in its lee.
    profile = np.where(phase < 0.74, smoothstep(0, 0.74, phase), smoothstep(1, 0.74, phase))
    size = 18 + 20 * smoothstep(-1, 1.6, fractal(shape, seed=seed + 5, cells=7, octaves=3))
    small = fractal(shape, seed=seed + 6, cells=40, octaves=3)
    return Land(blurred((profile * size + 0.5 * small + 6 * warp).astype(np.float32), 1), 2)


def _cliffs(seed: int) -> Land:
    shape = (1300, 1300)
    rough = fractal(shape, seed=seed, cells=7, octaves=9, gain=0.55)
    inland = fractal(shape, seed=seed + 4, cells=10, octaves=7, gain=0.45)
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32) * 3
    shore = 1290 + 190 * np.sin(y / 330) + 0.16 * (y - 3500) + 90 * rough
    land = smoothstep(0, 70, shore - x) * 0.62 + smoothstep(90, 420, shore - x) * 0.38
    stacks = (
        np.clip(ridged(shape, seed=seed + 7, cells=22, octaves=4) - 0.7, 0, 0.16) * 130 * smoothstep(240, 60, x - shore)
    )
    heights = land * (46 + 9 * inland) + 5 * rough - 6 + np.where(x > shore, stacks, 0)
    return Land(np.maximum(heights, 0).astype(np.float32), 3)


def _steepness(land: Land, seen: Seen) -> Field:
    slopes = np.gradient(land.heights, land.cell)
    return sampled(np.hypot(slopes[0], slopes[1]).astype(np.float32), seen.x / land.cell, seen.y / land.cell)


def _shallows(land: Land, seen: Seen) -> Field:
    """Return how near the shore is, 0 far to 1 at the rocks."""
    return sampled(blurred((land.heights > 0.5).astype(np.float32), 7), seen.x / land.cell, seen.y / land.cell)


def _swell(seen: Seen, light: Light, texture: Field, shallows: Field) -> Colours:
    long = sampled(texture, seen.x / 7, seen.y / 2.6)
    short = sampled(texture, seen.x * 1.1, seen.y * 2.6) * np.exp(-seen.distance / 900)
    glint = sampled(texture, seen.x * 5.5, seen.y * 9) * np.exp(-seen.distance / 420)
    tone = 1 + 0.16 * long + 0.24 * short + 0.26 * glint
    water = toned((0.085, 0.145, 0.165), tone) + toned((0.0, 0.05, 0.045), shallows)
    foam = smoothstep(0.5, 1.3, 3.2 * shallows + 0.7 * long + 0.5 * short) * smoothstep(0.06, 0.3, shallows)
    caps = smoothstep(1.8, 2.6, 0.8 * long + short + 0.5 * glint + 0.4 * sampled(texture, seen.x / 40, seen.y / 40))
    white = np.clip(foam + 0.8 * caps, 0, 1)
    return hazed(mix(water, tint((0.72, 0.72, 0.72)), white), seen.distance, light)
