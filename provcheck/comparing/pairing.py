"""Counterparts, one to one, in the order of what is known: bytes, proofs, equal pixels, the same scene, words.

A stage takes only what the ones before have left, so that no guess displaces a proof.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from provcheck.comparing.assigning import ANY_PAIR, assign, preference
from provcheck.comparing.closer import look_closer
from provcheck.comparing.describing import Aligned, describe_changes
from provcheck.comparing.looking import Looked, Places, proof_weights
from provcheck.comparing.replacing import assign_by_words
from provcheck.comparing.searching import Sought
from provcheck.errors import UnreadableMedia
from provcheck.matching.transforms import nested
from provcheck.media import pictures
from provcheck.records import ReleaseImage
from provcheck.versions import Basis, Change, Pair, PairKind

Images = Sequence[ReleaseImage]
Weights = dict[Places, float]

CLOSER: Final = 0.1


def pair_pictures(a: Images, b: Images, equal: Sequence[Places], looked: Looked) -> list[Pair]:
    """Pair the pictures of two versions.

    Parameters
    ----------
    equal : sequence of (int, int)
        Places of the pictures that are settled by equal bytes.

    Returns
    -------
    list of Pair
        Every picture of either version once, in the order of B; what only A has stands behind what it stood behind.
    """
    pairs = {places: _pair(a, b, places, PairKind.IDENTICAL, Basis.BYTES) for places in equal}
    weights = proof_weights(looked.proofs, a, b, list(pairs))
    for i, j in assign(_weighed_closer(weights, a, b, looked)):
        pairs[i, j] = _proven(a, b, (i, j), looked.proofs[i, j])
    for places in _equal_pixels(a, b, looked, list(pairs)):
        detail = "re-encoded, not a pixel differs"
        change = Change(PairKind.RE_ENCODED, detail)
        pairs[places] = _pair(a, b, places, PairKind.RE_ENCODED, Basis.PIXELS, changes=(change,))
    for i, j in assign(proof_weights(looked.leads, a, b, list(pairs))):
        pairs[i, j] = _pair(a, b, (i, j), PairKind.SAME_SCENE, Basis.LEAD)
    free_a, free_b = _free(a, [i for i, _ in pairs]), _free(b, [j for _, j in pairs])
    for i, j, basis in assign_by_words(a, b, free_a, free_b, list(pairs)):
        pairs[i, j] = _by_words(a, b, (i, j), basis, looked)
    return _in_order([*pairs.values(), *_alone(a, b, list(pairs), looked)])


def _pair(
    a: Images,
    b: Images,
    places: Places,
    kind: PairKind,
    basis: Basis,
    *,
    changes: tuple[Change, ...] = (),
    reason: str = "",
) -> Pair:
    i, j = places
    return Pair(kind, a[i], b[j], i, j, basis, changes=changes, reason=reason)


def _weighed_closer(weights: Weights, a: Images, b: Images, looked: Looked) -> Weights:
    """Look closer where one picture could be several: two days' charts are alike but for a few figures."""
    often_a, often_b = Counter(i for i, _ in weights), Counter(j for _, j in weights)
    unclear = [(i, j) for i, j in weights if often_a[i] > 1 or often_b[j] > 1]
    return weights | {(i, j): weights[i, j] - _difference(a[i], b[j], looked.proofs[i, j]) for i, j in unclear}


def _difference(a: ReleaseImage, b: ReleaseImage, aligned: Aligned) -> float:
    """Weigh what a closer look finds, more than a name and less than half of `ANY_PAIR`."""
    closer = look_closer(a, b, aligned)
    if closer is None:
        return 0.0
    return CLOSER * (bool(closer.tones) + bool(closer.regions)) + CLOSER * min(4.0, 10 * closer.area)


