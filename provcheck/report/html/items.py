"""One picture of a release, with everything that the page says and shows of it."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still
from provcheck.records import Finding, Match, Medium, Relation, Report, Verdict
from provcheck.report.html.album import SMALL_SIDE, Album
from provcheck.report.html.dates import Dated, timeline
from provcheck.report.html.links import Links, links_of
from provcheck.report.html.sides import Sides, draw_sides
from provcheck.report.html.words import citation, filter_words
from provcheck.report.statements import all_findings
from provcheck.report.states import State, state_of
from provcheck.report.summary import FROM_MOST_SERIOUS

MOST_DRAWN: Final = 2
"""Matches of one picture that are drawn; the others are named."""

MOST_WITH_POINTS: Final = 40
"""Pictures of one page whose matched points are found again, which takes about as long as reading them."""

NOT_SHOWN: Final = "The picture cannot be shown: "
LEFT_OUT: Final = "Pictures were left out of this page."


@dataclass(frozen=True, slots=True)
class ShownMatch:
    """A match with its pictures, links and dates."""

    match: Match
    sides: Sides
    links: Links
    dates: tuple[Dated, ...]

    @property
    def is_video(self) -> bool:
        """Whether the source has times."""
        return self.match.source.medium is Medium.VIDEO

    @property
    def title(self) -> str:
        """What the known picture is called; all that is known of it stands elsewhere."""
        title = self.match.source.facts.title
        return f"“{title}”" if title else PurePath(self.match.source.path).name


@dataclass(frozen=True, slots=True)
class Item:
    """One picture of a release.

    Attributes
    ----------
    anchor : str
        Unique on the page.
    scene : ShownMatch or None
        The lead that is drawn, where nothing was matched; `leads` are all others with the same scene.
    small : str or None
        Address of a small picture, for the items of which nothing else is drawn.
    note : str
        Why the picture cannot be shown.
    command : str
        What checks the release again; empty when paths are left out.
    """

    anchor: str
    verdict: Verdict
    state: State
    findings: tuple[Finding, ...]
    matches: tuple[ShownMatch, ...]
    scene: ShownMatch | None
    further: tuple[Match, ...]
    leads: tuple[Match, ...]
    small: str | None
    note: str
    rules: tuple[str, ...]
    citation: str
    command: str

    @property
    def reason(self) -> str:
        """Why it has its outcome, where no finding says so already."""
        reason = self.verdict.reason
        return "" if self._is_found(reason) else reason

    @property
    def not_shown(self) -> str:
        """Why its picture is not there, where no finding says so already."""
        note = self.note or "There was no more room for this picture."
        return "" if self.small or self._is_found(note.removeprefix(NOT_SHOWN)) else note

    def _is_found(self, reason: str) -> bool:
        return any(reason.rstrip(".") in finding.message for finding in self.findings)


def items_of(report: Report, originals: Originals, album: Album, *, first: int, fail_on: str) -> Iterator[Item]:
    """Yield the pictures of a release, the most serious first: those get what room there is for pictures.

    Their anchors count from `first` in the order of the release.
    """
    numbered = list(enumerate(report.verdicts, first))
    for number, verdict in sorted(numbered, key=lambda pair: FROM_MOST_SERIOUS.index(pair[1].outcome)):
        still = LEFT_OUT if report.redacted else _still(verdict, originals, album)
        with_points = number <= MOST_WITH_POINTS
        scenes = [lead for lead in verdict.leads if lead.relation is Relation.SAME_SCENE]
        drawn = [
            ShownMatch(
                match=match,
                sides=draw_sides(still, match, originals, album, with_points=with_points)
                if not report.redacted
                else Sides(),
                links=links_of(match),
                dates=timeline(verdict, match, report.release),
            )
            for match in verdict.matches[:MOST_DRAWN] or scenes[:1]
        ]
        scene = drawn[0] if drawn and not verdict.matches else None
        yield Item(
            anchor=f"picture-{number}",
            verdict=verdict,
            state=state_of(verdict, fail_on),
            findings=all_findings(verdict),
            matches=() if scene else tuple(drawn),
            scene=scene,
            further=verdict.matches[MOST_DRAWN:],
            leads=tuple(scenes[1:] if scene else scenes),
            small=album.address(still.pixels, side=SMALL_SIDE) if isinstance(still, Still) and not drawn else None,
            note=still if isinstance(still, str) else "",
            rules=tuple(filter_words(verdict)),
            citation=citation(verdict, report),
            command="" if report.redacted else _command(report),
        )


def _still(verdict: Verdict, originals: Originals, album: Album) -> Still | str:
    try:
        return originals.query(verdict.image, side=album.side)
    except UnreadableMedia as error:
        return NOT_SHOWN + error.message


def _command(report: Report) -> str:
    return shlex.join(["provcheck", "check", report.release.path, "--corpus", report.coverage.path, "--verbose"])
