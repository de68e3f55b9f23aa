"""`provcheck schema`."""

import click

from provcheck.cli.output import STDOUT, write_output


@click.command(
    epilog="""\b
Example:
  provcheck schema > report.schema.json
"""
)
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that every JSON report follows."""
    from provcheck.report.json import read_schema

    write_output(STDOUT, lambda stream: print(read_schema(), end="", file=stream))
