"""A decoded video frame to upright sRGB pixels, as a player shows it.

Turned and mirrored by the display matrix, stretched to square pixels, converted from its own YUV flavour. swscale takes
matrix and range from the frame; frames that name no matrix are read as players do: BT.709 from 720 lines, BT.601 below.
"""

from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from av.sidedata.sidedata import SideDataContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter

from provcheck.media.shots import SMALL_SIZE
from provcheck.records import RGB, Gray, Size

UNSPECIFIED_MATRIX: Final = 2
LEAST_HD_LINES: Final = 720
MOST_STRETCH: Final = 4
"""A sample aspect ratio beyond 4:1 either way is damage; it is taken as 1:1."""
FIXED_POINT_ONE: Final = 65536


def upright_pixels(frame: VideoFrame, aspect: Fraction, *, max_side: int | None = None) -> RGB:
    """Return the pixels of a frame.

    Parameters
    ----------
    aspect : Fraction
        Sample aspect ratio, width of a sample over its height.
    max_side : int or None
        Longest side of the result in pixels; smaller frames are not enlarged.

    Returns
    -------
    (height, width, 3) uint8 array
    """
    width, height = _fitted(square_size(frame.width, frame.height, aspect), max_side)
    shrinks = width < frame.width
    rgb = frame.reformat(
        width=width,
        height=height,
        format="rgb24",
        src_colorspace=_matrix(frame),
        interpolation=Interpolation.AREA if shrinks else Interpolation.BICUBIC,
        threads=1,
    )
    turns, mirrored = orientation_of(frame)
    return turn(np.asarray(rgb.to_ndarray()), turns, mirrored=mirrored)


def upright_size(frame: VideoFrame, aspect: Fraction) -> Size:
    """Return the `(width, height)` of what `upright_pixels` returns."""
    width, height = square_size(frame.width, frame.height, aspect)
    return (height, width) if orientation_of(frame)[0] % 2 else (width, height)


def small_grey(frame: VideoFrame, scaler: VideoReformatter) -> Gray:
    """Return the luma of a frame at `SMALL_SIZE`, straight from its luma plane: cheap enough for every frame.

    Parameters
    ----------
    scaler : VideoReformatter
        One for all frames of a stream: to set it up takes as long as to scale a frame.
    """
    width, height = SMALL_SIZE
    small = scaler.reformat(
        frame, width=width, height=height, format="gray", interpolation=Interpolation.AREA, threads=1
    )
    return np.asarray(small.to_ndarray(), np.uint8)


def square_size(width: int, height: int, aspect: Fraction) -> Size:
    """Return the size with square pixels; the shorter side is stretched, so that no detail is lost."""
    if not Fraction(1, MOST_STRETCH) <= aspect <= MOST_STRETCH:
        return width, height
    if aspect >= 1:
        return round(width * aspect), height
    return width, round(height / aspect)


def orientation_of(frame: VideoFrame) -> tuple[int, bool]:
    """Return how to turn the stored frame: quarter turns anticlockwise, and whether to mirror it before."""
    # Not `frame.side_data`, which the frame keeps and which holds the frame: they pile up until garbage is sought.
    stated = SideDataContainer(frame)  # type: ignore[call-arg] # PyAV's types leave out how it is made
    if "DISPLAYMATRIX" not in stated:
        return 0, False
    matrix: Any = stated["DISPLAYMATRIX"]
    return display_orientation(np.frombuffer(matrix, np.int32))


def display_orientation(matrix: npt.NDArray[np.int32]) -> tuple[int, bool]:
    """Return quarter turns anticlockwise and mirroring of a display matrix (ISO/IEC 14496-12, 8.3.2.3).

    Stored points `(x, y)`, y down, are shown at `(a x + c y, b x + d y)`, with a, b, c, d the numbers 0, 1, 3 and 4 of
    the matrix in 16.16 fixed point. Other angles are rounded to the next quarter turn.
    """
    a, b, c, d = (
        (int(matrix[i]) for i in (0, 1, 3, 4)) if matrix.size >= 5 else (FIXED_POINT_ONE, 0, 0, FIXED_POINT_ONE)
    )
    mirrored = a * d - b * c < 0
    if mirrored:
        a, b = -a, -b
    angle = np.degrees(np.arctan2(-b, a))
    return round(float(angle) / 90) % 4, mirrored


def turn(pixels: RGB, turns: int, *, mirrored: bool) -> RGB:
    """Mirror left to right if asked, then turn anticlockwise by quarters."""
    return np.ascontiguousarray(np.rot90(pixels[:, ::-1] if mirrored else pixels, turns))


def _fitted(size: Size, max_side: int | None) -> Size:
    if max_side is None or max(size) <= max_side:
        return size
    scale = Fraction(max_side, max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _matrix(frame: VideoFrame) -> Colorspace | None:
    unnamed = frame.colorspace == UNSPECIFIED_MATRIX and not frame.format.is_rgb
    return Colorspace.ITU709 if unnamed and frame.height >= LEAST_HD_LINES else None
