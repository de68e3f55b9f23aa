"""PC107: what the file recorded by itself contradicts the claim."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from provcheck.judging.clocks import is_rolled_over, is_unset, with_slack
from provcheck.judging.phrases import claim_text, place_phrase, recorded_text, when
from provcheck.metadata.precedence import recorded
from provcheck.moments import certainly_before
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import (
    Block,
    Finding,
    Moment,
    Place,
    ReleaseImage,
    Severity,
    Stated,
    Statement,
    Subject,
)

_BY_SATELLITE: Final = frozenset({"GPSDateStamp", "exif:GPSTimeStamp"})
_SCANNERS: Final = frozenset({"film scanner", "print scanner"})


@dataclass(frozen=True, slots=True)
class RecordContradictsClaim:
    """Holds the times and the place that a camera or a program recorded against the claimed ones.

    Never an error by itself: clocks are wrong, and anybody can change these fields. A clock that was not set says
    nothing. A zone that is not written counts as unknown, one that is written is believed to two hours. The time of
    satellites stands above that of the camera: where it agrees with the claim, the camera is wrong. A record that is
    earlier than the claim weighs more than a later one, for which a scan, a picture of a print or a new export would be
    reasons; without a camera behind it, that is a note.
    """

    id: str = "PC107"
    severity: Severity = Severity.WARNING
    summary: str = "The file itself records another time or place than the claimed one."
    help: str = (
        "Ask whoever took the picture for the original, and whether the clock of the camera was right. If the record "
        "is right, correct the date or the place, or replace the picture. `provcheck inspect` prints all that the file "
        "records."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield at most one finding about the time, and one about the place."""
        if image.claims.captured:
            yield from self._time(image.claims.captured, image.metadata.statements)
        if image.claims.place:
            yield from self._place(image.claims.place, image.metadata.statements)

    def _time(self, claim: Stated[Moment], statements: Sequence[Statement]) -> Iterator[Finding]:
        for record, known in _taken(statements, claim.value):
            if certainly_before(with_slack(known), claim.value):
                yield self._at_another_time(claim, record, known, Severity.WARNING, "earlier")
                return
            if certainly_before(claim.value, with_slack(known)):
                severity = Severity.WARNING if _is_by_camera(statements) else Severity.NOTE
                yield self._at_another_time(claim, record, known, severity, "later")
                return
            if record.name in _BY_SATELLITE:
                return
        yield from self._finished(claim, statements)

    def _finished(self, claim: Stated[Moment], statements: Sequence[Statement]) -> Iterator[Finding]:
        """Yield that the file was made or changed for the last time before the claimed time."""
        written = [*recorded(statements, Subject.DIGITIZED)[:1], *recorded(statements, Subject.MODIFIED)[:1]]
        for record in written:
            known = record.value
            if not isinstance(known, Moment) or is_unset(known) or record.name == "xmp:CreateDate":
                continue
            if certainly_before(with_slack(known), claim.value):
                yield self._at_another_time(claim, record, known, Severity.WARNING, "earlier")
                return

    def _at_another_time(
        self, claim: Stated[Moment], record: Statement, known: Moment, severity: Severity, order: str
    ) -> Finding:
        message = (
            f"The release says it was captured {when(claim.value)} ({claim.origin}), but {_what(record)} "
            f"{when(known)} ({record.origin}), which is {order}. {_doubt(record, order, severity)}"
        )
        fact = recorded_text(record.subject.value, known.text, record)
        return Finding(self.id, severity, message, fact, claim_text("captured", claim.value.text, claim))

    def _place(self, claim: Stated[Place], statements: Sequence[Statement]) -> Iterator[Finding]:
        for record in recorded(statements, Subject.PLACE)[:1]:
            if not isinstance(record.value, Place):
                continue
            comparison = compare_places(claim.value, record.value)
            if comparison.likeness is Likeness.DIFFERENT:
                message = (
                    f"The release says it shows {place_phrase(claim.value)} ({claim.origin}), but the file records "
                    f"that it was taken at {place_phrase(record.value)} ({record.origin}). {comparison.reason}"
                )
                fact = recorded_text("place", describe_place(record.value), record)
                claimed = claim_text("place", describe_place(claim.value), claim)
                yield Finding(self.id, Severity.WARNING, message, fact, claimed)


def _taken(statements: Sequence[Statement], claimed: Moment) -> Iterator[tuple[Statement, Moment]]:
    """Yield the recorded times of the shot that are worth anything, the strongest first."""
    for record in recorded(statements, Subject.CAPTURED):
        known = record.value
        if not isinstance(known, Moment) or is_unset(known):
            continue
        if record.name in _BY_SATELLITE and is_rolled_over(known, claimed):
            continue
        yield record, known


def _is_by_camera(statements: Sequence[Statement]) -> bool:
    """Whether a camera, and no scanner, wrote the file."""
    cameras = [one for one in statements if one.block is Block.EXIF_IFD0 and one.subject is Subject.CAMERA]
    return bool(cameras) and not any(one.name == "FileSource" and one.value in _SCANNERS for one in statements)


def _what(record: Statement) -> str:
    if record.name in _BY_SATELLITE:
        return "the satellite receiver of the camera recorded"
    if record.subject is Subject.CAPTURED:
        return "the camera recorded that it was taken"
    if record.subject is Subject.DIGITIZED:
        return "the file records that it was made digital"
    return "the file records that it was last changed"


def _doubt(record: Statement, order: str, severity: Severity) -> str:
    if record.name in _BY_SATELLITE:
        return "Satellites tell the time right, but anybody can change the field."
    if severity is Severity.NOTE:
        return "No camera is named, so this may be the time of a scan or of an export."
    if order == "later":
        return "A wrong clock, or a picture of a print or a screen, would explain it."
    return "A wrong clock would explain it."
