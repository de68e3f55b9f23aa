"""How many processors there are, and work spread over them in threads.

Threads, because nearly all the time of a picture goes into libraries that let go of the interpreter while they compute.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def count_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Item], Result], items: Iterable[Item], *, threads: int, ahead: int) -> Iterator[Result]:
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
