import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import numpy as np
import pytest
from report_records import CROPPED, PICTURE, TRAILER, full_report, image, report_of, verdict_with

from provcheck.records import Facts, Outcome, Overlap, Report, Skipped, Verdict
from provcheck.report.json import read_schema, report_to_dict, write_json

SCHEMA = json.loads(read_schema())


def produced(report: Report) -> Any:
    stream = io.StringIO()
    write_json([report], stream)
    return json.loads(stream.getvalue())


def validate(report: Report) -> None:
    jsonschema.validate(produced(report), SCHEMA, cls=jsonschema.Draft202012Validator)


def test_json_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    stream = io.StringIO()
    write_json([full_report()], stream)
    assert_golden("report.json", stream.getvalue())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "report",
    [full_report(), report_of(), report_of(verdict_with(Outcome.INCONCLUSIVE), sources=0)],
    ids=["full", "empty", "empty corpus"],
)
def test_reports_follow_the_schema(report: Report) -> None:
    validate(report)


def test_a_bare_source_follows_the_schema() -> None:
    source = replace(TRAILER, facts=Facts())
    validate(report_of(Verdict(image("a.jpg"), Outcome.REUSED, (replace(CROPPED, source=source),))))


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every part of the schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield path, schema
        for key, part in schema.items():
            yield from objects(part, f"{path}/{key}")


@pytest.mark.parametrize(("path", "schema"), list(objects(SCHEMA)), ids=[path for path, _ in objects(SCHEMA)])
def test_the_schema_is_strict_and_every_key_is_described(path: str, schema: dict[str, Any]) -> None:
    assert schema.get("additionalProperties") in (False, {"type": "string"}), path
    described = {key: part.get("description") or part.get("$ref") for key, part in schema.get("properties", {}).items()}
    assert all(described.values()), described


def test_items_are_in_release_order() -> None:
    report = full_report()
    assert [item["path"] for item in produced(report)["items"]] == [verdict.image.name for verdict in report.verdicts]


def test_a_source_keeps_the_path_that_was_registered() -> None:
    [item] = produced(report_of(Verdict(image("a.jpg"), Outcome.REUSED, (CROPPED,))))["items"]
    assert item["matches"][0]["source"]["path"] == TRAILER.path


@pytest.mark.parametrize(("log10", "written"), [(float("-inf"), -999), (float("inf"), 999), (-23.4, -23.4)])
def test_probabilities_are_finite(log10: float, written: float) -> None:
    match = replace(PICTURE, log10_false_alarms=log10)
    [item] = produced(report_of(Verdict(image("a.jpg"), Outcome.REUSED, (match,))))["items"]
    assert item["matches"][0]["log10_false_alarms"] == written


def test_numbers_of_numpy_are_written() -> None:
    half: Any = np.float32(0.5)
    numbers: Any = {"inliers": np.int64(7), "agreement": half, "mirrored": np.bool_(True), "log10_false_alarms": half}
    match = replace(PICTURE, overlap=Overlap(half, half), **numbers)
    validate(report_of(Verdict(image("a.jpg"), Outcome.REUSED, (match,))))


def test_a_file_name_that_is_no_unicode_survives() -> None:
    name = b"caf\xe9.jpg".decode("utf-8", "surrogateescape")
    [item] = produced(report_of(verdict_with(Outcome.NO_MATCH, name)))["items"]
    assert item["path"] == name


def test_a_file_skipped_twice_for_one_reason_is_named_once() -> None:
    skipped = Skipped("a.jpg", "empty")
    report = report_of(skipped=(skipped,))
    report = replace(report, release=replace(report.release, skipped=(skipped,)))
    assert report_to_dict(report)["skipped"] == [{"path": "a.jpg", "reason": "empty", "missed": True}]
