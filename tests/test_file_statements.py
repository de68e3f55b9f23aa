"""A release whose files say something else than its manifest: every report shows it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from embedded_media import exif_of, history, iptc_block, write_jpeg, xmp_packet
from PIL import Image
from rendered_scenes import build_corpus, scene

from provcheck.report import REPORTERS

SHOWN = {"github": {"PC107", "PC108"}, "mediareview": {"PC108"}}
"""Annotations leave out notes; drafts of reviews are about pictures that are flagged."""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pictures that no corpus knows, beside a corpus."""
    folder = tmp_path_factory.mktemp("statements")
    build_corpus(folder / "known.corpus", {"bridge": scene(1)})
    (folder / "release").mkdir()
    (folder / "release" / "release.toml").write_text("[claims]\ncaptured = 2017-11-09\n")
    exif = exif_of("2016:06:24 10:30:00", tags={0x010F: "Maker"})
    steps = xmp_packet("", history(("saved", "Adobe Photoshop 21.0", "2017-11-12T08:00:00+03:00")))
    pictures = [Image.fromarray(scene(100 + number)) for number in range(3)]
    write_jpeg(folder / "release" / "clock.jpg", picture=pictures[0], exif=exif)
    write_jpeg(folder / "release" / "archive.jpg", picture=pictures[1], iptc=iptc_block({55: "20160624"}))
    write_jpeg(folder / "release" / "edited.jpg", picture=pictures[2], xmp=steps)
    return folder


@pytest.mark.parametrize("form", REPORTERS)
def test_every_report_shows_the_rules_about_files(
    provcheck: Callable[..., Any], release: Path, tmp_path: Path, form: str
) -> None:
    output = tmp_path / "report"
    arguments = ["--corpus", release / "known.corpus", "--output", f"{form}={output}", "--verbose"]
    ran = provcheck("check", release / "release", *arguments)
    assert (ran.exit_code, ran.stderr) == (1, "")
    written = output.read_text(encoding="utf-8")
    shown = {rule for rule in ("PC107", "PC108", "PC109") if rule in written}
    assert shown == SHOWN.get(form, {"PC107", "PC108", "PC109"})


def test_what_cannot_be_read_in_a_file_is_said(provcheck: Callable[..., Any], release: Path, tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "odd.jpg", picture=Image.fromarray(scene(110)), exif=exif_of("soon"))
    arguments = ["check", path, "--corpus", release / "known.corpus"]
    expected = "could not be read in its file: EXIF DateTimeOriginal: “soon” is no date"
    assert expected in provcheck(*arguments, "--verbose").stdout
    provcheck(*arguments, "--format", "json", "-o", tmp_path / "report.json")
    assert expected in provcheck("convert", tmp_path / "report.json", "--verbose").stdout
