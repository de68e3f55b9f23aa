"""From the scene's heat to the video signal: bloom, softness, noise, polarity; and smoke and blasts."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from rendering.camera import Camera, project
from rendering.noise import Field


@dataclass(frozen=True, slots=True)
class Blast:
    """A hit on the ground: a flash, then hot debris that rises, spreads and cools.

    Attributes
    ----------
    start_s : float
    x, y : float
        Metres.
    size : float
        Radius of the cloud after one second, metres.
    """

    start_s: float
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Smoke:
    """A fire that burns all the time: a hot core and a plume that drifts with the wind, metres."""

    x: float
    y: float
    size: float
    wind: tuple[float, float] = (9.0, -4.0)


def with_blast(heat: Field, camera: Camera, blast: Blast, time_s: float) -> Field:
    """Add a hit as it looks at `time_s`."""
    age = time_s - blast.start_s
    if not 0 <= age < 4:
        return heat
    random = np.random.default_rng(round(blast.x * 31 + blast.y))
    out = heat
    for _ in range(34):
        away, rise = random.normal(0, 1, 2), random.uniform(0.2, 1.6)
        reach = blast.size * (1 - np.exp(-2.2 * age))
        place = (blast.x + away[0] * reach * 0.55, blast.y + away[1] * reach * 0.55, rise * reach * 0.8)
        radius = blast.size * (0.1 + 0.2 * (1 - np.exp(-1.8 * age))) * random.uniform(0.4, 1.4)
        out = _glow(out, camera, place, radius, random.uniform(0.05, 0.5) * np.exp(-1.3 * age))
    return _glow(out, camera, (blast.x, blast.y, 1.0), blast.size * 0.55, 1.5 * float(np.exp(-9 * age)))


def with_smoke(heat: Field, camera: Camera, smoke: Smoke, time_s: float) -> Field:
    """Add a fire and its plume as they look at `time_s`."""
    out = heat
    for number in range(22):
        phase = (number / 22 + time_s * 0.16) % 1
        random = np.random.default_rng(number)
        x, y = (base + drift * phase * smoke.size / 3 + random.normal(0, 0.5 + phase) * smoke.size * 0.2
                for base, drift in zip((smoke.x, smoke.y), smoke.wind, strict=True))  # fmt: skip
        strength = 0.2 * np.sin(np.pi * min(phase * 1.1 + 0.06, 1.0)) * (1 - phase)
        out = _glow(out, camera, (x, y, 2 + phase * smoke.size * 3), smoke.size * (0.22 + 0.7 * phase), strength)
    flicker = 1 + 0.2 * np.sin(time_s * 23) * np.sin(time_s * 9.1)
    return _glow(out, camera, (smoke.x, smoke.y, 0.6), smoke.size * 0.34, 0.7 * flicker)


def developed(heat: Field, *, seed: int, black_hot: bool = False, noise: float = 0.012) -> npt.NDArray[np.uint8]:
    """Turn heat into the sensor's picture, shape (height, width, 3)."""
    bright = Image.fromarray(np.clip((heat - 0.8) * 255, 0, 255).astype(np.uint8))
    bloom = np.asarray(bright.filter(ImageFilter.GaussianBlur(6)), np.float32) / 255
    signal = np.clip(heat + 1.1 * bloom, 0, 1)
    if black_hot:
        signal = 0.95 - 0.9 * signal
    soft = Image.fromarray((signal * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.55))
    random = np.random.default_rng(seed)
    rows = random.normal(0, noise * 0.45, (heat.shape[0], 1))
    grain = random.normal(0, noise, heat.shape)
    curved = _contrast(np.asarray(soft, np.float32) / 255 + rows + grain) * _vignette(heat.shape)
    gray = np.clip(curved * 255 + 0.5, 0, 255).astype(np.uint8)
    return np.repeat(gray[:, :, None], 3, axis=2)


def _contrast(signal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    clipped = np.clip(signal, 0, 1)
    steep: npt.NDArray[np.float64] = clipped * clipped * (3 - 2 * clipped)
    return 0.45 * clipped + 0.55 * steep


def _vignette(shape: tuple[int, int]) -> Field:
    y, x = (np.linspace(-1, 1, side, dtype=np.float32) for side in shape)
    return (1 - 0.2 * (np.square(x)[None, :] + np.square(y)[:, None]) ** 1.3).astype(np.float32)


def _glow(heat: Field, camera: Camera, place: tuple[float, float, float], radius: float, strength: float) -> Field:
    if strength < 0.004:
        return heat
    height, width = heat.shape
    (x, y), *_ = project(camera, np.array([place]), (width, height))
    pixels = radius * width / camera.span
    left, right = (int(np.clip(x + side * 3 * pixels, 0, width)) for side in (-1, 1))
    top, bottom = (int(np.clip(y + side * 3 * pixels, 0, height)) for side in (-1, 1))
    dy, dx = (np.arange(top, bottom) + 0.5 - y) / pixels, (np.arange(left, right) + 0.5 - x) / pixels
    spot = strength * np.exp(-(np.square(dx)[None, :] + np.square(dy)[:, None]))
    out = heat.copy()
    out[top:bottom, left:right] += spot.astype(np.float32)
    return out
