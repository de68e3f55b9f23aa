"""`[[waiver]]` tables to waivers."""

import re
from collections.abc import Callable
from typing import Final

from provcheck.config.values import one_of
from provcheck.facts.values import text_value
from provcheck.judging import RULES
from provcheck.moments import parse_moment
from provcheck.records import Waiver
from provcheck.tomlfiles import Table

WAIVER_KEYS: Final = ("picture", "source", "rule", "reason", "expires", "approved-by")
_REQUIRED: Final = ("picture", "rule", "reason")
_PICTURE: Final = re.compile(r"(pdq|sha256):[0-9a-f]{64}")
_SOURCE: Final = re.compile(r"[0-9a-f]{12}")


def read_waivers(root: Table) -> tuple[Waiver, ...]:
    """Read all `[[waiver]]` tables of a table.

    Raises
    ------
    FactsError
        One of them is wrong; names the file and the line.
    """
    return tuple(_waiver(table) for table in root.inners("waiver"))


def _waiver(table: Table) -> Waiver:
    table.allow_only(WAIVER_KEYS)
    picture = table.read(
        "picture", _text_like(_PICTURE, "a content key (pdq: or sha256: and 64 digits), as reports have")
    )
    rule = table.read("rule", one_of(tuple(RULES)))
    reason = table.read("reason", text_value)
    if picture is None or rule is None or reason is None:
        values = zip(_REQUIRED, (picture, rule, reason), strict=True)
        missing = next(key for key, value in values if value is None)
        raise table.error(f"a waiver needs {', '.join(_REQUIRED)}; {missing} is missing")
    return Waiver(
        picture=picture,
        rule=rule,
        reason=reason,
        source=table.read("source", _text_like(_SOURCE, "the id of a source, 12 hexadecimal digits")),
        expires=table.read("expires", parse_moment),
        approved_by=table.read("approved-by", text_value),
        origin=table.origin(),
    )


def _text_like(pattern: re.Pattern[str], expected: str) -> Callable[[object], str]:
    def convert(value: object) -> str:
        text = text_value(value).lower()
        if not pattern.fullmatch(text):
            raise ValueError(f"expected {expected}, found “{text}”")
        return text

    return convert
