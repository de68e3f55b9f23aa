"""Textured pictures that the tests of fingerprints, matching and the pipeline render, and the edits made to them.

A scene is landscape-like: smooth random fields at several sizes (the texture of ground and sky) with random shapes on
top (things with corners). Another seed is an unrelated picture. Everything is deterministic.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.records import RGB, Box, Facts

FIELD_CELLS = (3, 9, 27, 81)
"""Random values across a picture's width, one field each; finer fields are weaker."""

SHAPES = 28


def scene(seed: int, width: int = 480, height: int = 320) -> RGB:
    """Return a textured colour picture."""
    random = np.random.default_rng(seed)
    pixels = _ground(random, width, height)
    for _ in range(SHAPES):
        _draw_shape(pixels, random)
    return np.asarray(np.clip(pixels + random.normal(0, 1.5, pixels.shape), 0, 255), np.uint8)


def _ground(random: np.random.Generator, width: int, height: int) -> npt.NDArray[np.float32]:
    ground = np.full((height, width, 3), random.uniform(90, 150, 3), np.float32)
    for level, cells in enumerate(FIELD_CELLS):
        rows = min(max(2, cells * height // width), 4 * cells)
        coarse = random.normal(0, 42 / (level + 1), (rows, cells, 1)) + random.normal(0, 8, (rows, cells, 3))
        ground += cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return ground


def _draw_shape(pixels: npt.NDArray[np.float32], random: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    centre = random.uniform((0, 0), (width, height))
    radius = random.uniform(0.02, 0.12) * width
    angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(3, 8)))
    reach = radius * random.uniform(0.5, 1.2, len(angles))
    outline = centre + reach[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    colour = tuple(float(value) for value in random.uniform(20, 235, 3))
    cv2.fillPoly(pixels, [np.rint(outline).astype(np.int32)], colour, lineType=cv2.LINE_AA)


# ---------------------------------------------------------------- edits


def crop(pixels: RGB, left: float, top: float, right: float, bottom: float) -> RGB:
    """Return the part between fractions of the sides."""
    x0, y0, x1, y1 = box_of(pixels, left, top, right, bottom)
    return np.ascontiguousarray(pixels[y0:y1, x0:x1])


def box_of(pixels: RGB, left: float, top: float, right: float, bottom: float) -> Box:
    """Return the box between fractions of the sides, in pixels."""
    height, width = pixels.shape[:2]
    return round(left * width), round(top * height), round(right * width), round(bottom * height)


def mirrored(pixels: RGB) -> RGB:
    """Return the picture with left and right swapped."""
    return np.ascontiguousarray(pixels[:, ::-1])


def resized(pixels: RGB, width: int, height: int) -> RGB:
    """Return the picture at another size."""
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def recompressed(pixels: RGB, quality: int = 60) -> RGB:
    """Return the picture after a pass through JPEG."""
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream), np.uint8)


def toned(pixels: RGB, gain: float, shift: float) -> RGB:
    """Return the picture with another contrast and brightness."""
    return np.asarray(np.clip(pixels.astype(np.float32) * gain + shift, 0, 255), np.uint8)


def pasted(onto: RGB, pixels: RGB, left: int, top: int) -> RGB:
    """Return a picture with another one laid over."""
    result = onto.copy()
    result[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return result


def collage(four: list[RGB]) -> RGB:
    """Return four pictures of one size, two by two, with white seams."""
    framed = [cv2.copyMakeBorder(pixels, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=(255, 255, 255)) for pixels in four]
    return np.asarray(np.vstack([np.hstack(framed[:2]), np.hstack(framed[2:])]), np.uint8)


def with_text_box(pixels: RGB, box: Box, text: str = "BREAKING NEWS") -> RGB:
    """Return the picture with a white box with black text laid over."""
    left, top, right, bottom = box
    result = pixels.copy()
    result[top:bottom, left:right] = 255
    size = (right - left) / (19.0 * len(text))
    cv2.putText(result, text, (left + 6, (top + bottom) // 2 + 6), cv2.FONT_HERSHEY_SIMPLEX, size, (0, 0, 0), 2)
    return result


# ---------------------------------------------------------------- as files and as a corpus


def save(path: Path, pixels: RGB) -> Path:
    """Write a picture; the suffix decides the format."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    return path


def save_video(path: Path, pictures: Sequence[RGB], *, rate: int = 15) -> Path:
    """Encode pictures one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as output:
        stream = output.add_stream("mpeg4", rate=rate, options={"qscale": "3", "flags": "+qscale"})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        for pixels in pictures:
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode())
    return path


def build_corpus(path: Path, pictures: Mapping[str, RGB], *, videos: tuple[Path, ...] = ()) -> Path:
    """Make a corpus at `path` from pictures (by title) and videos (titled by their file names)."""
    media = path.with_name(f"{path.name}-media")
    with open_corpus(path, write=True, create=True) as corpus:
        for title, pixels in pictures.items():
            add(corpus, [save(media / f"{title}.png", pixels)], options=Facts(title=title), jobs=1)
        for video in videos:
            add(corpus, [video], options=Facts(title=video.stem), jobs=1)
    return path
