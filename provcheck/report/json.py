"""The report for machines: JSON with a published schema, `report.schema.json` in this folder.

Keys are stable: within one schema version none is renamed or removed. All text is ASCII with JSON escapes, so that a
hostile caption is harmless in a terminal and a file name that is no valid Unicode survives.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import IO, Any, Final

from provcheck.facts import facts_to_dict
from provcheck.records import (
    Alteration,
    Claims,
    Finding,
    Match,
    Moment,
    Overlap,
    Place,
    Release,
    Report,
    Source,
    Stated,
    Verdict,
    Waiver,
)
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.credentials import credentials_to_dict
from provcheck.report.summary import finite_log10, outcome_counts, skipped_files, waiver_states

SCHEMA_VERSION: Final = "provcheck/report/1"
MANY_VERSION: Final = "provcheck/reports/1"

JsonObject = dict[str, Any]


def write_json(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always everything)
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (a program decides by itself)
) -> None:
    """Write one JSON object that follows the shipped schema: of one release its report, of several a list of them."""
    json.dump(reports_to_dict(reports), stream, indent=2, allow_nan=False)
    stream.write("\n")


def read_schema() -> str:
    """Return the text of the JSON Schema (draft 2020-12) of the report."""
    return files("provcheck.report").joinpath("report.schema.json").read_text(encoding="utf-8")


def reports_to_dict(reports: Sequence[Report]) -> JsonObject:
    """Return what is written: the object of the only report, or one that holds those of all."""
    if len(reports) == 1:
        return report_to_dict(reports[0])
    return {
        "schema": MANY_VERSION,
        "releases": [report_to_dict(report) for report in reports],
        "summary": {"releases": len(reports), **_summary(*reports)},
    }


def report_to_dict(report: Report) -> JsonObject:
    """Return the report as the plain object that the schema describes."""
    return {
        "schema": SCHEMA_VERSION,
        "created": report.created,
        "tool": tool_to_dict(report.tool, report.algorithms),
        "configuration": dict(report.configuration),
        "release": release_to_dict(report.release),
        "items": [item_to_dict(verdict) for verdict in report.verdicts],
        "skipped": [asdict(skipped) for skipped in skipped_files(report)],
        "waivers": [{"state": state.value, "waiver": _waiver(waiver)} for waiver, state in waiver_states(report)],
        "corpus": asdict(report.coverage),
        "summary": _summary(report),
        "redacted": report.redacted,
    }


def tool_to_dict(tool: dict[str, str], algorithms: dict[str, str]) -> JsonObject:
    """Return which versions of the tool, its libraries and its algorithms made a report."""
    libraries = {name: version for name, version in tool.items() if name not in ("name", "version")}
    return {
        "name": tool["name"],
        "version": tool["version"],
        "libraries": libraries,
        "algorithms": dict(algorithms),
    }


def release_to_dict(release: Release) -> JsonObject:
    """Return what the release says of itself."""
    return {
        "path": release.path,
        "title": release.title,
        "published": release.published.text if release.published else None,
        "language": release.language,
    }


def item_to_dict(verdict: Verdict) -> JsonObject:
    """Return one image with its outcome and all that led to it."""
    return {
        "path": verdict.image.name,
        "sha256": verdict.image.sha256,
        "content_key": verdict.content_key,
        "waived": verdict.waived,
        "unread": list(verdict.image.metadata.unread),
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "claims": _claims(verdict.image.claims),
        "credentials": credentials_to_dict(verdict.image.credentials) if verdict.image.credentials else None,
        "matches": [_match(match) for match in verdict.matches],
        "leads": [_match(match) for match in verdict.leads],
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _finding(finding: Finding) -> JsonObject:
    return asdict(finding) | {"waiver": _waiver(finding.waiver) if finding.waiver else None}


def _waiver(waiver: Waiver) -> JsonObject:
    return asdict(waiver) | {"expires": waiver.expires.text if waiver.expires else None}


def _claims(claims: Claims) -> JsonObject:
    stated: dict[str, Stated[Any] | None] = {
        "captured": claims.captured,
        "place": claims.place,
        "kind": claims.kind,
        "caption": claims.caption,
        "credit": claims.credit,
        "label": claims.label,
    }
    return {
        name: {"value": _claimed(claim.value), "origin": claim.origin}
        for name, claim in stated.items()
        if claim is not None
    }


def _claimed(value: object) -> object:
    match value:
        case Moment():
            return value.text
        case Place():
            return {name: part for name, part in asdict(value).items() if part is not None}
        case _:
            return value


def _match(match: Match) -> JsonObject:
    return {
        "source": _source(match.source),
        "relation": match.relation.value,
        "frame_time_s": _seconds(match.frame_time_s),
        "time_range_s": [float(time) for time in match.time_range_s] if match.time_range_s else None,
        "log10_false_alarms": finite_log10(match.log10_false_alarms),
        "inliers": int(match.inliers),
        "overlap": _overlap(match.overlap),
        "transform": [[float(cell) for cell in row] for row in match.transform],
        "mirrored": bool(match.mirrored),
        "agreement": float(match.agreement),
        "through": match.through,
        "other_shot": match.other_shot.value if match.other_shot else None,
        "alterations": [_alteration(alteration) for alteration in match.alterations],
    }


def _source(source: Source) -> JsonObject:
    return {
        "id": source.id,
        "path": source.path,
        "title": source.facts.title,
        "sha256": source.sha256,
        "medium": source.medium.value,
        "size": [int(side) for side in source.size],
        "duration_s": _seconds(source.duration_s),
        "facts": facts_to_dict(source.facts),
    }


def _seconds(value: float | None) -> float | None:
    return None if value is None else float(value)


def _overlap(overlap: Overlap) -> JsonObject:
    return {"query": float(overlap.query), "reference": float(overlap.reference)}


def _alteration(alteration: Alteration) -> JsonObject:
    return {
        "kind": alteration.kind.value,
        "detail": alteration.detail,
        "query_boxes": [[int(edge) for edge in box] for box in alteration.query_boxes],
        "reference_boxes": [[int(edge) for edge in box] for box in alteration.reference_boxes],
    }


def _summary(*reports: Report) -> JsonObject:
    return {
        "images": sum(len(report.verdicts) for report in reports),
        "outcomes": {outcome.value: count for outcome, count in outcome_counts(*reports).items()},
        "skipped": sum(len(skipped_files(report)) for report in reports),
    }
