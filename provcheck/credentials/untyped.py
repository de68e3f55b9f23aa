"""Parts of a plain object that a stranger made: what is not of the kind that is asked for counts as missing."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

Object = Mapping[str, Any]

LONGEST_TEXT: Final = 500
MOST_PARTS: Final = 500
"""Of one list: more actions or ingredients than a person reads."""

_NOTHING: Final[Object] = {}


def text_of(owner: Object, *keys: str) -> str | None:
    """Return the first of the values that is a text with something in it, cut where it is too long to be shown."""
    texts = (owner.get(key) for key in keys)
    return next((text.strip()[:LONGEST_TEXT] for text in texts if isinstance(text, str) and text.strip()), None)


def object_of(owner: Object, key: str) -> Object:
    """Return a value that is an object, else an empty one."""
    value = owner.get(key)
    return value if isinstance(value, dict) else _NOTHING


def objects_of(owner: Object, key: str) -> Iterable[Object]:
    """Return those parts of a value that are objects, up to `MOST_PARTS`."""
    value = owner.get(key)
    return [part for part in value[:MOST_PARTS] if isinstance(part, dict)] if isinstance(value, list) else []
