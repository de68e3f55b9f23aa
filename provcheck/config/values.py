"""One written value of a setting to what it means; a `ValueError` with a sentence where it means nothing."""

import difflib
from collections.abc import Callable, Sequence
from pathlib import Path

from provcheck.facts.values import text_value
from provcheck.report import REPORTERS


def path_from(config: Path) -> Callable[[object], Path]:
    """Return the converter to a path, relative to the folder of a configuration file."""

    def convert(value: object) -> Path:
        text = text_value(value)
        if not text:
            raise ValueError("expected a path, found an empty text")
        return config.parent / Path(text).expanduser()

    return convert


def cache_from(config: Path) -> Callable[[object], Path | None]:
    """Return the converter to the directory of the cache, None for `false`."""

    def convert(value: object) -> Path | None:
        if value is False:
            return None
        if isinstance(value, str):
            return path_from(config)(value)
        raise ValueError(f"expected a directory in quotes, or false, found {value!r}")

    return convert


def outputs_from(config: Path) -> Callable[[object], tuple[str, ...]]:
    """Return the converter to `FORMAT=FILE` texts as `--output` takes them, the files relative to the configuration."""

    def convert(value: object) -> tuple[str, ...]:
        if isinstance(value, list):
            return tuple(_output(text_value(item)) for item in value)
        raise ValueError(f'expected a list such as ["junit=report.xml"], found {value!r}')

    def _output(text: str) -> str:
        form, _, file = text.partition("=")
        if not file:
            raise ValueError(f"expected FORMAT=FILE, found “{text}”")
        one_of(tuple(REPORTERS))(form)
        return text if file == "-" else f"{form}={config.parent / file}"

    return convert


def one_of(choices: Sequence[str]) -> Callable[[object], str]:
    """Return the converter that takes these texts; it suggests the nearest one for a wrong one."""

    def convert(value: object) -> str:
        text = text_value(value)
        if text in choices:
            return text
        near = difflib.get_close_matches(text.lower(), choices, n=1)
        hint = f"; did you mean “{near[0]}”?" if near else ""
        raise ValueError(f"expected one of {', '.join(choices)}, found “{text}”{hint}")

    return convert


def yes_or_no(value: object) -> bool:
    """Return true or false as TOML writes them."""
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, found {value!r}")  # noqa: TRY004 (converters raise ValueError)
    return value


def count(value: object) -> int:
    """Return a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"expected a whole number of at least 1, found {value!r}")
    return value
