"""The CI examples of the README are YAML, and their commands do on the samples what the README says they do."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml

from provcheck.cli import run

ROOT = Path(__file__).parent.parent
EXAMPLE = re.compile(r"<!-- ci: (?P<name>[a-z]+) -->\n```yaml\n(?P<text>.*?)```\n", re.DOTALL)
EXAMPLES = {
    match["name"]: yaml.safe_load(match["text"]) for match in EXAMPLE.finditer((ROOT / "README.md").read_text("utf-8"))
}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Register two of the known samples: what the pictures below were taken from."""
    known = tmp_path_factory.mktemp("ci") / "known.corpus"
    files = [ROOT / "samples" / "known" / name for name in ("gunship-trailer.mp4", "bridge-morning.jpg", "facts.toml")]
    facts = ["--facts", str(files.pop())]
    assert run(["corpus", "add", *map(str, files), *facts, "--corpus", str(known), "--jobs", "1"]) in (0, 3)
    return known


@pytest.fixture
def repository(corpus: Path, tmp_path: Path) -> Path:
    """Make a repository as the examples expect it: a corpus, and a release with one old picture and an honest one."""
    shutil.copytree(corpus, tmp_path / "known.corpus")
    for release, name in (("release-ru", "photo-1.jpg"), ("release-en", "picture-4.jpg")):
        (tmp_path / "releases" / release).mkdir(parents=True)
        for file in (name, "release.toml"):
            shutil.copy(ROOT / "samples" / release / file, tmp_path / "releases" / release)
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin" / "provcheck"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m provcheck "$@"\n')
    shim.chmod(0o755)
    return tmp_path


def execute(script: str, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: bash that stops at the first failure, from the root of the repository."""
    path = [str(repository / "bin"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PATH": f"{path[0]}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path[1:]),
        "GITHUB_STEP_SUMMARY": str(repository / "summary.md"),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)


def test_the_github_example(repository: Path) -> None:
    (repository / "summary.md").write_text("")
    check, summary, upload = EXAMPLES["github"]["jobs"]["pictures"]["steps"][1:]
    ran = execute(check["run"], repository)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "\n::error file=releases/release-ru/release.toml,line=6,title=PC101%3A photo-1.jpg::" in f"\n{ran.stdout}"
    assert execute(summary["run"], repository).returncode == 0
    assert "| **mismatched** | photo-1.jpg |" in (repository / "summary.md").read_text("utf-8")
    sarif: Any = json.loads((repository / upload["with"]["sarif_file"]).read_text("utf-8"))
    places = [result["locations"][0]["physicalLocation"] for result in sarif["runs"][0]["results"]]
    assert all((repository / place["artifactLocation"]["uri"]).is_file() for place in places)
    assert all(step["if"] == "always()" for step in (summary, upload))


def test_the_gitlab_example(repository: Path) -> None:
    job = EXAMPLES["gitlab"]["pictures"]
    [script] = job["script"]
    ran = execute(script, repository)
    assert (ran.returncode, ran.stderr) == (1, "")
    reports = job["artifacts"]["reports"]
    junit = JUnitXml.fromfile(str(repository / reports["junit"]))
    assert {case.name: bool(case.result) for suite in junit for case in suite}["photo-1.jpg"] is True
    quality: Any = json.loads((repository / reports["codequality"]).read_text("utf-8"))
    assert {entry["location"]["path"] for entry in quality} >= {"releases/release-ru/release.toml"}
