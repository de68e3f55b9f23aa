"""PC108: two statements of the release about one picture contradict each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.clocks import is_unset, without_zone
from provcheck.judging.phrases import claim_text, place_phrase, recorded_text, when
from provcheck.metadata.precedence import all_said, recorded
from provcheck.metadata.saying import said_moment, said_place
from provcheck.moments import certainly_before, could_be_same
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import FileMetadata, Finding, Moment, Place, ReleaseImage, Severity, Stated, Subject


@dataclass(frozen=True, slots=True)
class StatementsContradict:
    """Holds what the release says beside a picture against what is said inside it, and both languages inside it.

    An error, because a release can be held to its own words, when the date inside is earlier: the words then are of
    older material. A later date is what programs fill in on scanning or exporting, and a date that is also the
    camera's is a copy of its clock, which may be wrong; both warn. Zones are left out, because programs fill in those,
    too. Names of places that may be two names of one place say nothing.
    """

    id: str = "PC108"
    severity: Severity = Severity.ERROR
    summary: str = "The release says one thing about the picture, and the fields inside the picture another."
    help: str = (
        "At most one of the two is true. A picture from an archive keeps the date and the place that it was archived "
        "under. Find out which is right, and correct or remove the other; `provcheck inspect` prints the fields."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield at most one finding about the time, and one about the place."""
        if image.claims.captured:
            yield from self._time(image.claims.captured, image.metadata)
        if image.claims.place:
            yield from self._place(image.claims.place, image.metadata)

    def _time(self, claim: Stated[Moment], metadata: FileMetadata) -> Iterator[Finding]:
        for other in filter(None, map(said_moment, all_said(metadata, "captured"))):
            inside, claimed = without_zone(other.value), without_zone(claim.value)
            if other.origin == claim.origin or is_unset(inside) or could_be_same(inside, claimed):
                continue
            is_weighty = certainly_before(inside, claimed) and not _is_the_cameras(inside, metadata)
            message = (
                f"The release says it was captured {when(claim.value)} ({claim.origin}), but inside the picture stands "
                f"that it was created {when(other.value)} ({other.origin})."
            )
            fact = recorded_text("captured", other.value.text, other)
            severity = Severity.ERROR if is_weighty else Severity.WARNING
            yield Finding(self.id, severity, message, fact, claim_text("captured", claim.value.text, claim))
            return

    def _place(self, claim: Stated[Place], metadata: FileMetadata) -> Iterator[Finding]:
        for other in filter(None, map(said_place, all_said(metadata, "place"))):
            comparison = compare_places(claim.value, other.value)
            if other.origin == claim.origin or comparison.likeness is not Likeness.DIFFERENT:
                continue
            message = (
                f"The release says it shows {place_phrase(claim.value)} ({claim.origin}), but inside the picture "
                f"stands {place_phrase(other.value)} ({other.origin}). {comparison.reason}"
            )
            fact = recorded_text("place", describe_place(other.value), other)
            claimed = claim_text("place", describe_place(claim.value), claim)
            yield Finding(self.id, Severity.ERROR, message, fact, claimed)
            return


def _is_the_cameras(said: Moment, metadata: FileMetadata) -> bool:
    """Whether a date is no more than a copy of what the camera recorded."""
    times = [record.value for record in recorded(metadata.statements, Subject.CAPTURED)]
    return any(isinstance(time, Moment) and could_be_same(without_zone(time), said) for time in times)
