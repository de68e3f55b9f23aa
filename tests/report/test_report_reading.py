"""A saved report is read to the same report, and anything else is refused with its place."""

import io
import json
from copy import deepcopy
from typing import Any

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import full_report, report_of

from provcheck.errors import SavedReportError
from provcheck.records import Report
from provcheck.report import REPORTERS
from provcheck.report.json import reports_to_dict, write_json
from provcheck.report.reading import read_reports

SAVED = reports_to_dict([full_report()])


def saved(*reports: Report) -> str:
    stream = io.StringIO()
    write_json(reports, stream)
    return stream.getvalue()


def rendered(name: str, reports: tuple[Report, ...]) -> str:
    stream = io.StringIO(newline="")
    REPORTERS[name](reports, stream, verbose=True)
    return stream.getvalue()


@pytest.mark.parametrize(
    "reports",
    [
        (full_report(),),
        (full_report(), report_of()),
        (report_of(),),
        *[(hostile_report(text),) for text in HOSTILE_TEXTS.values()],
    ],
)
def test_read_and_written_again_it_is_the_same(reports: tuple[Report, ...]) -> None:
    assert saved(*read_reports(saved(*reports))) == saved(*reports)


@pytest.mark.parametrize("name", REPORTERS)
def test_every_format_is_the_same_from_a_saved_report(name: str) -> None:
    reports = (full_report(), hostile_report("plain"))
    assert rendered(name, read_reports(saved(*reports))) == rendered(name, reports)


def test_keys_of_a_later_version_are_passed_over() -> None:
    later = deepcopy(SAVED)
    later["items"][0]["mood"] = "calm"
    later["new"] = {}
    assert saved(*read_reports(json.dumps(later))) == saved(full_report())


def test_a_report_of_the_first_version_is_read() -> None:
    first = deepcopy(SAVED)
    del first["waivers"], first["configuration"]
    for item in first["items"]:
        del item["content_key"], item["waived"]
        for finding in item["findings"]:
            del finding["waiver"]
    assert saved(*read_reports(json.dumps(first))) == saved(full_report())


def change(path: str, value: Any) -> str:
    """Return the saved report with one value replaced, or its key removed by `...`."""
    changed = deepcopy(SAVED)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = changed
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(changed)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("items.1.outcome", "fine", r"\$\.items\[1\]\.outcome: expected one of .*mismatched.*, found 'fine'"),
        ("items.1.sha256", ..., r"\$\.items\[1\]: the key “sha256” is missing"),
        ("items", {}, r"\$\.items: expected an array, found \{\}"),
        ("release", [], r"\$\.release: expected an object"),
        ("created", "yesterday", r"\$\.created: expected a date and time, found 'yesterday'"),
        ("created", "2017-11-14", r"\$\.created: expected a date and time"),
        ("created", 5, r"\$\.created: expected a date and time, found 5"),
        ("corpus.sources", "many", r"\$\.corpus\.sources: expected an integer, found 'many'"),
        ("corpus.sources", True, r"\$\.corpus\.sources: expected an integer, found True"),
        ("items.1.matches.0.agreement", float("nan"), r"agreement: expected a number, found nan"),
        ("items.1.matches.0.agreement", 10**400, r"agreement: expected a number"),
        ("items.1.matches.0.transform", [[1, 0, 0]], r"transform: expected three rows"),
        ("items.1.matches.0.transform.0", [0, 0, 0], r"transform: expected a matrix that leads back, too"),
        ("items.1.matches.0.transform.0", [1e299, 1e299, 0], r"transform: expected a matrix that leads back, too"),
        ("items.1.matches.0.transform.0", [1, 0], r"transform\[0\]: expected 3 numbers"),
        ("items.1.matches.0.mirrored", "no", r"mirrored: expected true or false, found 'no'"),
        ("items.1.matches.0.source.facts.published", "soon", r"source\.facts: expected facts with dates"),
        ("items.1.claims.captured.value", "9.11.", r"captured\.value: expected a date in ISO 8601, found '9\.11\.'"),
        ("items.1.path", "\x1b[2J" * 9, r""),
        ("items.1.path", ["\x1b[2J" * 99], r"\$\.items\[1\]\.path: expected a string, found \['\\x1b\[2J.*…"),
    ],
)
def test_a_wrong_value_is_named_by_its_place(path: str, value: Any, said: str) -> None:
    if not said:
        assert read_reports(change(path, value))
        return
    with pytest.raises(SavedReportError, match=said) as raised:
        read_reports(change(path, value))
    assert "\x1b" not in raised.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is not JSON"),
        ("Release: a", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("[]", "it is no report"),
        ("{}", "it is no report"),
        ('{"schema": "provcheck/report/2"}', "its schema is 'provcheck/report/2'; this version of provcheck reads"),
        ('{"schema": null}', "its schema is None"),
        ('{"schema": "provcheck/report/1"}', "the key “release” is missing"),
        ('{"version": "2.1.0", "runs": []}', "it is no report"),
    ],
)
def test_what_is_no_report_is_refused(text: str, said: str) -> None:
    with pytest.raises(SavedReportError, match=said):
        read_reports(text)
