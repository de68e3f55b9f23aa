"""How well and how fast do provcheck and the rivals that are installed find edited pictures, on the same set?

    python tests/benchmarks/rivals.py --set SET
    python tests/benchmarks/rivals.py --set SET --provcheck "other-venv/bin/provcheck"   # from the rivals' environment

SET holds `refs/`, `queries/` and `truth.csv` with the columns `query`, `reference` (empty when nothing known is in the
picture) and `family` (`near`: another shot of a known scene). For each way:

- recall at zero false: share of the known queries whose best answer is right and surer than every false one, be that
  for an unrelated query, for another shot, or the wrong reference;
- uAP: micro average precision over the best answer of every query (ties count as one step);
- at its own threshold: recall, then false answers for unrelated queries and for other shots;
- milliseconds on the clock for one reference and for one query, decoding included; provcheck's include start-up.
"""

import argparse
import csv
import json
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from rival_methods import Rival, installed_rivals

HEADER = ("way", "recall at 0 false", "uAP", "at its threshold", "ms a reference", "ms a query")


@dataclass(frozen=True, slots=True)
class Query:
    """One line of the truth file."""

    name: str
    reference: str
    near: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What one way says of one query.

    Attributes
    ----------
    best : str
        The reference that is most alike, empty for none.
    sure : float
        Any number that grows with confidence.
    named : frozenset of str
        References beyond the way's own threshold.
    """

    best: str
    sure: float
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """All answers of one way, in the order of the queries, and its milliseconds."""

    name: str
    answers: tuple[Answer, ...]
    reference_ms: float
    query_ms: float


def main() -> None:
    """Run every way over the set, print one table."""
    asked = _arguments()
    with (asked.set / "truth.csv").open(encoding="utf-8", newline="") as stream:
        truth = [Query(row["query"], row["reference"], row["family"] == "near") for row in csv.DictReader(stream)]
    print(f"{len(truth)} queries, {sum(bool(query.reference) for query in truth)} of them known\n")
    print(f"| {' | '.join(HEADER)} |\n|{'|'.join(['---', *['---:'] * (len(HEADER) - 1)])}|")
    for run in _runs(asked, truth):
        print(f"| {' | '.join(_row(run, truth))} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, required=True, help="folder with refs/, queries/ and truth.csv")
    parser.add_argument("--provcheck", default="provcheck", help="its command line; empty: leave it out")
    return parser.parse_args()


def _runs(asked: argparse.Namespace, truth: Sequence[Query]) -> Iterator[Run]:
    references = sorted(path for path in (asked.set / "refs").iterdir() if path.is_file())
    queries = [asked.set / "queries" / query.name for query in truth]
    for rival in installed_rivals():
        yield _run_of(rival, references, queries)
    if asked.provcheck:
        yield _run_of_provcheck(shlex.split(asked.provcheck), references, queries)


def _run_of(rival: Rival, references: Sequence[Path], queries: Sequence[Path]) -> Run:
    names = [path.name for path in references]
    rival.describe(Image.open(references[0]).convert("RGB"))  # what is loaded on first use is not counted
    known, reference_ms = _timed(lambda: [rival.describe(Image.open(path).convert("RGB")) for path in references])
    alike, query_ms = _timed(
        lambda: rival.similarity([rival.describe(Image.open(path).convert("RGB")) for path in queries], known)
    )
    answers = tuple(_answer(row, names, rival.threshold) for row in alike)
    return Run(rival.name, answers, reference_ms / len(references), query_ms / len(queries))


def _answer(alike: npt.NDArray[np.float64], names: Sequence[str], threshold: float) -> Answer:
    best = int(alike.argmax())
    named = frozenset(names[int(at)] for at in np.flatnonzero(alike >= threshold - 1e-9))
    return Answer(names[best], float(alike[best]), named)


def _run_of_provcheck(tool: list[str], references: Sequence[Path], queries: Sequence[Path]) -> Run:
    with TemporaryDirectory(prefix="provcheck-rivals-") as folder:
        corpus, report = Path(folder) / "corpus", Path(folder) / "report.json"
        add = [*tool, "corpus", "add", str(references[0].parent), "--corpus", str(corpus)]
        check = [*tool, "check", str(queries[0].parent), "--corpus", str(corpus), "--format", "json", "-o", str(report)]
        _, reference_ms = _timed(lambda: _call(add, (0, 3)))
        _, query_ms = _timed(lambda: _call(check, (0, 1, 3)))
        items = {Path(item["path"]).name: item for item in json.loads(report.read_text("utf-8"))["items"]}
    answers = tuple(_said(items.get(path.name, {}).get("matches", [])) for path in queries)
    return Run("provcheck", answers, reference_ms / len(references), query_ms / len(queries))


def _said(matches: Sequence[dict[str, Any]]) -> Answer:
    surest_first = sorted((float(match["log10_false_alarms"]), Path(match["source"]["path"]).name) for match in matches)
    if not surest_first:
        return Answer("", float("-inf"), frozenset())
    return Answer(surest_first[0][1], -surest_first[0][0], frozenset(name for _, name in surest_first))


def _call(command: Sequence[str], accepted: Sequence[int]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in accepted:
        raise SystemExit(f"{shlex.join(command)}\nexit {done.returncode}\n{done.stderr[-2000:]}")


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, 1e3 * (time.perf_counter() - start)


def _row(run: Run, truth: Sequence[Query]) -> tuple[str, ...]:
    known = sum(bool(query.reference) for query in truth)
    pairs = list(zip(truth, run.answers, strict=True))
    right = sum(query.reference in answer.named for query, answer in pairs if query.reference)
    false = [query for query, answer in pairs if not query.reference and answer.named]
    near = sum(query.near for query in false)
    sure = [(answer.sure, answer.best == query.reference) for query, answer in pairs if answer.best]
    return (
        run.name,
        f"{recall_at_zero_false(sure, known):.3f}",
        f"{micro_average_precision(sure, known):.3f}",
        f"{right / known:.3f}, {len(false) - near}, {near}",
        f"{run.reference_ms:.1f}",
        f"{run.query_ms:.1f}",
    )


def recall_at_zero_false(sure: Sequence[tuple[float, bool]], known: int) -> float:
    """Return the share of right answers that are surer than every false one; `sure` is (confidence, right)."""
    bar = max((confidence for confidence, right in sure if not right), default=float("-inf"))
    return sum(right and confidence > bar for confidence, right in sure) / known


def micro_average_precision(sure: Sequence[tuple[float, bool]], known: int) -> float:
    """Return the area under precision over recall, answers of one confidence being one step."""
    area = hits = seen = 0.0
    for step in sorted({confidence for confidence, _ in sure}, reverse=True):
        rights = [right for confidence, right in sure if confidence == step]
        hits, seen = hits + sum(rights), seen + len(rights)
        area += sum(rights) / known * hits / seen
    return area


if __name__ == "__main__":
    main()
