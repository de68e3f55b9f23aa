"""`provcheck convert`: a saved report in other formats, without images and corpus."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_records import full_report, report_of

from provcheck.records import Report
from provcheck.report import FORMATS, REPORTERS
from provcheck.report.json import write_json
from provcheck.report.reading import read_reports


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return save(tmp_path / "report.json", full_report())


def save(path: Path, *reports: Report) -> Path:
    with path.open("w", encoding="utf-8") as stream:
        write_json(reports, stream)
    return path


def test_json_to_json_is_the_same(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    for reports in [(full_report(),), (full_report(), report_of())]:
        saved = save(tmp_path / "report.json", *reports)
        ran = provcheck("convert", saved, "--format", "json")
        assert (ran.exit_code, ran.stderr) == (0, "")
        assert ran.stdout == saved.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", REPORTERS)
def test_every_format_can_be_written(provcheck: Callable[..., Any], saved: Path, tmp_path: Path, form: str) -> None:
    ran = provcheck("convert", saved, "--format", form, "-o", tmp_path / "out")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "")
    assert "PC101" in (tmp_path / "out").read_text(encoding="utf-8")


def test_several_at_once_with_text_on_stdout(provcheck: Callable[..., Any], saved: Path, tmp_path: Path) -> None:
    ran = provcheck("convert", saved, "--output", f"junit={tmp_path}/a.xml", "--output", f"sarif={tmp_path}/a.sarif")
    assert ran.stdout.startswith("Release: “Statement on the convoy”")
    assert (tmp_path / "a.xml").read_text().startswith("<?xml")
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"


def test_the_limit_of_failures_is_an_option(provcheck: Callable[..., Any], saved: Path) -> None:
    assert "<failure" in provcheck("convert", saved, "--format", "junit").stdout
    assert "<failure" not in provcheck("convert", saved, "--format", "junit", "--fail-on", "never").stdout


def test_a_hyphen_is_stdin(provcheck: Callable[..., Any], saved: Path) -> None:
    ran = provcheck("convert", "-", stdin=saved.read_text(encoding="utf-8"))
    assert ran.stdout.endswith("3 files skipped\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "it is no report"),
        (b"GIF89a\xff\xfe", "it is not UTF-8 text"),
        (b'{"schema": "provcheck/report/9"}', "its schema is 'provcheck/report/9'"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_a_file_that_is_no_report_is_65_and_named(
    provcheck: Callable[..., Any], tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "wrong.json"
    if content is not None:
        file.write_bytes(content)
    ran = provcheck("convert", file)
    assert (ran.exit_code, ran.stdout) == (65, "")
    assert f"error: {file}: {said}" in ran.stderr


def test_a_redacted_report_names_no_file_in_any_format(provcheck: Callable[..., Any], saved: Path) -> None:
    for form in (name for name, form in FORMATS.items() if not form.points_at_files):
        ran = provcheck("convert", saved, "--redact", "--format", form)
        assert ran.exit_code == 0
        assert "column.jpg" not in ran.stdout
        assert "picture 2" in ran.stdout


@pytest.mark.parametrize("form", ["sarif", "github", "gitlab"])
def test_what_points_at_files_cannot_be_redacted(
    provcheck: Callable[..., Any], saved: Path, tmp_path: Path, form: str
) -> None:
    ran = provcheck("convert", saved, "--redact", "--format", form)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert f"{form} points at files" in ran.stderr
    redacted = save(tmp_path / "redacted.json", *provcheck_redacted(provcheck, saved))
    assert provcheck("convert", redacted, "--format", form).exit_code == 2


def provcheck_redacted(provcheck: Callable[..., Any], saved: Path) -> tuple[Report, ...]:
    return read_reports(provcheck("convert", saved, "--redact", "--format", "json").stdout)
