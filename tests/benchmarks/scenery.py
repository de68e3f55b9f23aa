"""Pictures and videos with the texture of photographs, rendered from a seed: the benchmarks need no download.

Noise alone compresses and matches like nothing in the world, and so do flat shapes. So a scene is clouds with a 1/f
spectrum, shapes with hard edges on them, light over all of it, and a little grain.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from provcheck.records import RGB, Size

MEGAPIXELS_12: Size = (4000, 3000)
MEGAPIXELS_1: Size = (1152, 864)
FULL_HD: Size = (1920, 1080)
RATE = 25
SHOT_S = 4.0

_SHAPES = 250
_FINER_CONTRAST = 0.75
_GRAIN_LEVELS = 3.0
_GLIDE_PX_A_FRAME = 4
_NOISE_LEVELS = 6
_THINGS = ((0.04, 5), (0.06, 9), (0.3, 24))
"""(share of a side, pixels a frame) of what crosses the view of a resting camera."""

Floats = npt.NDArray[np.float32]


def scene(size: Size, seed: int) -> RGB:
    """Render one picture, `size` being `(width, height)`; another seed gives another picture."""
    rng = np.random.default_rng(seed)
    image = Image.fromarray(_coloured(_clouds(size, rng), rng))
    _draw_shapes(image, rng)
    lit = np.asarray(image, np.float32) * (0.6 + 0.8 * _clouds(size, rng))[..., None]
    lit += rng.standard_normal(lit.shape[:2], np.float32)[..., None] * _GRAIN_LEVELS
    return np.clip(lit, 0, 255).astype(np.uint8)


def write_pictures(folder: Path, count: int, size: Size, *, first_seed: int) -> None:
    """Write `count` scenes as JPEG files."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(first_seed, first_seed + count):
        Image.fromarray(scene(size, seed)).save(folder / f"picture-{seed}.jpg", quality=90)


def write_video(path: Path, seconds: float, size: Size, *, seed: int) -> None:
    """Write an H.264 video: a camera that glides over a scene, with a cut to another every `SHOT_S` seconds."""
    _encode(path, _glide(round(seconds * RATE), size, seed), size, {})


def write_resting_video(path: Path, seconds: float, size: Size, *, seed: int) -> None:
    """Write an H.264 video: a resting camera, things that cross its view, and a key frame a second, as of a phone."""
    _encode(path, _rest(round(seconds * RATE), size, seed), size, {"g": str(RATE), "bf": "0"})


def _encode(path: Path, frames: Iterator[RGB], size: Size, options: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "23", **options})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, RATE)
        for pixels in frames:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, "rgb24")))
        container.mux(stream.encode())


def _glide(frames: int, size: Size, seed: int) -> Iterator[RGB]:
    shot = round(SHOT_S * RATE)
    room = shot * _GLIDE_PX_A_FRAME
    for number in range(frames):
        cut, step = divmod(number, shot)
        if step == 0:
            world = scene((size[0] + room, size[1] + room), seed * 1000 + cut)
        left, top = step * _GLIDE_PX_A_FRAME, step * _GLIDE_PX_A_FRAME // 2
        yield np.ascontiguousarray(world[top : top + size[1], left : left + size[0]])


def _rest(frames: int, size: Size, seed: int) -> Iterator[RGB]:
    """Yield a scene with sensor noise that three things cross, one of them large and near."""
    rng = np.random.default_rng(seed)
    still, things = scene(size, seed), scene(size, seed + 1)
    noise = rng.integers(-_NOISE_LEVELS, _NOISE_LEVELS + 1, (2 * size[1], size[0], 1), np.int8)
    for number in range(frames):
        seen = still.copy()
        for share, speed in _THINGS:
            width, height = round(size[0] * share), round(size[1] * share)
            left = number * speed % (4 * size[0]) - width
            view = seen[-2 * height : -height, max(left, 0) : left + width]
            view[...] = things[:height, : view.shape[1]]
        start = int(rng.integers(size[1]))
        yield np.clip(seen.astype(np.int16) + noise[start : start + size[1]], 0, 255).astype(np.uint8)


def _clouds(size: Size, rng: np.random.Generator) -> Floats:
    """Return noise with nearly as much contrast at every scale, shape (height, width), within 0 to 1."""
    octaves = int(np.log2(min(size))) - 1
    total = np.zeros((2, 2), np.float32)
    for octave in range(octaves, -1, -1):
        finer = max(2, size[0] >> octave), max(2, size[1] >> octave)
        total = np.asarray(Image.fromarray(total).resize(finer, Image.Resampling.BILINEAR))
        total = total + rng.standard_normal(total.shape, np.float32) * _FINER_CONTRAST ** (octaves - octave)
    clouds: Floats = np.clip(0.5 + total / (4 * total.std()), 0, 1)
    return clouds


def _coloured(clouds: Floats, rng: np.random.Generator) -> RGB:
    dark, light = rng.uniform(0, 110, 3).astype(np.float32), rng.uniform(120, 255, 3).astype(np.float32)
    return (dark + clouds[..., None] * (light - dark)).astype(np.uint8)


def _draw_shapes(image: Image.Image, rng: np.random.Generator) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(_SHAPES):
        x, y = (float(rng.uniform(0, side)) for side in image.size)
        reach = max(image.size) * float(rng.uniform(0.1, 0.35)) ** 2
        colour = tuple(int(level) for level in rng.integers(0, 256, 3))
        corners = [(x + reach * float(dx), y + reach * float(dy)) for dx, dy in rng.uniform(-1, 1, (4, 2))]
        if rng.random() < 0.3:
            draw.ellipse((x - reach, y - reach / 2, x + reach, y + reach / 2), fill=colour)
        elif rng.random() < 0.5:
            draw.polygon(corners, fill=colour)
        else:
            draw.line(corners, fill=colour, width=max(1, round(reach / 12)))
