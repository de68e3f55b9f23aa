"""What is said of a picture in two versions, held against each other: dates, places and kinds as values, words as text.

Text is equal when it is equal after Unicode's NFKC and with one blank for every run of them: a line break, a
non-breaking space or a composed accent is no change.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar

from provcheck.moments import could_be_same, reads_before
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import Claims, Moment, Place, ReleaseImage, Stated
from provcheck.versions import MovedCaption, WordChange, WordState

T = TypeVar("T")

CLAIMS: Final = ("captured", "place", "kind", "label", "caption", "credit")
TEXTS: Final = frozenset({"caption", "credit"})


def compare_words(a: Claims, b: Claims) -> tuple[WordChange, ...]:
    """Return every claim that is not the same under both pictures."""
    changes = (_compared(name, getattr(a, name), getattr(b, name)) for name in CLAIMS)
    return tuple(change for change in changes if change)


def find_moved_captions(
    a: Sequence[ReleaseImage], b: Sequence[ReleaseImage], paired: set[tuple[int, int]]
) -> Iterator[MovedCaption]:
    """Find captions that stand under one picture in each version, and not under the same one.

    Parameters
    ----------
    paired : set of (int, int)
        Places of pictures that are counterparts, of whatever kind.
    """
    places_b = _by_caption(b)
    for caption, at in _by_caption(a).items():
        other = places_b.get(caption)
        if other is not None and (at, other) not in paired:
            yield MovedCaption(_one_line(_caption(a[at])), a[at], b[other])


def plain(text: str) -> str:
    """Return the form in which two texts are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _compared(name: str, a: Stated[Any] | None, b: Stated[Any] | None) -> WordChange | None:
    if a is not None and name in TEXTS and not plain(a.value):
        a = None
    if b is not None and name in TEXTS and not plain(b.value):
        b = None
    state = _state(a.value, b.value) if a and b else _one_sided(a, b)
    if state is None:
        return None
    return WordChange(name, state, _text(a), _text(b), a.origin if a else None, b.origin if b else None)


def _one_sided(a: Stated[Any] | None, b: Stated[Any] | None) -> WordState | None:
    if a is b:
        return None
    return WordState.ADDED if a is None else WordState.REMOVED


def _state(a: object, b: object) -> WordState | None:
    match a, b:
        case Moment(), Moment():
            return _moments(a, b)
        case Place(), Place():
            return _places(a, b)
        case _ if type(a) is str:  # kinds and labels are strings too, but of a closed list
            return None if plain(str(a)) == plain(str(b)) else WordState.REWORDED
        case _:
            return None if a == b else WordState.CONTRADICTED


def _moments(a: Moment, b: Moment) -> WordState | None:
    if (a.start, a.end, a.zoned) == (b.start, b.end, b.zoned):
        return None
    apart = reads_before(a, b) or reads_before(b, a)
    if apart and a.zoned != b.zoned:
        return WordState.UNDECIDED if could_be_same(a, b) else WordState.CONTRADICTED
    return WordState.CONTRADICTED if apart else WordState.REFINED


def _places(a: Place, b: Place) -> WordState | None:
    if a == b or _place_in_full(a) == _place_in_full(b):
        return None
    likeness = compare_places(a, b).likeness
    if likeness is Likeness.SAME:
        return WordState.REFINED
    return WordState.CONTRADICTED if likeness is Likeness.DIFFERENT else WordState.UNDECIDED


def _place_in_full(place: Place) -> str:
    """Return name, country and coordinates: `describe_place` leaves the coordinates out where there is a name."""
    parts = [plain(describe_place(place))]
    if place.latitude is not None and place.longitude is not None and (place.name or place.country):
        parts.append(f"{place.latitude:.4f}, {place.longitude:.4f}")
    return ", ".join(parts)


def _text(claim: Stated[Any] | None) -> str | None:
    match claim and claim.value:
        case None:
            return None
        case Moment() as moment:
            return moment.text
        case Place() as place:
            return _place_in_full(place)
        case value:
            return _one_line(str(value))


def _by_caption(images: Sequence[ReleaseImage]) -> dict[str, int]:
    """Return the place of every caption that only one picture has."""
    captions = [plain(_caption(image)) for image in images]
    counts = Counter(captions)
    return {caption: at for at, caption in enumerate(captions) if caption and counts[caption] == 1}


def _caption(image: ReleaseImage) -> str:
    return image.claims.caption.value if image.claims.caption else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
