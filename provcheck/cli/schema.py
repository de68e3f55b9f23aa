"""`provcheck schema`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import click

from provcheck.cli.output import STDOUT, write_output


def _report() -> str:
    from provcheck.report.json import read_schema

    return read_schema()


def _comparison() -> str:
    from provcheck.report.comparison.json import read_comparison_schema

    return read_comparison_schema()


_SCHEMAS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType({"report": _report, "comparison": _comparison})


@click.command(
    epilog="""\b
Examples:
  provcheck schema > report.schema.json
  provcheck schema comparison > comparison.schema.json
"""
)
@click.argument("of", metavar="[report|comparison]", type=click.Choice(list(_SCHEMAS)), default="report")
def schema(*, of: str) -> None:
    """Print the JSON Schema (draft 2020-12) that every JSON report follows, that of a check or of a comparison."""
    write_output(STDOUT, lambda stream: print(_SCHEMAS[of](), end="", file=stream))
