"""The hook for pre-commit and the action for GitHub, run as those would run them.

The harness does what the runner does with a composite action: it fills in `${{ ... }}`, gives every step its
environment, runs it in bash with `-e -o pipefail`, and hands outputs on. Steps that use other actions are left out.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from rendered_scenes import build_corpus, crop, save, scene

from provcheck.cli.check import check

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github" / "actions" / "provcheck" / "action.yml"
HOOK = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
EXPRESSION = re.compile(r"\$\{\{ *([\w.-]+) *\}\}")


@dataclass
class Runner:
    """What GitHub's runner keeps of a job."""

    folder: Path
    values: dict[str, str] = field(default_factory=dict)
    printed: str = ""

    def run(self, action: Mapping[str, Any], inputs: Mapping[str, str]) -> int:
        """Run the steps and return the exit code of the first that fails, else 0."""
        defaults = {name: given.get("default", "") for name, given in action["inputs"].items()}
        self.values |= {f"inputs.{name}": value for name, value in (defaults | dict(inputs)).items()}
        self.values["github.action_path"] = str(ACTION.parent)
        codes = [self._step(step) for step in action["runs"]["steps"] if "run" in step]
        return next((code for code in codes if code), 0)

    def _step(self, step: Mapping[str, Any]) -> int:
        if "inputs.install" in step.get("if", "") and not self.values["inputs.install"]:
            return 0
        output, summary = self.folder / "output", self.folder / "summary.md"
        output.write_text("")
        environment = {name: EXPRESSION.sub(self._value, value) for name, value in step["env"].items()}
        files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(self.folder)}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        assert "${{" not in step["run"], "text from outside goes through the environment, never into the script"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            env=os.environ | files | environment | {"PATH": path, "PYTHONPATH": str(ROOT)},
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.printed += done.stdout + done.stderr
        for line in output.read_text().splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode

    def _value(self, expression: re.Match[str]) -> str:
        return self.values.get(expression[1], "")


def write_program(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture
def job(tmp_path: Path) -> Runner:
    """A job beside a corpus and two releases, one with a known picture; `python` only says what it is told."""
    build_corpus(tmp_path / "known.corpus", {"bridge": scene(1)})
    save(tmp_path / "releases" / "first one" / "crop.jpg", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    save(tmp_path / "releases" / "second" / "new.jpg", scene(200))
    write_program(tmp_path / "bin" / "provcheck", f'exec {sys.executable} -m provcheck "$@"')
    write_program(tmp_path / "bin" / "python", 'echo python "$@"')
    return Runner(tmp_path)


@pytest.fixture(scope="module")
def action() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return read


def test_the_action_fails_on_a_known_picture_and_writes_all_reports(action: Mapping[str, Any], job: Runner) -> None:
    inputs = {"releases": "releases/*\n", "corpus": "known.corpus", "sarif": "out.sarif"}
    assert job.run(action, inputs) == 1
    assert job.values["steps.check.outputs.exit-code"] == "1"
    assert "::error" in job.printed
    assert "crop.jpg" in (job.folder / "summary.md").read_text()
    assert '"PC104"' in (job.folder / "out.sarif").read_text()
    assert list((job.folder / ".provcheck-cache").rglob("??/*"))
    assert f"python -m pip install --quiet {ACTION.parent}/../../.." in job.printed


def test_the_action_passes_what_is_not_known_and_takes_settings_from_the_file(
    action: Mapping[str, Any], job: Runner
) -> None:
    (job.folder / "provcheck.toml").write_text('corpus = "known.corpus"\n')
    assert job.run(action, {"releases": "releases/second", "install": ""}) == 0
    assert "pip" not in job.printed
    assert job.run(action, {"releases": "releases/first one\nreleases/second", "fail-on": "mismatched"}) == 0


def test_the_action_without_a_cache_keeps_nothing(action: Mapping[str, Any], job: Runner) -> None:
    inputs = {"releases": "releases/second", "corpus": "known.corpus", "cache": ""}
    assert job.run(action, inputs) == 0
    assert not list(job.folder.rglob("provcheck-1"))


def test_the_action_says_so_when_it_could_not_check(action: Mapping[str, Any], job: Runner) -> None:
    assert job.run(action, {"releases": "releases/*", "corpus": "gone.corpus"}) == 66
    assert job.values["steps.check.outputs.exit-code"] == "66"
    assert job.run(action, {"releases": "$(touch hacked)", "corpus": "known.corpus"}) == 2
    assert not (job.folder / "hacked").exists()


def test_every_output_of_the_action_is_written_by_a_step(action: Mapping[str, Any]) -> None:
    script = next(step["run"] for step in action["runs"]["steps"] if step.get("id") == "check")
    assert all(f'echo "{name}=' in script for name in action["outputs"])


def test_the_hook_names_a_command_with_options_that_there_are() -> None:
    program, command, *options = HOOK["entry"].split()
    assert (program, command) == ("provcheck", "check")
    assert set(options) <= {option for parameter in check.params for option in parameter.opts}
    assert isinstance(check, click.Command)


@pytest.mark.parametrize(
    ("file", "wanted"),
    [("releases/a/photo.JPG", True), ("releases/a/release.toml", True), ("release.toml", True), ("x.webp", True),
     ("releases/a/statement.txt", False), ("my-release.toml", False), ("photo.jpg.txt", False)],
)  # fmt: skip
def test_the_hook_is_for_pictures_and_manifests(file: str, wanted: bool) -> None:
    assert (re.search(HOOK["files"], file) is not None) is wanted


def test_the_examples_of_the_readme_use_options_and_inputs_that_there_are(action: Mapping[str, Any]) -> None:
    found = re.findall(r"<!-- ci: (\w+) -->\n```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    examples = {name: yaml.safe_load(text) for name, text in found}
    (hook,) = examples["precommit"]["repos"][0]["hooks"]
    assert hook["id"] == HOOK["id"]
    context = check.make_context("check", [*HOOK["entry"].split()[2:], *hook["args"], "photo.jpg"])
    assert context.params["changed"] is True
    used = examples["action"]["jobs"]["pictures"]["steps"][-1]
    assert Path(used["uses"].partition("/provcheck/")[2].partition("@")[0]) == ACTION.parent.relative_to(ROOT)
    assert used["with"].keys() <= action["inputs"].keys()
