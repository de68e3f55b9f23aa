"""Annotations, read as the runner of GitHub Actions reads lines."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from report_records import A_GAME, TOO_EARLY, UNLABELLED, full_report, image, report_of

from provcheck.records import Outcome, Report, Skipped, Verdict, Waiver
from provcheck.report.github import write_github
from provcheck.report.visible import visible

COMMAND = re.compile(r"::(?P<level>error|warning)(?P<properties> [^:]*)?::(?P<message>.*)")
ESCAPES = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}

REUSED = Verdict(image("old.jpg"), Outcome.REUSED, findings=(UNLABELLED,))


def written(*reports: Report, fail_on: str = "reused", verbose: bool = False) -> str:
    stream = io.StringIO()
    write_github(reports, stream, fail_on=fail_on, verbose=verbose)
    return stream.getvalue()


def plain(text: str) -> str:
    return re.sub("%25|%0D|%0A|%3A|%2C", lambda escape: ESCAPES[escape[0]], text)


def annotations(text: str) -> list[dict[str, str]]:
    """Return the commands in a text: level, message and the properties."""
    found = [match for match in map(COMMAND.fullmatch, text.splitlines()) if match]
    return [
        {
            "level": match["level"],
            "message": plain(match["message"]),
            **{key: plain(value) for key, _, value in _pairs(match["properties"] or "")},
        }
        for match in found
    ]


def _pairs(properties: str) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in properties.strip().split(",")]


def test_github_is_golden(assert_golden: Callable[[str, str], None]) -> None:
    assert_golden("report.github.txt", written(full_report()))


def test_an_annotation_names_file_line_and_rule() -> None:
    [found] = annotations(written(report_of(Verdict(image("a.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY,)))))
    assert found == {
        "level": "error",
        "file": "statement/release.toml",
        "line": "3",
        "title": "PC101: a.jpg",
        "message": TOO_EARLY.message,
    }


@pytest.mark.parametrize(("fail_on", "level"), [("reused", "error"), ("mismatched", "warning"), ("never", "warning")])
def test_what_fails_the_check_is_an_error_and_the_rest_a_warning(fail_on: str, level: str) -> None:
    assert [found["level"] for found in annotations(written(report_of(REUSED), fail_on=fail_on))] == [level]


def test_an_image_that_fails_without_a_finding_is_an_error_too() -> None:
    credited = Verdict(image("a.jpg"), Outcome.CREDITED, reason="The release says so.")
    assert annotations(written(report_of(credited))) == []
    [found] = annotations(written(report_of(credited), fail_on="credited"))
    assert (found["level"], found["file"], found["message"]) == ("error", "statement/a.jpg", "The release says so.")


def test_what_could_not_be_checked_is_a_warning() -> None:
    report = report_of(Verdict(image("a.jpg"), Outcome.INCONCLUSIVE, reason="flat"), skipped=(Skipped("b.jpg", "cut"),))
    assert [(found["level"], found["title"]) for found in annotations(written(report))] == [
        ("warning", "PC901: a.jpg"),
        ("warning", "PC901: b.jpg"),
    ]


def test_a_waived_finding_is_no_annotation() -> None:
    waived = replace(UNLABELLED, waiver=Waiver("sha256:" + "9" * 64, "PC104", "agreed"))
    assert annotations(written(report_of(replace(REUSED, findings=(waived,))))) == []


@pytest.mark.parametrize(("count", "shown", "last"), [(10, 10, TOO_EARLY.message), (11, 10, "2 more errors of this")])
def test_ten_errors_are_all_that_github_shows(count: int, shown: int, last: str) -> None:
    many = report_of(*[Verdict(image(f"{n}.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY,)) for n in range(count)])
    found = annotations(written(many))
    assert len(found) == shown
    assert found[-1]["message"].startswith(last)
    assert len(annotations(written(many, verbose=True))) == count


def test_the_limit_hides_reasons_before_it_hides_pictures() -> None:
    many = report_of(*[Verdict(image(f"{n}.jpg"), Outcome.MISMATCHED, findings=(TOO_EARLY, A_GAME)) for n in range(8)])
    titles = [found["title"] for found in annotations(written(many))]
    assert titles == [*[f"PC101: {n}.jpg" for n in range(8)], "PC103: 0.jpg", "provcheck"]


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_a_text_gives_the_runner_no_command(hostile: str) -> None:
    text = written(hostile_report(hostile))
    lines = text.splitlines()
    ours = [line for line in lines if line.startswith(("::error file=", "::warning file="))]
    others = [line for line in lines if line not in ours]
    assert len(annotations(text)) == len(ours)
    assert all(line.startswith("provcheck: ") and "##[" not in line for line in others)
    assert annotations(text)[0]["message"] == visible(hostile)
