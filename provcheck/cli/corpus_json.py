"""What the corpus commands print for machines."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import IO, Any

from provcheck.corpus.statistics import Statistics
from provcheck.facts import facts_to_dict
from provcheck.records import Source


def write_sources(sources: Iterable[Source], stream: IO[str]) -> None:
    """Write all sources as one JSON document."""
    _write({"sources": [_source(source) for source in sources]}, stream)


def write_source(source: Source, frames: Sequence[tuple[int, int, float | None]], stream: IO[str]) -> None:
    """Write one source with the numbers and times of its frames."""
    stills = [{"number": number, "time_s": time_s} for _, number, time_s in frames]
    _write({**_source(source), "stills": stills}, stream)


def write_statistics(statistics: Statistics, stream: IO[str]) -> None:
    """Write the figures of a corpus."""
    figures = asdict(statistics)
    _write({**figures.pop("coverage"), **figures, "bytes_per_frame": statistics.bytes_per_frame}, stream)


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "path": source.path,
        "title": source.facts.title,
        "sha256": source.sha256,
        "medium": source.medium.value,
        "size": list(source.size),
        "duration_s": source.duration_s,
        "frames": source.frames,
        "added": source.added,
        "facts": facts_to_dict(source.facts),
    }


def _write(document: dict[str, Any], stream: IO[str]) -> None:
    # ASCII: a path that is not UTF-8 stays valid JSON.
    json.dump(document, stream, indent=2)
    stream.write("\n")
