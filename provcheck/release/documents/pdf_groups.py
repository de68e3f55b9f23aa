"""Pictures of a page that are one to its readers: the layers of a scan, and strips of a picture cut for printing.

Scanners that pack well store a page as a coloured ground, coloured ink and a mask, all in one place; printer drivers
cut large pictures into strips, often of fewer lines than a picture has to have. None of these shows anything alone.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from provcheck.release.documents.pdf_places import PlacedPicture
from provcheck.release.pages.reading import SMALLEST_PX

FEWEST_STRIPS: Final = 3
"""Two pictures that touch may well be two pictures."""
NARROW: Final = 2.0
"""Width of a strip in heights, at least: pictures in a column are hardly ever wider."""
_TOUCHING_PT: Final = 0.75

Group = tuple[PlacedPicture, ...]


def grouped(pictures: Sequence[PlacedPicture]) -> list[Group]:
    """Return the pictures in their order, each together with those that are one with it."""
    layers = _layers(pictures)
    strips = {id(group[0]): group for group in _strips([group[0] for group in layers if len(group) == 1])}
    others = {id(placed) for group in strips.values() for placed in group[1:]}
    return [strips.get(id(group[0]), group) for group in layers if id(group[0]) not in others]


def _layers(pictures: Sequence[PlacedPicture]) -> list[Group]:
    """Return what stands in one place together; specks that are stretched over a page are no layers."""
    found: dict[tuple[object, ...], list[PlacedPicture]] = {}
    for at, placed in enumerate(pictures):
        box = placed.box
        place = (round(box.left), round(box.top), round(box.right), round(box.bottom))
        is_speck = min(placed.image.get_px_size()) < SMALLEST_PX
        found.setdefault((*place, at if is_speck else None), []).append(placed)
    return [tuple(group) for group in found.values()]


def _strips(pictures: Sequence[PlacedPicture]) -> Iterator[Group]:
    """Yield rows of strips, each of one width and right below the one before."""
    columns: dict[tuple[object, ...], list[PlacedPicture]] = {}
    for placed in pictures:
        if placed.box.right - placed.box.left > NARROW * (placed.box.bottom - placed.box.top):
            width = placed.image.get_px_size()[0]
            columns.setdefault((round(placed.box.left), round(placed.box.right), width), []).append(placed)
    for column in columns.values():
        yield from _touching(sorted(column, key=lambda placed: placed.box.top))


def _touching(column: Sequence[PlacedPicture]) -> Iterator[Group]:
    strips: list[PlacedPicture] = []
    for placed in column:
        if strips and abs(placed.box.top - strips[-1].box.bottom) > _TOUCHING_PT:
            yield from _if_enough(strips)
            strips = []
        strips.append(placed)
    yield from _if_enough(strips)


def _if_enough(strips: list[PlacedPicture]) -> Iterator[Group]:
    if len(strips) >= FEWEST_STRIPS:
        yield tuple(strips)
