"""Work in threads: results in the order of the items, and the first error ends it."""

import threading
from collections.abc import Iterator

import pytest

from provcheck.processors import count_processors, fetched_ahead, in_order


def test_there_is_at_least_one_processor() -> None:
    assert count_processors() >= 1


@pytest.mark.parametrize("threads", [0, 1, 3])
@pytest.mark.parametrize("ahead", [0, 2, 50])
def test_results_come_in_the_order_of_the_items(threads: int, ahead: int) -> None:
    assert list(in_order(lambda n: n * n, range(20), threads=threads, ahead=ahead)) == [n * n for n in range(20)]


def test_without_threads_the_work_is_done_by_the_caller() -> None:
    assert set(in_order(lambda _: threading.get_ident(), range(3), threads=0, ahead=3)) == {threading.get_ident()}
    assert threading.get_ident() not in in_order(lambda _: threading.get_ident(), range(3), threads=1, ahead=3)


def test_items_work_at_the_same_time() -> None:
    together = threading.Barrier(2, timeout=10)
    assert sorted(in_order(lambda _: together.wait(), range(2), threads=2, ahead=2)) == [0, 1]


def test_no_more_items_are_taken_than_may_wait() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    assert next(in_order(str, items(), threads=2, ahead=3)) == "0"
    assert taken == [0, 1, 2, 3]


def test_the_first_error_ends_it_and_what_waits_is_not_begun() -> None:
    begun: list[int] = []

    def fail_at_two(number: int) -> int:
        begun.append(number)
        if number == 2:
            raise ValueError("two")
        return number

    with pytest.raises(ValueError, match="two"):
        list(in_order(fail_at_two, range(1000), threads=1, ahead=2))
    assert len(begun) < 10


@pytest.mark.parametrize("most", [0, 1, 50])
def test_what_is_fetched_ahead_comes_in_order_and_from_another_thread(most: int) -> None:
    threads = set()

    def items() -> Iterator[int]:
        for number in range(20):
            threads.add(threading.get_ident())
            yield number

    assert list(fetched_ahead(items(), most=most)) == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_once_it_is_closed_nothing_more_is_fetched() -> None:
    source = iter(range(1000))
    fetched = fetched_ahead(source, most=3)
    assert next(fetched) == 0
    fetched.close()
    assert next(source) <= 5


def test_an_error_of_the_items_is_raised_where_it_was_due() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("damaged")

    fetched = fetched_ahead(items(), most=3)
    assert next(fetched) == 1
    with pytest.raises(ValueError, match="damaged"):
        next(fetched)
