"""Whether the colours or tones of the whole picture changed, and how.

Told from most of the pixels, so that a white box laid over is no change of brightness. Matching asks for much before it
calls a picture recoloured, because a frame of a video and a photograph of a screen always differ a little; two versions
of one file do not.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from provcheck.comparing.laying import Channel, LaidOver

LEAST_LEVELS: Final = 4.0
"""By which so many of the pixels differ in luminance or in a chroma channel. In 60 pairs with other edits (photographs
of README's "What set the thresholds") it was 1.0 at most, in those with other colours at least 7.5 in one channel."""

SHARE: Final = 60
"""Percentile."""

BLUR_PX: Final = 4.0
"""Sharpness and noise are no tones."""

GREY: Final = 2.0
COLOURED: Final = 4.0
"""Mean distance of the chroma from that of grey, levels: below the one it is grey, above the other in colour."""


def describe_tones(laid: LaidOver) -> str:
    """Say how the tones of B differ from those of A; empty when they do not."""
    if not laid.inside.any():
        return ""
    differences = [_differences(one, other, laid) for one, other in zip(laid.a, laid.b, strict=True)]
    light, *chroma = (float(np.percentile(np.abs(values), SHARE)) for values in differences)
    if max(chroma) >= LEAST_LEVELS:
        colours = [_colour(channels[1:], laid) for channels in (laid.a, laid.b)]
        if colours[1] < GREY and colours[0] > COLOURED:
            return "colours taken out"
        return "colours put in" if colours[0] < GREY and colours[1] > COLOURED else "other colours than before"
    if light < LEAST_LEVELS:
        return ""
    shift = float(np.median(differences[0]))
    if abs(shift) < LEAST_LEVELS:
        return "other contrast than before"
    return "brighter than before" if shift > 0 else "darker than before"


def _differences(a: Channel, b: Channel, laid: LaidOver) -> npt.NDArray[np.float32]:
    away = np.where(laid.inside, b - a, 0).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(away, (0, 0), BLUR_PX)[laid.inside], np.float32)


def _colour(chroma: tuple[Channel, ...], laid: LaidOver) -> float:
    return float(np.mean([np.abs(channel[laid.inside] - 128).mean() for channel in chroma]))
