"""Which unpaired pictures stand for each other: under one caption, one file name, or at one place.

A guess by words, made only for pictures that no look pairs. It must not join a picture that was taken away with one
that was added elsewhere, so a place counts only where it means something: in a folder the order is that of the names,
and there only a number in the names of two different schemes (`photo-3`, `picture-3`) tells a place.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

from provcheck.comparing.assigning import ANY_PAIR, assign, preference
from provcheck.comparing.words import plain
from provcheck.records import ReleaseImage
from provcheck.versions import Basis

_STRENGTHS: Final = {Basis.CAPTION: 0.4, Basis.NAME: 0.3, Basis.NUMBER: 0.2, Basis.PLACE: 0.1}
_NUMBERED: Final = re.compile(r"(.*?)0*(\d+)(\D*)")

Paired = Collection[tuple[int, int]]


def assign_by_words(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], free_a: Sequence[int], free_b: Sequence[int], paired: Paired
) -> list[tuple[int, int, Basis]]:
    """Pair what is left of two versions.

    Parameters
    ----------
    free_a, free_b : sequence of int
        Places of the pictures without a counterpart.
    paired : collection of (int, int)
        Places of those with one.
    """
    bases: dict[tuple[int, int], Basis] = {}
    for basis, pairs in (
        (Basis.PLACE, _same_place(a, b, free_a, free_b, paired)),
        (Basis.NUMBER, _same_number(a, b, free_a, free_b)),
        (Basis.NAME, ((i, j) for i in free_a for j in free_b if _stem(a[i]) == _stem(b[j]))),
        (Basis.CAPTION, ((i, j) for i in free_a for j in free_b if _same_caption(a[i], b[j]))),
    ):
        bases.update(dict.fromkeys(pairs, basis))
    weights = {(i, j): ANY_PAIR + _STRENGTHS[basis] + preference(i, a[i], j, b[j]) for (i, j), basis in bases.items()}
    return [(i, j, bases[i, j]) for i, j in assign(weights)]


def _same_caption(a: ReleaseImage, b: ReleaseImage) -> bool:
    one, other = a.claims.caption, b.claims.caption
    return bool(one and other and plain(one.value) and plain(one.value) == plain(other.value))


def _stem(image: ReleaseImage) -> str:
    """Return the path without its last suffix: a PNG that became a JPEG keeps its name."""
    return PurePosixPath(image.name).with_suffix("").as_posix().casefold()


def _same_number(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], free_a: Sequence[int], free_b: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield pictures with one number in two schemes of names; where a version uses both, a number tells nothing."""
    schemes_a, schemes_b = ({scheme for image in images if (scheme := _scheme(image))} for images in (a, b))
    if schemes_a & schemes_b or len(schemes_a) != 1 or len(schemes_b) != 1:
        return
    for i in free_a:
        for j in free_b:
            if _number(a[i]) is not None and _number(a[i]) == _number(b[j]):
                yield i, j


def _scheme(image: ReleaseImage) -> tuple[str, str] | None:
    found = _NUMBERED.fullmatch(_stem(image))
    return (found[1], found[3]) if found else None


def _number(image: ReleaseImage) -> int | None:
    found = _NUMBERED.fullmatch(_stem(image))
    return int(found[2]) if found else None


def _same_place(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], free_a: Sequence[int], free_b: Sequence[int], paired: Paired
) -> Iterator[tuple[int, int]]:
    """Yield pictures between the same neighbours, one by one, where as many are missing as are new."""
    if not (_has_own_order(a) and _has_own_order(b)) and (len(a), len(b)) != (1, 1):
        return
    gaps_a = _gaps(free_a, dict(paired))
    gaps_b = _gaps(free_b, {j: j for _, j in paired})
    for gap, inside in gaps_a.items():
        if len(inside) == len(gaps_b.get(gap, ())):
            yield from zip(inside, gaps_b[gap], strict=True)


def _has_own_order(images: Sequence[ReleaseImage]) -> bool:
    names = [image.name for image in images]
    return names != sorted(names)


def _gaps(free: Sequence[int], anchors: Mapping[int, int]) -> dict[int, list[int]]:
    """Return the free places by the gap that they are in: by the place in B of the paired picture before them."""
    gaps: dict[int, list[int]] = {}
    for place in free:
        before = max((anchor for anchor in anchors if anchor < place), default=None)
        gaps.setdefault(-1 if before is None else anchors[before], []).append(place)
    return gaps
