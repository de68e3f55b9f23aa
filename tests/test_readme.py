"""README.md is held against the program: help texts, exit codes, rules, outcomes, keys, commands.

A help text stands in the README as

    <!-- help: provcheck check -->
    ```text
    Usage: provcheck check ...
    ```

`pytest --update-golden` writes the blocks anew.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from provcheck import errors
from provcheck.cli import cli
from provcheck.cli.fact_options import fact_options
from provcheck.comparing import COMPARISON_RULES
from provcheck.config import KEYS, read_config
from provcheck.exitcodes import EXIT_CODES
from provcheck.facts import load_facts
from provcheck.facts.values import FACT_KEYS, PLACE_KEYS
from provcheck.judging import RULES
from provcheck.records import Edit, Kind, Label, Outcome, Waiver
from provcheck.release.manifest import _DEFAULT_KEYS, _IMAGE_KEYS, _ROOT_KEYS, read_manifest
from provcheck.report import FORMATS
from provcheck.report.csv import COLUMNS

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"<!-- help: (?P<name>[a-z ]+) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)
EXAMPLE = re.compile(r"<!-- file: (?P<name>[a-z.]+) -->\n```toml\n(?P<text>.*?)```\n", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
FIRST_CELL = re.compile(r"^\| `([a-z_-]+)` \|", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
WIDTH = 80


def commands(command: click.Command, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Yield the full name and the help text of a command and of all below it."""
    name = command.name if parent else "provcheck"
    context = click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        **command.context_settings,
    )
    yield context.command_path, command.get_help(context).rstrip() + "\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found
            yield from commands(found, context)


HELP = dict(commands(cli))


@pytest.fixture
def readme(request: pytest.FixtureRequest) -> str:
    """Return the README, its help blocks written anew when that is asked for."""
    if request.config.getoption("--update-golden"):
        README.write_text(BLOCK.sub(renewed, README.read_text(encoding="utf-8")), encoding="utf-8")
    return README.read_text(encoding="utf-8")


def renewed(block: re.Match[str]) -> str:
    return f"<!-- help: {block['name']} -->\n```text\n{HELP.get(block['name'], block['text'])}```\n"


@pytest.mark.parametrize("name", HELP)
def test_the_readme_shows_the_help_of_every_command(name: str, readme: str) -> None:
    shown = {block["name"]: block["text"] for block in BLOCK.finditer(readme)}
    assert shown.get(name) == HELP[name]


def test_the_readme_shows_no_command_that_there_is_not(readme: str) -> None:
    assert not {block["name"] for block in BLOCK.finditer(readme)} - HELP.keys()


def test_the_readme_has_the_table_of_exit_codes(readme: str) -> None:
    missing = {code for code, meaning in EXIT_CODES.items() if f"| {code} | {meaning} |" not in readme}
    assert not missing


def test_the_readme_has_the_table_of_rules(readme: str) -> None:
    rules = (*RULES.values(), *COMPARISON_RULES.values())
    rows = {f"| {rule.id} | {rule.severity.value} | {rule.summary} |" for rule in rules}
    assert {row for row in readme.splitlines() if re.match(r"\| PC\d", row)} == rows


def test_the_readme_has_one_table_of_exit_codes_rules_and_formats_each(readme: str) -> None:
    assert len(re.findall(r"^\| exit code \|", readme, re.MULTILINE)) == 1
    assert len(re.findall(r"^\| rule \|", readme, re.MULTILINE)) == 1
    assert len(re.findall(r"^\| format \|", readme, re.MULTILINE)) == 1


def test_the_readme_has_no_exit_code_that_there_is_not(readme: str) -> None:
    table = section(readme, "Scripts and continuous integration")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == EXIT_CODES.keys()


def test_every_error_has_an_exit_code_of_the_table() -> None:
    raised = [error for error in vars(errors).values() if isinstance(error, type)]
    codes = {error.exit_code for error in raised if issubclass(error, errors.ProvcheckError)}
    assert len(codes) > 5
    assert codes <= EXIT_CODES.keys()


def test_the_readme_has_the_table_of_formats(readme: str) -> None:
    rows = re.findall(r"^\| `([a-z]+)` \| (.*) \|$", section(readme, "Formats of the report"), re.MULTILINE)
    assert rows == [(name, form.summary) for name, form in FORMATS.items()]


def test_the_readme_names_the_columns_of_csv(readme: str) -> None:
    said = " ".join(section(readme, "Formats of the report").split())
    assert f"Its columns are {', '.join(COLUMNS[:-1])} and {COLUMNS[-1]}." in said


def test_the_readme_explains_every_outcome_and_no_other(readme: str) -> None:
    assert set(FIRST_CELL.findall(section(readme, "Reading the report"))) == {outcome.value for outcome in Outcome}


