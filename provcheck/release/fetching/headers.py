"""The header of an answer as it can be kept: in ASCII, one line each, and not too long.

What servers send beyond ASCII is read as UTF-8 where it is that, as browsers do, and else as Latin-1.
"""

import re
from collections.abc import Iterable
from string import printable
from typing import Final
from urllib.parse import quote

from provcheck.errors import NotFetched

LARGEST_BYTES: Final = 32_000
LONGEST_REASON: Final = 100
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_SAFE: Final = printable.strip()


def plain_headers(sent: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers of an answer; a name that is none (RFC 9110, 5.6.2) is left out with its value.

    Raises
    ------
    NotFetched
        They are longer than those of any server that answers with a picture.
    """
    headers = [(name, plain_line(value)) for name, value in sent if _TOKEN.fullmatch(name)]
    size = sum(len(name) + len(value) for name, value in headers)
    if size > LARGEST_BYTES:
        raise NotFetched(f"its header has {size} bytes; at most {LARGEST_BYTES} are read")
    return headers


def plain_line(text: str) -> str:
    """Return a text from the header of an answer on one line, with what is not ASCII as in an address."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    raw = line.encode("latin-1", "replace")
    try:
        return quote(raw.decode("utf-8"), safe=f"{_SAFE} ")
    except UnicodeDecodeError:
        return quote(raw.decode("latin-1"), safe=f"{_SAFE} ")
