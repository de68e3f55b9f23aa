"""What an explanation says, in sentences."""

from collections.abc import Iterator

from provcheck.explaining.explanation import Explanation
from provcheck.records import Match, Medium, OtherShot, Relation
from provcheck.report.phrases import how_altered, how_sure
from provcheck.report.visible import visible


def sentences(explanation: Explanation) -> list[str]:
    """Return what was found, how one was made from the other, and how sure that is."""
    return list(_sentences(explanation))


def figures(match: Match) -> str:
    """Return the figures behind a proof in one line."""
    overlap = match.overlap
    return (
        f"{match.inliers} points agree; what both show is {overlap.query:.0%} of the first and {overlap.reference:.0%} "
        f"of the second; agreement {match.agreement:.2f} after alignment."
    )


def _sentences(explanation: Explanation) -> Iterator[str]:
    query, reference = (visible(name) for name in explanation.captions)
    match = explanation.match
    if explanation.identical:
        yield f"The same file: {query} and {reference} have the same bytes."
    elif match is None and explanation.not_checkable:
        yield f"It cannot be said whether {query} shows what {reference} shows: {explanation.not_checkable}."
    elif match is None:
        yield f"Not the same: nothing shows that {query} was made from {reference}."
    elif match.other_shot is OtherShot.OTHER_CONTENT:
        yield f"Not the same picture: of {query} and {reference} {match.other_shot.value}. A person should look."
    elif not match.relation.is_match:
        yield f"Not the same picture: {query} looks like another shot of the scene of {reference}."
        against = f"What speaks against a copy: {match.other_shot.value}. " if match.other_shot else ""
        yield f"{against}A person should look."
    else:
        yield from _of_match(match, query, reference)


def _of_match(match: Match, query: str, reference: str) -> Iterator[str]:
    altered = how_altered(match.alterations)
    if match.relation is Relation.SAME_FOOTAGE:
        yield f"The same footage, another moment: {query} was not taken from {reference}, but from another time of it."
        yield f"Between the two: {altered}." if altered else "The two hardly differ."
    else:
        what = "frame" if match.source.medium is Medium.VIDEO else "picture"
        yield f"The same {what}: {query} was made from {reference}."
        yield f"Altered: {altered}." if altered else "Nothing was altered but size, tone or compression."
    sure = how_sure(match.log10_false_alarms, search="comparison", among="of unrelated pictures")
    yield f"{sure[0].upper()}{sure[1:]}."
