"""The tables of `provcheck evaluate` and `provcheck calibrate`."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from provcheck.evaluating.calibrating import Calibration, Pair
from provcheck.evaluating.curve import Level
from provcheck.evaluating.figures import Figures, Share
from provcheck.evaluating.protocol import Evaluation
from provcheck.report.phrases import counted
from provcheck.report.visible import visible

MOST_NAMED: Final = 12
MOST_PAIRS: Final = 30


def write_evaluation(evaluation: Evaluation, stream: IO[str], *, families: bool) -> None:
    """Write what was measured on a set."""
    figures = evaluation.figures
    size = _size(evaluation.sources, evaluation.frames)
    lines = [
        f"{visible(evaluation.name)}: {figures.queries:,} queries against {size}",
        *_absent(evaluation.unregistered),
        "",
        *_summary(figures),
        *_shares("family", figures.families),
        *(_shares("edit", figures.transforms) if families else []),
        *_curve(figures.curve),
    ]
    stream.writelines(f"{line}\n" for line in lines)


def write_calibration(result: Calibration, stream: IO[str]) -> None:
    """Write what was measured on a corpus."""
    lines = [
        f"{result.queries:,} queries made from {_size(result.sources, result.frames)} (seed {result.seed})",
        *_thumbnails(result),
        "",
        f"found their source     {result.found} of {result.queries}",
        f"matched another one    {result.false_matches} of {result.queries}, their own source held out",
        *_shares("family", result.families),
        *_curve(result.curve),
        *_pairs(result.pairs),
    ]
    stream.writelines(f"{line}\n" for line in lines)


def _size(sources: int, frames: int) -> str:
    return f"{counted(sources, 'source')}, {counted(frames, 'frame')}"


def _absent(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    return [f"not among the references, so their queries are missed: {_named(names)}"]


def _summary(figures: Figures) -> list[str]:
    near = figures.false_same_scene
    lines = [
        f"recall              {_share(figures.recall)} of {figures.positives} with a reference",
        f"R@P100              {_share(figures.recall_at_full_precision)}",
        f"uAP                 {_share(figures.average_precision)}",
        f"unrelated false     {len(figures.false)} of {figures.unrelated}{_after(figures.false)}",
        f"same-scene false    {len(near)} of {figures.same_scene}{_after(near)}",
        f"wrong source        {len(figures.wrong)} of {figures.positives}{_after(figures.wrong)}",
    ]
    if figures.time_error is not None:
        error = figures.time_error
        lines.append(
            f"time error          median {error.median_s:.3f} s, 90 % {error.nine_in_ten_s:.3f} s,"
            f" worst {error.worst_s:.3f} s, of {error.count}"
        )
    if figures.unreadable:
        lines.append(f"unreadable          {_named(figures.unreadable)}")
    return lines


def _share(value: float | None) -> str:
    return "  -  " if value is None else f"{value:.3f}"


def _after(names: Sequence[str]) -> str:
    return f": {_named(names)}" if names else ""


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(visible(name) for name in names[:MOST_NAMED]) + more


def _shares(what: str, rows: Sequence[Share]) -> list[str]:
    if not rows:
        return []
    width = max(len(what), *(len(row.name) for row in rows)) + 2
    table = [f"{visible(row.name):<{width}}{row.found / row.asked:>6.3f}  {row.found}/{row.asked}" for row in rows]
    return ["", f"{what:<{width}}recall", *table]


def _curve(levels: Sequence[Level]) -> list[str]:
    rows = [f"{f'< -{one.level}':<22}{one.claimed:>10.4g}{one.found:>10}{one.distinct:>12}" for one in levels]
    heading = f"{'log10_false_alarms':<22}{'claimed':>10}{'found':>10}{'of pictures':>12}"
    return ["", "pairs of a query and a source that it was not made from", heading, *rows]


def _thumbnails(result: Calibration) -> list[str]:
    if not result.from_thumbnails:
        return []
    return [f"{result.from_thumbnails} of them from the small stored pictures, because the files cannot be read"]


def _pairs(pairs: Sequence[Pair]) -> list[str]:
    if not pairs:
        return []
    rows = [
        f"  {Path(one.path).name} | {Path(one.other_path).name}  ({one.relation}, {one.log10_false_alarms:.0f})"
        for one in pairs[:MOST_PAIRS]
    ]
    more = [f"  and {len(pairs) - MOST_PAIRS} more (--write keeps them all)"] if len(pairs) > MOST_PAIRS else []
    heading = "look at these pairs of sources: duplicates, or shots of one place, or accidents"
    return ["", heading, *map(visible, rows), *more]
