"""A parsed JSON document, read with its types checked and every mistake named by its place (`$.items[3].sha256`)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from provcheck.errors import SavedReportError
from provcheck.report.visible import visible

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_LONGEST_SHOWN: Final = 60
_LARGEST: Final = 1e300
"""Beyond it there is nothing that a report could mean; not-a-number is no smaller."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a JSON document.

    Attributes
    ----------
    place : str
        Where it stands, as a JSONPath.
    """

    value: object
    place: str = "$"

    def __getitem__(self, key: str) -> "Node":
        """Return the value under a key; raise `SavedReportError` when there is none."""
        inner = self.inner(key)
        if inner is None:
            raise SavedReportError(f"{self.place}: the key “{key}” is missing", REMEDY)
        return inner

    def inner(self, key: str) -> "Node | None":
        """Return the value under a key, None when there is no such key."""
        fields = self._checked(dict, "an object")
        return Node(fields[key], f"{self.place}.{key}") if key in fields else None

    def known(self, key: str, read: "Callable[[Node], T]") -> T | None:
        """Return what `read` makes of the value under a key, None where it is missing or null."""
        inner = self.inner(key)
        return None if inner is None or inner.value is None else read(inner)

    def each(self) -> "Iterator[Node]":
        """Yield the elements of an array."""
        for number, value in enumerate(self._checked(list, "an array")):
            yield Node(value, f"{self.place}[{number}]")

    def fields(self) -> "Iterator[tuple[str, Node]]":
        """Yield the keys of an object with their values."""
        for key, value in self._checked(dict, "an object").items():
            yield key, Node(value, f"{self.place}.{key}")

    def text(self) -> str:
        """Return a string."""
        return self._checked(str, "a string")

    def number(self) -> float:
        """Return a finite number."""
        if (
            isinstance(self.value, bool)
            or not isinstance(self.value, int | float)
            or not -_LARGEST < self.value < _LARGEST
        ):
            raise self._wrong("a number")
        return float(self.value)

    def whole(self) -> int:
        """Return an integer."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self._wrong("an integer")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        return self._checked(bool, "true or false")

    def choice(self, choices: type[Choice]) -> Choice:
        """Return a member of an enumeration."""
        known = [choice.value for choice in choices]
        if self.value not in known:
            raise self._wrong(f"one of {', '.join(known)}")
        return choices(str(self.value))

    def converted(self, convert: Callable[[object], T], expected: str) -> T:
        """Return what `convert` makes of the plain value; its `ValueError` and `TypeError` name the place."""
        try:
            return convert(self.value)
        except (ValueError, TypeError):
            raise self._wrong(expected) from None

    def numbers(self, count: int) -> tuple[float, ...]:
        """Return an array of exactly `count` numbers."""
        found = tuple(element.number() for element in self.each())
        if len(found) != count:
            raise self._wrong(f"{count} numbers")
        return found

    def _checked(self, kind: type[T], expected: str) -> T:
        if not isinstance(self.value, kind):
            raise self._wrong(expected)
        return self.value

    def _wrong(self, expected: str) -> SavedReportError:
        found = visible(repr(self.value))
        shown = found if len(found) <= _LONGEST_SHOWN else f"{found[:_LONGEST_SHOWN]}…"
        return SavedReportError(f"{self.place}: expected {expected}, found {shown}", REMEDY)


REMEDY = "Give a file that `provcheck check --format json` wrote."
