"""What a check is to do, and where that was said: the command line, the environment, the configuration, the default.

The strongest comes first in that list. click knows the first two and the last; the configuration is put in between
here, value by value, so that `config show` can say for each where it comes from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
from click.core import ParameterSource

from provcheck.cli.destinations import output_options, redact_option
from provcheck.errors import UsageError
from provcheck.report import FAIL_ON, FAILS_BY_DEFAULT

if TYPE_CHECKING:
    from provcheck.config import Configuration
    from provcheck.records import Severity, Stated, Waiver

BY_DEFAULT: Final = "default"
CACHE_MEGABYTES: Final = 256

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every value in force, with its origin.

    Attributes
    ----------
    path : Path or None
        The configuration file.
    corpus, cache : Stated of Path or None
        None inside: not named, switched off.
    outputs : Stated of tuple of str
        As `--output` takes them.
    trust_list : Stated of Path or None
        Certificates of those who may vouch for signers; None inside for none.
    pictures : Stated of int or None
        Most pictures of a release.
    """

    path: Path | None
    corpus: "Stated[Path | None]"
    form: "Stated[str]"
    outputs: "Stated[tuple[str, ...]]"
    redact: "Stated[bool]"
    trust_list: "Stated[Path | None]"
    fail_on: "Stated[str]"
    cache: "Stated[Path | None]"
    cache_megabytes: "Stated[int]"
    pictures: "Stated[int | None]"
    severities: "Mapping[str, Stated[Severity]]"
    waivers: "tuple[Waiver, ...]"


def settings_options(command: Command) -> Command:
    """Give a command the options that settings come from; `read_settings` takes them from the context."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_settings(context: click.Context) -> Settings:
    """Return what is in force for a command with `settings_options`.

    Raises
    ------
    UsageError, FactsError
        The configuration file is missing or wrong.
    """
    from provcheck.records import Stated

    said = read_configuration(context.params["config"])
    folder = _stated(context, "cache", said.cache, user_cache)
    if context.params["no_cache"]:
        folder = Stated(None, _origin(context, "no_cache"))
    return Settings(
        path=said.path,
        corpus=_stated(context, "corpus", said.corpus, _nothing),
        form=_stated(context, "form", said.form, lambda: "text"),
        outputs=_stated(context, "outputs", said.outputs, tuple),
        redact=_stated(context, "redact", said.redact, bool),
        trust_list=_stated(context, "trust_list", said.trust_list, _nothing),
        fail_on=_stated(context, "fail_on", said.fail_on, lambda: FAILS_BY_DEFAULT),
        cache=folder,
        cache_megabytes=_configured(said.cache_megabytes, CACHE_MEGABYTES),
        pictures=_configured(said.pictures, None),
        severities=said.severities,
        waivers=said.waivers,
    )


def named_corpus(settings: Settings) -> Path:
    """Return the corpus in force; raise `UsageError` where none is named."""
    if settings.corpus.value is None:
        raise UsageError(
            "no corpus is named",
            "Give --corpus DIR, set PROVCHECK_CORPUS, or write corpus = “DIR” in provcheck.toml.",
        )
    return settings.corpus.value


def trust_list_of(settings: Settings) -> str | None:
    """Return the certificates of the trust list in force; raise `UsageError` where it is none."""
    from provcheck.credentials import read_trust_list

    return read_trust_list(settings.trust_list.value) if settings.trust_list.value else None


def read_configuration(named: Path | None) -> "Configuration":
    """Return what the named configuration file says, or else the one found from the working directory upwards."""
    from provcheck.config import Configuration, find_config, read_config

    path = named or find_config(Path.cwd())
    return read_config(path) if path else Configuration()


def configured_corpus() -> Path | None:
    """Return the corpus that the configuration names: the default of `--corpus` where nothing else is configured."""
    named = read_configuration(None).corpus
    return named.value if named else None


def user_cache() -> Path:
    """Return the cache in the user's cache directory."""
    from platformdirs import user_cache_path

    return user_cache_path("provcheck", appauthor=False)


def _stated(context: click.Context, name: str, configured: Any, default: Callable[[], Any]) -> "Stated[Any]":
    from provcheck.records import Stated

    origin = _origin(context, name)
    if origin != BY_DEFAULT:
        return Stated(context.params[name], origin)
    return configured or Stated(default(), BY_DEFAULT)


def _configured(configured: Any, default: int | None) -> "Stated[Any]":
    from provcheck.records import Stated

    return configured or Stated(default, BY_DEFAULT)


def _origin(context: click.Context, name: str) -> str:
    match context.get_parameter_source(name):
        case ParameterSource.COMMANDLINE:
            return "command line"
        case ParameterSource.ENVIRONMENT:
            option = next(option for option in context.command.params if option.name == name)
            return f"environment ({option.envvar})"
        case _:
            return BY_DEFAULT


def _nothing() -> None:
    return None


config_option: Final = click.option(
    "--config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Configuration file, instead of provcheck.toml or pyproject.toml in this folder or above.",
)

trust_list_option: Final = click.option(
    "--trust-list",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Certificates (PEM) of those who may vouch for signers of Content Credentials.",
)

_OPTIONS: Final = (
    config_option,
    click.option(
        "--corpus",
        metavar="DIR",
        envvar="PROVCHECK_CORPUS",
        show_envvar=True,
        type=click.Path(path_type=Path),
        help="The corpus to check against.",
    ),
    output_options(),
    redact_option,
    click.option(
        "--fail-on",
        metavar="OUTCOME",
        type=click.Choice(FAIL_ON),
        default=FAILS_BY_DEFAULT,
        show_default=True,
        help="Least serious outcome that gives exit code 1: mismatched, reused, credited or never.",
    ),
    click.option(
        "--cache",
        metavar="DIR",
        envvar="PROVCHECK_CACHE",
        show_envvar=True,
        type=click.Path(path_type=Path),
        help="Keep in DIR what was found, and use it again; by default in the user's cache directory.",
    ),
    trust_list_option,
    click.option("--no-cache", is_flag=True, help="Search every picture anew, and keep nothing."),
)
