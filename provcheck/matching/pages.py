"""Pages of text, charts, blank sheets: pictures that are their paper and thin strokes.

Two of them agree nearly everywhere whatever is written on them, so agreement says little about where one comes from.
"""

from typing import Final

import cv2
import numpy as np

from provcheck.records import Gray

STROKE: Final = 9 / 512
"""Thickest stroke that is taken away, as a fraction of the longest side: the body of large print on a page."""

SAME_SHADE: Final = 3
"""Grey levels around the most frequent one."""

PAGE_SHARE: Final = 0.85
"""One of 968 photographs has more of one shade once strokes are taken away (0.94); rendered letters, also cropped,
noisy or strongly compressed, have 0.87 to 0.98."""

SOFT_BLUR: Final = 2 / 512
SOFT_SHARE: Final = 0.35
"""The dots of a halftone are strokes too, but blurred they become the picture: of 37 halftones the largest share was
0.32 then, of letters the smallest was 0.47."""


def is_page(grey: Gray) -> bool:
    """Whether a picture is paper (of any shade) with thin strokes, dark or light, and hardly anything else."""
    longest = max(grey.shape)
    if _largest_share(cv2.GaussianBlur(grey, (0, 0), max(0.5, SOFT_BLUR * longest))) < SOFT_SHARE:
        return False
    side = max(3, round(STROKE * longest))
    kernel = np.ones((side, side), np.uint8)
    return any(
        _largest_share(cv2.morphologyEx(grey, way, kernel)) >= PAGE_SHARE for way in (cv2.MORPH_CLOSE, cv2.MORPH_OPEN)
    )


def _largest_share(grey: cv2.typing.MatLike) -> float:
    """Share of the pixels around the most frequent grey level."""
    counts = np.bincount(np.asarray(grey).ravel(), minlength=256)
    around = np.convolve(counts, np.ones(2 * SAME_SHADE + 1), mode="same")
    return float(around.max() / counts.sum())
