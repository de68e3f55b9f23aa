"""What is drawn upon the two pictures, and what that means to somebody who sees the drawing alone."""

from collections.abc import Iterator

from provcheck.evidence.laying import is_whole, outline_on_reference
from provcheck.explaining.explanation import Explanation
from provcheck.records import Alteration, Edit, Match, Relation


def legend(explanation: Explanation) -> str:
    """Return the meaning of lines, outlines and frames in one sentence; empty when nothing is drawn."""
    said = "; ".join(_meanings(explanation, explanation.match)) if explanation.match else ""
    return f"{said[0].upper()}{said[1:]}." if said else ""


def is_outlined(explanation: Explanation, match: Match) -> bool:
    """Whether the first shows so little of the second that the part has to be outlined."""
    original = explanation.reference.original
    return not is_whole(outline_on_reference(match.transform, explanation.query.original), original)


def is_embedded(match: Match) -> bool:
    """Whether the second is a part of the first."""
    return any(alteration.kind is Edit.EMBEDDED for alteration in match.alterations)


def framed(match: Match) -> tuple[Alteration, ...]:
    """Return the changes around which frames are drawn.

    Between two moments nearly everything has moved, and frames around it would hide the pictures.
    """
    if match.relation is not Relation.SAME_PICTURE:
        return ()
    return tuple(alteration for alteration in match.alterations if alteration.kind is Edit.REGION_CHANGED)


def _meanings(explanation: Explanation, match: Match) -> Iterator[str]:
    yield "yellow points and lines: what both have"
    if is_embedded(match):
        yield "white outline: the second picture in the first"
    elif is_outlined(explanation, match):
        would = "shows" if match.relation.is_match else "would show"
        yield f"white outline: what the first picture {would} of the second"
    if framed(match):
        yield "yellow frames: where they differ"
