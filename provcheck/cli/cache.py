"""`provcheck cache`: how large it is, and how to be rid of it."""

from pathlib import Path

import click

from provcheck.cli.settings import config_option, read_configuration, user_cache

_cache_option = click.option(
    "--cache",
    "folder",
    metavar="DIR",
    envvar="PROVCHECK_CACHE",
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="The cache; by default the one that `check` would use.",
)


@click.group()
def cache() -> None:
    """Look after the cache."""


@cache.command()
@_cache_option
@config_option
def info(*, folder: Path | None, config: Path | None) -> None:
    """Say where the cache is, and how large."""
    from provcheck.caching import FileCache

    place = _place(folder, config)
    found = FileCache.at(place)
    click.echo(f"{place}: {found.count()} entries, {found.size_bytes() / 1e6:.1f} MB")


@cache.command()
@_cache_option
@config_option
def clear(*, folder: Path | None, config: Path | None) -> None:
    """Remove all entries; the next check searches every picture anew."""
    from provcheck.caching import FileCache

    place = _place(folder, config)
    click.echo(f"{place}: {FileCache.at(place).clear()} entries removed")


def _place(folder: Path | None, config: Path | None) -> Path:
    configured = read_configuration(config).cache
    return folder or (configured.value if configured else None) or user_cache()
