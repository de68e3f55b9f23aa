"""Laying one picture over another: what SVG is told to draw is where the transform of the match leads."""

import math

import numpy as np
import pytest
from rendered_scenes import scene

from provcheck.evidence import Still
from provcheck.evidence.laying import as_drawn, outline_on_reference
from provcheck.records import Matrix, Size, Transform
from provcheck.report.html.album import Album
from provcheck.report.html.sides import lay

SIZE: Size = (400, 300)
CROP: Transform = ((0.5, 0.0, 120.0), (0.0, 0.5, 64.0), (0.0, 0.0, 1.0))
MIRRORED: Transform = ((-1.0, 0.0, 399.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
TURNED: Transform = ((0.0, -2.0, 700.0), (2.0, 0.0, 10.0), (0.0, 0.0, 2.0))
NEARLY_FLAT: Transform = ((1.0, 0.0, 5.0), (0.0, 1.0, 7.0), (1e-7, -1e-7, 1.0))
TILTED: Transform = ((1.0, 0.0, 5.0), (0.0, 1.0, 7.0), (4e-4, 1e-4, 1.0))


def drawn_corners(transform: Transform) -> Matrix:
    a, b, c, d, e, f = as_drawn(transform, SIZE) or (math.nan,) * 6
    corners = [(0, 0), (SIZE[0], 0), (SIZE[0], SIZE[1]), (0, SIZE[1])]
    return np.array([(a * x + c * y + e, b * x + d * y + f) for x, y in corners])


@pytest.mark.parametrize("transform", [CROP, MIRRORED, TURNED, NEARLY_FLAT], ids=["crop", "mirror", "turn", "flat"])
def test_what_is_drawn_lies_within_its_outline(transform: Transform) -> None:
    assert drawn_corners(transform) == pytest.approx(np.array(outline_on_reference(transform, SIZE)), abs=0.05)


def test_a_picture_at_an_angle_is_laid_over_in_pixels() -> None:
    assert as_drawn(TILTED, SIZE) is None
    album = Album(64)
    still = Still(scene(1), (480, 320))
    laid = lay(still, still, TILTED, album)
    assert laid
    assert (laid.matrix, album.pictures) == (None, 1)
    assert lay(still, still, CROP, album) == lay(still, still, CROP, Album(64, room=0))
    assert lay(still, still, TILTED, Album(64, room=0)) is None