def _proven(a: Images, b: Images, places: Places, aligned: Aligned) -> Pair:
    i, j = places
    closer = look_closer(a[i], b[j], aligned)
    changes = describe_changes(aligned, closer.regions, closer.tones) if closer else describe_changes(aligned)
    return Pair(
        changes[0].kind,
        a[i],
        b[j],
        i,
        j,
        Basis.PROOF,
        changes,
        log10_false_alarms=aligned.match.log10_false_alarms,
        agreement=aligned.match.agreement,
        transform=nested(aligned.matrix),
    )


def _equal_pixels(a: Images, b: Images, looked: Looked, paired: Sequence[Places]) -> list[Places]:
    """Pair blank or tiny pictures by their pixels: they show too little to be recognised, but equal is equal."""
    digests_a = _digests(a, _free(a, [i for i, _ in paired]), looked.a)
    digests_b = _digests(b, _free(b, [j for _, j in paired]), looked.b)
    return assign(
        {
            (i, j): ANY_PAIR + preference(i, a[i], j, b[j])
            for i, one in digests_a.items()
            for j, other in digests_b.items()
            if one == other
        }
    )


def _digests(images: Images, free: Sequence[int], sought: Mapping[int, Sought]) -> dict[int, str]:
    unclear = [at for at in free if at in sought and sought[at].reason]
    digests = ((at, _digest_of_pixels(Path(images[at].file))) for at in unclear)
    return {at: digest for at, digest in digests if digest}


def _digest_of_pixels(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        for picture in pictures(path):
            digest.update(repr(picture.pixels.shape).encode())
            digest.update(picture.pixels.tobytes())
    except UnreadableMedia:
        return None
    return digest.hexdigest()


def _by_words(a: Images, b: Images, places: Places, basis: Basis, looked: Looked) -> Pair:
    """Call it replaced when at least one of the two would have been recognised: a chart is no photograph."""
    i, j = places
    unclear = [of[at] for of, at in ((looked.a, i), (looked.b, j)) if at in of and of[at].reason]
    if len(unclear) < 2 and not any(sought.unseen for sought in unclear):
        return _pair(a, b, places, PairKind.REPLACED, basis)
    reasons = dict.fromkeys(sought.reason for sought in unclear)
    return _pair(a, b, places, PairKind.NOT_COMPARED, basis, reason="; ".join(reasons))


def _alone(a: Images, b: Images, paired: Sequence[Places], looked: Looked) -> Iterator[Pair]:
    free_a, free_b = _free(a, [i for i, _ in paired]), _free(b, [j for _, j in paired])
    for i in free_a:
        reason = _why_not_alone(looked.a.get(i), [looked.b[j] for j in free_b if j in looked.b])
        yield Pair(PairKind.NOT_COMPARED if reason else PairKind.ONLY_A, a[i], None, i, reason=reason)
    for j in free_b:
        reason = _why_not_alone(looked.b.get(j), [looked.a[i] for i in free_a if i in looked.a])
        yield Pair(PairKind.NOT_COMPARED if reason else PairKind.ONLY_B, None, b[j], None, j, reason=reason)


def _why_not_alone(sought: Sought | None, others: Sequence[Sought]) -> str:
    """Return why a picture without counterpart may have one: it or one that is left could not be recognised."""
    if sought is None or not sought.reason:
        return ""
    return sought.reason if sought.unseen or any(other.reason for other in others) else ""


def _free(images: Images, taken: Sequence[int]) -> list[int]:
    return sorted(set(range(len(images))) - set(taken))


def _in_order(pairs: Sequence[Pair]) -> list[Pair]:
    partner = {pair.a_at: pair.b_at for pair in pairs if pair.a_at is not None and pair.b_at is not None}

    def place(pair: Pair) -> tuple[int, int, int]:
        if pair.b_at is not None:
            return pair.b_at, 0, 0
        a_at = pair.a_at or 0
        before = max((i for i in partner if i < a_at), default=None)
        return (-1 if before is None else partner[before]), 1, a_at

    return sorted(pairs, key=place)
