"""`provcheck bundle` and `provcheck bundle verify`: forms of the command line, what is said, and exit codes."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from known_scenes import Known
from rendered_scenes import crop, save, scene

from provcheck.cli import run
from provcheck.cli.bundle import errors_of_space, stated_time
from provcheck.demo import SAMPLES
from provcheck.errors import OutputError, UsageError

Provcheck = Callable[..., Any]
README = Path(__file__).parent.parent.parent / "README.md"
TIME = ("--time", "2026-11-23T17:00:00Z")


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory, known: Known) -> Path:
    """A folder with a release of one known picture, and its report."""
    folder = tmp_path_factory.mktemp("checked")
    save(folder / "release" / "cropped.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    corpus = str(known.corpus.path)
    options = ["--corpus", corpus, "--quiet", "--no-cache", "-o", f"json={folder / 'report.json'}"]
    assert run(["check", str(folder / "release"), *options]) == 1
    assert run(["bundle", str(folder / "report.json"), "-o", str(folder / "case.zip"), *TIME]) == 0
    return folder


def test_a_bundle_is_made_and_verified(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    ran = provcheck("bundle", checked / "report.json", "-o", tmp_path / "case.zip", *TIME)
    assert (ran.exit_code, ran.stderr) == (0, "")
    first, second, _ = ran.stdout.splitlines()
    assert "1 picture, 1 known picture" in first
    digest = second.removeprefix("digest over all: ")
    assert (tmp_path / "case.zip").read_bytes() == (checked / "case.zip").read_bytes()
    ran = provcheck("bundle", "verify", tmp_path / "case.zip", "--digest", digest.upper())
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert f"made 2026-11-23T17:00:00+00:00\ndigest over all: {digest}\nWhole: " in ran.stdout
    assert ran.stdout.endswith("SAME            cropped.png: reused\n\nMatched again: 1 picture: 1 same\n")


def test_options_may_stand_before_the_report(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    assert provcheck("bundle", *TIME, "-o", tmp_path / "case.zip", checked / "report.json").exit_code == 0
    ran = provcheck("bundle", "-", "-o", tmp_path / "b.zip", *TIME, stdin=(checked / "report.json").read_text())
    assert ran.exit_code == 0
    assert (tmp_path / "case.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("arguments", [[], ["a", "b", "-o", "c.zip"], ["verify"], ["report.json"], ["a", "-o", "-"]])
def test_wrong_usage(provcheck: Provcheck, arguments: list[str]) -> None:
    assert provcheck("bundle", *arguments).exit_code == 2


def test_both_helps_show_their_own_usage(provcheck: Provcheck) -> None:
    both = provcheck("bundle", "--help").stdout
    assert "Usage: provcheck bundle [OPTIONS] REPORT\n" in both
    assert "\n       provcheck bundle verify [OPTIONS] CASE\n" in both
    assert "--no-images" in both
    assert provcheck("bundle", "verify", "--help").stdout.startswith("Usage: provcheck bundle verify [OPTIONS] CASE\n")


def test_a_file_that_exists_is_replaced_only_on_demand(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    mine = tmp_path / "case.zip"
    mine.write_text("mine")
    ran = provcheck("bundle", checked / "report.json", "-o", mine)
    assert ran.exit_code == 73
    assert "exists already" in ran.stderr
    assert mine.read_text() == "mine"
    assert provcheck("bundle", checked / "report.json", "-o", mine, *TIME, "--force").exit_code == 0
    assert mine.read_bytes() == (checked / "case.zip").read_bytes()
    assert list(tmp_path.glob(".*.part")) == []


def test_what_is_missing_is_named_and_the_exit_code_is_3(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    report = json.loads((checked / "report.json").read_text())
    report["release"]["path"] = str(tmp_path / "nowhere")
    (tmp_path / "report.json").write_text(json.dumps(report))
    ran = provcheck("bundle", tmp_path / "report.json", "-o", tmp_path / "case.zip")
    assert ran.exit_code == 3
    assert ran.stderr.startswith("missing: cropped.png: there is no file at its path\n")
    ran = provcheck("bundle", "verify", tmp_path / "case.zip")
    assert ran.exit_code == 3
    assert "NOT RUN         cropped.png" in ran.stdout
    assert provcheck("bundle", "verify", tmp_path / "case.zip", "--images", checked / "release").exit_code == 0


def test_a_damaged_bundle_is_65_and_named(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    raw = bytearray((checked / "case.zip").read_bytes())
    raw[raw.index(b"\x89PNG") + 100] ^= 1
    (tmp_path / "case.zip").write_bytes(raw)
    ran = provcheck("bundle", "verify", tmp_path / "case.zip")
    assert (ran.exit_code, ran.stderr) == (65, "")
    assert "NOT WHOLE, so nothing was matched again:\nCHANGED         data/" in ran.stdout
    ran = provcheck("bundle", "verify", tmp_path / "case.zip", "--format", "json")
    assert ran.exit_code == 65
    (problem,) = json.loads(ran.stdout)["problems"]
    assert problem["kind"] == "changed"
    assert problem["member"].startswith("data/")


def test_another_outcome_is_1(provcheck: Provcheck, checked: Path, tmp_path: Path) -> None:
    report = (checked / "report.json").read_text().replace('"outcome": "reused"', '"outcome": "credited"')
    (tmp_path / "report.json").write_text(report)
    provcheck("bundle", tmp_path / "report.json", "-o", tmp_path / "case.zip")
    ran = provcheck("bundle", "verify", tmp_path / "case.zip")
    assert ran.exit_code == 1
    assert "DIFFERENT       cropped.png: credited\n  the report says credited" in ran.stdout
    assert provcheck("bundle", "verify", tmp_path / "case.zip", "--no-matching").exit_code == 0


def test_programs_get_everything_as_json(provcheck: Provcheck, checked: Path) -> None:
    ran = provcheck("bundle", "verify", checked / "case.zip", "--format", "json")
    said = json.loads(ran.stdout)
    assert (ran.exit_code, said["schema"]) == (0, "provcheck/bundle-verification/1")
    assert (said["whole"], said["problems"], said["versions"]) == (True, [], [])
    (item,) = said["releases"][0]["items"]
    assert (item["state"], item["outcome"], item["outcome_now"], item["remarks"]) == ("same", "reused", "reused", [])


@pytest.mark.parametrize("content", [b"", b"nonsense", b"{}"])
def test_what_is_no_report_or_no_bundle_is_65(provcheck: Provcheck, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file\x1b.json"
    file.write_bytes(content)
    for arguments in (["bundle", file, "-o", tmp_path / "case.zip"], ["bundle", "verify", file]):
        ran = provcheck(*arguments)
        assert (ran.exit_code, ran.stdout) == (65, "")
        assert ran.stderr.startswith("error: ")
        assert "\x1b" not in ran.stderr
    assert not (tmp_path / "case.zip").exists()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "case.zip: No space left on device"),
        (FileNotFoundError(2, "No such file", "a.png"), "case.zip: a.png: No such file"),
        (OSError("odd"), "case.zip: odd"),
    ],
)
def test_a_full_disk_is_an_error_with_a_remedy(error: OSError, said: str) -> None:
    with pytest.raises(OutputError) as raised, errors_of_space("case.zip"):
        raise error
    assert raised.value.message == said
    assert "TMPDIR" in raised.value.remedy


@pytest.mark.parametrize(
    ("given", "environment", "said"),
    [
        ("2026-11-23T18:00:00+01:00", {}, "2026-11-23T17:00:00+00:00"),
        ("2026-11-23T17:00:00Z", {"SOURCE_DATE_EPOCH": "0"}, "2026-11-23T17:00:00+00:00"),
        (None, {"SOURCE_DATE_EPOCH": "0"}, "1970-01-01T00:00:00+00:00"),
    ],
)
def test_the_stated_time(given: str | None, environment: Mapping[str, str], said: str) -> None:
    assert stated_time(given, environment).isoformat() == said


@pytest.mark.parametrize(
    ("given", "environment"),
    [
        ("soon", {}),
        ("2026-11-23", {}),
        ("2026-11-23T17:00:00", {}),
        (None, {"SOURCE_DATE_EPOCH": "soon"}),
        (None, {"SOURCE_DATE_EPOCH": "9" * 30}),
    ],
)
def test_a_time_that_is_none_is_wrong_usage(given: str | None, environment: Mapping[str, str]) -> None:
    with pytest.raises(UsageError):
        stated_time(given, environment)


README_BLOCK = re.compile(r"(?<=<!-- golden: bundle -->\n```text\n).*?(?=```\n)", re.DOTALL)


@pytest.mark.skipif(not (SAMPLES / "known").is_dir(), reason="an installed package has no samples")
def test_the_readme_shows_what_verifying_the_samples_says(
    provcheck: Provcheck,
    samples_corpus: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """The corpus is gone by then, and the releases are elsewhere; digest, size and times differ from run to run."""
    monkeypatch.chdir(SAMPLES.parent)
    corpus = shutil.copytree(samples_corpus, tmp_path / "known.corpus")
    options = ("--corpus", corpus, "--quiet", "-o", f"json={tmp_path / 'report.json'}")
    assert provcheck("check", "samples/release-*", *options).exit_code == 1
    assert provcheck("bundle", tmp_path / "report.json", "-o", tmp_path / "case.zip").exit_code == 0
    shutil.rmtree(corpus)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    ran = provcheck("bundle", "verify", tmp_path / "case.zip")
    assert (ran.exit_code, ran.stderr) == (0, "")
    said = timeless(ran.stdout.partition("\n\n")[2])
    readme = README.read_text(encoding="utf-8")
    if request.config.getoption("--update-golden"):
        readme = README_BLOCK.sub(lambda _: said, readme)
        README.write_text(readme, encoding="utf-8")
    shown = README_BLOCK.search(readme)
    assert shown
    assert shown[0] == said


def timeless(said: str) -> str:
    return re.sub(r"checked \d{4}-[\d:T+-]+", "checked 2026-11-23T17:35:50+00:00", said)
