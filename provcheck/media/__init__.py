"""Bytes of photos and videos to upright sRGB pictures: the only home of Pillow and PyAV.

Start in `recognition` (what is this file?), then `images` and `videos` (one reader each), `colour` (any Pillow mode to
8-bit sRGB), `video_frames` (any video frame to the same), `shots` (which frames to keep) and `windows` (every frame of
a stretch of video). Importing this package loads neither Pillow nor PyAV; the first file read does.

Times of video frames are presentation times on the container's own clock (PyAV's `frame.time`). Where that clock
starts far from zero (a broadcast recording), the container's start is subtracted; `videos.origin_s` says when.
"""

from provcheck.media.files import sha256_of
from provcheck.media.readers import READERS
from provcheck.media.reading import describe, pictures, read, upright_rgb, video_window
from provcheck.media.recognition import is_probably_media, recognise
from provcheck.media.summary import MediaSummary

__all__ = [
    "READERS",
    "MediaSummary",
    "describe",
    "is_probably_media",
    "pictures",
    "read",
    "recognise",
    "sha256_of",
    "upright_rgb",
    "video_window",
]
