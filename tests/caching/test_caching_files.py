"""Entries in a directory: whole or not there, bounded, shared."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest
from cache_jobs import LIMIT_BYTES, use

from provcheck.caching import FileCache, open_cache
from provcheck.errors import OutputError


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    return open_cache(tmp_path / "new" / "cache")


def entries(cache: FileCache) -> list[Path]:
    return [path for path in cache.folder.rglob("*") if path.is_file()]


def test_what_was_put_is_there_also_for_the_next_one(cache: FileCache) -> None:
    assert cache.get("a key") is None
    cache.put("a key", b"value")
    cache.put("a key", b"newer value")
    assert FileCache(cache.folder).get("a key") == b"newer value"
    assert cache.get("another key") is None


@pytest.mark.parametrize("damage", [b"", b"short", bytes(32) + b"value", b"\xff" * 40])
def test_a_damaged_entry_is_none_and_is_replaced(cache: FileCache, damage: bytes) -> None:
    cache.put("key", b"value")
    (entry,) = entries(cache)
    entry.write_bytes(damage)
    assert cache.get("key") is None
    cache.put("key", b"value")
    assert cache.get("key") == b"value"


def test_an_entry_that_is_a_folder_is_none(cache: FileCache) -> None:
    cache.put("key", b"value")
    (entry,) = entries(cache)
    entry.unlink()
    entry.mkdir()
    assert cache.get("key") is None
    cache.put("key", b"value")


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, limit_bytes=10 * 4096)
    for at in range(12):
        cache.put(str(at), b"value")
        (entry,) = [path for path in entries(cache) if path.stat().st_mtime > time.time() - 1000]
        os.utime(entry, (0, 1e9 + at))
    assert cache.get("0") == b"value"
    cache.sweep()
    assert [at for at in range(12) if cache.get(str(at)) is not None] == [0, *range(5, 12)]
    assert cache.size_bytes() <= cache.limit_bytes


def test_it_sweeps_when_it_has_written(tmp_path: Path) -> None:
    with FileCache(tmp_path, limit_bytes=4096) as cache:
        cache.put("a", b"value")
        cache.put("b", b"value")
    assert cache.size_bytes() <= 4096


def test_what_a_killed_process_left_is_removed_after_an_hour(cache: FileCache) -> None:
    (cache.folder / "ab").mkdir()
    old, new = cache.folder / "ab" / "old.part", cache.folder / "ab" / "new.part"
    for leftover in (old, new):
        leftover.touch()
    os.utime(old, (0, time.time() - 3700))
    cache.sweep()
    assert (old.exists(), new.exists()) == (False, True)


def test_where_nothing_can_be_written_nothing_happens(cache: FileCache) -> None:
    cache.folder.rmdir()
    cache.put("key", b"value")
    assert cache.get("key") is None
    cache.sweep()


def test_a_cache_that_cannot_be_made_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be made") as raised:
        open_cache(tmp_path / "file" / "cache")
    assert "--no-cache" in raised.value.remedy


def test_processes_share_it(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        wrong = pool.map(use, [tmp_path] * 4)
    cache = open_cache(tmp_path)
    assert wrong == [0] * 4
    assert cache.size_bytes() <= LIMIT_BYTES
    assert not [path for path in entries(cache) if path.suffix == ".part"]
