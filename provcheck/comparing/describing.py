"""What was done to a picture between two versions, read off the match that proves that it is one picture.

A match describes how its query was made from its reference. Which of the two versions asked and which was searched is
chance, so everything is told from A to B: crops come from the transform and both sizes, with the part that both show in
the pixels of either; phrases that have a direction are turned round.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from provcheck.matching.alterations import bounding_box
from provcheck.matching.transforms import apply, corners, inverse
from provcheck.records import Alteration, Box, Edit, Match, Matrix, Overlap, Size
from provcheck.versions import Change, PairKind, Side

_KINDS: Final[Mapping[Edit, PairKind]] = MappingProxyType(
    {
        Edit.CROPPED: PairKind.CROPPED,
        Edit.EMBEDDED: PairKind.CROPPED,
        Edit.MIRRORED: PairKind.MIRRORED,
        Edit.ROTATED: PairKind.ROTATED,
        Edit.STRETCHED: PairKind.STRETCHED,
        Edit.PERSPECTIVE: PairKind.PERSPECTIVE,
        Edit.RECOLOURED: PairKind.RECOLOURED,
        Edit.REGION_CHANGED: PairKind.EDITED,
    }
)

_LOOKED_AT_CLOSER: Final = (Edit.REGION_CHANGED, Edit.RECOLOURED)

_OPPOSITES: Final = (
    ("counter-clockwise", "clockwise"),
    ("brighter", "darker"),
    ("taken out", "put in"),
)

_HEAVIEST_FIRST: Final = tuple(reversed(PairKind))


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Two pictures laid over each other, told from A to B.

    Attributes
    ----------
    matrix : (3, 3) float64 array
        B to A.
    overlap_a, overlap_b : float
        How much of either picture the shared part is, 0 to 1.
    b_was_query : bool
        Whether the match describes how B was made from A, and not A from B.
    """

    match: Match
    matrix: Matrix
    a_size: Size
    b_size: Size
    overlap_a: float
    overlap_b: float
    b_was_query: bool


def align_versions(match: Match, query_size: Size, *, b_was_query: bool) -> Aligned:
    """Turn a match of a query in one version with a picture of the other into one from A to B."""
    matrix = np.array(match.transform, np.float64)
    known: Size = match.source.size
    shared: Overlap = match.overlap
    if b_was_query:
        return Aligned(match, matrix, known, query_size, shared.reference, shared.query, b_was_query=True)
    return Aligned(match, inverse(matrix), query_size, known, shared.query, shared.reference, b_was_query=False)


def describe_changes(aligned: Aligned, regions: Sequence[Box] | None = None, tones: str = "") -> tuple[Change, ...]:
    """List what was done to the picture of A to get that of B, the heaviest first; never empty.

    Parameters
    ----------
    regions : sequence of Box or None
        Boxes in A in which the two differ, as a closer look found them; None to believe the match about regions and
        tones.
    tones : str
        How all tones differ, as a closer look found it.
    """
    kept = [one for one in aligned.match.alterations if regions is None or one.kind not in _LOOKED_AT_CLOSER]
    changes = [change for alteration in kept for change in _changes(alteration, aligned)]
    if tones:
        changes.append(Change(PairKind.RECOLOURED, tones))
    if regions:
        changes.append(_edit(tuple(regions), tuple(_in_b(box, aligned) for box in regions), aligned))
    if not changes:
        return (Change(PairKind.RE_ENCODED, _sizes(aligned.a_size, aligned.b_size)),)
    return tuple(sorted(changes, key=lambda change: _HEAVIEST_FIRST.index(change.kind)))


def _in_b(box: Box, aligned: Aligned) -> Box:
    left, top, right, bottom = box
    around = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64) - 0.5
    return bounding_box(apply(inverse(aligned.matrix), around), aligned.b_size)


def _sizes(a: Size, b: Size) -> str:
    if a == b:
        return f"re-encoded, {b[0]}x{b[1]} pixels as before"
    return f"resized from {a[0]}x{a[1]} to {b[0]}x{b[1]} pixels"


def _changes(alteration: Alteration, aligned: Aligned) -> Iterator[Change]:
    kind = _KINDS[alteration.kind]
    if kind is PairKind.CROPPED:
        yield _crop((alteration.kind is Edit.CROPPED) == aligned.b_was_query, aligned)
    elif kind is PairKind.EDITED:
        boxes = (alteration.reference_boxes, alteration.query_boxes)
        yield _edit(*(boxes if aligned.b_was_query else boxes[::-1]), aligned)
    else:
        yield Change(kind, _told_forwards(alteration.detail, b_was_query=aligned.b_was_query))


def _crop(b_shows_less: bool, aligned: Aligned) -> Change:  # noqa: FBT001 (one caller, right above)
    area = aligned.overlap_a if b_shows_less else aligned.overlap_b
    words = "shows {} of the picture before" if b_shows_less else "the picture before was {} of this one"
    return Change(
        PairKind.CROPPED,
        words.format(f"{area:.0%}"),
        Side.B if b_shows_less else Side.A,
        area,
        (bounding_box(apply(aligned.matrix, corners(aligned.b_size)), aligned.a_size),),
        (bounding_box(apply(inverse(aligned.matrix), corners(aligned.a_size)), aligned.b_size),),
    )


def _edit(a_boxes: tuple[Box, ...], b_boxes: tuple[Box, ...], aligned: Aligned) -> Change:
    area = _covered(b_boxes, aligned.b_size)
    places = "one region differs" if len(b_boxes) == 1 else f"{len(b_boxes)} regions differ"
    return Change(PairKind.EDITED, f"{places}, {max(0.01, area):.0%} of the picture", None, area, a_boxes, b_boxes)


def _covered(boxes: tuple[Box, ...], size: Size) -> float:
    """Area fraction of a picture that boxes cover together, counted on a grid of at most 512 cells a side."""
    columns, rows = (min(512, side) for side in size)
    grid = np.zeros((rows, columns), np.bool_)
    for left, top, right, bottom in boxes:
        across = slice(left * columns // size[0], -(-right * columns // size[0]))
        grid[top * rows // size[1] : -(-bottom * rows // size[1]), across] = True
    return float(grid.mean())


def _told_forwards(detail: str, *, b_was_query: bool) -> str:
    told = detail.replace("than the known frame", "than before")
    return told if b_was_query else _turned_round(told)


def _turned_round(detail: str) -> str:
    for one, other in _OPPOSITES:
        pattern = rf"\b(?<!-)({one}|{other})\b"
        if re.search(pattern, detail):
            return re.sub(pattern, other if re.search(rf"\b(?<!-){one}\b", detail) else one, detail)
    return detail
