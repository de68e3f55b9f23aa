"""Seeded noise fields: the texture of everything here."""

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Field = npt.NDArray[np.floating[Any]]


def fractal(shape: tuple[int, int], *, seed: int, cells: float = 4, octaves: int = 6, gain: float = 0.5) -> Field:
    """Sum octaves of smooth value noise.

    Parameters
    ----------
    shape : (height, width)
    cells : float
        Lumps across the longer side in the first octave; every further octave doubles them.
    gain : float
        Amplitude of an octave relative to the one before.

    Returns
    -------
    (height, width) float32 array
        Mean 0, standard deviation 1.
    """
    random = np.random.default_rng(seed)
    total = np.zeros(shape, np.float32)
    for octave in range(octaves):
        per_cell = max(shape) / (cells * 2**octave)
        if per_cell < 1:
            break
        total += gain**octave * _lattice(shape, per_cell, random)
    centred: Field = total - total.mean()
    return centred / max(float(centred.std()), 1e-6)


def ridged(shape: tuple[int, int], *, seed: int, cells: float = 4, octaves: int = 6, gain: float = 0.5) -> Field:
    """Sum octaves of folded noise, 0 to 1: sharp crests, as of eroded rock (1) with valleys between them (0)."""
    random = np.random.default_rng(seed)
    total, weight = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    for octave in range(octaves):
        per_cell = max(shape) / (cells * 2**octave)
        if per_cell < 1:
            break
        crest = np.square(1 - np.clip(np.abs(_lattice(shape, per_cell, random)) / 0.75, 0, 1))
        total += gain**octave * crest * weight
        # Crests carry detail, valleys stay smooth: what erosion does.
        weight = np.clip(crest * 1.8, 0, 1)
    return stretch(total)


def tiling(side: int, *, seed: int, fall: float = 1.6) -> Field:
    """Return a square field that repeats without a seam: mean 0, deviation 1, spectrum falling as `f ** -fall`."""
    white = np.fft.rfft2(np.random.default_rng(seed).standard_normal((side, side)))
    frequency = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.rfftfreq(side)[None, :])
    frequency[0, 0] = np.inf
    shaped: Field = np.fft.irfft2(white * frequency**-fall, (side, side))
    return np.asarray(shaped / shaped.std(), np.float32)


def stretch(field: Field) -> Field:
    """Scale a field to 0 to 1."""
    low, high = float(field.min()), float(field.max())
    scaled: Field = (field - low) / max(high - low, 1e-6)
    return scaled


def smoothstep(low: float, high: float, field: Field) -> Field:
    """Rise smoothly from 0 at `low` to 1 at `high`."""
    t = np.clip((field - low) / (high - low), 0, 1)
    risen: Field = (t * t * (3 - 2 * t)).astype(np.float32)
    return risen


def resized(field: Field, shape: tuple[int, int]) -> Field:
    """Resample a field to `(height, width)`."""
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32)


def blurred(field: Field, radius: float) -> Field:
    """Blur by three box filters, nearly a Gaussian of standard deviation `radius` pixels (edges are repeated)."""
    box = max(1, round(radius * 0.9))
    for _ in range(3):
        field = _boxed(_boxed(field, box, 0), box, 1)
    return field


def sampled(field: Field, x: Field, y: Field) -> Field:
    """Read a field at fractional, wrapped positions (bilinear); `x` and `y` are in its pixels."""
    height, width = field.shape
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    fx, fy = (x - column).astype(np.float32), (y - row).astype(np.float32)
    left, right = column % width, (column + 1) % width
    top, bottom = row % height, (row + 1) % height
    upper = field[top, left] * (1 - fx) + field[top, right] * fx
    lower = field[bottom, left] * (1 - fx) + field[bottom, right] * fx
    read: Field = (upper * (1 - fy) + lower * fy).astype(np.float32)
    return read


def relief(height: Field, *, azimuth: float, strength: float) -> Field:
    """Shade a height field by a low light from `azimuth` (radians from the x axis): about -1 to 1."""
    dy, dx = np.gradient(height)
    slope = (dx * np.cos(azimuth) + dy * np.sin(azimuth)) * strength
    shaded: Field = (slope / np.sqrt(1 + slope * slope)).astype(np.float32)
    return shaded


def _lattice(shape: tuple[int, int], per_cell: float, random: np.random.Generator) -> Field:
    rows, columns = (int(np.ceil(side / per_cell)) + 3 for side in shape)
    grid = Image.fromarray(random.uniform(-1, 1, (rows, columns)).astype(np.float32))
    box = (1.0, 1.0, 1 + shape[1] / per_cell, 1 + shape[0] / per_cell)
    return np.asarray(grid.resize((shape[1], shape[0]), Image.Resampling.BICUBIC, box=box), np.float32)


def _boxed(field: Field, radius: int, axis: int) -> Field:
    pad = [(0, 0), (0, 0)]
    pad[axis] = (radius + 1, radius)
    sums = np.cumsum(np.pad(field, pad, mode="edge"), axis=axis, dtype=np.float64)
    width = 2 * radius + 1
    count = field.shape[axis]
    upper, lower = np.arange(width, width + count), np.arange(count)
    return ((np.take(sums, upper, axis) - np.take(sums, lower, axis)) / width).astype(np.float32)
