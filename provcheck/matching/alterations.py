"""How was the query made from the reference: every edit in a phrase, with the boxes it concerns.

Geometry (crop, mirror, turn, stretch, perspective, being part of a larger picture) is read off the transform between
the originals; colour and changed regions come from the aligned pixels.
"""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from provcheck.matching.agreement import within
from provcheck.matching.regions import changed_boxes
from provcheck.matching.transforms import Floats, apply, box_corners, corners, inverse, local_scale
from provcheck.matching.verification import Verified
from provcheck.matching.views import Query
from provcheck.matching.warping import warp
from provcheck.records import Alteration, Box, Edit, Matrix, Size

# The bounds below were held against 288 edited pictures of the tuning set (see `relations`).

WHOLE: Final = 0.97
"""Overlap from which on nothing was cropped or added around. Where nothing was it was 0.995 or more, but for blurred
and halftone copies (0.91 and more); crops, even a slow zoom of 1 to 3 %, had 0.993 or less and insets 0.85 or less."""

TURN_DEG: Final = 1.5
"""Copies that were not turned had at most 0.4 degrees, blurred ones 4.2, halftones 3.3."""

STRETCH: Final = 1.04
"""Copies that were not stretched had at most 1.016, blurred ones 1.23, halftones 1.14; stretched ones 1.25 and more."""

DEPTH: Final = 1.1
"""Ratio of the nearest to the farthest corner. Photographed screens had 1.22 and more; of the rest only low-bitrate
video (1.06) and blurred copies (1.16) had more than 1.00."""

COLOURFUL: Final = 4.0
GREY_SHARE: Final = 0.3
"""Mean distance of the channels from their mean, grey levels, and how little of it is left of a picture made grey: 12
of those had 0.0 of 5.0 and more, of the other copies none of as colourful a picture less than 0.48 of it."""

TONE_GAIN: Final = (0.8, 1.25)
TONE_SHIFT: Final = 20.0
HUE_SHIFT: Final = 18.0
"""Ratio of the contrasts, shift of the middle and largest shift of a channel beside it, grey levels. All 24 toned and
greyed pictures were named and 8 of 12 with other hues; of 45 others (emblems, captions, collages, low-bitrate video)
5 were named for what covered them or was lost."""

Levels = npt.NDArray[np.int16]


def find_alterations(query: Query, verified: Verified, matrix: Matrix) -> tuple[Alteration, ...]:
    """List the edits that lead from a reference frame to a query.

    Parameters
    ----------
    matrix : (3, 3) float64 array
        Query to reference, between the upright originals.
    """
    original = verified.reference.original
    return (
        *_framing(verified, query.size, original, matrix),
        *_shape(verified, matrix, query.size),
        *_colour(query, verified),
        *_changes(query, verified, matrix, original),
    )


def _framing(verified: Verified, size: Size, original: Size, matrix: Matrix) -> Iterator[Alteration]:
    shown = verified.overlap
    part = _part_of_original(verified, original)
    if shown.reference < WHOLE:
        box = bounding_box(apply(matrix, corners(size)) if part is None else part, original)
        detail = f"shows {shown.reference:.0%} of the known frame"
        yield Alteration(Edit.CROPPED, detail, reference_boxes=(box,))
    if shown.query < WHOLE:
        box = bounding_box(apply(inverse(matrix), corners(original) if part is None else part - 0.5), size)
        detail = f"the known frame is {shown.query:.0%} of this picture"
        yield Alteration(Edit.EMBEDDED, detail, query_boxes=(box,))


def _part_of_original(verified: Verified, original: Size) -> Floats | None:
    """Corners of what the query shows within a frame of its own, in pixels of the original."""
    if verified.part is None:
        return None
    width, height = verified.reference.size
    return np.asarray(box_corners(verified.part) * np.array([original[0] / width, original[1] / height]))


