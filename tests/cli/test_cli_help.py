import json
from collections.abc import Callable
from typing import Any

import click
import pytest

import provcheck as package
from provcheck.cli import COMMANDS, cli
from provcheck.report.json import read_schema


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_name_and_examples(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command
    assert command.name == name
    assert isinstance(command, click.Group) or "Example" in (command.epilog or "")


def test_version(provcheck: Callable[..., Any]) -> None:
    assert provcheck("--version").stdout == f"provcheck {package.__version__}\n"


def test_an_unknown_command_is_named(provcheck: Callable[..., Any]) -> None:
    assert "No such command 'chekc'" in provcheck("chekc").stderr


def test_schema_prints_what_is_shipped(provcheck: Callable[..., Any]) -> None:
    ran = provcheck("schema")
    assert (ran.exit_code, ran.stdout) == (0, read_schema())
    assert json.loads(ran.stdout)["$id"] == "urn:provcheck:report:1"
