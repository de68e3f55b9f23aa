"""The contract of every reporter, over the registry."""

import io
import unicodedata

import pytest
from report_records import HOSTILE, full_report

from provcheck.report import REPORTERS

EVERY = pytest.mark.parametrize("name", ["text", "json"])


def rendered(name: str, *, verbose: bool = False) -> str:
    stream = io.StringIO()
    REPORTERS[name]([full_report()], stream, verbose=verbose)
    return stream.getvalue()


@EVERY
def test_every_image_and_every_skipped_file_is_named(name: str) -> None:
    report = full_report()
    files = [verdict.image.name for verdict in report.verdicts] + ["broken.jpg"]
    assert all(file in rendered(name) for file in files if file != HOSTILE)
    assert rendered(name).count("gpj[red].jpg") == 2


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
def test_no_control_character_gets_out(name: str, verbose: bool) -> None:
    text = rendered(name, verbose=verbose).replace("\n", "")
    assert not [character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"}]


@EVERY
@pytest.mark.parametrize("verbose", [False, True])
def test_no_picture_is_ever_called_authentic(name: str, verbose: bool) -> None:
    assert "authentic" not in rendered(name, verbose=verbose).lower()


@EVERY
def test_the_coverage_is_said(name: str) -> None:
    assert all(part in rendered(name) for part in ("known.corpus", "14", "210", "2017-06-01"))


@EVERY
def test_a_report_ends_with_a_line_break(name: str) -> None:
    assert rendered(name).endswith("\n")