def _shape(verified: Verified, matrix: Matrix, size: Size) -> Iterator[Alteration]:
    if verified.view.mirrored:
        yield Alteration(Edit.MIRRORED, "left and right are swapped")
    jacobian = local_scale(matrix, size)
    if verified.view.mirrored:
        jacobian = jacobian @ np.diag([-1.0, 1.0])
    turn = math.degrees(math.atan2(jacobian[1, 0] - jacobian[0, 1], jacobian[0, 0] + jacobian[1, 1]))
    if abs(turn) > TURN_DEG:
        yield Alteration(
            Edit.ROTATED, f"turned by {round(abs(turn))}° {'counter-clockwise' if turn > 0 else 'clockwise'}"
        )
    depth = corners(size) @ matrix[2, :2] + matrix[2, 2]
    if depth.max() / depth.min() > DEPTH:
        yield Alteration(Edit.PERSPECTIVE, "seen at an angle, as in a photograph of a screen or a print")
        return
    largest, smallest = np.linalg.svd(jacobian, compute_uv=False)
    if largest / smallest > STRETCH:
        yield Alteration(Edit.STRETCHED, f"one side stretched {largest / smallest:.2f} times")


def _colour(query: Query, verified: Verified) -> Iterator[Alteration]:
    there, here = _colours_aligned(query, verified)
    if there.shape[1] < 100:
        return
    colourful = [_colourfulness(side) for side in (there, here)]
    if colourful[1] > COLOURFUL and colourful[0] < GREY_SHARE * colourful[1]:
        yield Alteration(Edit.RECOLOURED, "colours taken out")
        return
    gain = _contrast(there) / max(1.0, _contrast(here))
    shifts = there - here
    shift = float(np.median(shifts))
    if max(abs(float(np.median(channel)) - shift) for channel in shifts) > HUE_SHIFT:
        yield Alteration(Edit.RECOLOURED, "other colours than the known frame")
    elif abs(shift) > TONE_SHIFT:
        yield Alteration(Edit.RECOLOURED, f"{'brighter' if shift > 0 else 'darker'} than the known frame")
    elif not TONE_GAIN[0] < gain < TONE_GAIN[1]:
        yield Alteration(Edit.RECOLOURED, "other contrast than the known frame")


def _colourfulness(colours: Levels) -> float:
    """Mean distance of the channels from their mean."""
    return float(np.abs(3 * colours - colours.sum(axis=0, dtype=np.int16)).mean()) / 3


def _contrast(colours: Levels) -> float:
    """Middle half of the grey levels: unlike the deviation it is not moved by what covers a part of the picture."""
    low, high = np.quantile(colours.sum(axis=0, dtype=np.int16), [0.25, 0.75])
    return float(high - low) / 3


def _colours_aligned(query: Query, verified: Verified) -> tuple[Levels, Levels]:
    """Colours of the query where it covers the reference, and of the reference there, (3, N) each."""
    known = verified.reference.colour
    small = query.small[:, ::-1] if verified.view.mirrored else query.small
    channels = [warp(np.ascontiguousarray(small[..., at]), verified.matrix, verified.reference.size) for at in range(3)]
    covered = channels[0][1]
    inside = (covered if verified.part is None else within(covered, verified.part)) > 0
    there = [warped[inside].astype(np.int16) for warped, _ in channels]
    return np.stack(there), np.stack([known[..., at][inside].astype(np.int16) for at in range(3)])


def _changes(query: Query, verified: Verified, matrix: Matrix, original: Size) -> Iterator[Alteration]:
    seen, known = verified.view.grey, verified.reference.grey
    boxes = changed_boxes(seen, known, verified.matrix, verified.look.scale, verified.part)
    if not boxes:
        return
    width, height = verified.reference.size
    scale = np.array([original[0] / width, original[1] / height])
    there = [bounding_box(box_corners(box) * scale, original) for box in boxes]
    back = inverse(matrix)
    here = [bounding_box(apply(back, box_corners(box) - 0.5), query.size) for box in there]
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes) / (width * height)
    places = "one region differs" if len(boxes) == 1 else f"{len(boxes)} regions differ"
    detail = f"{places}, {max(0.01, area):.0%} of the known frame"
    yield Alteration(Edit.REGION_CHANGED, detail, tuple(here), tuple(there))


def bounding_box(points: Floats, size: Size) -> Box:
    """Return the box around (N, 2) points, in whole pixels, cut off at a picture's borders."""
    left, top = np.floor(points.min(axis=0) + 0.5).astype(int)
    right, bottom = np.ceil(points.max(axis=0) + 0.5).astype(int)
    return (
        int(np.clip(left, 0, size[0])),
        int(np.clip(top, 0, size[1])),
        int(np.clip(right, 0, size[0])),
        int(np.clip(bottom, 0, size[1])),
    )
