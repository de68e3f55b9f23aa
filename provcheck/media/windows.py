"""Every frame of a stretch of video, exactly as decoding from the start would give it.

Containers seek by decoding time, some only roughly, and an open group of pictures begins with frames that need the
group before. So a seek is believed only when a key frame comes out at or before the wanted start: what follows it needs
nothing earlier. Otherwise the seek goes further back, and at last the file is decoded from its start.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from provcheck.media.refusals import refusal
from provcheck.media.video_frames import upright_pixels
from provcheck.media.videos import TimedFrames, aspect_of, format_of, frames, opened, origin_s
from provcheck.records import Picture

BACK_OFF_S: Final = (0.5, 4.0, 20.0)
"""How far before the wanted start to seek, one after the other."""


def video_window(path: Path, start_s: float, end_s: float, *, max_side: int | None = None) -> Iterator[Picture]:
    """Yield every frame with `start_s <= time_s <= end_s`; `number` counts from 0 within the window.

    See `provcheck.media.video_window`.
    """
    with opened(path) as (container, stream):
        found = _sought(path, container, stream, start_s)
        if found is not None:
            yield from _within(found, stream, (start_s, end_s), max_side)
            return
    with opened(path) as (container, stream):
        found = frames(path, container, stream)
        first = next(found, None)
        if first is None:
            raise refusal(path, f"{format_of(stream)}: none of its frames can be decoded")
        yield from _within(chain([first], found), stream, (start_s, end_s), max_side)


def _sought(path: Path, container: InputContainer, stream: VideoStream, start_s: float) -> TimedFrames | None:
    """Return frames from a key frame at or before the start, or None where only decoding from the start is exact."""
    if container.format.name == "avi" and stream.codec_context.has_b_frames:
        return None  # its times are counted from the first frame
    for back_s in BACK_OFF_S:
        seek_s = start_s - back_s + origin_s(container)
        if start_s - back_s <= 0 or not stream.time_base:
            return None
        try:
            container.seek(int(seek_s / stream.time_base), stream=stream)
        except av.FFmpegError:
            return None
        found = frames(path, container, stream)
        key = next((item for item in found if item[1].key_frame), None)
        if key is not None and key[1].pts is None:
            return None
        if key is not None and key[0] <= start_s:
            return chain([key], found)
    return None


def _within(
    found: TimedFrames, stream: VideoStream, window: tuple[float, float], max_side: int | None
) -> Iterator[Picture]:
    start_s, end_s = window
    aspect = aspect_of(stream)
    number = 0
    for time_s, frame in found:
        if time_s > end_s:
            return
        if time_s >= start_s:
            yield Picture(upright_pixels(frame, aspect, max_side=max_side), time_s, number)
            number += 1
