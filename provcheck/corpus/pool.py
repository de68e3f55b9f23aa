"""Jobs over worker processes that may crash, be killed, or outlive nobody.

Processes are spawned, not forked: a fork of a process that has run threads (PyAV, OpenCV) may hang, and would inherit
the corpus's lock and its SQLite connection. Spawning is the same on every system and costs about a second, once.

Each worker holds the reading end of a pipe whose writing end only the parent has. When the parent ends in whatever way,
`kill -9` included, or gives up, the pipe closes and the workers end at once.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_JOBS_IN_FLIGHT_PER_WORKER = 2
"""One that runs and one that waits: the results of a long video are large, and all of them pass through memory."""


@dataclass(frozen=True, slots=True)
class Done(Generic[Job, Result]):
    """What became of a job. `result` is None when the process that ran it died."""

    job: Job
    result: Result | None


def run_jobs(work: Callable[[Job], Result], jobs: Iterable[Job], *, workers: int) -> Iterator[Done[Job, Result]]:
    """Yield what becomes of each job, in the order in which they are finished.

    1. Run the jobs in `workers` processes, few in flight (with one worker: in this process, where a crash is ours).
    2. When a process dies, nobody knows which of the jobs in flight killed it: run each of them alone.
    3. Go on with the others in new processes.

    Parameters
    ----------
    work : callable
        A function of a module, called in the worker processes.
    jobs : iterable
        Drawn from as the work goes on, in this process.
    """
    if workers == 1:
        yield from (Done(job, work(job)) for job in jobs)
        return
    waiting = iter(jobs)
    while suspects := (yield from _run_until_crash(work, waiting, workers)):
        for job in suspects:
            killers = yield from _run_until_crash(work, iter([job]), 1)
            yield from (Done(killer, None) for killer in killers)


def _run_until_crash(
    work: Callable[[Job], Result], waiting: Iterator[Job], workers: int
) -> Generator[Done[Job, Result], None, list[Job]]:
    """Run jobs until there are no more, or until a process dies; return the jobs that were then in flight."""
    suspects: list[Job] = []
    running: dict[Future[Result], Job] = {}
    with _processes(workers) as executor:
        while not suspects:
            for job in islice(waiting, workers * _JOBS_IN_FLIGHT_PER_WORKER - len(running)):
                running[_submit(executor, work, job)] = job
            if not running:
                break
            yield from _collect(running, suspects)
        while running:
            yield from _collect(running, suspects)
    return suspects


def _collect(running: dict[Future[Result], Job], suspects: list[Job]) -> Iterator[Done[Job, Result]]:
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        job = running.pop(future)
        if isinstance(future.exception(), BrokenProcessPool):
            suspects.append(job)
        else:
            yield Done(job, future.result())


def _submit(executor: ProcessPoolExecutor, work: Callable[[Job], Result], job: Job) -> Future[Result]:
    try:
        with _interrupts_held():
            return executor.submit(work, job)
    except BrokenProcessPool as error:
        failed: Future[Result] = Future()
        failed.set_exception(error)
        return failed


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    context = get_context("spawn")
    ends_with_parent, held_by_parent = context.Pipe(duplex=False)
    executor = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(ends_with_parent,))
    try:
        yield executor
    except BaseException:
        held_by_parent.close()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
        held_by_parent.close()
        ends_with_parent.close()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C: a process that is started inside the block does so for life, from its first instruction."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(ends_with_parent: "Connection[object, object]") -> None:
    import cv2  # noqa: PLC0415 (only workers need it)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cv2.setNumThreads(1)
    threading.Thread(target=_end_with_parent, args=(ends_with_parent,), daemon=True).start()


def _end_with_parent(ends_with_parent: "Connection[object, object]") -> None:
    ends_with_parent.poll(None)
    os._exit(1)
