"""What `--verbose` adds to the text report: claims, facts, and the figures behind every match."""

from collections.abc import Iterator
from typing import Final

from provcheck.records import Alteration, Box, Finding, Match, Verdict
from provcheck.report.layout import Line, line
from provcheck.report.phrases import claim_phrases, fact_phrases, timecode
from provcheck.report.summary import finite_log10
from provcheck.report.visible import visible

_INDENT: Final = 4


def image_figures(verdict: Verdict) -> Iterator[Line]:
    """Yield what the release says about the image, what its file leaves unsaid, its checksum, its content's key."""
    for claim in claim_phrases(verdict.image.claims):
        yield line(f"says {claim}", indent=_INDENT)
    for reason in verdict.image.metadata.unread:
        yield line(visible(f"could not be read in its file: {reason}"), indent=_INDENT)
    yield line(f"sha256 {verdict.image.sha256}", indent=_INDENT, folds=False)
    if verdict.content_key:
        yield line(f"content {visible(verdict.content_key)}", indent=_INDENT, folds=False)


def match_figures(match: Match) -> Iterator[Line]:
    """Yield the figures of a match and the remaining facts of its source."""
    yield line(_figures(match), indent=_INDENT)
    start, end = match.time_range_s or (0.0, 0.0)
    if start != end:
        yield line(f"fits as well from {timecode(start)} to {timecode(end)}", indent=_INDENT)
    for alteration in match.alterations:
        yield line(_boxes(alteration), indent=_INDENT)
    yield line(visible(f"source {match.source.id}: {match.source.path}"), indent=_INDENT)
    for fact in fact_phrases(match.source.facts):
        yield line(fact, indent=_INDENT)


def finding_figures(finding: Finding) -> Iterator[Line]:
    """Yield the two values that were held against each other."""
    values = [("severity", finding.severity.value), ("fact", finding.fact), ("claim", finding.claim)]
    for name, value in values:
        if value:
            yield line(visible(f"{name}: {value}"), indent=_INDENT)


def _figures(match: Match) -> str:
    figures = (
        match.relation.value,
        f"10^{finite_log10(match.log10_false_alarms):.1f} accidental matches expected",
        f"{match.inliers} inliers",
        f"overlap {match.overlap.query:.0%} of the image, {match.overlap.reference:.0%} of the reference",
        f"agreement {match.agreement:.2f}",
    )
    return "; ".join(figures)


def _boxes(alteration: Alteration) -> str:
    sides = (("image", alteration.query_boxes), ("reference", alteration.reference_boxes))
    where = "; ".join(f"{name} {_box_list(boxes)}" for name, boxes in sides if boxes)
    what = f"{alteration.kind.value}: {alteration.detail}" if alteration.detail else alteration.kind.value
    return visible(f"{what} ({where})" if where else what)


def _box_list(boxes: tuple[Box, ...]) -> str:
    return ", ".join(f"({left}, {top})-({right}, {bottom})" for left, top, right, bottom in boxes)
