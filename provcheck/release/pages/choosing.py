"""The addresses under which a page offers one picture: the element's own, those of lazy loading, its variants.

All of them are kept. Which is the largest is asked of the files, not of what the page says: a placeholder is small.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from provcheck.media.recognition import PICTURE_SUFFIXES

if TYPE_CHECKING:
    from bs4 import Tag

_ADDRESS: Final = ("src", "data-src", "data-original", "data-lazy-src", "data-lazy", "data-full", "data-large-file")
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_CANDIDATE: Final = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+[^,\s][^,]*)?")
"""An address and its descriptor. Addresses may hold commas, so they end at white space (HTML, parsing of srcset)."""


def addresses_of(image: "Tag", *, picture: "Tag | None", link: "Tag | None") -> tuple[str, ...]:
    """Return every address of an `img`, each once: what it links to, those of its `picture`, its own."""
    tags = [*(picture.find_all("source", recursive=False) if picture else ()), image]
    found = [address for tag in tags for address in _of_tag(tag)]
    return tuple(dict.fromkeys([*_linked(link), *found]))


def _of_tag(tag: "Tag") -> Iterator[str]:
    for name in _SETS:
        yield from _CANDIDATE.findall(text_attribute(tag, name))
    for name in _ADDRESS:
        if address := text_attribute(tag, name):
            yield address


def _linked(link: "Tag | None") -> Iterator[str]:
    address = text_attribute(link, "href") if link else ""
    path = address.partition("?")[0].partition("#")[0]
    if f".{path.rpartition('.')[2].lower()}" in PICTURE_SUFFIXES:
        yield address


def text_attribute(tag: "Tag", name: str) -> str:
    """Return an attribute as one text, empty when it is not there."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "").strip()
