"""The options that state facts about the sources that are added."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

import click

from provcheck.records import Kind

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--title", metavar="TEXT", help="What it is called."),
    click.option("--publisher", metavar="TEXT", help="Who published it."),
    click.option(
        "--published",
        metavar="DATE|RELEASE",
        help="When: 2016, 2016-06, 2016-06-24 or 2016-06-24T10:30:00+03:00. Or a release of your own, see above.",
    ),
    click.option("--captured", metavar="DATE", help="When it was taken; as exact as it is known."),
    click.option("--place", metavar="TEXT", help="Name of the place it shows."),
    click.option("--country", metavar="TEXT", help="Country of the place."),
    click.option("--lat", metavar="DEGREES", help="Latitude of the place, WGS 84."),
    click.option("--lon", metavar="DEGREES", help="Longitude of the place."),
    click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="What it is a recording of."),
    click.option("--url", metavar="URL", help="Where it was published."),
    click.option("--archive-url", metavar="URL", help="Where an archive keeps it."),
    click.option("--rights", metavar="TEXT", help="Who owns it, on what terms."),
    click.option("--note", metavar="TEXT", help="Anything else that is known."),
)


def fact_options(command: Command) -> Command:
    """Give a command the options that `provcheck.facts.facts_from_options` reads; they arrive as `**facts`."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)
