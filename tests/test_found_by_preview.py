"""A picture that was cut down to what no corpus can find, and whose file still has the preview of the whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from embedded_media import write_jpeg
from PIL import Image
from previewed_media import exif_with_thumbnail
from rendered_scenes import build_corpus, crop, scene

from provcheck.records import RGB
from provcheck.report import REPORTERS

KEPT = (0.5, 0.02, 0.9, 0.45)
"""The part of the scene that the release shows: a patch of sky."""


def under_clouds() -> RGB:
    """A scene whose upper half is sky."""
    pixels = scene(1).copy()
    clouds = cv2.GaussianBlur(np.random.default_rng(3).normal(0, 1, (160, 480)), (0, 0), 14)
    pixels[:160] = (170 + 16 * clouds / clouds.std()).astype(np.uint8)[:, :, None]
    return pixels


def preview_of(pixels: RGB) -> Image.Image:
    return Image.fromarray(pixels).resize((160, 107), Image.Resampling.LANCZOS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus that knows a scene, and a release with a patch of its sky, with and without the preview of the whole."""
    folder = tmp_path_factory.mktemp("previews")
    known, new = under_clouds(), scene(9)
    build_corpus(folder / "known.corpus", {"bridge": known, "other": scene(2)})
    (folder / "release").mkdir()
    sky = Image.fromarray(crop(known, *KEPT))
    write_jpeg(folder / "release" / "cut.jpg", picture=sky, exif=exif_with_thumbnail(preview_of(known)))
    write_jpeg(folder / "release" / "stripped.jpg", picture=sky)
    write_jpeg(folder / "release" / "new.jpg", picture=Image.fromarray(new), exif=exif_with_thumbnail(preview_of(new)))
    return folder


def check(provcheck: Callable[..., Any], folder: Path, *more: object) -> Any:
    return provcheck("check", folder / "release", "--corpus", folder / "known.corpus", *more)


def test_the_preview_finds_what_the_cut_hides(provcheck: Callable[..., Any], folder: Path) -> None:
    report = json.loads(check(provcheck, folder, "--format", "json").stdout)
    items = {item["path"]: item for item in report["items"]}
    assert items["stripped.jpg"]["matches"] == items["new.jpg"]["matches"] == []
    (match,) = items["cut.jpg"]["matches"]
    assert (items["cut.jpg"]["outcome"], match["through"], match["source"]["title"]) == (
        "reused", "EXIF thumbnail", "bridge",
    )  # fmt: skip
    rules = {finding["rule"]: finding for finding in items["cut.jpg"]["findings"]}
    assert rules["PC110"]["severity"] == "note"
    assert "shows more than the picture" in rules["PC110"]["message"]
    assert [finding["rule"] for finding in items["new.jpg"]["findings"]] == []


def test_the_match_is_laid_where_the_picture_is(provcheck: Callable[..., Any], folder: Path) -> None:
    report = json.loads(check(provcheck, folder, "--format", "json").stdout)
    (match,) = next(item for item in report["items"] if item["path"] == "cut.jpg")["matches"]
    (cropped,) = [edit for edit in match["alterations"] if edit["kind"] == "cropped"]
    left, top, right, bottom = cropped["reference_boxes"][0]
    expected = [KEPT[0] * 480, KEPT[1] * 320, KEPT[2] * 480, KEPT[3] * 320]
    assert [left, top, right, bottom] == pytest.approx(expected, abs=12)
    assert match["overlap"]["reference"] == pytest.approx(0.4 * 0.43, abs=0.03)


def test_a_second_check_takes_it_from_the_cache(provcheck: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    first, second = (check(provcheck, folder, "--cache", tmp_path, "--format", "csv").stdout for _ in range(2))
    assert first == second
    assert "PC110" in second


@pytest.mark.parametrize("form", REPORTERS)
def test_every_report_tells_it_as_such(provcheck: Callable[..., Any], folder: Path, tmp_path: Path, form: str) -> None:
    output = tmp_path / "report"
    ran = check(provcheck, folder, "--verbose", "--output", f"{form}={output}")
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert ("EXIF thumbnail" in output.read_text(encoding="utf-8")) is (form != "github")


def test_a_saved_report_still_tells_it(provcheck: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    check(provcheck, folder, "--format", "json", "-o", tmp_path / "report.json")
    text = provcheck("convert", tmp_path / "report.json").stdout
    assert "cut.jpg" in text
    assert "is, as the EXIF thumbnail stored in its file shows, a part of “bridge”" in text


def test_a_bundle_proves_it_again(provcheck: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    check(provcheck, folder, "--format", "json", "-o", tmp_path / "report.json")
    made = provcheck("bundle", tmp_path / "report.json", "-o", tmp_path / "case.zip")
    assert made.exit_code == 0, made.stderr
    verified = provcheck("bundle", "verify", tmp_path / "case.zip")
    assert verified.exit_code == 0, verified.stdout + verified.stderr
