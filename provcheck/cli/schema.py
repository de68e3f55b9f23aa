"""`provcheck schema`."""

import click


@click.command(
    epilog="""\b
Example:
  provcheck schema > report.schema.json
"""
)
def schema() -> None:
    """Print the JSON Schema (draft 2020-12) that every JSON report follows."""
    from provcheck.report.json import read_schema

    click.echo(read_schema(), nl=False)
