"""GitLab Code Quality: its required keys and nothing that its reader would drop."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import ALTERED, TOO_EARLY, UNLABELLED, full_report, image, report_of

from provcheck.records import Outcome, Report, Skipped, Verdict, Waiver
from provcheck.report.gitlab import write_gitlab

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {"type": "object", "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}
"""Written after GitLab's description of the format; there is no official schema."""


def entries(*reports: Report) -> Any:
    stream = io.StringIO()
    write_gitlab(reports, stream)
    return json.loads(stream.getvalue())


def test_gitlab_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    stream = io.StringIO()
    write_gitlab([full_report()], stream)
    assert_golden("report.gitlab.json", stream.getvalue())


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_every_entry_has_the_required_keys(hostile: str) -> None:
    found = entries(hostile_report(hostile), full_report())
    jsonschema.validate([entry for entry in found if not entry["location"]["path"].startswith("/")], SCHEMA)
    assert len(found) > 5


def test_fingerprints_are_unique_also_over_releases() -> None:
    found = [entry["fingerprint"] for entry in entries(full_report(), full_report())]
    assert len(found) == len(set(found))


def test_severities() -> None:
    known = Verdict(image("a.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY, UNLABELLED, ALTERED))
    flat = Verdict(image("b.jpg"), Outcome.INCONCLUSIVE, reason="flat")
    found = entries(report_of(known, flat, skipped=(Skipped("c.jpg", "cut"),)))
    assert [entry["severity"] for entry in found] == ["critical", "minor", "info", "major", "major"]


def test_a_waived_finding_is_left_out() -> None:
    waived = replace(UNLABELLED, waiver=Waiver("sha256:" + "9" * 64, "PC104", "agreed"))
    assert entries(report_of(Verdict(image("a.jpg"), Outcome.REUSED, findings=(waived,)))) == []
