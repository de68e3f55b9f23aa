"""JSON-LD of a page (schema.org): when an article was published, and the captions of its pictures."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

_MOST_OBJECTS: Final = 10_000


@dataclass(slots=True)
class LinkedData:
    """What the articles of a page say, the first that says it; captions by the address of the picture."""

    headline: str = ""
    published: str = ""
    language: str = ""
    captions: dict[str, str] = field(default_factory=dict)
    images: list[str] = field(default_factory=list)


def read_linked_data(scripts: Iterator[str]) -> LinkedData:
    """Read the JSON-LD scripts of a page; what is no JSON says nothing."""
    data = LinkedData()
    for script in scripts:
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in _objects(found):
            _read_thing(thing, data)
    return data


def _objects(found: object) -> Iterator[Mapping[str, object]]:
    """Yield every object, from the outside in; iterative, since the depth is that of a stranger's file."""
    waiting, count = [found], 0
    while waiting and count < _MOST_OBJECTS:
        thing, count = waiting.pop(0), count + 1
        if isinstance(thing, dict):
            yield thing
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing


def _read_thing(thing: Mapping[str, object], data: LinkedData) -> None:
    kinds = _texts(thing.get("@type"))
    if any(kind.endswith(("Article", "Posting", "Report")) for kind in kinds):
        data.headline = data.headline or _text(thing.get("headline"))
        data.published = data.published or _text(thing.get("datePublished"))
        data.language = data.language or _text(thing.get("inLanguage"))
        data.images += _texts(thing.get("image"))
    if "ImageObject" in kinds and (address := _text(thing.get("contentUrl")) or _text(thing.get("url"))):
        data.images.append(address)
        if caption := _text(thing.get("caption")):
            data.captions.setdefault(address, caption)


def _texts(value: object) -> list[str]:
    return [text for item in (value if isinstance(value, list) else [value]) if (text := _text(item))]


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
