"""Look for the pictures of either version in the other, no more than is needed.

1. What B has and A has not byte for byte is searched in A, quickly where whole-image codes are near.
2. What is then still without a counterpart is searched thoroughly, from both sides: the picture that was searched
   quickly and lost its counterpart to a better copy, and what only A has.

Pictures that are settled already are searched *in*, so that a copy of one of them is recognised as such.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from provcheck.comparing.assigning import assign, match_weight, preference
from provcheck.comparing.describing import Aligned, align_versions
from provcheck.comparing.repeats import is_nearly_whole
from provcheck.comparing.searching import Edge, Searchable, Sought, search, searchable
from provcheck.protocols import Progress
from provcheck.records import ReleaseImage

Places = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What the looks found.

    Attributes
    ----------
    proofs, leads : mapping of (int, int) to Aligned
        By places in A and B.
    a, b : mapping of int to Sought
        What was searched, by place.
    """

    proofs: Mapping[Places, Aligned]
    leads: Mapping[Places, Aligned]
    a: Mapping[int, Sought]
    b: Mapping[int, Sought]

    @property
    def nearly_whole(self) -> Iterator[Places]:
        """Places of pictures that prove to be one, and show nearly the same part."""
        return (places for places, aligned in self.proofs.items() if is_nearly_whole(aligned.match))


def look_at_versions(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], settled: Collection[Places], progress: Progress | None = None
) -> Looked:
    """Search what is not settled.

    Parameters
    ----------
    settled : collection of (int, int)
        Places of pictures that are counterparts already.
    """
    free_a = sorted(set(range(len(a))) - {i for i, _ in settled})
    free_b = sorted(set(range(len(b))) - {j for _, j in settled})
    of_a: dict[int, Sought] = {}
    of_b: dict[int, Sought] = {}

    def search_in(version: Searchable, images: Sequence[ReleaseImage], places: Iterable[int], *, again: bool) -> None:
        found = of_b if images is b else of_a
        for at in places:
            if progress:
                progress(len(of_a) + len(of_b), len(free_a) + len(free_b), images[at].name)
            found[at] = search(at, images[at], version, thorough=again or images is a)

    def lost(places: Sequence[int], side: int) -> list[int]:
        assigned = {pair[side] for pair in assign(proof_weights(_proofs(of_a, of_b), a, b, settled))}
        return [at for at in places if at not in assigned]

    if free_b:
        with searchable(a) as version:
            search_in(version, b, free_b, again=False)
            hasty = [at for at in lost(free_b, 1) if of_b[at].proofs and not of_b[at].thorough]
            search_in(version, b, hasty, again=True)
    if lost_a := lost(free_a, 0):
        with searchable(b) as version:
            search_in(version, a, lost_a, again=True)
    return Looked(_proofs(of_a, of_b), _leads(of_a, of_b), of_a, of_b)


def proof_weights(
    proofs: Mapping[Places, Aligned], a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], settled: Collection[Places]
) -> dict[Places, float]:
    """Weigh the proven pairs of pictures that are not settled yet."""
    taken_a, taken_b = {i for i, _ in settled}, {j for _, j in settled}
    return {
        (i, j): match_weight(aligned.match) + preference(i, a[i], j, b[j])
        for (i, j), aligned in proofs.items()
        if i not in taken_a and j not in taken_b
    }


def _proofs(of_a: Mapping[int, Sought], of_b: Mapping[int, Sought]) -> dict[Places, Aligned]:
    edges_a, edges_b = ([edge for sought in of.values() for edge in sought.proofs] for of in (of_a, of_b))
    return _better_ones(edges_a, edges_b)


def _leads(of_a: Mapping[int, Sought], of_b: Mapping[int, Sought]) -> dict[Places, Aligned]:
    edges_a, edges_b = ([edge for sought in of.values() for edge in sought.leads] for of in (of_a, of_b))
    return _better_ones(edges_a, edges_b)


def _better_ones(edges_a: Iterable[Edge], edges_b: Iterable[Edge]) -> dict[Places, Aligned]:
    """Take what was found from B, because it is told in the right direction, and add what only A found."""
    found = {
        (edge.reference, edge.query): align_versions(edge.match, edge.query_size, b_was_query=True) for edge in edges_b
    }
    for edge in edges_a:
        if (edge.query, edge.reference) not in found:
            aligned = align_versions(edge.match, edge.query_size, b_was_query=False)
            found[edge.query, edge.reference] = aligned
    return found
