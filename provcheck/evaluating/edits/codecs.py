"""Edits that come from saving and sending: JPEG, small sizes, low-bitrate video."""

import io
from functools import partial
from typing import Final

import av
import numpy as np
from av.video.frame import VideoFrame
from PIL import Image

from provcheck.evaluating.edits.chance import Chance
from provcheck.evaluating.edits.edited import Edited
from provcheck.evaluating.edits.framing import LEAST_SIDE, resized
from provcheck.records import RGB

CLIP_FRAMES: Final = 18
CLIP_FPS: Final = 25
PAN: Final = 0.03
"""Share of the width that the camera moves while the clip lasts: a resting picture would be coded too well."""


def jpeg(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Save as JPEG; `strength` is Pillow's quality."""
    return Edited(saved_as_jpeg(picture, int(strength)))


def saved_as_jpeg(picture: RGB, quality: int) -> RGB:
    """Return what is left of a picture after it was saved as JPEG."""
    stored = io.BytesIO()
    Image.fromarray(picture).save(stored, "JPEG", quality=quality)
    return np.asarray(Image.open(stored).convert("RGB"))


def resize(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Scale both sides by `strength`."""
    height, width = picture.shape[:2]
    return Edited(resized(picture, max(LEAST_SIDE, round(width * strength)), max(LEAST_SIDE, round(height * strength))))


def thumbnail(picture: RGB, _chance: Chance, strength: float) -> Edited:
    """Scale the longer side to `strength` pixels and save as a web page does, JPEG quality 75."""
    height, width = picture.shape[:2]
    factor = min(1.0, strength / max(height, width))
    return Edited(saved_as_jpeg(resized(picture, round(width * factor), round(height * factor)), 75))


def video_frame(picture: RGB, chance: Chance, strength: float, *, lines: int) -> Edited:
    """Take a late frame of an H.264 clip that pans over the picture; `strength` is x264's rate factor."""
    height = lines
    width = 2 * round(picture.shape[1] / picture.shape[0] * height / 2)
    large = resized(picture, round(width * (1 + PAN)), height)
    frames = [_panned(large, width, at / (CLIP_FRAMES - 1)) for at in range(CLIP_FRAMES)]
    chosen = CLIP_FRAMES // 2 + chance.below(CLIP_FRAMES // 2)
    return Edited(_coded(frames, strength)[chosen], kept=1 / (1 + PAN))


video_360 = partial(video_frame, lines=360)
video_240 = partial(video_frame, lines=240)


def _panned(large: RGB, width: int, part: float) -> RGB:
    left = round((large.shape[1] - width) * part)
    return np.ascontiguousarray(large[:, left : left + width])


def _coded(frames: list[RGB], rate_factor: float) -> list[RGB]:
    stored = io.BytesIO()
    with av.open(stored, "w", format="mp4") as clip:
        stream = clip.add_stream("libx264", rate=CLIP_FPS)
        stream.height, stream.width, stream.pix_fmt = frames[0].shape[0], frames[0].shape[1], "yuv420p"
        stream.options = {"crf": str(rate_factor), "preset": "veryfast", "threads": "1"}
        for frame in frames:
            clip.mux(stream.encode(VideoFrame.from_ndarray(frame, format="rgb24")))
        clip.mux(stream.encode())
    stored.seek(0)
    with av.open(stored, "r") as clip:
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in clip.decode(video=0)]
