"""CSV: RFC 4180, read with the standard library's reader, and no cell that a spreadsheet would execute."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import TOO_EARLY, UNLABELLED, full_report, image, report_of

from provcheck.records import Outcome, Report, Skipped, Verdict, Waiver
from provcheck.report.csv import COLUMNS, inert, write_csv


def written(*reports: Report) -> str:
    stream = io.StringIO(newline="")
    write_csv(reports, stream)
    return stream.getvalue()


def rows(*reports: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(*reports), newline=""), strict=True))


def test_csv_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.csv", written(full_report()).replace("\r\n", "\n"))


def test_lines_end_as_the_standard_says() -> None:
    text = written(full_report())
    assert text.count("\n") == text.count("\r\n")


def test_a_finding_is_a_row_and_an_image_without_findings_has_one() -> None:
    two = Verdict(image("two.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY, UNLABELLED))
    none = Verdict(image("none.jpg"), Outcome.NO_MATCH)
    found = rows(report_of(two, none, skipped=(Skipped("a.jpg", "broken"),)))
    assert [(row["path"], row["outcome"], row["rule"], row["state"]) for row in found] == [
        ("two.jpg", "mismatched", "PC101", "failed"),
        ("two.jpg", "mismatched", "PC104", "failed"),
        ("none.jpg", "no-match", "", "passed"),
        ("a.jpg", "skipped", "", "unchecked"),
    ]


def test_a_known_picture_without_findings_names_its_source() -> None:
    [bridge] = [row for row in rows(full_report()) if row["path"] == "bridge.jpg"]
    assert bridge["source_id"] == "123456789abc"


def test_a_waiver_is_shown() -> None:
    waived = replace(
        UNLABELLED, waiver=Waiver("sha256:" + "9" * 64, "PC104", "agreed", origin="provcheck.toml, line 3")
    )
    [row] = rows(report_of(Verdict(image("a.jpg"), Outcome.REUSED, findings=(waived,))))
    assert (row["waived"], row["state"]) == ("waived: agreed (provcheck.toml, line 3)", "waived")


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_no_cell_begins_a_formula_and_every_row_is_whole(hostile: str) -> None:
    table = list(csv.reader(io.StringIO(written(hostile_report(hostile)), newline=""), strict=True))
    assert {len(row) for row in table} == {len(COLUMNS)}
    begins = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    assert not [cell for row in table for cell in row if cell.lstrip().startswith(begins)]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("=1+1", "'=1+1"), (" =1", "' =1"), ("a=1", "a=1"), ("-", "'-"), ("", ""), ("2017-11-09", "2017-11-09")],
)
def test_a_formula_becomes_a_text(cell: str, shown: str) -> None:
    assert inert(cell) == shown
