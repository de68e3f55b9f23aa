"""Work for processes that share one cache; in a module of its own, because spawned processes import it."""

from pathlib import Path

from provcheck.caching import open_cache

KEYS = 40
LIMIT_BYTES = 30 * 4096
"""Fewer entries than keys: every process removes some while the others read and write them."""


def value_of(key: int) -> bytes:
    return f"entry {key} ".encode() * (100 + key)


def use(folder: Path) -> int:
    """Read and write every key a few times; return how many reads gave something else than the whole value."""
    wrong = 0
    for _ in range(5):
        with open_cache(folder, limit_bytes=LIMIT_BYTES) as cache:
            for key in range(KEYS):
                found = cache.get(str(key))
                wrong += found is not None and found != value_of(key)
                cache.put(str(key), value_of(key))
    return wrong
