"""Two versions of a release, picture by picture: the table of contents of a comparison."""

from collections.abc import Sequence
from dataclasses import replace

from provcheck.comparing.assigning import assign_equal_bytes
from provcheck.comparing.looking import look_at_versions
from provcheck.comparing.order import out_of_order
from provcheck.comparing.pairing import pair_pictures
from provcheck.comparing.registry import COMPARISON_RULES
from provcheck.comparing.repeats import find_repeats
from provcheck.comparing.words import compare_words, find_moved_captions
from provcheck.protocols import Progress
from provcheck.records import Finding, Release
from provcheck.versions import Comparison, Pair


def compare_versions(
    a: Release, b: Release, *, labels: tuple[str, str] = ("A", "B"), progress: Progress | None = None
) -> Comparison:
    """Compare two versions of a release.

    1. Settle the pictures whose bytes are equal; they need no look.
    2. Look for the others in the other version, and prove what is found (`looking`).
    3. Pair one to one: proven pictures, the same scenes, then by words what no look pairs (`pairing`).
    4. Find what moved, what is said otherwise, and what stands twice.
    5. Apply the rules.

    Parameters
    ----------
    labels : (str, str)
        What sentences call the two versions.

    Raises
    ------
    CorpusError, OSError
        When there is no room for the temporary corpus.
    """
    equal = assign_equal_bytes(a.images, b.images)
    looked = look_at_versions(a.images, b.images, equal, progress)
    pairs = _with_words(_with_moves(pair_pictures(a.images, b.images, equal, looked)))
    counterparts = {(pair.a_at, pair.b_at) for pair in pairs if pair.a_at is not None and pair.b_at is not None}
    comparison = Comparison(
        a,
        b,
        tuple(pairs),
        tuple(find_repeats(a.images, b.images, looked.nearly_whole)),
        tuple(find_moved_captions(a.images, b.images, counterparts)),
    )
    return _judged(comparison, labels)


def _with_moves(pairs: Sequence[Pair]) -> list[Pair]:
    """Mark the pictures at which the order of A is broken in B."""
    shown = [pair for pair in pairs if pair.kind.is_same_picture and pair.a_at is not None]
    renamed = [pair.a is None or pair.b is None or pair.a.name != pair.b.name for pair in shown]
    moved = out_of_order([pair.a_at for pair in shown if pair.a_at is not None], renamed=renamed)
    changed = {id(shown[at]) for at in moved}
    return [replace(pair, moved=id(pair) in changed) for pair in pairs]


def _with_words(pairs: Sequence[Pair]) -> list[Pair]:
    return [
        replace(pair, words=compare_words(pair.a.claims, pair.b.claims)) if pair.a and pair.b else pair
        for pair in pairs
    ]


def _judged(comparison: Comparison, labels: tuple[str, str]) -> Comparison:
    pairs = list(comparison.pairs)
    general: list[Finding] = []
    for rule in COMPARISON_RULES.values():
        for at, finding in rule.judge(comparison, labels):
            if at is None:
                general.append(finding)
            else:
                pairs[at] = replace(pairs[at], findings=(*pairs[at].findings, finding))
    return replace(comparison, pairs=tuple(pairs), findings=tuple(general))
