"""The addresses under which a page offers one picture: the element's own, those of lazy loading, its variants.

All of them are kept. Which is the largest is asked of the files, not of what the page says: a placeholder is small.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from provcheck.media.recognition import PICTURE_SUFFIXES

if TYPE_CHECKING:
    from bs4 import Tag

_ADDRESS: Final = ("data-full", "data-large-file", "data-original", "data-src", "data-lazy-src", "data-lazy", "src")
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_CANDIDATE: Final = re.compile(r"[\s,]*(\S*[^\s,])(?:\s+([^,\s][^,]*))?")
"""An address and its descriptor. Addresses may hold commas, so they end at white space (HTML, parsing of srcset)."""
_SIZE: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", re.ASCII)


def addresses_of(image: "Tag", *, picture: "Tag | None", link: "Tag | None") -> tuple[str, ...]:
    """Return every address of an `img`, each once, the most promising first.

    1. What it links to.
    2. The variants of its `picture` and its own, those that are said to be largest first.
    3. The addresses of lazy loading, then its own, which may be a placeholder.
    """
    tags = [*(picture.find_all("source", recursive=False) if picture else ()), image]
    variants = [variant for tag in tags for variant in _variants(tag)]
    variants.sort(key=lambda variant: -variant[0])
    plain = (text_attribute(tag, name) for tag in tags for name in _ADDRESS)
    found = (*_linked(link), *(address for _, address in variants), *filter(None, plain))
    return tuple(dict.fromkeys(found))


def _variants(tag: "Tag") -> Iterator[tuple[float, str]]:
    """Yield the addresses of sets, each with the width or density that it is said to have."""
    for name in _SETS:
        for address, descriptor in _CANDIDATE.findall(text_attribute(tag, name)):
            size = _SIZE.match(descriptor)
            yield float(size[1]) if size else 0.0, address


def _linked(link: "Tag | None") -> Iterator[str]:
    address = text_attribute(link, "href") if link else ""
    path = address.partition("?")[0].partition("#")[0]
    if f".{path.rpartition('.')[2].lower()}" in PICTURE_SUFFIXES:
        yield address


def text_attribute(tag: "Tag", name: str) -> str:
    """Return an attribute as one text, empty when it is not there."""
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else (value or "").strip()
