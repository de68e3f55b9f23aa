"""Are these two the same picture, and how was one made from the other?

A picture, or a moment of a video, is compared directly. A video without a moment is searched as a corpus of one source
would be, so that the moment is found.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from provcheck.comparing.searching import search, searchable
from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still, opened_originals
from provcheck.explaining.naming import Named
from provcheck.matching.pair import match_pair
from provcheck.media import describe, pictures, sha256_of, video_window
from provcheck.records import Found, Match, Medium, Picture, ReleaseImage, Report, Source, Verdict
from provcheck.report.phrases import timecode

SIDE = 1200
"""Longest side of the pictures that are drawn, pixels."""

LATEST_S = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """What can be said of two pictures.

    Attributes
    ----------
    query, reference : Still
    names : (str, str)
        Of the two files.
    match : Match or None
        How they belong together; None when nothing was found.
    not_checkable : str
        Why finding nothing means nothing; empty when it means something.
    originals : Originals
        Reads the two files again.
    identical : bool
        Whether both files have the same bytes, which needs no matching.
    """

    query: Still
    reference: Still
    names: tuple[str, str]
    match: Match | None
    not_checkable: str
    originals: Originals
    identical: bool = False

    @property
    def captions(self) -> tuple[str, str]:
        """The names of the files, with the moment that is shown of a video."""
        at = self.reference.time_s
        return self.names[0], self.names[1] if at is None else f"{self.names[1]} at {timecode(at)}"

    @property
    def same(self) -> bool:
        """Whether one was taken from the other, or from another moment of it."""
        return self.identical or (self.match is not None and self.match.relation.is_match)


def explain_pair(query: Path, reference: Named) -> Explanation:
    """Compare two files.

    Raises
    ------
    UnreadableMedia
        One of them cannot be decoded, or the video has no such moment.
    """
    image = ReleaseImage(query.name, str(query), sha256_of(query))
    picture = next(pictures(query))
    source = _source(reference.path)
    known = _reference(reference, source)
    if source.medium is Medium.VIDEO and reference.time_s is None:
        found = _searched(image, source)
    else:
        found = match_pair(picture, known, source)
    match = next(iter((*found.matches, *found.leads)), None)
    originals = Originals()
    shown = originals.reference(match, side=SIDE) if match else Still(known.pixels, known.size, time_s=known.time_s)
    reason = "" if found.matches else found.not_checkable
    return Explanation(Still(picture.pixels, picture.size), shown, (query.name, reference.path.name), match, reason,
                       originals, reference.time_s is None and image.sha256 == source.sha256)  # fmt: skip


def explain_item(report: Report, verdict: Verdict) -> Explanation:
    """Return what a report found of one picture, with the pictures read again.

    Raises
    ------
    UnreadableMedia
        The picture was not matched with anything, or cannot be read again.
    """
    match = next(iter((*verdict.matches, *verdict.leads)), None)
    if match is None:
        raise UnreadableMedia(f"{verdict.image.name}: the report has no known picture to hold it against")
    with opened_originals(report.coverage) as originals:
        query, reference = originals.query(verdict.image, side=SIDE), originals.reference(match, side=SIDE)
    names = verdict.image.name, Path(match.source.path).name
    return Explanation(query, reference, names, match, "", Originals(digests=originals.digests))


def _source(path: Path) -> Source:
    about, digest = describe(path), sha256_of(path)
    return Source(
        id=digest[:12],
        path=str(path),
        sha256=digest,
        medium=about.medium,
        size=about.size,
        duration_s=about.duration_s,
        frames=1,
        added="",
    )


def _reference(named: Named, source: Source) -> Picture:
    if named.time_s is None:
        return next(pictures(named.path))
    if source.medium is not Medium.VIDEO:
        raise UnreadableMedia(f"{named.path.name}: is a picture and has no moment at {named.time_s:g} seconds")
    frame = next(video_window(named.path, max(0.0, named.time_s - 0.001), named.time_s + LATEST_S), None)
    if frame is None:
        raise UnreadableMedia(f"{named.path.name}: has no frame at {named.time_s:g} seconds")
    return frame


def _searched(image: ReleaseImage, source: Source) -> Found:
    with searchable([ReleaseImage(Path(source.path).name, source.path, source.sha256)]) as version:
        sought = search(0, image, version, thorough=True)
    matches, leads = (
        tuple(replace(edge.match, source=source) for edge in edges) for edges in (sought.proofs, sought.leads)
    )
    return Found(matches, leads, sought.reason)
