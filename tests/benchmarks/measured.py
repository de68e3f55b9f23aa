"""A process of its own, with its wall clock, its processor time and its memory."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Measured:
    """What a process took.

    Attributes
    ----------
    peak_mb : float
        The largest that it ever held, with the parts of mapped files that it looked at.
    own_mb : float
        The largest without mapped files, which the system can take back at any time; -1 where it does not say.
    """

    exit_code: int
    wall_s: float
    processor_s: float
    peak_mb: float
    own_mb: float


def measure_process(arguments: Sequence[str]) -> Measured:
    """Run Python with these arguments, and watch it; modules are kept compiled, as pip leaves them on installing."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], env=environment)
    own_kb = -1.0
    # wait4 and not RUSAGE_CHILDREN: that one keeps the largest of all children so far.
    while True:
        own_kb = max(own_kb, _own_kb(process.pid))
        done, status, usage = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        time.sleep(_LOOK_S)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    processor_s = usage.ru_utime + usage.ru_stime
    return Measured(process.returncode, wall_s, processor_s, _megabytes(usage.ru_maxrss), own_kb * 1024 / 1e6)


def _own_kb(process: int) -> float:
    """Return `RssAnon` of a process; Linux only."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return -1.0
    return next((float(line.split()[1]) for line in lines if line.startswith("RssAnon:")), -1.0)


def _megabytes(largest: int) -> float:
    """Return `ru_maxrss`, which is bytes on macOS and 1024 bytes elsewhere, in megabytes."""
    return largest * (1 if sys.platform == "darwin" else 1024) / 1e6
