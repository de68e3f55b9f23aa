"""What does `provcheck check` say of releases made to do harm, and what do they cost?

python tests/benchmarks/hostile_releases.py
python tests/benchmarks/hostile_releases.py --only zip pdf

Makes some 40 archives, documents, pages and mails in a temporary folder, runs `provcheck check` on each in a process of
its own, and prints one table. A line per case: what was said first about what was not checked, how many pictures were,
the exit code, the peak of resident memory and the time of the processors.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hostile_files import CASES
from tables import print_table

FILES = Path(__file__).with_name("hostile_files.py")
_LONGEST_SAID = 110


def main() -> None:
    """Make each case, check it, print one table."""
    asked = _arguments()
    with TemporaryDirectory(prefix="provcheck-hostile-") as name:
        folder = Path(name)
        _run([str(FILES), "sound", str(folder / "known.jpg")])
        _run(["-m", "provcheck", "corpus", "add", str(folder / "known.jpg"), "--corpus", str(folder / "corpus")])
        cases = [case for case in CASES if not asked.only or any(word in case.__name__ for word in asked.only)]
        rows = [_row(case, folder) for case in cases]
    header = ("release", "what was said", "pictures", "exit", "peak MB", "processor s")
    print_table(f"{len(rows)} hostile and damaged releases", header, rows)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", metavar="WORD", help="cases with one of these words in their names")
    return parser.parse_args()


def _row(case: Callable[[Path], None], folder: Path) -> tuple[str, ...]:
    path, report = folder / f"{case.__name__}.bin", folder / "report.json"
    report.unlink(missing_ok=True)
    _run([str(FILES), case.__name__, str(path)])
    words = ("check", path, "--corpus", folder / "corpus", "--no-cache", "--format", "json", "-o", report)
    process = subprocess.Popen(
        [sys.executable, "-m", "provcheck", *map(str, words)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip
    stderr = process.stderr.read().decode() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    path.unlink()
    said, pictures = _said(report, stderr)
    what = (case.__doc__ or "").rstrip(".")
    figures = (str(process.returncode), f"{usage.ru_maxrss * 1024 / 1e6:.0f}", f"{usage.ru_utime + usage.ru_stime:.1f}")
    print(f"{case.__name__}: {said} | {pictures} | {figures}", file=sys.stderr)
    return what, said, pictures, *figures


def _run(words: list[str]) -> None:
    """Run Python apart: what this process holds counts into the peak of those that it starts."""
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _said(report: Path, stderr: str) -> tuple[str, str]:
    if not report.exists():
        return " ".join(stderr.split())[-_LONGEST_SAID:], "-"
    told: Any = json.loads(report.read_text("utf-8"))
    told = told.get("releases", [told])[0]
    reasons = [item["reason"] for item in told["skipped"] if item.get("missed", True)]
    broken = [item["reason"] for item in told["items"] if item["outcome"] == "inconclusive"]
    first = next(iter([*reasons, *broken]), "")
    more = f" (and {len(reasons) + len(broken) - 1} more)" if len(reasons) + len(broken) > 1 else ""
    checked = sum(item["outcome"] != "inconclusive" for item in told["items"])
    return first[:_LONGEST_SAID].replace("|", "/") + more, str(checked)


if __name__ == "__main__":
    main()
