"""The contract of every reporter, over the registry: whole, the same every time, and harmless whatever it is given."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from defusedxml import ElementTree
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import HOSTILE, full_report, report_of

from provcheck.records import Report, Waiver
from provcheck.report import FORMATS, REPORTERS
from provcheck.report.visible import visible

EVERY = pytest.mark.parametrize("name", REPORTERS)
EVERY_HOSTILE = pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)

ONLY_FINDINGS = {"gitlab", "sarif", "mediareview"}
"""Formats that list findings, and have no place for an image that was found to be in order."""

NO_MISSED_FILES = {"mediareview"}
"""Formats about pictures alone."""

NO_COVERAGE = {"gitlab", "mediareview"}

AS_IT_IS = {"json", "jsonl"}
"""Formats for programs, which get every text as it was written; JSON escapes keep it harmless on its way."""


def rendered(name: str, *reports: Report, verbose: bool = False) -> str:
    stream = io.StringIO(newline="")
    REPORTERS[name](reports or [full_report()], stream, verbose=verbose)
    return stream.getvalue()


def strings(value: Any) -> Iterator[str]:
    """Yield every string of a JSON document."""
    match value:
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from strings(part)
        case list():
            for part in value:
                yield from strings(part)


def cells(text: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def elements(text: str) -> list[str]:
    nodes = list(ElementTree.fromstring(text).iter())
    return [said for node in nodes for said in (node.text or "", *node.attrib.values())]


PARSERS: dict[str, Callable[[str], list[str]]] = {
    "json": lambda text: list(strings(json.loads(text))),
    "sarif": lambda text: list(strings(json.loads(text))),
    "mediareview": lambda text: list(strings(json.loads(text))),
    "gitlab": lambda text: list(strings(json.loads(text))),
    "jsonl": lambda text: [said for line in text.splitlines() for said in strings(json.loads(line))],
    "csv": cells,
    "junit": elements,
}


def read(name: str, text: str) -> list[str]:
    """Return the texts that a reader of the format gets."""
    return PARSERS.get(name, str.splitlines)(text)


def controls(text: str) -> set[str]:
    """Return what could steer a terminal, turn text around or break XML."""
    unsafe = {character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    return (unsafe | (set(text) & {"\ufffe", "\uffff"})) - {"\n"}


@EVERY
def test_every_image_and_every_missed_file_is_named(name: str) -> None:
    report = full_report()
    names = [verdict.image.name for verdict in report.verdicts if name not in ONLY_FINDINGS or verdict.findings]
    names += [] if name in NO_MISSED_FILES else ["broken.jpg"]
    said = "\n".join(read(name, rendered(name)))
    assert not [file for file in names if file != HOSTILE and file not in said]


@EVERY
def test_the_images_of_several_releases_are_named(name: str) -> None:
    other = replace(full_report(), release=replace(full_report().release, path="second-release"))
    assert "second-release" not in rendered(name)
    assert "second" in rendered(name, full_report(), other)


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("several", [1, 2])
def test_reports_are_the_same_every_time(name: str, verbose: bool, several: int) -> None:
    reports = [full_report()] * several
    assert rendered(name, *reports, verbose=verbose) == rendered(name, *reports, verbose=verbose)


@EVERY
def test_no_control_character_gets_out(name: str) -> None:
    text = rendered(name, verbose=True).replace("\r\n", "\n")
    assert not controls(text)


@EVERY
@EVERY_HOSTILE
def test_hostile_text_comes_out_as_plain_text(name: str, hostile: str) -> None:
    text = rendered(name, hostile_report(hostile), verbose=True)
    assert text.endswith("\n")
    assert not controls(text.replace("\r\n", "\n"))
    assert name in AS_IT_IS or not set().union(*map(controls, read(name, text)))


@pytest.mark.parametrize("name", [name for name in REPORTERS if name not in AS_IT_IS])
def test_hostile_text_gives_no_command_in_the_log_of_a_job(name: str) -> None:
    lines = rendered(name, hostile_report("::error::a ##[error]b ##vso[c]d"), verbose=True).splitlines()
    assert not [line for line in lines if "##[" in line or "##vso[" in line]
    assert name == "github" or not [line for line in lines if line.strip().startswith("::")]


@EVERY
@EVERY_HOSTILE
def test_hostile_text_adds_no_line(name: str, hostile: str) -> None:
    lines = rendered(name, hostile_report(hostile)).count("\n")
    assert lines == rendered(name, hostile_report("plain")).count("\n")


@pytest.mark.parametrize("name", PARSERS)
@EVERY_HOSTILE
def test_a_machine_reads_hostile_text_as_it_is_shown(name: str, hostile: str) -> None:
    shown = {hostile, visible(hostile), f"'{visible(hostile)}"}
    said = read(name, rendered(name, hostile_report(hostile)))
    assert any(part in text for text in said for part in shown) or "](" in hostile or "{0}" in hostile


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
def test_no_picture_is_ever_called_authentic(name: str, verbose: bool) -> None:
    said = rendered(name, verbose=verbose).replace("mediaAuthenticityCategory", "a term of schema.org")
    assert "authentic" not in said.lower()


@pytest.mark.parametrize("name", [name for name in REPORTERS if name not in NO_COVERAGE])
def test_the_coverage_is_said(name: str) -> None:
    assert all(part in rendered(name) for part in ("known.corpus", "14", "210", "2017"))


@EVERY
def test_a_report_on_nothing_is_a_report(name: str) -> None:
    text = rendered(name, report_of())
    assert name == "jsonl" or text.strip()
    assert text == "" or text.endswith("\n")
    read(name, text)


@pytest.mark.parametrize("name", [name for name in REPORTERS if name not in {"csv", "jsonl", "gitlab", "mediareview"}])
def test_a_waiver_that_nothing_needed_is_named(name: str) -> None:
    unused = Waiver("sha256:" + "9" * 64, "PC104", "long settled", origin="provcheck.toml, line 3")
    assert "long settled" in rendered(name, replace(full_report(), waivers=(unused,)))


@EVERY
def test_every_format_says_what_it_is_for(name: str) -> None:
    assert FORMATS[name].summary
