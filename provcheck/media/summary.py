"""What is known about a file before its pictures are decoded."""

from dataclasses import dataclass

from provcheck.records import Medium, Size


@dataclass(frozen=True, slots=True)
class MediaSummary:
    """What one file is.

    Attributes
    ----------
    medium : Medium
    size : (width, height)
        Upright and with square pixels: the size of the pictures that `pictures` yields first.
    duration_s : float or None
        Of a video, as its container states it; None for pictures (animations too) and where no length is stated.
    format : str
        `JPEG`, `TIFF` ... for pictures, container and codec (`mov,mp4/h264`) for videos.
    """

    medium: Medium
    size: Size
    duration_s: float | None
    format: str
