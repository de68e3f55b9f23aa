import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pool_jobs import crash_on_odd, double, fail, sleep_long, worker_of

from provcheck.corpus.pool import run_jobs

PATIENCE_S = 20.0


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def wait_until_dead(process: int) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(process)


def test_all_results_arrive_from_other_processes() -> None:
    done = list(run_jobs(double, range(20), workers=2))
    assert sorted((one.job, one.result) for one in done) == [(number, 2 * number) for number in range(20)]
    assert os.getpid() not in {one.result for one in run_jobs(worker_of, range(4), workers=2)}


def test_one_worker_is_this_process() -> None:
    assert [one.result for one in run_jobs(worker_of, range(2), workers=1)] == [os.getpid()] * 2


def test_jobs_are_drawn_only_as_they_can_be_worked_on() -> None:
    drawn = []

    def jobs() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    results = run_jobs(double, jobs(), workers=2)
    next(results)
    assert len(drawn) <= 5
    results.close()  # type: ignore[attr-defined]  # a generator, more than its type promises


def test_a_job_that_kills_its_process_is_told_from_those_beside_it() -> None:
    done = {one.job: one.result for one in run_jobs(crash_on_odd, [0, 2, 3, 4, 6, 8, 10, 12], workers=2)}
    assert done == {0: 0, 2: 2, 3: None, 4: 4, 6: 6, 8: 8, 10: 10, 12: 12}


def test_an_error_in_a_worker_is_raised_here() -> None:
    with pytest.raises(LookupError):
        list(run_jobs(fail, range(3), workers=2))


def test_giving_up_ends_workers_in_the_middle_of_their_work() -> None:
    results = run_jobs(sleep_long, range(4), workers=2)
    worker = next(results).result
    assert worker is not None
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert wait_until_dead(worker)
    assert time.monotonic() - started < PATIENCE_S


PARENT = """
import sys
sys.path.insert(0, sys.argv[1])
from pool_jobs import sleep_long
from provcheck.corpus.pool import run_jobs
if __name__ == "__main__":
    for done in run_jobs(sleep_long, range(4), workers=2):
        print(done.result, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_workers_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    command: list[str | Path] = [sys.executable, script, Path(__file__).parent]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    assert wait_until_dead(worker)
