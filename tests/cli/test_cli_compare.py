"""`provcheck compare` from pictures on disk to report and exit code."""

import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rendered_scenes import build_corpus, crop, save, scene

from provcheck.report.comparison.json import read_comparison_schema

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SHOWN = re.compile(r"(<!-- golden: compare -->\n```text\n)(.*?)(```\n)", re.DOTALL)
Provcheck = Callable[..., Any]


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions of two pictures that are the same, byte for byte."""
    for side in ("old", "new"):
        for seed in (1, 2):
            save(tmp_path / side / f"{seed}.png", scene(seed))
    return tmp_path / "old", tmp_path / "new"


def test_equal_versions_are_0(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    ran = provcheck("compare", *versions)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert ran.stdout.endswith("2 in A and 2 in B: 2 identical\n\nNo difference was found.\n")


def test_a_crop_is_1_and_named(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    save(versions[1] / "1.png", crop(scene(1), 0.1, 0.1, 0.8, 0.8))
    ran = provcheck("compare", *versions)
    assert ran.exit_code == 1
    assert re.search(
        r"^CROPPED       1\.png: shows (48|49|50)% of the picture before \[PC302\]$", ran.stdout, re.MULTILINE
    )


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_what_is_1(provcheck: Provcheck, versions: tuple[Path, Path], fail_on: str, code: int) -> None:
    (versions[1] / "2.png").unlink()
    assert provcheck("compare", *versions, "--fail-on", fail_on).exit_code == code


def test_a_broken_picture_is_3_and_named(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    whole = (versions[1] / "1.png").read_bytes()
    (versions[1] / "1.png").write_bytes(whole[:900])
    ran = provcheck("compare", *versions)
    assert ran.exit_code == 3
    assert "NOT COMPARED  1.png: " in ran.stdout
    assert ran.stdout.endswith("\nNo difference was found, but not everything could be compared.\n")


def test_a_difference_weighs_more_than_a_broken_picture(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    (versions[1] / "1.png").write_bytes(b"\xff\xd8\xff\xe0 no more")
    (versions[1] / "2.png").unlink()
    assert provcheck("compare", *versions).exit_code == 1


def test_an_empty_version_is_3(provcheck: Provcheck, tmp_path: Path) -> None:
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
    assert provcheck("compare", tmp_path / "old", tmp_path / "new").exit_code == 3


def test_one_version_alone_is_2(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    ran = provcheck("compare", versions[0])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "only one version was given" in ran.stderr


def test_a_version_that_is_not_there_is_2(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    assert provcheck("compare", versions[0], versions[0] / "nowhere").exit_code == 2


def test_two_images_are_two_versions(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    ran = provcheck("compare", versions[0] / "1.png", versions[1] / "2.png")
    assert ran.exit_code == 1
    assert "REPLACED      1.png → 2.png: another picture; same place in the order [PC301]\n" in ran.stdout


def test_a_corpus_says_which_frames_were_known(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    corpus = build_corpus(versions[0].parent / "corpus", {"The bridge": scene(1)})
    save(versions[1] / "1.png", scene(3))
    ran = provcheck("compare", *versions, "--corpus", corpus)
    assert "old carried one known frame, new carries none of them.\n" in ran.stdout
    assert "REUSED        A 1.png is the known picture “The bridge”\n" in ran.stdout


def test_three_versions_give_a_history(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    third = versions[0].parent / "third"
    save(third / "1.png", scene(1))
    ran = provcheck("compare", *versions, third)
    assert ran.exit_code == 1
    assert "From B to C\nONLY IN B     2.png [PC301]\n" in ran.stdout
    assert "HISTORY       2.png: first in A, identical in B, gone in C\n" in ran.stdout


def test_the_json_of_a_file_follows_the_schema(
    provcheck: Provcheck, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    save(versions[1] / "1.png", crop(scene(1), 0.1, 0.1, 0.8, 0.8))
    ran = provcheck("compare", *versions, "--format", "json", "-o", tmp_path / "report.json", "--quiet")
    assert (ran.exit_code, ran.stdout) == (1, "")
    report = json.loads((tmp_path / "report.json").read_text())
    jsonschema.validate(report, json.loads(read_comparison_schema()), cls=jsonschema.Draft202012Validator)
    (change,) = report["steps"][0]["pairs"][0]["changes"]
    assert change["a_boxes"] == [pytest.approx([48, 32, 384, 256], abs=3)]
    assert change["b_boxes"] == [[0, 0, 336, 224]]


def test_the_schema_of_comparisons_is_printed(provcheck: Provcheck) -> None:
    ran = provcheck("schema", "comparison")
    assert (ran.exit_code, ran.stdout) == (0, read_comparison_schema())
    assert provcheck("schema").stdout != ran.stdout


def test_a_report_that_cannot_be_written_is_73(provcheck: Provcheck, versions: tuple[Path, Path]) -> None:
    assert provcheck("compare", *versions, "-o", versions[0] / "no" / "report.txt").exit_code == 73


def test_the_samples_tell_their_story_as_the_readme_shows(
    provcheck: Provcheck, samples_corpus: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(ROOT)
    ran = provcheck("compare", "samples/release-ru", "samples/release-en", "--corpus", samples_corpus)
    text = ran.stdout.replace(str(samples_corpus), "known.corpus")
    assert ran.exit_code == 1
    assert len(text.splitlines()) <= 24
    readme = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        readme = SHOWN.sub(lambda block: f"{block[1]}{folded(text)}{block[3]}", readme)
        README.write_text(readme, encoding="utf-8")
    shown = SHOWN.search(readme)
    assert shown
    assert shown[2] == folded(text)


def folded(text: str) -> str:
    """Return the text as a terminal of 100 columns shows it."""
    lines = (textwrap.wrap(line, 100, subsequent_indent="    ", break_on_hyphens=False) for line in text.splitlines())
    return "\n".join("\n".join(line) for line in lines) + "\n"
