"""New waivers into a configuration file, of which every other byte stays as it was.

The waivers of a file are kept in the order of picture, source and rule, so that two people who add one each seldom
touch the same lines, and a change shows as one block. The block is inserted as text at the right line; a parser that
writes the whole file back would be larger than this and could still change what it does not understand.
"""

import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from provcheck.config.finding import is_pyproject, read_root
from provcheck.config.waivers import read_waivers
from provcheck.errors import OutputError
from provcheck.records import Waiver
from provcheck.tomlfiles import Table

_Order = tuple[str, str, str]

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
"""Lines as TOML has them; `splitlines` would also break at rarer separators."""

_SURROGATES: Final = range(0xD800, 0xE000)
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class WaiverPlace:
    """The file that keeps the waivers, and the header of their tables in it."""

    path: Path
    header: str


def waiver_place(config: Path) -> WaiverPlace:
    """Return where the waivers of a configuration are kept: in the file that its `waivers` names, else in itself."""
    if config.exists():
        elsewhere = read_root(config).values.get("waivers")
        if isinstance(elsewhere, str):
            return WaiverPlace(config.parent / elsewhere, "[[waiver]]")
    return WaiverPlace(config, "[[tool.provcheck.waiver]]" if is_pyproject(config) else "[[waiver]]")


def write_waivers(place: WaiverPlace, waivers: Sequence[tuple[Waiver, str]]) -> tuple[Waiver, ...]:
    """Add waivers, each with a remark that says which picture it is.

    Returns
    -------
    tuple of Waiver
        Those that the file has already for the same picture, source and rule; they stay as they are.

    Raises
    ------
    FactsError
        The file is wrong as it is.
    OutputError
        It cannot be written.
    """
    there: list[Waiver] = []
    for waiver, remark in waivers:
        root = read_root(place.path) if place.path.exists() else None
        tables = root.inners("waiver") if root else ()
        orders = [_order(other) for other in (read_waivers(root) if root else ())]
        if root and _order(waiver) in orders:
            there.append(read_waivers(root)[orders.index(_order(waiver))])
            continue
        text = place.path.read_bytes().decode("utf-8") if root else ""
        block = _block(place.header, waiver, remark)
        _replace(place.path, _inserted(text, tables, orders, _order(waiver), block))
    return tuple(there)


def _inserted(text: str, tables: Sequence[Table], orders: Sequence[_Order], order: _Order, block: str) -> str:
    """Return the text with a block before the first waiver that comes after it, else at the end."""
    lines = _LINE.findall(text)
    end = "\r\n" if "\r\n" in text else "\n"
    block = block.replace("\n", end)
    for table in tables:
        if not lines[table.line() - 1].lstrip("\ufeff \t").startswith("[["):
            raise table.error(
                "waivers are added to [[waiver]] tables only", remedy="Write each with a header of its own."
            )
    later = [table.line() - 1 for table, other in zip(tables, orders, strict=True) if other > order]
    if later:
        at = _first_remark(lines, later[0])
        return "".join((*lines[:at], block, end, *lines[at:]))
    gap = "" if not text else end if text.endswith("\n") else end * 2
    return f"{text}{gap}{block}"


def _first_remark(lines: Sequence[str], at: int) -> int:
    """Return where the remarks directly above a line begin: they belong to it."""
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _block(header: str, waiver: Waiver, remark: str) -> str:
    values = {
        "picture": waiver.picture,
        "source": waiver.source,
        "rule": waiver.rule,
        "reason": waiver.reason,
        "expires": waiver.expires.text if waiver.expires else None,
        "approved-by": waiver.approved_by,
    }
    pairs = "".join(f"{key} = {_quoted(value)}\n" for key, value in values.items() if value is not None)
    return f"# {_quoted(remark)[1:-1]}\n{header}\n{pairs}"


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if ord(character) in _SURROGATES:
        return "\\uFFFD"
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def _order(waiver: Waiver) -> _Order:
    return waiver.picture, waiver.source or "", waiver.rule


def _replace(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        aside.write_bytes(text.encode("utf-8"))
        os.replace(aside, path)  # noqa: PTH105 - the name of the system call is the point
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror or error}", "Check the folder's permissions."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
