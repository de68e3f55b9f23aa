"""The two pictures of a match as the page draws them, aligned, with what is drawn upon them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still
from provcheck.evidence.laying import (
    Drawn,
    Outline,
    as_drawn,
    is_whole,
    laid_over,
    outline_on_query,
    outline_on_reference,
)
from provcheck.evidence.points import Pair, matched_points
from provcheck.records import Box, Edit, Match, Size, Transform
from provcheck.report.html.album import Album, Placed

STRIP_LENGTH: Final = 7
SAME_MOMENT_S: Final = 0.02
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
        return not is_whole(self.outline, self.size)


@dataclass(frozen=True, slots=True)
class Laid:
    """The query, laid over the frame.

    Attributes
    ----------
    matrix : Drawn or None
        How the picture of the query that is on the page anyway is to be drawn.
    address : str or None
        Of a picture of its own, where perspective forbids that.
    """

    matrix: Drawn | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class StripFrame:
    """A frame of the film strip; the matched one, which the picture was taken from, stands large on the page."""

    placed: Placed | None
    size: Size
    time_s: float

    @property
    def matched(self) -> bool:
        """Whether it is the one that the picture was taken from."""
        return self.placed is None


@dataclass(frozen=True, slots=True)
class Sides:
    """What can be shown of a match; what can not is None, and `notes` say why.

    Attributes
    ----------
    points : tuple of Pair
        Empty when they were not asked for.
    """

    query: Side | None = None
    reference: Side | None = None
    laid: Laid | None = None
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
        laid=lay(*both, match.transform, album) if both else None,
        points=matched_points(*both, match) if both and with_points else (),
        strip=_strip(reference, match, originals, album),
        notes=tuple(notes),
    )


def lay(query: Still, reference: Still, transform: Transform, album: Album) -> Laid | None:
    """Return the query as it is laid over the reference; None when there is no room for a picture of it."""
    matrix = as_drawn(transform, query.original)
    if matrix:
        return Laid(matrix)
    address = album.address(laid_over(query, reference, transform, side=album.side))
    return Laid(address=address) if address else None


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
    frames = [StripFrame(None, reference.original, at)]
    for still in kept:
        if still.time_s is None or abs(still.time_s - at) <= SAME_MOMENT_S:
            continue
        placed = album.placed((match.source.id, still.time_s), still.pixels, side=album.strip_side)
        if placed:
            frames.append(StripFrame(placed, still.original, still.time_s))
    return tuple(sorted(frames, key=lambda frame: frame.time_s)) if frames[1:] else ()
