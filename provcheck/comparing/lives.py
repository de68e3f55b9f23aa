"""Every picture through all versions: when it appeared, how it changed, when it vanished.

The comparisons of neighbours are joined where the later picture of one is the earlier of the next. A picture that
returns after a version without it is the same life when its bytes are the same.
"""

from collections.abc import Mapping, Sequence

from provcheck.records import Release
from provcheck.versions import Comparison, Life, Pair, PairKind

Places = dict[int, int]
"""Place of one picture in each version that shows it."""


def follow_pictures(steps: Sequence[Comparison]) -> tuple[Life, ...]:
    """Return the life of every picture, in the order of appearance.

    Parameters
    ----------
    steps : sequence of Comparison
        Each from one version to the next.
    """
    versions = [step.a for step in steps] + [step.b for step in steps[-1:]]
    into = [_links(step) for step in steps]
    lives: list[Places] = []
    for number, version in enumerate(versions):
        current = {life[number - 1]: life for life in lives if number - 1 in life}
        for at in range(len(version.images)):
            pair = into[number - 1].get(at) if number else None
            life = current[pair.a_at] if pair and pair.a_at is not None else _returning(lives, versions, number, at)
            life[number] = at
    return tuple(_life(places, versions, into) for places in lives)


def _links(step: Comparison) -> dict[int, Pair]:
    """Return the pairs in which one picture lives on, by its place in B."""
    return {
        pair.b_at: pair
        for pair in step.pairs
        if pair.a_at is not None
        and pair.b_at is not None
        and (pair.kind.is_same_picture or pair.kind is PairKind.NOT_COMPARED)
    }


def _returning(lives: list[Places], versions: Sequence[Release], number: int, at: int) -> Places:
    """Return the ended life of the same bytes, else a new one."""
    sha256 = versions[number].images[at].sha256
    for life in lives:
        last = max(life)
        if last < number - 1 and versions[last].images[life[last]].sha256 == sha256:
            return life
    lives.append({})
    return lives[-1]


def _life(places: Places, versions: Sequence[Release], into: Sequence[Mapping[int, Pair]]) -> Life:
    images = tuple(version.images[places[at]] if at in places else None for at, version in enumerate(versions))
    kinds: list[PairKind | None] = []
    for at, links in enumerate(into):
        pair = links.get(places[at + 1]) if at in places and at + 1 in places else None
        kinds.append(pair.kind if pair else None)
    return Life(images, tuple(kinds))
