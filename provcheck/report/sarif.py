"""SARIF 2.1.0 (OASIS, 2020) as GitHub code scanning takes it.

GitHub wants of every rule a short and a full description and help, and of every result one location with a relative
address and a full region. It tells results apart by rule, file and `primaryLocationLineHash`. The upload action would
compute that from the text of the line; but one line of a manifest can be the claim of many images, whose findings
would then become one. So it is set here, from the content of the image.

What could not be read has a result of its own rule; a file that holds no picture is a notification. Waived findings
are suppressed results. In messages `[` and `{` have a meaning, which texts from outside must not have (3.11.5, 3.11.6).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final
from urllib.parse import quote

from provcheck import __version__
from provcheck.judging import RULES
from provcheck.protocols import Rule
from provcheck.records import Report, Severity, Waiver
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.locations import Location, is_address, skipped_location
from provcheck.report.phrases import coverage_line, summary_line
from provcheck.report.statements import Statement, statements
from provcheck.report.summary import skipped_files
from provcheck.report.visible import named_reason, visible
from provcheck.report.waivers import waived_phrase, waiver_problems

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MOST_RESULTS: Final = 25_000
"""GitHub refuses a run with more."""

_IN_ADDRESSES: Final = "/:?#[]@!$&'()*+,;=%~"
_WEIGHTS: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_PLACEHOLDER: Final = re.compile(r"\{(\d+)\}")

SarifObject = dict[str, Any]


def write_sarif(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always every finding)
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (a result has the severity of its finding)
) -> None:
    """Write one SARIF log with one run over all releases."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [sarif_run(reports)]}
    json.dump(log, stream, indent=2, allow_nan=False)
    stream.write("\n")


def sarif_run(reports: Sequence[Report], *, most: int = MOST_RESULTS) -> SarifObject:
    """Return the run over all releases, with at most `most` results, the most serious ones."""
    found = list(statements(reports))
    kept = sorted(found, key=lambda statement: _WEIGHTS[statement.finding.severity])[:most]
    rules = [*RULES, *sorted({statement.finding.rule for statement in kept} - set(RULES))]
    return {
        "tool": {"driver": _driver(reports, rules)},
        "automationDetails": {"id": "provcheck/"},
        "invocations": [_invocation(reports, left_out=len(found) - len(kept))],
        "results": [_result(statement, rules.index(statement.finding.rule)) for statement in kept],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "summary": summary_line(*reports),
            "coverage": list(dict.fromkeys(coverage_line(report.coverage) for report in reports)),
        },
    }


def _driver(reports: Sequence[Report], rules: Sequence[str]) -> SarifObject:
    version = next((report.tool["version"] for report in reports if "version" in report.tool), __version__)
    return {"name": "provcheck", "version": visible(version), "rules": [_rule(rule, RULES.get(rule)) for rule in rules]}


def _rule(rule_id: str, rule: Rule | None) -> SarifObject:
    """Return a rule; one that this version does not know comes from a report of another."""
    summary = rule.summary if rule else f"A rule of another version of provcheck: {visible(rule_id)}"
    help_text = rule.help if rule else "Look it up in the version that made the report."
    return {
        "id": visible(rule_id),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": f"{summary} {help_text}"},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": rule.severity.value if rule else "warning"},
        "properties": {"tags": ["provenance"]},
    }


def _invocation(reports: Sequence[Report], *, left_out: int) -> SarifObject:
    notes = [
        _notification("note", named_reason(skipped.path, skipped.reason), skipped_location(skipped, report.release))
        for report in reports
        for skipped in skipped_files(report)
        if not skipped.missed
    ]
    notes += [_notification("warning", problem) for problem in waiver_problems(reports)]
    if left_out:
        notes.append(_notification("warning", f"{left_out} results were left out, the least serious ones."))
    created = max((report.created for report in reports), default="")
    ended = {"endTimeUtc": created.replace("+00:00", "Z")} if created else {}
    return {"executionSuccessful": True, **ended, "toolExecutionNotifications": notes}


def _notification(level: str, text: str, location: Location | None = None) -> SarifObject:
    located = {"locations": [_location(location)]} if location else {}
    return {"level": level, "message": {"text": _literal(text)}, **located}


def _result(statement: Statement, rule_index: int) -> SarifObject:
    finding = statement.finding
    name, number = visible(statement.name), statement.number
    return {
        "ruleId": visible(finding.rule),
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": _literal(f"{name}: {visible(finding.message)}")},
        "locations": [_location(statement.location)],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{statement.digest[:16]}:{number}",
            "provcheckContent/v1": f"{statement.digest}:{number}",
        },
        **({"suppressions": [_suppression(finding.waiver)]} if finding.waiver else {}),
        "properties": dict(_properties(statement)),
    }


def _suppression(waiver: Waiver) -> SarifObject:
    return {"kind": "external", "status": "accepted", "justification": waived_phrase(waiver)}


def _location(location: Location) -> SarifObject:
    """Return a location; without the file at hand the region is the first column of its line."""
    region = {"startLine": location.line, "startColumn": 1, "endLine": location.line, "endColumn": 2}
    return {"physicalLocation": {"artifactLocation": _artifact(location.path), "region": region}}


def _artifact(path: str) -> SarifObject:
    written = path.encode("utf-8", "backslashreplace")
    if is_address(path):
        return {"uri": quote(written, safe=_IN_ADDRESSES)}
    return {"uri": quote(written, safe="/"), "uriBaseId": "%SRCROOT%"}


def _properties(statement: Statement) -> Iterator[tuple[str, str]]:
    yield "release", visible(statement.report.release.path)
    yield "image", visible(statement.name)
    if statement.verdict:
        yield "outcome", statement.verdict.outcome.value
        yield "sha256", visible(statement.verdict.image.sha256)
    match = statement.match
    facts = {"fact": statement.finding.fact, "claim": statement.finding.claim}
    link = (match.source.facts.url or match.source.facts.archive_url) if match else None
    for name, value in {**facts, "source": link}.items():
        if value:
            yield name, visible(value)


def _literal(text: str) -> str:
    """Return a text whose brackets and braces mean themselves in a SARIF message."""
    literal = _PLACEHOLDER.sub(r"{{\1}}", text)
    return re.sub(r"([\[\]])", r"\\\1", literal) if "](" in text else literal
