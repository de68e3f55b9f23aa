"""One pair of a comparison, with everything that the page says and shows of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still
from provcheck.evidence.laying import outline_on_query, outline_on_reference
from provcheck.records import Box, Match, ReleaseImage
from provcheck.report.comparison.phrases import kind_name, letter, pair_details, pair_name
from provcheck.report.comparison.states import weightiest_first
from provcheck.report.html.album import SMALL_SIDE, Album
from provcheck.report.html.compared_words import SAME, citation_of, tone_of
from provcheck.report.html.links import Links, links_of
from provcheck.report.html.sides import NO_ROOM, Laid, Side, lay
from provcheck.versions import ComparisonReport, Pair, PairKind

WORDS_RULE: Final = "PC303"
"""What it says stands side by side under the pictures, and not among the other details."""

Known = Mapping[tuple[int, str], Match]
"""The known picture behind an image, by the place of its version and its name."""


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What the corpus knows of the picture of one version."""

    letter: str
    name: str
    match: Match
    links: Links


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair with its pictures and words.

    Attributes
    ----------
    anchor : str
        Unique on the page.
    tone : str
        How much it weighs, see `compared_words.tone_of`.
    details : tuple of (str, str)
        What there is to say, each with the rule that says it.
    laid : Laid or None
        The picture of B, laid over that of A.
    small : str or None
        Address of a small picture, where nothing changed.
    notes : tuple of str
        Why a picture cannot be shown.
    """

    anchor: str
    pair: Pair
    kind: str
    name: str
    letters: tuple[str, str]
    tone: str
    details: tuple[tuple[str, str], ...]
    known: tuple[KnownAs, ...]
    citation: str
    a: Side | None = None
    b: Side | None = None
    laid: Laid | None = None
    small: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def rules(self) -> list[str]:
        """Return the rules that have something to say of it, each once."""
        return list(dict.fromkeys(finding.rule for finding in self.pair.findings))

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to look at."""
        return self.pair.kind in (PairKind.IDENTICAL, PairKind.RE_ENCODED) and not self.pair.moved and not self.words

    @property
    def words(self) -> bool:
        """Whether captions or claims changed under a picture that stayed."""
        return bool(self.pair.words) and self.pair.kind.is_same_picture


def pairs_of(
    report: ComparisonReport, at: int, known: Known, originals: Originals, album: Album, *, first: int
) -> Iterator[ShownPair]:
    """Yield the pairs of a step, the weightiest first: those get what room there is for pictures."""
    for number, pair in enumerate(weightiest_first(report.steps[at]), first):
        labels = report.labels[at], report.labels[at + 1]
        plain = ShownPair(
            anchor=f"pair-{number}",
            pair=pair,
            kind=kind_name(pair.kind, at),
            name=pair_name(pair),
            letters=(letter(at), letter(at + 1)),
            tone=tone_of(pair),
            details=tuple(detail for detail in pair_details(pair) if detail[1] != WORDS_RULE),
            known=tuple(_known(pair, at, known)),
            citation=citation_of(pair, labels, report),
        )
        yield _with_pictures(plain, originals, album)


def _known(pair: Pair, at: int, known: Known) -> Iterator[KnownAs]:
    for version, image in ((at, pair.a), (at + 1, pair.b)):
        match = known.get((version, image.name)) if image else None
        if image and match:
            yield KnownAs(letter(version), image.name, match, links_of(match))


def _with_pictures(shown: ShownPair, originals: Originals, album: Album) -> ShownPair:
    pair = shown.pair
    if shown.is_plain and shown.tone == SAME:
        still = _still(pair.b or pair.a, originals, SMALL_SIDE)
        return replace(shown, small=album.address(still.pixels, side=SMALL_SIDE) if isinstance(still, Still) else None)
    stills = [_still(image, originals, album.side) if image else None for image in (pair.a, pair.b)]
    a, b = (still if isinstance(still, Still) else None for still in stills)
    notes = [still for still in stills if isinstance(still, str)]
    sides = _a_side(a, b, pair, album), _b_side(a, b, pair, album)
    if album.full and not notes:
        notes.append(NO_ROOM)
    laid = None
    if a and b and pair.transform and all(sides):
        laid = lay(b, a, pair.transform, album)
    return replace(shown, a=sides[0], b=sides[1], laid=laid, notes=tuple(notes))


def _still(image: ReleaseImage | None, originals: Originals, side: int) -> Still | str:
    if image is None:
        return ""
    try:
        return originals.query(image, side=side)
    except UnreadableMedia as error:
        return f"The picture cannot be shown: {error.message}"


def _a_side(a: Still | None, b: Still | None, pair: Pair, album: Album) -> Side | None:
    address = album.address(a.pixels) if a else None
    outline = outline_on_reference(pair.transform, b.original) if b and pair.transform else ()
    return Side(address, a.original, outline, _changed(pair, a=True), a.note) if a and address else None


def _b_side(a: Still | None, b: Still | None, pair: Pair, album: Album) -> Side | None:
    address = album.address(b.pixels) if b else None
    shows_more = any(
        change.kind is PairKind.CROPPED and change.side and change.side.value == "a" for change in pair.changes
    )
    outline = outline_on_query(pair.transform, a.original) if a and pair.transform and shows_more else ()
    return Side(address, b.original, outline, _changed(pair, a=False), b.note) if b and address else None


def _changed(pair: Pair, *, a: bool) -> tuple[Box, ...]:
    edits = [change for change in pair.changes if change.kind is PairKind.EDITED]
    return tuple(box for change in edits for box in (change.a_boxes if a else change.b_boxes))
