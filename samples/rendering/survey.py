"""Pictures from above: farmland as a satellite sees it, and a drawn map."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from rendering.landscape import RGB, exposed
from rendering.noise import Field, blurred, fractal, relief, smoothstep
from rendering.paint import Colours, mix, tint, toned

SIZE = (1200, 900)
LARGE = (2 * SIZE[0], 2 * SIZE[1])
CROPS = (
    (0.06, 0.12, 0.035), (0.1, 0.16, 0.045), (0.22, 0.19, 0.08), (0.32, 0.25, 0.13), (0.17, 0.115, 0.07),
    (0.13, 0.14, 0.06), (0.045, 0.085, 0.035), (0.38, 0.31, 0.17),
)  # fmt: skip


def farmland(seed: int = 111) -> RGB:
    """Render river farmland from orbit, shape (900, 1200, 3)."""
    shape = (LARGE[1], LARGE[0])
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    bend = fractal(shape, seed=seed, cells=3, octaves=6, gain=0.45)
    hills = fractal(shape, seed=seed + 1, cells=5, octaves=9, gain=0.52)
    centre = 900 + 330 * np.sin(x / 430 + 0.6) + 0.12 * (x - 1200) + 60 * bend
    river = np.abs(y - centre) / np.sqrt(1 + np.square(330 / 430 * np.cos(x / 430 + 0.6)))
    colour = _plots(x + 26 * bend, y + 26 * bend, seed=seed)
    upland = smoothstep(0.35, 0.75, hills + 0.0004 * (river - 500))
    scrub = toned((0.13, 0.115, 0.065), 1 + 0.5 * relief(hills * 90, azimuth=0.8, strength=1))
    colour = mix(colour, scrub, upland)
    woods = smoothstep(0.9, 1.2, fractal(shape, seed=seed + 2, cells=14, octaves=7, gain=0.62))
    leaves = fractal(shape, seed=seed + 3, cells=300, octaves=3)
    colour = mix(colour, toned((0.025, 0.045, 0.018), 1 + 0.35 * leaves), woods)
    return exposed(_finished(colour, river, (x, y, bend), seed), exposure=1.35, seed=seed + 9, grain=0.008)


def situation_map(seed: int = 131) -> RGB:
    """Draw an invented map with contour lines, roads and names, shape (900, 1200, 3)."""
    shape = (LARGE[1], LARGE[0])
    heights = fractal(shape, seed=seed, cells=3, octaves=6, gain=0.42)
    paper = tint((244, 238, 222)) + 7 * fractal(shape, seed=seed + 1, cells=160, octaves=3)[..., None]
    page = mix(paper, tint((226, 205, 166)), 0.55 * smoothstep(-0.2, 2.2, heights))
    lines = np.abs(heights * 5.5 - np.round(heights * 5.5)) / np.maximum(np.hypot(*np.gradient(heights * 5.5)), 1e-5)
    page = page * (1 - 0.42 * smoothstep(2.2, 0.8, lines)[..., None] * tint((0.35, 0.6, 0.9)))
    lake = smoothstep(-1.55, -1.58, heights)
    page = mix(page, tint((164, 200, 220)), lake)
    image = Image.fromarray(np.clip(page, 0, 255).astype(np.uint8))
    _roads(ImageDraw.Draw(image), heights, seed)
    _names(ImageDraw.Draw(image))
    return np.asarray(image.resize(SIZE, Image.Resampling.LANCZOS))


def _plots(x: Field, y: Field, *, seed: int) -> Colours:
    """Return fields: a turned grid whose cells are split again and again at random."""
    random = np.random.default_rng(seed)
    angle = 0.22
    u, v = (x * np.cos(angle) + y * np.sin(angle)) / 260 + 40, (y * np.cos(angle) - x * np.sin(angle)) / 200 + 40
    edge = _to_edge(u, v) * 200
    table = random.uniform(0, 1, (4, 128, 128)).astype(np.float32)
    for depth in range(2):
        cell = (np.floor(v).astype(int) % 128, np.floor(u).astype(int) % 128)
        across = table[depth][cell] > 0.5
        split = 1.0 + (table[depth + 1][cell] * 3.99).astype(int)
        u, v = np.where(across, u * split, u), np.where(across, v, v * split)
        edge = np.minimum(edge, _to_edge(u, v) * 200 / (1 + depth * 1.5))
    cell = (np.floor(v * 1.7).astype(int) * 31 % 128, np.floor(u).astype(int) * 17 % 128)
    which = (table[3][np.floor(v).astype(int) * 31 % 128, cell[1]] * len(CROPS)).astype(int) % len(CROPS)
    colour = np.array(CROPS, np.float32)[which]
    rows = np.sin(np.where(which % 2 == 0, u, v) * 150) * (which % 3 != 0)
    mottle = fractal((x.shape[0], x.shape[1]), seed=seed + 5, cells=70, octaves=6, gain=0.65)
    colour = colour * (1 + 0.07 * rows + 0.11 * mottle)[..., None]
    hedge = smoothstep(7, 2, edge + 1.5 * mottle)
    return mix(colour, tint((0.05, 0.06, 0.03)), hedge)


def _to_edge(u: Field, v: Field) -> Field:
    inside = [np.minimum(part - np.floor(part), np.ceil(part) - part) for part in (u, v)]
    return np.minimum(*inside).astype(np.float32)


def _finished(colour: Colours, river: Field, grid: tuple[Field, Field, Field], seed: int) -> Colours:
    x, y, bend = grid
    road = np.abs(y - 0.62 * x - 190 + 70 * np.sin(x / 300) - 14 * bend)
    lane = np.abs(x - 1650 - 0.3 * y + 50 * np.sin(y / 190))
    for distance, width in ((road, 9.0), (lane, 5.0)):
        colour = mix(colour, tint((0.36, 0.34, 0.3)), smoothstep(width, width - 3, distance))
    colour = mix(colour, tint((0.045, 0.07, 0.03)), smoothstep(96, 70, river + 14 * bend))
    colour = mix(colour, tint((0.36, 0.32, 0.24)), smoothstep(66, 56, river + 12 * bend))
    flow = fractal(river.shape, seed=seed + 6, cells=30, octaves=6)
    colour = mix(colour, toned((0.05, 0.085, 0.085), 1 + 0.1 * flow), smoothstep(52, 44, river + 9 * bend))
    colour = mix(colour, tint((0.42, 0.41, 0.39)), smoothstep(9, 6, road) * smoothstep(75, 60, river))
    cloud = smoothstep(1.0, 2.6, fractal(river.shape, seed=seed + 7, cells=4, octaves=8, gain=0.55))
    shadow = np.roll(blurred(cloud, 6), (70, 90), axis=(0, 1))
    clear = _with_villages(colour, seed) * (1 - 0.55 * shadow)[..., None]
    return mix(clear, tint((0.62, 0.62, 0.62)), cloud) + tint((0.008, 0.011, 0.018))


def _with_villages(colour: Colours, seed: int) -> Colours:
    random = np.random.default_rng(seed + 8)
    out = colour.astype(np.float32)
    for centre in ((560, 420), (2050, 1080), (1180, 1480)):
        for _ in range(190):
            x, y = (int(base + random.normal(0, 74)) for base in centre)
            wide, high = int(random.integers(8, 24)), int(random.integers(8, 20))
            roof = ((0.4, 0.16, 0.09), (0.45, 0.42, 0.38), (0.26, 0.12, 0.08))[int(random.integers(3))]
            out[y + 5 : y + high + 6, x + 5 : x + wide + 6] *= np.float32(0.45)
            out[y : y + high, x : x + wide] = tint(roof) * random.uniform(0.7, 1.2)
            out[y : y + high // 2, x : x + wide] *= np.float32(1.25)
    return out


def _roads(draw: ImageDraw.ImageDraw, heights: Field, seed: int) -> None:
    random = np.random.default_rng(seed)
    for width, colour in ((20, (120, 70, 50)), (12, (236, 186, 110))):
        for number in range(4):
            x = np.arange(-40, LARGE[0] + 80, 40)
            sway = 260 * np.sin(x / (300 + 90 * number) + number * 1.9) + 70 * np.sin(x / 130 + number)
            y = 260 + 430 * number + sway
            draw.line(
                [(float(a), float(b)) for a, b in zip(x, y, strict=True)], fill=colour, width=width, joint="curve"
            )
    for _ in range(70):
        left, top = (float(random.uniform(100, side - 100)) for side in LARGE)
        side = float(random.uniform(10, 26))
        if heights[int(top), int(left)] > -1.4:
            draw.rectangle((left, top, left + side, top + side * 0.8), fill=(96, 84, 76))


def _names(draw: ImageDraw.ImageDraw) -> None:
    names = ((420, 380, "Dalmir"), (1500, 520, "Upper Dalmir"), (900, 1010, "Osk Ferry"), (1880, 1240, "Tarn Hollow"))
    for x, y, name in names:
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=(250, 250, 250), outline=(60, 50, 46), width=6)
        draw.text((x + 30, y - 32), name, font=ImageFont.load_default(58), fill=(52, 42, 40))
    for x, y in ((700, 560), (1240, 760), (1680, 940)):
        arrow = [
            (x, y),
            (x + 210, y + 60),
            (x + 196, y + 24),
            (x + 300, y + 108),
            (x + 172, y + 136),
            (x + 188, y + 100),
        ]
        draw.polygon([(float(a), float(b)) for a, b in arrow], fill=(188, 40, 34))
    draw.rectangle((60, LARGE[1] - 190, 900, LARGE[1] - 60), fill=(250, 247, 238), outline=(60, 50, 46), width=5)
    draw.text((90, LARGE[1] - 164), "Sketch map, not to scale", font=ImageFont.load_default(64), fill=(52, 42, 40))
