"""A closer look at two versions of one picture: both are at hand whole, so more can be told than of a known frame."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from provcheck.comparing.describing import Aligned
from provcheck.comparing.differing import differing_boxes
from provcheck.comparing.laying import lay_over
from provcheck.comparing.toning import describe_tones
from provcheck.media import pictures
from provcheck.records import Box, ReleaseImage

LEAST_AGREEMENT: Final = 0.95
"""Local correlation; a photograph of a screen agrees less, and differs in its light everywhere. Of 191 edited pairs of
photographs all agreed at 0.99 or more."""


@dataclass(frozen=True, slots=True)
class Closer:
    """What a closer look found.

    Attributes
    ----------
    regions : tuple of Box
        In which B differs, in pixels of A.
    area : float
        How much of A they are, 0 to 1; boxes that overlap count twice.
    tones : str
        How all colours or tones differ; empty when they do not.
    """

    regions: tuple[Box, ...]
    area: float
    tones: str


def look_closer(a: ReleaseImage, b: ReleaseImage, aligned: Aligned) -> Closer | None:
    """Lay two pictures over each other and compare them; None where this cannot tell: animations, pictures of screens.

    Raises
    ------
    UnreadableMedia
        When a file that could be read before no longer can.
    """
    if aligned.match.agreement < LEAST_AGREEMENT:
        return None
    stills = [list(islice(pictures(Path(image.file)), 2)) for image in (a, b)]
    if any(len(of) != 1 for of in stills):
        return None
    laid = lay_over(stills[0][0], stills[1][0], aligned.matrix)
    tones = describe_tones(laid)
    regions = tuple(differing_boxes(laid, colours=not tones))
    width, height = stills[0][0].size
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in regions) / (width * height)
    return Closer(regions, min(1.0, area), tones)
