"""JSON Lines: every line can be understood alone, so that `grep`, `jq` and log stores can take single ones.

A line is one image, or one file that was not used: a release that could not be read does not vanish. The objects are
those of the JSON report, each with the release and the corpus that it belongs to.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO

from provcheck.records import Report
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.json import JsonObject, item_to_dict, release_to_dict
from provcheck.report.summary import skipped_files


def write_jsonl(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always everything)
    fail_on: str = FAILS_BY_DEFAULT,  # noqa: ARG001 (a program decides by itself)
) -> None:
    """Write a JSON object a line; the shipped schema describes them."""
    for report in reports:
        for row in _lines(report):
            stream.write(json.dumps(row, allow_nan=False) + "\n")


def _lines(report: Report) -> Iterator[JsonObject]:
    for verdict in report.verdicts:
        yield {"schema": "provcheck/item/1", **_around(report), "item": item_to_dict(verdict)}
    for skipped in skipped_files(report):
        yield {"schema": "provcheck/skipped/1", **_around(report), "skipped": asdict(skipped)}


def _around(report: Report) -> JsonObject:
    return {
        "created": report.created,
        "release": release_to_dict(report.release),
        "corpus": asdict(report.coverage),
    }
