"""Drafts for fact-checkers: schema.org MediaReview as JSON-LD, one for each flagged picture, for a person to finish.

Nothing is asserted that provcheck does not know. There is no author, no rating organisation, no date of publication and
no address of the picture as it was seen: a person adds them, and every draft says so in words and as its
`creativeWorkStatus`. Categories are suggestions, and only those that a finding gives a reason for, which stands beside
them. Terms are those of https://schema.org/MediaReview and of the types that it leads to, which schema.org still calls
new; `tests/report/test_report_mediareview.py` has the list.

Of the six categories satire is never suggested, because no fact in a corpus tells it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from types import MappingProxyType
from typing import IO, Any, Final

from provcheck.records import Edit, Kind, Match, Outcome, Relation, Release, Report, Severity, Verdict
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.html.links import links_of
from provcheck.report.phrases import claim_phrases, fact_phrases, where_from
from provcheck.report.visible import visible

FLAGGED: Final = (Outcome.MISMATCHED, Outcome.REUSED)

ANOTHER_CONTEXT: Final = ("PC101", "PC102", "PC103", "PC106")
"""Rules whose errors say that a picture is shown as something of another time, place or kind."""

EDITS: Final[Mapping[Edit, str]] = MappingProxyType(
    {
        Edit.CROPPED: "EditedOrCroppedContent",
        Edit.MIRRORED: "EditedOrCroppedContent",
        Edit.REGION_CHANGED: "TransformedContent",
    }
)
"""Edits that can mislead; whether they do is for a person to say. Another size, tone or frame around it is none."""

JsonObject = dict[str, Any]


def write_mediareview(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (a draft has everything)
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (which pictures are reviewed is for a person to say)
) -> None:
    """Write one JSON-LD document with a draft for each picture that is `mismatched` or `reused` and not waived."""
    drafts = [draft for report in reports for draft in _drafts(report)]
    text = json.dumps({"@context": "https://schema.org", "@graph": drafts}, indent=2, allow_nan=False)
    # Drafts end up inside <script> elements, which a "</script>" in a caption would close.
    stream.write(text.replace("<", "\\u003c") + "\n")


def categories(verdict: Verdict) -> dict[str, str]:
    """Return the suggested members of schema.org's MediaManipulationRatingEnumeration, each with its reason.

    Waived findings suggest nothing.
    """
    suggested: dict[str, str] = {}
    for category, reason in _suggestions(verdict):
        suggested.setdefault(category, reason)
    return suggested


def _suggestions(verdict: Verdict) -> Iterator[tuple[str, str]]:
    errors = {finding.rule for finding in verdict.findings if _counts(finding.severity, waived=bool(finding.waiver))}
    for rule in ANOTHER_CONTEXT:
        if rule in errors:
            yield "DecontextualizedContent", f"finding {rule}"
    for match in verdict.matches:
        kind = match.source.facts.kind
        if "PC103" in errors and kind is Kind.FILM:
            yield "StagedContent", f"the known source is a {kind.value}"
        for alteration in match.alterations:
            if alteration.kind in EDITS:
                yield EDITS[alteration.kind], alteration.detail or alteration.kind.value
        if match.relation is Relation.SAME_PICTURE and not match.alterations:
            yield "OriginalMediaContent", "nothing differs from the known picture but size or compression"


def _counts(severity: Severity, *, waived: bool) -> bool:
    return severity is Severity.ERROR and not waived


def _drafts(report: Report) -> Iterator[JsonObject]:
    for verdict in report.verdicts:
        if verdict.standing in FLAGGED:
            yield _draft(verdict, report)


def _draft(verdict: Verdict, report: Report) -> JsonObject:
    suggested = categories(verdict)
    return _without_nothing(
        {
            "@type": "MediaReview",
            "name": visible(f"DRAFT of a review: {verdict.image.name} of {PurePath(report.release.path).name}"),
            "creativeWorkStatus": "Draft",
            "description": _notice(suggested, report),
            "dateCreated": report.created,
            "mediaAuthenticityCategory": list(suggested),
            "reviewBody": visible(" ".join(f"{finding.message} [{finding.rule}]" for finding in verdict.findings)),
            "originalMediaLink": list(dict.fromkeys(address for match in verdict.matches for address in _links(match))),
            "originalMediaContextDescription": " ".join(map(_context, verdict.matches)),
            "itemReviewed": {"@type": "MediaReviewItem", "mediaItemAppearance": [_appearance(verdict, report.release)]},
        }
    )


def _notice(suggested: Mapping[str, str], report: Report) -> str:
    tool = f"provcheck {report.tool.get('version', '')}".strip()
    why = "; ".join(f"{category}: {reason}" for category, reason in suggested.items())
    return visible(
        f"Draft by {tool} for a person to check, finish and sign. It is not a review and has no author. Categories are "
        f"suggestions ({why or 'none'}). To be added: author, datePublished, url, and the contentUrl of the picture as "
        "it was published. Whether anybody meant to mislead is not known."
    )


def _links(match: Match) -> Iterator[str]:
    links = links_of(match)
    yield from filter(None, (links.moment or links.source, links.archived))


def _context(match: Match) -> str:
    facts = "; ".join(fact_phrases(match.source.facts))
    return f"It {where_from(match)}." + (f" Known of it: {facts}." if facts else "")


def _appearance(verdict: Verdict, release: Release) -> JsonObject:
    claims = verdict.image.claims
    said = "; ".join(claim_phrases(claims))
    return _without_nothing(
        {
            "@type": "ImageObject",
            "name": visible(verdict.image.name),
            "sha256": visible(verdict.image.sha256),
            "caption": visible(claims.caption.value) if claims.caption else None,
            "creditText": visible(claims.credit.value) if claims.credit else None,
            "interpretedAsClaim": {"@type": "Claim", "text": said} if said else None,
            "isPartOf": _release(release),
        }
    )


def _release(release: Release) -> JsonObject:
    return _without_nothing(
        {
            "@type": "CreativeWork",
            "name": visible(release.title or release.path),
            "datePublished": release.published.text if release.published else None,
            "inLanguage": visible(release.language) if release.language else None,
        }
    )


def _without_nothing(node: JsonObject) -> JsonObject:
    return {name: value for name, value in node.items() if value}
