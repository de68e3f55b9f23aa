"""Pictures that one version shows more than once: equal bytes, or pictures that prove to be one and the same.

Only proofs between pictures that show nearly the same part count: a collage holds two pictures and makes them none.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from provcheck.records import Match, ReleaseImage
from provcheck.versions import Repeat, Side

LEAST_SHARED: Final = 0.6
"""Of either picture. Reasoned, not measured: a crop that keeps more than this is used as the picture itself."""

Node = tuple[Side, int]


def is_nearly_whole(match: Match) -> bool:
    """Whether both pictures of a match show nearly the same part of it."""
    return min(match.overlap.query, match.overlap.reference) >= LEAST_SHARED


def find_repeats(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], proven: Iterable[tuple[int, int]]
) -> Iterator[Repeat]:
    """Yield the pictures that stand twice in A or in B, in the order of their first places.

    Parameters
    ----------
    proven : iterable of (int, int)
        Places in A and B of pictures that show one picture nearly whole.
    """
    first_of: dict[str, Node] = {}
    leader: dict[Node, Node] = {}
    for side, images in ((Side.A, a), (Side.B, b)):
        for at, image in enumerate(images):
            node = (side, at)
            leader[node] = node
            _join(leader, node, first_of.setdefault(image.sha256, node))
    for i, j in proven:
        _join(leader, (Side.A, i), (Side.B, j))
    groups: dict[tuple[Side, Node], list[ReleaseImage]] = {}
    for node in leader:
        side, at = node
        groups.setdefault((side, _leader(leader, node)), []).append((a if side is Side.A else b)[at])
    yield from (Repeat(side, tuple(images)) for (side, _), images in groups.items() if len(images) > 1)


def _join(leader: dict[Node, Node], one: Node, other: Node) -> None:
    first, second = sorted((_leader(leader, one), _leader(leader, other)))
    leader[second] = first


def _leader(leader: dict[Node, Node], node: Node) -> Node:
    while leader[node] != node:
        node = leader[node]
    return node
