"""`provcheck check` from pictures on disk to report and exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from PIL import Image

from provcheck.cli import run
from provcheck.corpus import open_corpus
from provcheck.report.json import read_schema


def paint(seed: int) -> Image.Image:
    """Return a picture with detail at many scales, unlike that of any other seed."""
    rng = np.random.default_rng(seed)
    layers = [
        np.asarray(Image.fromarray(rng.integers(0, 256, (size, size, 3), dtype=np.uint8)).resize((640, 480)), float)
        for size in (4, 8, 16, 32, 64)
    ]
    return Image.fromarray(np.mean(layers, axis=0).clip(0, 255).astype(np.uint8))


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a corpus of two pictures, one of which was published in 2015."""
    folder = tmp_path_factory.mktemp("known")
    for name, seed in (("bridge", 1), ("harbour", 2)):
        paint(seed).save(folder / f"{name}.png")
    (folder / "facts.toml").write_text(
        '[[source]]\npath = "bridge.png"\ntitle = "The bridge"\npublished = "2015-03-25"\nurl = "https://x.example/1"\n'
    )
    corpus = folder / "known.corpus"
    assert run(["corpus", "add", str(folder / "bridge.png"), str(folder / "harbour.png"), "--corpus", str(corpus),
                "--facts", str(folder / "facts.toml"), "--jobs", "1"]) == 0  # fmt: skip
    return corpus


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Make a release of a crop of a known picture, and of a picture that is not known."""
    folder = tmp_path / "release"
    folder.mkdir()
    paint(1).crop((60, 40, 600, 440)).save(folder / "crop.jpg", quality=85)
    paint(3).save(folder / "other.jpg")
    (folder / "statement.txt").write_text("Today at noon.")
    return folder


@pytest.fixture
def clean_release(release: Path) -> Path:
    (release / "crop.jpg").unlink()
    return release


def test_a_known_picture_is_reported_and_the_exit_code_is_1(
    provcheck: Callable[..., Any], known: Path, release: Path
) -> None:
    ran = provcheck("check", release, "--corpus", known)
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert "REUSED        crop.jpg\n  is the known picture “The bridge” (published 2015-03-25); altered: " in ran.stdout
    assert "NO-MATCH      other.jpg\n" in ran.stdout
    assert "SKIPPED       statement.txt: " in ran.stdout
    assert ran.stdout.endswith("2 images: 1 reused, 1 no-match; 1 file skipped\n")


def test_a_claim_that_a_fact_contradicts_is_a_mismatch(
    provcheck: Callable[..., Any], known: Path, release: Path
) -> None:
    (release / "release.toml").write_text('[claims]\ncaptured = "2017-11-09"\n')
    ran = provcheck("check", release, "--corpus", known, "--fail-on", "mismatched")
    assert ran.exit_code == 1
    assert "MISMATCHED    crop.jpg" in ran.stdout
    assert "[PC101]" in ran.stdout


def test_the_json_report_follows_the_schema(
    provcheck: Callable[..., Any], known: Path, release: Path, tmp_path: Path
) -> None:
    target = tmp_path / "report.json"
    ran = provcheck("check", release, "--corpus", known, "--format", "json", "-o", target)
    said = f"2 images: 1 reused, 1 no-match; 1 file skipped; written to {target}\n"
    assert (ran.exit_code, ran.stdout, ran.stderr) == (1, "", said)
    report = json.loads(target.read_text())
    jsonschema.validate(report, json.loads(read_schema()), cls=jsonschema.Draft202012Validator)
    assert [item["path"] for item in report["items"]] == ["crop.jpg", "other.jpg"]
    assert Path(report["items"][0]["matches"][0]["source"]["path"]).name == "bridge.png"


def test_the_environment_names_the_corpus(
    provcheck: Callable[..., Any], known: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVCHECK_CORPUS", str(known))
    assert provcheck("check", release).exit_code == 1


def test_quiet_says_it_by_the_exit_code_alone(provcheck: Callable[..., Any], known: Path, release: Path) -> None:
    ran = provcheck("check", release, "--corpus", known, "--quiet")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (1, "", "")


def test_one_image_is_a_release(provcheck: Callable[..., Any], known: Path, release: Path) -> None:
    ran = provcheck("check", release / "crop.jpg", "--corpus", known)
    assert ran.exit_code == 1
    assert ran.stdout.endswith("1 image: 1 reused\n")


def test_a_finding_below_the_limit_is_0(provcheck: Callable[..., Any], known: Path, release: Path) -> None:
    assert provcheck("check", release, "--corpus", known, "--fail-on", "never").exit_code == 0


def test_nothing_found_is_0(provcheck: Callable[..., Any], known: Path, clean_release: Path) -> None:
    assert provcheck("check", clean_release, "--corpus", known).exit_code == 0


def test_a_broken_picture_is_3_and_named(provcheck: Callable[..., Any], known: Path, clean_release: Path) -> None:
    whole = (clean_release / "other.jpg").read_bytes()
    (clean_release / "broken.jpg").write_bytes(whole[:300])
    ran = provcheck("check", clean_release, "--corpus", known)
    assert ran.exit_code == 3
    assert "INCONCLUSIVE  broken.jpg: " in ran.stdout


def test_an_empty_corpus_is_3(provcheck: Callable[..., Any], tmp_path: Path, release: Path) -> None:
    with open_corpus(tmp_path / "empty.corpus", write=True, create=True):
        pass
    ran = provcheck("check", release, "--corpus", tmp_path / "empty.corpus")
    assert ran.exit_code == 3
    assert "is empty, so nothing could be checked" in ran.stdout
    assert "NO-MATCH" not in ran.stdout


def test_an_empty_release_is_3(provcheck: Callable[..., Any], known: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert provcheck("check", tmp_path / "empty", "--corpus", known).exit_code == 3


def test_a_missing_corpus_is_66_with_a_remedy(provcheck: Callable[..., Any], release: Path, tmp_path: Path) -> None:
    ran = provcheck("check", release, "--corpus", tmp_path / "nowhere.corpus")
    assert (ran.exit_code, ran.stdout) == (66, "")
    assert ran.stderr.startswith("error: ")
    assert "provcheck corpus add" in ran.stderr


def test_a_report_that_cannot_be_written_is_73(
    provcheck: Callable[..., Any], known: Path, release: Path, tmp_path: Path
) -> None:
    ran = provcheck("check", release, "--corpus", known, "-o", tmp_path / "no" / "report.txt")
    assert ran.exit_code == 73
    assert f"there is no folder {tmp_path / 'no'}" in ran.stderr


def test_a_wrong_manifest_is_3_and_the_report_names_the_line(
    provcheck: Callable[..., Any], known: Path, release: Path
) -> None:
    (release / "release.toml").write_text('[claims]\ncaptured = "2017-13-09"\n')
    ran = provcheck("check", release, "--corpus", known)
    assert ran.exit_code == 3
    assert "SKIPPED       release.toml: line 2: captured: " in ran.stdout


def test_a_broken_release_hides_no_other(provcheck: Callable[..., Any], known: Path, release: Path) -> None:
    (release.parent / "broken").mkdir()
    (release.parent / "broken" / "release.toml").write_text("title = 5\n")
    ran = provcheck("check", release.parent / "broken", release.parent / "gone", release, "--corpus", known)
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert "SKIPPED       release.toml: line 1: title: " in ran.stdout
    assert f"SKIPPED       {release.parent / 'gone'}: there is no such file or folder" in ran.stdout
    assert ran.stdout.endswith("3 releases, 2 images: 1 reused, 1 no-match; 3 files skipped\n")


def test_a_broken_release_among_clean_ones_is_3(
    provcheck: Callable[..., Any], known: Path, clean_release: Path
) -> None:
    ran = provcheck("check", clean_release, clean_release.parent / "gone", "--corpus", known)
    assert ran.exit_code == 3


def test_a_pattern_in_quotes_and_several_outputs(
    provcheck: Callable[..., Any], known: Path, release: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "release-2"
    copy.mkdir()
    (copy / "crop.jpg").write_bytes((release / "crop.jpg").read_bytes())
    outputs = [f"{form}={tmp_path / form}" for form in ("json", "junit", "sarif", "csv")]
    options = [word for output in outputs for word in ("--output", output)]
    ran = provcheck("check", tmp_path / "release*", "--corpus", known, *options)
    assert (ran.exit_code, ran.stderr) == (1, "")
    assert ran.stdout.endswith("2 releases, 3 images: 2 reused, 1 no-match; 1 file skipped\n")
    report = json.loads((tmp_path / "json").read_text())
    jsonschema.validate(report, json.loads(read_schema()), cls=jsonschema.Draft202012Validator)
    assert [Path(each["release"]["path"]).name for each in report["releases"]] == ["release", "release-2"]
    assert all((tmp_path / form).stat().st_size for form in ("junit", "sarif", "csv"))


def test_two_reports_to_one_place_are_2_before_any_work(provcheck: Callable[..., Any], release: Path) -> None:
    ran = provcheck("check", release, "--corpus", "nowhere", "-o", "json=-", "-o", "sarif=-")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "both json and sarif would be written to stdout" in ran.stderr
