"""GitLab Code Quality: the findings beside the changed lines of a merge request.

An array of objects with `description`, `check_name`, `fingerprint`, `severity`, `location.path` and
`location.lines.begin`, and nothing else; GitLab drops the second of two equal fingerprints. The format has no place for
what was found to be in order, so it says nothing of that; waived findings are left out of it, as GitLab has no word
for them either.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import IO, Any, Final

from provcheck.records import Outcome, Report, Severity
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.statements import Statement, statements
from provcheck.report.visible import visible

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}
_UNCHECKED: Final = "major"
"""A picture that nobody looked at may hide anything."""


def write_gitlab(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always every finding)
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (an entry has the severity of its finding)
) -> None:
    """Write an array with an entry a finding that is not waived."""
    entries = [_entry(statement) for statement in statements(reports) if not statement.finding.waiver]
    json.dump(entries, stream, indent=2)
    stream.write("\n")


def _entry(statement: Statement) -> dict[str, Any]:
    return {
        "description": visible(f"{statement.name}: {statement.finding.message}"),
        "check_name": visible(statement.finding.rule),
        "fingerprint": hashlib.sha256(f"{statement.digest}:{statement.number}".encode()).hexdigest(),
        "severity": _severity(statement),
        "location": {"path": visible(statement.location.path), "lines": {"begin": statement.location.line}},
    }


def _severity(statement: Statement) -> str:
    if statement.verdict is None or statement.verdict.outcome is Outcome.INCONCLUSIVE:
        return _UNCHECKED
    return _SEVERITIES[statement.finding.severity]