def test_the_readme_names_every_edit_kind_and_label(readme: str) -> None:
    assert not {word.value for words in (Edit, Kind, Label) for word in words if f"`{word.value}`" not in readme}


def test_the_readme_never_calls_a_picture_authentic(readme: str) -> None:
    assert readme.lower().count("authentic") == 1  # where it says so


def test_the_readme_lists_the_keys_of_facts_and_their_options(readme: str) -> None:
    facts = section(readme, "Facts")
    options = {option for parameter in fact_options(click.Command("any")).params for option in parameter.opts}
    assert FIRST_CELL.findall(facts) == list(FACT_KEYS)
    assert not {option for option in options if f"`{option}`" not in facts}


def test_the_facts_of_the_readme_are_read_and_use_every_key(readme: str, tmp_path: Path) -> None:
    text = written(readme, tmp_path / "facts.toml")
    assert load_facts(tmp_path / "facts.toml").entries
    assert not {key for key in (*FACT_KEYS, *PLACE_KEYS) if not re.search(rf"\b{key}\b", text)}


def test_the_release_of_the_readme_is_read_and_uses_every_key(readme: str, tmp_path: Path) -> None:
    text = written(readme, tmp_path / "release.toml")
    assert read_manifest(tmp_path / "release.toml").entries
    keys = (*_ROOT_KEYS, *_DEFAULT_KEYS, *_IMAGE_KEYS)
    assert not {key for key in keys if not re.search(rf"\b{key}\b", text)}


def test_the_readme_has_the_table_of_settings(readme: str) -> None:
    rows = [f"| `{key.full_name}` | {key.meaning} | {key.default} |" for key in KEYS]
    assert [row for row in section(readme, "Settings that stay").splitlines() if row.startswith("| `")] == rows


def test_the_settings_of_the_readme_are_read_and_use_every_key(readme: str, tmp_path: Path) -> None:
    written(readme, tmp_path / "waivers.toml")
    text = written(readme, tmp_path / "provcheck.toml")
    (waiver,) = read_config(tmp_path / "provcheck.toml").waivers
    assert all(getattr(waiver, field.name) is not None for field in fields(Waiver))
    assert not {
        key.name for key in KEYS if key.table != "severity" and not re.search(rf"^{key.name} =", text, re.MULTILINE)
    }


def test_the_commands_of_the_readme_have_options_that_there_are(readme: str) -> None:
    lines = [line for block in SHELL.findall(readme) for line in block.splitlines() if line.startswith("provcheck")]
    assert lines
    for line in lines:
        words = shlex.split(line.partition(" #")[0].partition(" > ")[0])
        command = command_of(words[1:])
        known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        unknown = {word for word in words if word.startswith("-")} - known - {"--help", "-h"}
        assert not unknown, line


def test_the_links_of_the_readme_lead_somewhere(readme: str) -> None:
    assert not [target for target in LINK.findall(readme) if not (README.parent / target).exists()]


def anchors(readme: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", outside_fences(readme), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_anchors_of_the_readme_are_headings(readme: str) -> None:
    assert not set(re.findall(r"\]\(#([^)]+)\)", readme)) - anchors(readme)


def test_the_contents_lead_to_every_section(readme: str) -> None:
    sections = set(re.findall(r"^## (.+)$", outside_fences(readme), re.MULTILINE))
    contents = section(readme, "Contents")
    missing = [name for name in sections if not any(f"(#{anchor})" in contents for anchor in anchors(f"# {name}"))]
    assert sorted(missing) == ["Contents", "The first check"]


def section(readme: str, heading: str) -> str:
    """Return the text below a heading, up to the next one of any level."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ )", outside_fences(readme), re.DOTALL | re.MULTILINE)
    assert found, heading
    return found[1]


def outside_fences(readme: str) -> str:
    """Return the text without code, in which a line may begin like a heading."""
    return re.sub(r"^```.*?^```$", "", readme, flags=re.DOTALL | re.MULTILINE)


def written(readme: str, path: Path) -> str:
    """Write the example file of this name, and return its text."""
    text = next(example["text"] for example in EXAMPLE.finditer(readme) if example["name"] == path.name)
    path.write_text(text, encoding="utf-8")
    return text


def command_of(words: list[str]) -> click.Command:
    """Return the command that words name, as deep as they go."""
    command: click.Command = cli
    for word in words:
        below = command.get_command(click.Context(command), word) if isinstance(command, click.Group) else None
        if below is None:
            return command
        command = below
    return command


@pytest.mark.parametrize("name", HELP)
def test_the_help_of_this_test_is_what_the_program_prints(name: str, provcheck: Callable[..., object]) -> None:
    printed = provcheck(*name.split()[1:], "--help").stdout  # type: ignore[attr-defined]
    assert " ".join(printed.split()) == " ".join(HELP[name].split())
