"""The two pictures of a match as the page draws them, aligned, with what is drawn upon them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still
from provcheck.evidence.laying import Outline, laid_over, outline_on_query, outline_on_reference
from provcheck.evidence.points import Pair, matched_points
from provcheck.records import Box, Edit, Match, Size
from provcheck.report.html.album import Album

STRIP_LENGTH: Final = 7
SAME_MOMENT_S: Final = 0.02
AT_THE_EDGE: Final = 0.01
"""Of the longer side: an outline so near the corners of a picture frames all of it."""

NO_ROOM: Final = (
    "There is no more room for pictures on this page: `provcheck explain` draws this pair on one of its own."
)


@dataclass(frozen=True, slots=True)
class Side:
    """One picture, drawn in the coordinates of its original.

    Attributes
    ----------
    outline : tuple of (x, y)
        Of the other picture upon this one.
    changed : tuple of Box
        Where the two differ.
    """

    address: str
    size: Size
    outline: Outline
    changed: tuple[Box, ...]
    note: str = ""

    @property
    def framed(self) -> bool:
        """Whether the outline is worth drawing: around the whole picture it says nothing."""
        width, height = self.size
        corners = ((0, 0), (width, 0), (width, height), (0, height))
        slack = AT_THE_EDGE * max(self.size)
        return any(min(math.dist(point, corner) for corner in corners) > slack for point in self.outline)


@dataclass(frozen=True, slots=True)
class StripFrame:
    """A frame of the film strip; `matched` is the one that the picture was taken from."""

    address: str
    size: Size
    time_s: float
    matched: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """What can be shown of a match; what can not is None, and `notes` say why.

    Attributes
    ----------
    laid : str or None
        Address of the query, laid over the frame.
    points : tuple of Pair
        Empty when they were not asked for.
    """

    query: Side | None = None
    reference: Side | None = None
    laid: str | None = None
    points: tuple[Pair, ...] = ()
    strip: tuple[StripFrame, ...] = ()
    notes: tuple[str, ...] = ()


def draw_sides(query: Still | str, match: Match, originals: Originals, album: Album, *, with_points: bool) -> Sides:
    """Return what the page shows of a match; `query` is the picture, or why there is none."""
    notes = [query] if isinstance(query, str) else []
    try:
        reference: Still | None = originals.reference(match, side=album.side)
    except UnreadableMedia as error:
        reference = None
        notes.append(f"The known picture cannot be shown: {error.message}")
    seen = None if isinstance(query, str) else query
    sides = (
        _query_side(seen, match, album) if seen else None,
        _reference_side(reference, seen, match, album) if reference else None,
    )
    if None in sides and not notes:
        notes.append(NO_ROOM)
    both = (seen, reference) if seen and reference and all(sides) else None
    return Sides(
        *sides,
        laid=album.address(laid_over(*both, match.transform, side=album.side)) if both else None,
        points=matched_points(*both, match) if both and with_points else (),
        strip=_strip(reference, match, originals, album),
        notes=tuple(notes),
    )


def _query_side(query: Still, match: Match, album: Album) -> Side | None:
    address = album.address(query.pixels)
    embedded = any(alteration.kind is Edit.EMBEDDED for alteration in match.alterations)
    outline = outline_on_query(match.transform, match.source.size) if embedded else ()
    changed = _changed(alteration.query_boxes for alteration in match.alterations if _is_change(alteration.kind))
    return Side(address, query.original, outline, changed, query.note) if address else None


def _reference_side(reference: Still, query: Still | None, match: Match, album: Album) -> Side | None:
    address = album.address(reference.pixels)
    outline = outline_on_reference(match.transform, query.original) if query else ()
    changed = _changed(alteration.reference_boxes for alteration in match.alterations if _is_change(alteration.kind))
    return Side(address, reference.original, outline, changed, reference.note) if address else None


def _is_change(kind: Edit) -> bool:
    return kind is Edit.REGION_CHANGED


def _changed(boxes: Iterable[tuple[Box, ...]]) -> tuple[Box, ...]:
    return tuple(box for some in boxes for box in some)


def _strip(reference: Still | None, match: Match, originals: Originals, album: Album) -> tuple[StripFrame, ...]:
    """Return the kept frames around the matched one, which takes the place of a kept frame of its moment."""
    at = match.frame_time_s
    if at is None or reference is None or album.full:
        return ()
    kept = originals.kept(match.source, near_s=at, count=STRIP_LENGTH)
    others = [still for still in kept if still.time_s is not None and abs(still.time_s - at) > SAME_MOMENT_S]
    frames = sorted([*((still.time_s or 0.0, still, False) for still in others), (at, reference, True)], key=_time)
    if len(frames) < 2:
        return ()
    drawn = [(album.address(still.pixels, side=album.strip_side), still, time, own) for time, still, own in frames]
    return tuple(StripFrame(address, still.original, time, own) for address, still, time, own in drawn if address)


def _time(frame: tuple[float, Still, bool]) -> float:
    return frame[0]
