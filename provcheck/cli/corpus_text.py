"""What the corpus commands print for people. Everything from outside passes through `visible`."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from provcheck.corpus.links import DeadLink
from provcheck.corpus.statistics import Statistics
from provcheck.corpus.tally import IngestSummary
from provcheck.corpus.verifying import Problem
from provcheck.facts import facts_to_dict
from provcheck.records import Coverage, Facts, Skipped, Source
from provcheck.report.phrases import counted, place_name, source_name, timecode
from provcheck.report.visible import visible

_NAME_WIDTH = 12
_TIMES_A_LINE = 8


def write_ingest_summary(summary: IngestSummary, stream: IO[str], *, verbose: bool) -> None:
    """Write what became of the files: counts first, then everything that needs a look."""
    stream.write(f"{_headline(summary)}\n")
    for skipped in summary.skipped:
        stream.write(f"skipped {visible(skipped.path)}: {visible(_reason(skipped))}\n")
    for entry in summary.unmatched:
        stream.write(f"facts without media: {visible(entry.path)}: {visible(entry.reason)}\n")
    if summary.not_media:
        hint = "" if verbose else " (--verbose names them)"
        stream.write(f"not media: {counted(len(summary.not_media), 'file')}{hint}\n")
    if verbose:
        stream.writelines(f"{visible(line)}\n" for line in _details(summary))


def next_steps(summary: IngestSummary, folder: Path, *, was_empty: bool) -> Iterator[str]:
    """Yield what a person may want to know or do next; nothing where that is plain."""
    if not summary.found and not summary.skipped:
        yield "no photo or video was found there"
    if summary.added and all(source.facts == Facts() for source in summary.added):
        yield "without facts (date, place, kind) they are recognised and contradict nothing; facts can be added later"
    if summary.added and was_empty:
        yield f"next: provcheck check RELEASE --corpus {visible(str(folder))}"


def write_sources(sources: Iterable[Source], stream: IO[str]) -> None:
    """Write one line a source."""
    for source in sources:
        length = f" {timecode(source.duration_s)}" if source.duration_s is not None else ""
        what = f"{source.medium.value}{length}, {counted(source.frames, 'frame')}"
        stream.write(f"{source.id}  {source_name(source)}  [{what}]  {visible(source.path)}\n")


def write_source(source: Source, frames: Sequence[tuple[int, int, float | None]], stream: IO[str]) -> None:
    """Write everything that is known about one source."""
    rows = [
        ("id", source.id),
        ("path", source.path),
        ("sha256", source.sha256),
        ("medium", f"{source.medium.value}, {source.size[0]} x {source.size[1]}"),
        ("duration", timecode(source.duration_s) if source.duration_s is not None else ""),
        ("added", source.added),
        *_fact_rows(source.facts),
        ("frames", str(source.frames)),
    ]
    stream.writelines(_row(name, value) for name, value in rows if value)
    stream.writelines(f"  {line}\n" for line in _time_lines([time_s for _, _, time_s in frames]))


def write_verification(
    coverage: Coverage, problems: Sequence[Problem], dead: Sequence[DeadLink], stream: IO[str]
) -> None:
    """Write one line a problem, then the count."""
    stream.writelines(f"{visible(problem.where)}: {visible(problem.found)}\n" for problem in problems)
    stream.writelines(f"source {link.source_id}: {visible(link.address)}: {visible(link.reason)}\n" for link in dead)
    found = counted(len(problems) + len(dead), "problem") if problems or dead else "no problems"
    stream.write(f"{counted(coverage.sources, 'source')}, {counted(coverage.frames, 'frame')}: {found}\n")


def write_statistics(statistics: Statistics, stream: IO[str]) -> None:
    """Write the figures of a corpus."""
    coverage = statistics.coverage
    rows = [
        ("sources", f"{coverage.sources:,} ({_listing(statistics.by_medium)})" if coverage.sources else "0"),
        ("frames", f"{coverage.frames:,}"),
        ("kinds", _listing(statistics.by_kind)),
        ("years", _listing(statistics.by_year)),
        ("newest", coverage.newest or "no dates known"),
        ("updated", coverage.updated or ""),
        ("on disk", _disk(statistics)),
        ("of that", ", ".join(f"{name} {_megabytes(count)}" for name, count in statistics.part_bytes.items())),
    ]
    stream.writelines(_row(name, value) for name, value in rows if value)


def _headline(summary: IngestSummary) -> str:
    rate = f"{len(summary.added) / summary.seconds:.1f} sources/s" if summary.added and summary.seconds else ""
    parts = [
        f"added {counted(len(summary.added), 'source')} ({counted(summary.frames, 'frame')})",
        f"{len(summary.known):,} known already" if summary.known else "",
        f"facts of {counted(len(summary.updated), 'source')} updated" if summary.updated else "",
        f"{counted(len(summary.skipped), 'file')} skipped" if summary.skipped else "",
    ]
    return f"{'; '.join(filter(None, parts))} in {summary.seconds:.1f} s{f', {rate}' if rate else ''}"


def _reason(skipped: Skipped) -> str:
    """Return the reason without the file's name, which stands before it."""
    name = skipped.path.replace("\\", "/").rsplit("/", 1)[-1]
    return skipped.reason.removeprefix(f"{name}: ")


def _details(summary: IngestSummary) -> Iterator[str]:
    for source in summary.added:
        yield f"added {source.id} {source.path} ({counted(source.frames, 'frame')})"
    for path in summary.known:
        yield f"known {path}"
    for identifier in summary.updated:
        yield f"facts updated {identifier}"
    for path in summary.not_media:
        yield f"not media {path}"


def _fact_rows(facts: Facts) -> Iterator[tuple[str, str]]:
    for name, value in facts_to_dict(facts).items():
        shown = place_name(facts.place) if name == "place" and facts.place else str(value)
        yield name.replace("_", " "), shown


def _row(name: str, value: str) -> str:
    return f"{name:<{_NAME_WIDTH}}{visible(value)}\n"


def _time_lines(times: Sequence[float | None]) -> Iterator[str]:
    shown = [timecode(time_s) for time_s in times if time_s is not None]
    for start in range(0, len(shown), _TIMES_A_LINE):
        yield "  ".join(shown[start : start + _TIMES_A_LINE])


def _listing(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def _disk(statistics: Statistics) -> str:
    per_frame = statistics.bytes_per_frame
    each = f", {per_frame / 1000:.1f} kB a frame" if per_frame is not None else ""
    return f"{_megabytes(statistics.disk_bytes)}{each}"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"
