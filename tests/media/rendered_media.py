"""Pictures and videos that the tests of `provcheck.media` render for themselves."""

import struct
from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from PIL import Image

from provcheck.records import RGB

RED, BLUE, GREY = (230, 30, 30), (30, 30, 230), (90, 90, 90)


def corners(width: int = 96, height: int = 64) -> RGB:
    """A grey picture whose top left is red and whose bottom right is blue: any turn or mirroring shows."""
    pixels = np.full((height, width, 3), GREY, np.uint8)
    pixels[: height // 3, : width // 3] = RED
    pixels[-height // 3 :, -width // 3 :] = BLUE
    return pixels


def scene(seed: int, width: int = 96, height: int = 64) -> RGB:
    """A picture of smooth random blobs; another seed is an unrelated picture."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC))


def numbered(number: int, width: int = 96, height: int = 64) -> RGB:
    """A frame that says its number in a moving bar."""
    pixels = scene(1, width, height).copy()
    pixels[:, (number * 5) % width : (number * 5) % width + 8] = 255
    return pixels


def write_video(
    path: Path,
    pictures: Sequence[RGB],
    *,
    codec: str = "mpeg4",
    ticks: Sequence[int] | None = None,
    tick: Fraction = Fraction(1, 25),
    options: dict[str, str] | None = None,
    pixel_format: str = "yuv420p",
    turned: tuple[int, bool] | None = None,
    aspect: Fraction | None = None,
    container: str | None = None,
) -> Path:
    """Encode pictures at the given ticks (one after the other by default); `turned` is (degrees, mirrored)."""
    with av.open(str(path), "w", format=container) as output:
        stream = cast("VideoStream", output.add_stream(codec, rate=round(1 / tick), options=options or {}))
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt, stream.time_base = pixel_format, tick
        stream.codec_context.time_base = tick
        if turned is not None:
            stream.set_display_rotation(turned[0], hflip=turned[1])
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        for number, pixels in zip(ticks or range(len(pictures)), pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, tick
            output.mux(stream.encode(frame))
        output.mux(stream.encode())
    return path


def write_sound(path: Path, *, cover: bytes = b"") -> Path:
    """Encode a second of silence, AAC or (for `.mp3`) MP3; a JPEG cover goes in front of an MP3 as its ID3 picture."""
    with av.open(str(path), "w") as output:
        codec = "libmp3lame" if path.suffix == ".mp3" else "aac"
        stream = cast("AudioStream", output.add_stream(codec, rate=44100))
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 44100), np.int16), format="s16", layout="mono")
        silence.sample_rate = 44100
        for part in av.AudioResampler(stream.format, stream.layout, stream.rate).resample(silence):
            output.mux(stream.encode(part))
        output.mux(stream.encode())
    if cover:
        path.write_bytes(_id3_with_cover(cover) + path.read_bytes())
    return path


def _id3_with_cover(cover: bytes) -> bytes:
    body = b"\x00image/jpeg\x00\x03\x00" + cover
    frame = b"APIC" + struct.pack(">I", len(body)) + b"\x00\x00" + body
    length = bytes((len(frame) >> shift) & 127 for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + length + frame


def picture_bytes(pixels: RGB, form: str, **options: Any) -> bytes:
    """Return a picture file's bytes."""
    stream = BytesIO()
    Image.fromarray(pixels).save(stream, form, **options)
    return stream.getvalue()


def has_colour(pixels: RGB, where: tuple[float, float], colour: tuple[int, int, int], tolerance: int = 40) -> bool:
    """Whether the pixel at the relative place `(x, y)` is about this colour."""
    height, width = pixels.shape[:2]
    found = pixels[int(where[1] * height), int(where[0] * width)].astype(int)
    return bool(np.abs(found - np.array(colour)).max() <= tolerance)
