"""JUnit XML, held against Jenkins' schema and a reader that others wrote."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from defusedxml import ElementTree
from hostile_records import HOSTILE_TEXTS, hostile_report
from junitparser import Error, Failure, JUnitXml, Skipped
from report_records import A_GAME, CROPPED, UNLABELLED, full_report, image, report_of

from provcheck.records import Outcome, Report, Verdict, Waiver
from provcheck.report.junit import write_junit

SCHEMA = xmlschema.XMLSchema(Path(__file__).with_name("junit-10.xsd"))
"""That of Jenkins' xUnit plug-in (MIT), which pytest tests its reports with."""

WAIVER = Waiver("sha256:" + "9" * 64, "PC104", "cleared with the desk")
REUSED = Verdict(image("old.jpg"), Outcome.REUSED, (CROPPED,), findings=(UNLABELLED,))


def written(*reports: Report, fail_on: str = "reused") -> str:
    stream = io.StringIO()
    write_junit(reports, stream, fail_on=fail_on)
    return stream.getvalue()


def results(*reports: Report, fail_on: str = "reused") -> dict[str, list[object]]:
    """Return the results of every test case, as junitparser reads them."""
    suites = JUnitXml.fromstring(written(*reports, fail_on=fail_on).encode())
    return {case.name: [type(result) for result in case.result] for suite in suites for case in suite}


def test_junit_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.junit.xml", written(full_report()))


@pytest.mark.parametrize(
    "reports",
    [(full_report(),), (full_report(), report_of()), (), *[(hostile_report(text),) for text in HOSTILE_TEXTS.values()]],
)
def test_it_follows_the_schema_of_jenkins(reports: tuple[Report, ...]) -> None:
    root = ElementTree.fromstring(written(*reports))
    for case in root.iter("testcase"):
        assert case.attrib.pop("file")  # an addition of ours, which GitLab reads and the schema does not know
    SCHEMA.validate(root)


def test_a_finding_is_a_failure_and_what_was_not_checked_an_error() -> None:
    read = results(full_report())
    assert read["column.jpg"] == read["collage.jpg"] == read["mirrored.jpg"] == [Failure]
    assert read["flat.png"] == read["broken.jpg"] == [Error]
    assert read["harbour.jpg"] == read["bridge.jpg"] == []
    assert "statement.txt" not in read


def test_the_counts_are_those_of_the_cases() -> None:
    root = JUnitXml.fromstring(written(full_report(), full_report()).encode())
    suites = list(root)
    assert [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in suites] == [(9, 3, 3, 0)] * 2
    assert (root.tests, root.failures, root.errors) == (18, 6, 6)


@pytest.mark.parametrize(
    ("fail_on", "result"), [("mismatched", []), ("reused", [Failure]), ("credited", [Failure]), ("never", [])]
)
def test_the_limit_says_what_fails(fail_on: str, result: list[object]) -> None:
    assert results(report_of(REUSED), fail_on=fail_on) == {"old.jpg": result}


def test_a_waived_finding_is_skipped_and_says_why() -> None:
    waived = replace(REUSED, findings=(replace(UNLABELLED, waiver=WAIVER),))
    assert results(report_of(waived)) == {"old.jpg": [Skipped]}
    assert "cleared with the desk" in written(report_of(waived))


def test_one_finding_that_is_not_waived_fails() -> None:
    partly = replace(REUSED, findings=(replace(UNLABELLED, waiver=WAIVER), A_GAME))
    assert results(report_of(partly)) == {"old.jpg": [Failure]}


def test_a_case_names_its_file_and_its_release() -> None:
    root = ElementTree.fromstring(written(report_of(REUSED)))
    assert [case.attrib for case in root.iter("testcase")] == [
        {"name": "old.jpg", "classname": "statement", "file": "statement/old.jpg"}
    ]


def test_the_document_is_ascii() -> None:
    assert written(hostile_report("Переправа")).isascii()
