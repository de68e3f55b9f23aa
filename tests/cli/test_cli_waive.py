"""A waiver from a report into the configuration, and what it lets pass from then on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rendered_scenes import crop, mirrored, resized, save, scene

Run = Callable[..., Any]


@pytest.fixture
def project(provcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus that knows one picture, a release that uses it twice, whole and mirrored, and a saved report."""
    known = save(tmp_path / "known" / "bridge.png", scene(1))
    provcheck("corpus", "add", known, "--corpus", tmp_path / "known.corpus", "--title", "The bridge", "--jobs", 1)
    save(tmp_path / "release" / "copy.jpg", scene(1))
    save(tmp_path / "release" / "mirrored.jpg", mirrored(scene(1)))
    (tmp_path / "provcheck.toml").write_text('# ours\ncorpus = "known.corpus"\n')
    monkeypatch.chdir(tmp_path)
    assert provcheck("check", "release", "--output", "json=report.json", "--quiet").exit_code == 1
    return tmp_path


def waive(provcheck: Run, *arguments: object) -> Any:
    return provcheck("waive", "report.json", *arguments, "--reason", "licence 4711")


def test_a_waived_picture_passes_and_stays_in_the_report(provcheck: Run, project: Path) -> None:
    ran = waive(provcheck, "copy.jpg", "--expires", "2999-12-31", "--approved-by", "R. Ortiz")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "1 of 1 waivers added to " in ran.stderr
    assert (project / "provcheck.toml").read_text().startswith('# ours\ncorpus = "known.corpus"\n\n# copy.jpg\n')
    checked = provcheck("check", "release")
    assert checked.exit_code == 1, "the mirrored picture is another one"
    assert "REUSED        copy.jpg" in checked.stdout
    assert "  waived until 2999-12-31 by R. Ortiz: licence 4711 (provcheck.toml, line 5) [PC104]\n" in checked.stdout
    (project / "release" / "mirrored.jpg").unlink()
    assert provcheck("check", "release").exit_code == 0
    assert provcheck("check", "release", "--fail-on", "credited").exit_code == 0


def test_the_waiver_holds_for_the_picture_under_another_name_encoded_and_scaled(provcheck: Run, project: Path) -> None:
    waive(provcheck, "copy.jpg")
    for name, pixels in {"renamed.webp": scene(1), "half.jpg": resized(scene(1), 240, 160)}.items():
        save(project / "again" / name, pixels)
    Image.fromarray(scene(1)).save(project / "again" / "poor.jpg", quality=30)
    assert provcheck("check", "again").exit_code == 0
    save(project / "again" / "crop.jpg", crop(scene(1), 0.1, 0.1, 0.8, 0.8))
    ran = provcheck("check", "again", "--format", "json")
    assert ran.exit_code == 1
    assert {item["path"]: item["waived"] for item in json.loads(ran.stdout)["items"]} == {
        "crop.jpg": False, "half.jpg": True, "poor.jpg": True, "renamed.webp": True
    }  # fmt: skip


def test_an_expired_waiver_lets_nothing_pass_and_is_named(provcheck: Run, project: Path) -> None:
    waive(provcheck, "copy.jpg", "--expires", "2001-01-01")
    (project / "release" / "mirrored.jpg").unlink()
    ran = provcheck("check", "release")
    assert ran.exit_code == 1
    assert "waiver expired on 2001-01-01: PC104 of " in ran.stdout


def test_a_waiver_that_nothing_needs_is_named(provcheck: Run, project: Path) -> None:
    waive(provcheck, "copy.jpg")
    save(project / "other" / "other.jpg", scene(200))
    ran = provcheck("check", "other")
    assert (ran.exit_code, "waiver not used: PC104 of " in ran.stdout) == (0, True)
    assert "waiver not used" not in provcheck("check", "other", "release/copy.jpg").stdout


def test_rules_and_sources_can_be_chosen_also_notes(provcheck: Run, project: Path) -> None:
    assert waive(provcheck, "mirrored.jpg", "--rule", "PC105").exit_code == 0
    assert 'rule = "PC105"' in (project / "provcheck.toml").read_text()
    assert provcheck("check", "release", "--quiet").exit_code == 1
    ran = waive(provcheck, "copy.jpg", "--source", "ffffff")
    assert (ran.exit_code, "no such finding to waive; what is open: PC104" in ran.stderr) == (2, True)


def test_what_is_waived_already_is_said(provcheck: Run, project: Path) -> None:
    waive(provcheck, "copy.jpg")
    before = (project / "provcheck.toml").read_bytes()
    ran = waive(provcheck, "copy.jpg")
    assert "PC104 is waived there already: provcheck.toml, line 5" in ran.stderr
    assert (project / "provcheck.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["coppy.jpg"], "Did you mean “copy.jpg”?"),
        (["0000000000"], "the report has no picture"),
        (["copy.jpg", "--expires", "soon"], "--expires: “soon” is not a date"),
    ],
)
def test_slips_are_wrong_usage(provcheck: Run, project: Path, arguments: list[str], said: str) -> None:
    ran = waive(provcheck, *arguments)
    assert (ran.exit_code, said in ran.stderr) == (2, True)
    assert (project / "provcheck.toml").read_text() == '# ours\ncorpus = "known.corpus"\n'


def test_pictures_of_one_name_are_told_apart_by_their_release(provcheck: Run, project: Path) -> None:
    save(project / "second" / "copy.jpg", mirrored(scene(1)))
    provcheck("check", "release", "second", "--output", "json=report.json", "--quiet")
    ran = waive(provcheck, "copy.jpg")
    assert (ran.exit_code, "release/copy.jpg, second/copy.jpg" in ran.stderr) == (2, True)
    assert waive(provcheck, "second/copy.jpg").exit_code == 0


def test_without_a_configuration_one_is_made(provcheck: Run, project: Path) -> None:
    (project / "provcheck.toml").unlink()
    assert waive(provcheck, "copy.jpg").exit_code == 0
    assert provcheck("check", "release/copy.jpg", "--corpus", "known.corpus").exit_code == 0
