"""The functions that take any file: ask what it is, hand it to the reader that is responsible."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from provcheck.media.readers import DESCRIBING, READERS
from provcheck.media.recognition import recognise
from provcheck.media.refusals import refusal
from provcheck.media.summary import MediaSummary
from provcheck.records import RGB, Medium, Picture

if TYPE_CHECKING:
    from PIL.Image import Image


def describe(path: Path) -> MediaSummary:
    """Return what a file is: medium, upright size, duration, format.

    A picture's pixels are not decoded, so a file that can be described may still prove truncated.

    Raises
    ------
    UnreadableMedia
        See `recognise`; or the header is damaged, or the picture is refused as too large.
    """
    return DESCRIBING[recognise(path)].describe(path)


def pictures(path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
    """Yield the stills that represent a file, upright, sRGB.

    One for a photo; the pages or visibly different frames of an animation or multi-page file (at most
    `images.MAX_FRAMES`); for a video the frames that `shots` keeps, with their exact times.

    Parameters
    ----------
    enough_side : int or None
        From how many pixels of the longest side on the caller has no use for more detail. Larger pictures are then
        reduced by a whole number, as far as this leaves so many, and decoders leave out what they can do without: the
        fine detail of a JPEG, the frames of a video that no other frame depends on. `Picture.size` is that of the
        original all the same. None: every pixel of every frame.

    Raises
    ------
    UnreadableMedia
        Raised while iterating, at the latest where the first picture was expected: one line with file, format, reason.
    """
    yield from READERS[recognise(path)].pictures(path, enough_side=enough_side)


def read(path: Path, *, enough_side: int | None = None, threads: int = 2) -> tuple[MediaSummary, Iterator[Picture]]:
    """Return what `describe` and `pictures` do, asking only once what the file is, and opening a video once for both.

    `threads` is how many the decoder of a video may use.

    Raises
    ------
    UnreadableMedia
        As `describe` does; and while iterating, as `pictures` does.
    """
    return DESCRIBING[recognise(path)].read(path, enough_side=enough_side, threads=threads)


def video_window(path: Path, start_s: float, end_s: float, *, max_side: int | None = None) -> Iterator[Picture]:
    """Yield every frame of a video with `start_s <= time_s <= end_s`, at full rate, in the order of their times.

    Parameters
    ----------
    start_s, end_s : float
        Seconds on the clock of `pictures`; both ends are included.
    max_side : int or None
        Longest side in pixels of what is yielded; smaller videos are not enlarged. None: full size.

    Raises
    ------
    UnreadableMedia
        Not a video, or nothing in it can be decoded.
    """
    from provcheck.media import windows  # noqa: PLC0415 - imports PyAV on use

    if recognise(path) is not Medium.VIDEO:
        raise refusal(path, "a picture, which has no times; expected a video")
    yield from windows.video_window(path, start_s, end_s, max_side=max_side)


def upright_rgb(image: "Image") -> RGB:
    """Return the pixels of a Pillow image, upright, sRGB, 8 bits, alpha on white: shape (height, width, 3)."""
    from provcheck.media import colour  # noqa: PLC0415 - imports Pillow on use

    return colour.upright_rgb(image)
