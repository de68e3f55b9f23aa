"""Where a setting comes from: command line before environment, that before the file, that before the default."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rendered_scenes import crop, save, scene

Run = Callable[..., Any]


@pytest.fixture
def project(provcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus and a release of one known and one unknown picture; the working directory is inside it."""
    known = save(tmp_path / "known" / "bridge.png", scene(1))
    provcheck("corpus", "add", known, "--corpus", tmp_path / "known.corpus", "--title", "The bridge", "--jobs", 1)
    save(tmp_path / "release" / "crop.jpg", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    save(tmp_path / "release" / "other.jpg", scene(200))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.delenv("PROVCHECK_CACHE")
    (tmp_path / "provcheck.toml").write_text('corpus = "known.corpus"\ncache = "cache"\n')
    return tmp_path


def configure(project: Path, text: str) -> None:
    (project / "provcheck.toml").write_text(f'corpus = "known.corpus"\ncache = "cache"\n{text}')


def shown(provcheck: Run, *options: object) -> dict[str, list[str]]:
    """Return the value and the origin of each setting."""
    ran = provcheck("config", "show", *options)
    assert (ran.exit_code, ran.stderr) == (0, "")
    rows = [line.split("  ") for line in ran.stdout.splitlines()[2:]]
    return {row[0].strip(): [part.strip() for part in row[1:] if part.strip()] for row in rows}


def test_the_origins_are_shown_from_the_weakest_to_the_strongest(
    provcheck: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "provcheck.toml"
    configure(project, 'fail-on = "mismatched"\n[severity]\nPC104 = "note"\n[limits]\npictures = 7\n')
    rows = shown(provcheck)
    assert rows["corpus"] == [str(project / "known.corpus"), f"{file}:1"]
    assert rows["cache"] == [str(project / "cache"), f"{file}:2"]
    assert rows["fail-on"] == ["mismatched", f"{file}:3"]
    assert rows["format"] == ["text", "default"]
    assert rows["severity.PC104"] == ["note", f"{file}:5"]
    assert rows["severity.PC101"] == ["error", "default"]
    assert rows["limits.pictures"] == ["7", f"{file}:7"]
    assert rows["limits.cache-megabytes"] == ["256", "default"]
    monkeypatch.setenv("PROVCHECK_CORPUS", "elsewhere")
    monkeypatch.setenv("PROVCHECK_CACHE", "there")
    rows = shown(provcheck)
    assert rows["corpus"] == ["elsewhere", "environment (PROVCHECK_CORPUS)"]
    assert rows["cache"] == ["there", "environment (PROVCHECK_CACHE)"]
    rows = shown(provcheck, "--corpus", "here", "--no-cache", "--fail-on", "never", "-o", "json=x.json")
    assert rows["corpus"] == ["here", "command line"]
    assert rows["cache"] == ["none", "command line"]
    assert rows["fail-on"] == ["never", "command line"]
    assert rows["outputs"] == ["json=x.json", "command line"]


def test_without_a_file_everything_is_the_default(provcheck: Run, project: Path) -> None:
    empty = project / "empty.toml"
    empty.touch()
    rows = shown(provcheck, "--config", empty)
    assert rows["corpus"] == ["none", "default"]
    assert rows["cache"][0].endswith("provcheck")
    assert {row[1] for row in rows.values()} == {"default"}


def test_check_does_what_the_file_says(provcheck: Run, project: Path) -> None:
    configure(project, 'fail-on = "mismatched"\noutputs = ["json=report.json"]\n')
    ran = provcheck("check", project / "release")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "REUSED        crop.jpg" in ran.stdout
    report = json.loads((project / "report.json").read_text())
    assert [item["outcome"] for item in report["items"]] == ["reused", "no-match"]
    assert provcheck("check", project / "release", "--fail-on", "reused", "--quiet").exit_code == 1


def test_the_file_can_ask_for_redaction_and_the_command_line_against_it(provcheck: Run, project: Path) -> None:
    configure(project, "redact = true\n")
    said = provcheck("check", project / "release").stdout
    assert "picture 1" in said
    assert not [name for name in ("crop.jpg", "known.corpus", "bridge.png") if name in said]
    assert "crop.jpg" in provcheck("check", project / "release", "--no-redact").stdout


def test_the_corpus_of_the_file_is_that_of_the_corpus_commands(
    provcheck: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The bridge" in provcheck("corpus", "list").stdout
    monkeypatch.setenv("PROVCHECK_CORPUS", str(project / "gone.corpus"))
    assert provcheck("corpus", "list").exit_code == 66
    monkeypatch.delenv("PROVCHECK_CORPUS")
    (project / "provcheck.toml").write_text("")
    assert "Missing option '--corpus'" in provcheck("corpus", "list").stderr


def test_severities_decide(provcheck: Run, project: Path) -> None:
    configure(project, 'fail-on = "mismatched"\n[severity]\nPC104 = "error"\n')
    ran = provcheck("check", project / "release")
    assert ran.exit_code == 1
    assert "MISMATCHED    crop.jpg" in ran.stdout


def test_a_release_with_too_many_pictures_is_refused(provcheck: Run, project: Path) -> None:
    configure(project, "[limits]\npictures = 1\n")
    ran = provcheck("check", project / "release")
    assert ran.exit_code == 3
    assert f"it has 2 pictures; limits.pictures is 1 ({project}/provcheck.toml:4)" in ran.stdout


def test_a_slip_in_the_file_is_wrong_usage_with_a_suggestion(provcheck: Run, project: Path) -> None:
    configure(project, 'fail_on = "never"\n')
    ran = provcheck("check", project / "release")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "provcheck.toml, line 3: unknown key “fail_on”; did you mean “fail-on”?" in ran.stderr


def test_without_any_corpus_the_error_says_where_to_name_one(provcheck: Run, project: Path) -> None:
    (project / "provcheck.toml").write_text("")
    ran = provcheck("check", project / "release")
    assert ran.exit_code == 2
    assert "no corpus is named" in ran.stderr
    assert "provcheck.toml" in ran.stderr


def test_the_second_check_looks_things_up(provcheck: Run, project: Path) -> None:
    one = provcheck("check", project / "release", "--verbose").stdout
    assert "2 entries" in provcheck("cache", "info").stdout
    for file in (project / "release").iterdir():
        file.write_bytes(file.read_bytes())  # the same bytes under another time
    assert provcheck("check", project / "release", "--verbose").stdout == one
    assert "2 entries removed" in provcheck("cache", "clear").stdout
    assert provcheck("check", project / "release", "--verbose", "--no-cache").stdout == one
    assert "0 entries" in provcheck("cache", "info").stdout


def test_a_cache_that_cannot_be_made_is_an_error_only_if_it_was_asked_for(
    provcheck: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "file").touch()
    (project / "provcheck.toml").write_text('corpus = "known.corpus"\n')
    assert provcheck("check", project / "release", "--cache", project / "file" / "x").exit_code == 73
    monkeypatch.setenv("XDG_CACHE_HOME", str(project / "file"))
    assert provcheck("check", project / "release").exit_code == 1
