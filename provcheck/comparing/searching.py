"""Which pictures of one version show a picture of another: the matching of `check`, against the other version.

The other version becomes a corpus in a temporary folder, which is gone when the comparison ends, in whatever way. A
picture whose whole-image code is near one of them is verified against the near ones only; the others, and those for
which that gave nothing, are searched by their local codes too, which takes about twice as long.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from provcheck.corpus import Corpus, open_corpus
from provcheck.corpus.fingerprinting import FileJob, Fingerprinted, file_state, fingerprint_file
from provcheck.errors import UnreadableMedia
from provcheck.fingerprints.pdq import pdq_orientations
from provcheck.indexes import InvertedIndex
from provcheck.matching import Lookup, find_matches, open_lookup
from provcheck.matching.checkable import SMALLEST_SIDE
from provcheck.media import pictures
from provcheck.records import Found, Match, Picture, ReleaseImage, Size, Source

NEAR_BITS: Final = 40
"""PDQ distance from which on a whole copy is likely enough to try it alone first; nothing is decided by it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A verified pair: picture `query` of the searching version, picture `reference` of the searched one."""

    query: int
    reference: int
    match: Match
    query_size: Size


@dataclass(frozen=True, slots=True)
class Sought:
    """What searching for one picture gave.

    Attributes
    ----------
    proofs, leads : tuple of Edge
    reason : str
        Why the picture may not have been recognised; empty when it would have been.
    unseen : bool
        Whether nothing is known of it: it cannot be decoded, or is too small for any detail. Else a reason says that
        it shows little, as a chart, which is something to tell it from a photograph by.
    thorough : bool
        Whether its local codes were searched.
    """

    proofs: tuple[Edge, ...] = ()
    leads: tuple[Edge, ...] = ()
    reason: str = ""
    unseen: bool = False
    thorough: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Searchable:
    """A version that can be searched.

    Attributes
    ----------
    refused : dict of int to str
        Why a picture of it cannot be decoded, by its place.
    places : dict of str to list of int
        Places of the pictures that have a source's bytes.
    """

    corpus: Corpus
    lookup: Lookup
    refused: dict[int, str]
    places: dict[str, list[int]]


@contextmanager
def searchable(images: Sequence[ReleaseImage]) -> Iterator[Searchable]:
    """Make a version searchable for as long as the block runs."""
    with TemporaryDirectory(prefix="provcheck-compare-") as folder:
        path = Path(folder) / "version"
        with open_corpus(path, write=True, create=True) as corpus:
            refused, places = _register(images, corpus)
        with open_corpus(path) as corpus:
            yield Searchable(corpus, open_lookup(corpus), refused, places)


def search(query: int, image: ReleaseImage, version: Searchable, *, thorough: bool) -> Sought:
    """Find the pictures of a version that show what an image shows.

    Parameters
    ----------
    query : int
        The image's own place.
    thorough : bool
        Search by local codes even when a near whole-image code gives a proof.
    """
    try:
        stills = list(pictures(Path(image.file)))
    except UnreadableMedia as error:
        return Sought(reason=error.message, unseen=True)
    if not version.lookup.frames:
        return Sought(thorough=True)
    size = stills[0].size
    if not thorough and _near(stills, version.lookup):
        sought = _sought(query, find_matches(stills, version.corpus, _whole_only(version.lookup)), size, version)
        if sought.proofs:
            return sought
    return replace(_sought(query, find_matches(stills, version.corpus, version.lookup), size, version), thorough=True)


def _register(images: Sequence[ReleaseImage], corpus: Corpus) -> tuple[dict[int, str], dict[str, list[int]]]:
    """Store each picture once; a source's id is its place: of two files somebody can make the hashes begin alike."""
    refused: dict[int, str] = {}
    places: dict[str, list[int]] = {}
    first: dict[str, int] = {}
    for at, image in enumerate(images):
        if image.sha256 in first:
            at_first = first[image.sha256]
            if at_first in refused:
                refused[at] = refused[at_first]
            else:
                places[_id(at_first)].append(at)
            continue
        first[image.sha256] = at
        look = fingerprint_file(FileJob(image.file, image.sha256, file_state(image.file)))
        if isinstance(look, Fingerprinted):
            corpus.add_source(_source(at, image, look), look.frames)
            places[_id(at)] = [at]
        else:
            refused[at] = look.reason
    return refused, places


def _id(at: int) -> str:
    return f"{at:012x}"


def _source(at: int, image: ReleaseImage, look: Fingerprinted) -> Source:
    return Source(
        id=_id(at),
        path=image.file,
        sha256=_id(at) + "0" * 52,
        medium=look.medium,
        size=look.size,
        duration_s=look.duration_s,
        frames=len(look.frames),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _near(stills: Sequence[Picture], lookup: Lookup) -> bool:
    codes, _ = pdq_orientations(stills[0].pixels)
    return any(True for _ in lookup.whole.within(codes, NEAR_BITS))


def _whole_only(lookup: Lookup) -> Lookup:
    return replace(lookup, local=InvertedIndex(256))


def _sought(query: int, found: Found, size: Size, version: Searchable) -> Sought:
    proofs, leads = (
        tuple(Edge(query, at, match, size) for match in matches for at in version.places[match.source.id])
        for matches in (found.matches, found.leads)
    )
    reason = "" if proofs else found.not_checkable
    return Sought(proofs, leads, reason, unseen=bool(reason) and min(size) < SMALLEST_SIDE)
