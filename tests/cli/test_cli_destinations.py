"""`--format` and `--output`: what goes where."""

from pathlib import Path

import pytest

from provcheck.cli.destinations import Output, read_outputs
from provcheck.errors import OutputError, UsageError


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("form", "written", "outputs"),
    [
        ("text", [], [("text", "-")]),
        ("json", [], [("json", "-")]),
        ("json", ["report.json"], [("json", "report.json")]),
        ("text", ["junit=a.xml"], [("junit", "a.xml"), ("text", "-")]),
        ("text", ["junit=a.xml", "sarif=b"], [("junit", "a.xml"), ("sarif", "b"), ("text", "-")]),
        ("text", ["github=-", "json=a"], [("github", "-"), ("json", "a")]),
        ("text", ["a.txt", "json=a.json"], [("text", "a.txt"), ("json", "a.json")]),
        ("text", ["-", "json=a.json"], [("text", "-"), ("json", "a.json")]),
        ("text", ["./junk=a.txt"], [("text", "./junk=a.txt")]),
        ("text", ["json=a=b"], [("json", "a=b"), ("text", "-")]),
        ("json", ["a", "b"], [("json", "a"), ("json", "b")]),
    ],
)
def test_what_is_written(form: str, written: list[str], outputs: list[tuple[str, str]]) -> None:
    assert read_outputs(form, written) == tuple(Output(*output) for output in outputs)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.json", "json"),
        ("a.jsonl", "jsonl"),
        ("a.csv", "csv"),
        ("a.xml", "junit"),
        ("a.sarif", "sarif"),
        ("a.md", "markdown"),
        ("a.jsonld", "mediareview"),
        ("a.txt", "text"),
        ("a.log", "gitlab"),
        ("a", "gitlab"),
        ("html=a.json", "html"),
    ],
)
def test_the_ending_of_a_file_says_its_format_where_nothing_else_does(written: str, form: str) -> None:
    assert read_outputs("gitlab", [written], by_ending=True)[0].form == form


def test_an_ending_promises_only_what_a_command_can_write() -> None:
    assert read_outputs("text", ["a.sarif"], by_ending=True, formats=["text", "json"])[0].form == "text"


@pytest.mark.parametrize("written", [[], ["-"], ["json=-"]])
def test_quiet_leaves_files_alone_to_be_written(written: list[str]) -> None:
    assert read_outputs("text", written, quiet=True) == ()
    assert read_outputs("text", [*written, "junit=a.xml"], quiet=True) == (Output("junit", "a.xml"),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (["json=a", "junit=a"], "both json and junit would be written to a"),
        (["json=a", "junit=./a"], "both json and junit would be written to ./a"),
        (["json=a", "a"], "both json and text would be written to a"),
        (["json=-", "github=-"], "both json and github would be written to stdout"),
        (["-", "github=-"], "both text and github would be written to stdout"),
        (["xunit=a.xml"], "there is no format “xunit”"),
        (["JSON=a"], "there is no format “JSON”"),
    ],
)
def test_two_reports_in_one_place_and_unknown_formats_are_refused(written: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_outputs("text", written)


def test_a_file_under_two_names_is_one_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(UsageError, match="both json and junit"):
        read_outputs("text", ["json=a", "junit=b"])


def test_what_cannot_be_written_is_refused_before_the_work() -> None:
    with pytest.raises(OutputError, match="there is no folder"):
        read_outputs("text", ["json=no/a.json"])
