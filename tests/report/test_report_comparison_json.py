"""The JSON of a comparison and its schema."""

import io
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from comparison_report import full_comparison, same_comparison

from provcheck.report.comparison.json import read_comparison_schema, write_json
from provcheck.versions import Basis, ComparisonReport, PairKind, Side, WordState

SCHEMA = json.loads(read_comparison_schema())


def produced(report: ComparisonReport) -> Any:
    stream = io.StringIO()
    write_json(report, stream)
    return json.loads(stream.getvalue())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [full_comparison(), same_comparison()], ids=["full", "same"])
def test_comparisons_follow_the_schema(report: ComparisonReport) -> None:
    jsonschema.validate(produced(report), SCHEMA, cls=jsonschema.Draft202012Validator)


def objects(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every part of the schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield path, schema
        for key, part in schema.items():
            yield from objects(part, f"{path}/{key}")
    if isinstance(schema, list):
        for at, part in enumerate(schema):
            yield from objects(part, f"{path}/{at}")


@pytest.mark.parametrize(("path", "schema"), list(objects(SCHEMA)), ids=[path for path, _ in objects(SCHEMA)])
def test_the_schema_is_strict_and_every_key_is_described(path: str, schema: dict[str, Any]) -> None:
    assert schema.get("additionalProperties") in (False, {"type": "string"}), path
    assert set(schema.get("required", [])) == schema.get("properties", {}).keys(), path
    assert all(part.get("description") for part in schema.get("properties", {}).values()), path


def test_the_schema_has_every_value_that_there_is() -> None:
    pair, change, word = (SCHEMA["$defs"][name]["properties"] for name in ("pair", "change", "word"))
    kinds = [kind.value for kind in PairKind]
    assert pair["kind"]["enum"] == kinds
    assert change["kind"]["enum"] == [kind.value for kind in PairKind if kind.is_same_picture][1:]
    assert change["side"]["enum"] == [*(side.value for side in Side), None]
    assert pair["paired_by"]["enum"] == [*(basis.value for basis in Basis), None]
    assert word["state"]["enum"] == [state.value for state in WordState]


def test_pairs_are_in_the_order_of_the_comparison() -> None:
    report = full_comparison()
    assert [pair["kind"] for pair in produced(report)["steps"][0]["pairs"]] == [
        pair.kind.value for pair in report.steps[0].pairs
    ]


def test_probabilities_are_finite() -> None:
    assert produced(full_comparison())["steps"][0]["pairs"][1]["log10_false_alarms"] == -999
