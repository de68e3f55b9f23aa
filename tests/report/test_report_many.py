"""Several releases in one report: JSON, JSON Lines and text."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import full_report, report_of, verdict_with

from provcheck.records import Outcome, Report
from provcheck.report import REPORTERS
from provcheck.report.json import read_schema, report_to_dict, reports_to_dict

VALIDATOR = jsonschema.Draft202012Validator(json.loads(read_schema()))


def rendered(name: str, *reports: Report) -> str:
    stream = io.StringIO()
    REPORTERS[name](reports, stream)
    return stream.getvalue()


def named(path: str, *outcomes: Outcome) -> Report:
    report = report_of(*[verdict_with(outcome) for outcome in outcomes])
    return replace(report, release=replace(report.release, path=path))


def test_one_release_is_written_as_ever() -> None:
    assert reports_to_dict([full_report()]) == report_to_dict(full_report())


@pytest.mark.parametrize("reports", [(), (full_report(), report_of())])
def test_several_follow_the_schema(reports: tuple[Report, ...]) -> None:
    VALIDATOR.validate(json.loads(rendered("json", *reports)))


def test_the_summary_of_several_adds_up() -> None:
    first, second = named("a", Outcome.REUSED, Outcome.NO_MATCH), named("b", Outcome.REUSED)
    written: Any = reports_to_dict([first, second])
    assert [each["release"]["path"] for each in written["releases"]] == ["a", "b"]
    assert (written["summary"]["releases"], written["summary"]["images"]) == (2, 3)
    assert written["summary"]["outcomes"]["reused"] == 2


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_every_line_of_json_lines_follows_the_schema_alone(hostile: str) -> None:
    lines = rendered("jsonl", hostile_report(hostile), full_report()).splitlines()
    assert len(lines) == (4 + 2) + (7 + 3)
    for line in lines:
        VALIDATOR.validate(json.loads(line))


def test_text_has_a_page_a_release_and_says_once_what_holds_for_all(assert_golden: Callable[[str, str], None]) -> None:
    text = rendered("text", named("a", Outcome.NO_MATCH), named("b", Outcome.REUSED))
    assert text.count("Checked against") == 1
    assert text.endswith("\n2 releases, 2 images: 1 reused, 1 no-match\n")
    assert_golden("report-two-releases.txt", text)
