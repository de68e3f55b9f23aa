"""README.md is held against the program: help texts, exit codes, commands.

A help text stands in the README as

    <!-- help: provcheck check -->
    ```text
    Usage: provcheck check ...
    ```

`pytest --update-golden` writes the blocks anew.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from provcheck.cli import cli
from provcheck.exitcodes import EXIT_CODES

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"<!-- help: (?P<name>[a-z ]+) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)
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


@pytest.mark.parametrize("name", HELP)
def test_the_help_of_this_test_is_what_the_program_prints(name: str, provcheck: Callable[..., object]) -> None:
    printed = provcheck(*name.split()[1:], "--help").stdout  # type: ignore[attr-defined]
    assert " ".join(printed.split()) == " ".join(HELP[name].split())
