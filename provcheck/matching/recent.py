"""What was used lately, in bounded memory: what was not used for longest is given up first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")


class Recent(Generic[Key, Item]):
    """Items by key, for several threads.

    Parameters
    ----------
    most_bytes : int
        What the items may take together.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size_bytes = 0
        self._items: OrderedDict[Key, tuple[Item, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Item | None:
        """Return an item, None when it is not or no longer there."""
        with self._lock:
            if key not in self._items:
                return None
            self._items.move_to_end(key)
            return self._items[key][0]

    def put(self, key: Key, item: Item, size_bytes: int) -> None:
        """Keep an item, in place of what the key had before."""
        with self._lock:
            _, before = self._items.pop(key, (None, 0))
            self._items[key] = item, size_bytes
            self.size_bytes += size_bytes - before
            while self.size_bytes > self.most_bytes:
                _, (_, given_up) = self._items.popitem(last=False)
                self.size_bytes -= given_up
