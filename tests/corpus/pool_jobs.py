"""Work for the worker processes of the tests: they import it by name."""

import os
import time


def double(number: int) -> int:
    return 2 * number


def crash_on_odd(number: int) -> int:
    if number % 2:
        os._exit(9)
    return number


def fail(number: int) -> int:
    raise LookupError(number)


def worker_of(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


def sleep_long(number: int) -> int:
    """The first job ends at once, the others never."""
    if number:
        time.sleep(600)
    return os.getpid()
