"""How many processors there are, and work spread over them in threads.

Threads, because nearly all the time of a picture goes into libraries that let go of the interpreter while they compute.
"""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import repeat
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def count_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Item], Result], items: Iterable[Item], *, threads: int, ahead: int
) -> Generator[Result, None, None]:
    """Yield what `work` makes of each item, in their order; the first error ends it.

    Parameters
    ----------
    threads : int
        With 0 the work is done by the caller's thread, one item after the other.
    ahead : int
        How many items may have been begun, or wait, besides the one whose result is due.
    """
    if not threads:
        yield from map(work, items)
        return
    executor = ThreadPoolExecutor(threads)
    waiting: deque[Future[Result]] = deque()
    try:
        for item in items:
            waiting.append(executor.submit(work, item))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def fetched_ahead(items: Iterator[Item], *, most: int) -> Generator[Item, None, None]:
    """Yield items that another thread takes from an iterator, as many as `most` before they are asked for.

    When this iterator is closed the thread has ended, and nothing takes from `items` any more.
    """
    nothing = object()
    taken = in_order(lambda _: next(items, nothing), repeat(None), threads=1, ahead=most)
    try:
        for item in taken:
            if item is nothing:
                return
            yield item  # type: ignore[misc] # one of the items, for it is not `nothing`
    finally:
        taken.close()
