"""`provcheck config`: what is in force, and why."""

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import click

from provcheck.cli.output import STDOUT, write_output
from provcheck.cli.settings import BY_DEFAULT, Settings, read_settings, settings_options
from provcheck.report.visible import visible

if TYPE_CHECKING:
    from provcheck.records import Stated, Waiver


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command(
    epilog="""\b
Examples:
  provcheck config show
  provcheck config show --fail-on never
"""
)
@settings_options
@click.pass_context
def show(context: click.Context, /, **_options: object) -> None:
    """Show every setting in force, and where it comes from.

    The origins, from the strongest: command line, environment, configuration file with line, default. Takes the options
    of `check`, and shows what they would change.
    """
    settings = read_settings(context)
    write_output(STDOUT, lambda stream: _write(settings, stream))


def _write(settings: Settings, stream: IO[str]) -> None:
    rows = list(_rows(settings))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    stream.write(f"configuration: {visible(str(settings.path)) if settings.path else 'no file'}\n\n")
    for name, value, origin in rows:
        stream.write(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}\n")


def _rows(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and origin of every setting, in the order of `config.KEYS`."""
    from provcheck.judging import RULES

    plain: dict[str, Stated[Any]] = {
        "corpus": settings.corpus,
        "fail-on": settings.fail_on,
        "format": settings.form,
        "outputs": settings.outputs,
        "redact": settings.redact,
        "trust-list": settings.trust_list,
        "cache": settings.cache,
    }
    for name, stated in plain.items():
        yield name, _in_words(stated.value), visible(stated.origin)
    for waiver in settings.waivers:
        yield "waiver", _waived(waiver), visible(waiver.origin)
    for rule in RULES.values():
        asked = settings.severities.get(rule.id)
        severity = asked.value if asked else rule.severity
        yield f"severity.{rule.id}", severity.value, visible(asked.origin) if asked else BY_DEFAULT
    yield "limits.pictures", _in_words(settings.pictures.value), visible(settings.pictures.origin)
    megabytes = settings.cache_megabytes
    yield "limits.cache-megabytes", _in_words(megabytes.value), visible(megabytes.origin)


def _waived(waiver: "Waiver") -> str:
    about = f" of {waiver.source}" if waiver.source else ""
    until = f" until {waiver.expires.text}" if waiver.expires else ""
    return f"{waiver.rule}{about}{until}"


def _in_words(value: object) -> str:
    if isinstance(value, tuple):
        return visible(" ".join(value)) or "none"
    if isinstance(value, bool):
        return str(value).lower()
    return "none" if value is None else visible(str(value))
