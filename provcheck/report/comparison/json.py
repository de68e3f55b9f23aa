"""The comparison for programs: JSON with a published schema, `comparison.schema.json` in this folder.

Keys are stable: within one schema version none is renamed or removed. All text is ASCII with JSON escapes, as in the
report of a check.
"""

import json
from collections import Counter
from dataclasses import asdict
from importlib.resources import files
from typing import IO, Any, Final

from provcheck.records import Finding, Match, Release, ReleaseImage, Verdict
from provcheck.report.comparison.phrases import letter
from provcheck.report.comparison.states import findings_of, kind_counts, known_verdicts, severity_counts
from provcheck.report.json import release_to_dict, tool_to_dict
from provcheck.report.summary import finite_log10, outcome_counts
from provcheck.versions import Change, Comparison, ComparisonReport, Life, Pair, PairKind, Repeat, WordChange

SCHEMA_VERSION: Final = "provcheck/comparison/1"

JsonObject = dict[str, Any]


def write_json(report: ComparisonReport, stream: IO[str], *, verbose: bool = False) -> None:  # noqa: ARG001 (always all)
    """Write the comparison as one JSON object that follows the shipped schema."""
    json.dump(comparison_to_dict(report), stream, indent=2, allow_nan=False)
    stream.write("\n")


def read_comparison_schema() -> str:
    """Return the text of the JSON Schema (draft 2020-12) of the comparison."""
    return files("provcheck.report.comparison").joinpath("comparison.schema.json").read_text(encoding="utf-8")


def comparison_to_dict(report: ComparisonReport) -> JsonObject:
    """Return the comparison as the plain object that the schema describes."""
    return {
        "schema": SCHEMA_VERSION,
        "created": report.created,
        "tool": tool_to_dict(report.tool, report.algorithms),
        "versions": [_version(report, at) for at in range(len(report.versions))],
        "steps": [_step(step, at) for at, step in enumerate(report.steps)],
        "pictures": [_life(life) for life in report.lives],
        "summary": _summary(report),
    }


def _version(report: ComparisonReport, at: int) -> JsonObject:
    release: Release = report.versions[at]
    return {
        "letter": letter(at),
        "label": report.labels[at],
        **release_to_dict(release),
        "pictures": len(release.images),
        "skipped": [asdict(skipped) for skipped in release.skipped],
        "check": _check(report, at) if report.checks else None,
    }


def _check(report: ComparisonReport, at: int) -> JsonObject:
    check = report.checks[at]
    return {
        "corpus": asdict(check.coverage),
        "known": len(known_verdicts(report, at)),
        "outcomes": {outcome.value: count for outcome, count in outcome_counts(check).items()},
        "items": [_verdict(verdict) for verdict in check.verdicts],
    }


def _verdict(verdict: Verdict) -> JsonObject:
    return {
        "path": verdict.image.name,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason,
        "matches": [_match(match) for match in verdict.matches if match.relation.is_match],
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _match(match: Match) -> JsonObject:
    return {
        "source_id": match.source.id,
        "title": match.source.facts.title,
        "relation": match.relation.value,
        "frame_time_s": None if match.frame_time_s is None else float(match.frame_time_s),
    }


def _step(step: Comparison, at: int) -> JsonObject:
    kinds = Counter(pair.kind for pair in step.pairs)
    return {
        "a": at,
        "b": at + 1,
        "pairs": [_pair(pair) for pair in step.pairs],
        "repeats": [_repeat(repeat) for repeat in step.repeats],
        "moved_captions": [
            {"caption": moved.caption, "a": moved.a.name, "b": moved.b.name} for moved in step.moved_captions
        ],
        "findings": [_finding(finding) for finding in step.findings],
        "kinds": {kind.value: kinds[kind] for kind in PairKind},
    }


def _pair(pair: Pair) -> JsonObject:
    return {
        "kind": pair.kind.value,
        "a": _image(pair.a, pair.a_at),
        "b": _image(pair.b, pair.b_at),
        "paired_by": pair.basis.value if pair.basis else None,
        "moved": pair.moved,
        "changes": [_change(change) for change in pair.changes],
        "words": [_word(word) for word in pair.words],
        "log10_false_alarms": None if pair.log10_false_alarms is None else finite_log10(pair.log10_false_alarms),
        "agreement": None if pair.agreement is None else float(pair.agreement),
        "transform": [[float(cell) for cell in row] for row in pair.transform] if pair.transform else None,
        "reason": pair.reason,
        "findings": [_finding(finding) for finding in pair.findings],
    }


def _image(image: ReleaseImage | None, at: int | None) -> JsonObject | None:
    return None if image is None else {"path": image.name, "sha256": image.sha256, "at": at}


def _change(change: Change) -> JsonObject:
    return {
        "kind": change.kind.value,
        "detail": change.detail,
        "side": change.side.value if change.side else None,
        "area": None if change.area is None else float(change.area),
        "a_boxes": [[int(edge) for edge in box] for box in change.a_boxes],
        "b_boxes": [[int(edge) for edge in box] for box in change.b_boxes],
    }


def _word(word: WordChange) -> JsonObject:
    return asdict(word) | {"state": word.state.value}


def _repeat(repeat: Repeat) -> JsonObject:
    return {"side": repeat.side.value, "paths": [image.name for image in repeat.images]}


def _finding(finding: Finding) -> JsonObject:
    return {"rule": finding.rule, "severity": finding.severity.value, "message": finding.message}


def _life(life: Life) -> JsonObject:
    return {
        "paths": [image.name if image else None for image in life.images],
        "kinds": [kind.value if kind else None for kind in life.kinds],
    }


def _summary(report: ComparisonReport) -> JsonObject:
    kinds = kind_counts(report)
    return {
        "versions": len(report.versions),
        "kinds": {kind.value: kinds.get(kind, 0) for kind in PairKind},
        "findings": {severity.value: count for severity, count in severity_counts(report).items()},
        "rules": dict(sorted(Counter(finding.rule for finding in findings_of(report)).items())),
    }
