"""A film is a function from a frame number to a picture: how to look, how to encode, how to take a still back out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from rendering.camera import Camera, between, ground_coefficients
from rendering.ground import Ground
from rendering.noise import Field

RGB = npt.NDArray[np.uint8]
FRAMES_PER_SECOND = 25


@dataclass(frozen=True, slots=True)
class Film:
    """A film that is rendered frame by frame, in any order.

    Attributes
    ----------
    size : (width, height)
    frames : int
    render : callable
        From a frame number to RGB, shape (height, width, 3).
    rate_factor : int
        x264's constant rate factor: higher is smaller and worse.
    """

    size: tuple[int, int]
    frames: int
    render: Callable[[int], RGB]
    rate_factor: int


@dataclass(frozen=True, slots=True)
class Shot:
    """A camera move between two cuts; times in seconds."""

    start_s: float
    end_s: float
    first: Camera
    last: Camera


def camera_at(shots: Sequence[Shot], time_s: float) -> Camera:
    """Return the camera of the shot that runs at `time_s`, with a slight tremble of the hand that steers it."""
    shot = next((shot for shot in shots if time_s < shot.end_s), shots[-1])
    share = (time_s - shot.start_s) / (shot.end_s - shot.start_s)
    tremble = 0.004 * shot.first.span * np.array([np.sin(time_s * 5.1), np.sin(time_s * 6.7 + 1)])
    drift = Camera(float(tremble[0]), float(tremble[1]), 0, 0, 0, 0, 0.4 * float(np.sin(time_s * 2.3)))
    here = between(shot.first, shot.last, share)
    return Camera(
        here.x + drift.x,
        here.y + drift.y,
        here.azimuth,
        here.elevation,
        here.distance,
        here.span,
        here.roll + drift.roll,
    )


def seen(ground: Ground, camera: Camera, size: tuple[int, int]) -> Field:
    """Return the heat of the ground under a camera, shape (height, width)."""
    laid = Image.fromarray(ground.heat).transform(
        size,
        Image.Transform.PERSPECTIVE,
        ground_coefficients(camera, size, ground.texels_per_metre),
        Image.Resampling.BICUBIC,
    )
    return np.asarray(laid, np.float32)


def encode(film: Film, path: Path) -> None:
    """Write a film as H.264 in MP4, the same bytes every time (one thread, no dates)."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        stream.width, stream.height = film.size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, FRAMES_PER_SECOND)
        stream.codec_context.thread_count = 1
        # x264's macroblock tree reads memory that it never wrote, so with it the bytes differ from run to run.
        stream.options = {
            "crf": str(film.rate_factor),
            "preset": "slow",
            "threads": "1",
            "g": "100",
            "x264-params": "mbtree=0",
        }
        for number in range(film.frames):
            frame = av.VideoFrame.from_ndarray(film.render(number), format="rgb24")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def decoded(path: Path, number: int) -> Image.Image:
    """Return frame `number` of a video file."""
    with av.open(str(path)) as container:
        for index, frame in enumerate(container.decode(video=0)):
            if index == number:
                return Image.fromarray(frame.to_ndarray(format="rgb24"))
    raise ValueError(f"{path} ends before frame {number}")
