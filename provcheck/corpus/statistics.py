"""What a corpus consists of, and what it costs on disk."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from provcheck.corpus.store import Corpus
from provcheck.records import Coverage, Source

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures about a corpus.

    Attributes
    ----------
    by_kind, by_medium : dict of str to int
        Sources by what they are recordings of (`unknown` where the facts do not say) and by how they are stored.
    by_year : dict of str to int
        Sources by the year of their capture, else of their publication.
    part_bytes : dict of str to int
        Net bytes by what is stored: keypoints, thumbnails, whole-image codes.
    disk_bytes : int
        Of all files of the corpus, index files included.
    """

    coverage: Coverage
    by_kind: dict[str, int]
    by_medium: dict[str, int]
    by_year: dict[str, int]
    part_bytes: dict[str, int]
    disk_bytes: int

    @property
    def bytes_per_frame(self) -> float | None:
        """Bytes on disk per frame; None for an empty corpus."""
        return self.disk_bytes / self.coverage.frames if self.coverage.frames else None


def measure(corpus: Corpus) -> Statistics:
    """Return the figures of a corpus."""
    sources = list(corpus.sources())
    return Statistics(
        coverage=corpus.coverage(),
        by_kind=_count(source.facts.kind.value if source.facts.kind else UNKNOWN for source in sources),
        by_medium=_count(source.medium.value for source in sources),
        by_year=_count(map(_year, sources)),
        part_bytes={
            "keypoints": _sum(corpus, "SELECT sum(length(geometry) + length(codes)) FROM keypoints"),
            "thumbnails": _sum(corpus, "SELECT sum(length(jpeg)) FROM thumbnail"),
            "whole-image codes": _sum(corpus, "SELECT sum(length(code)) FROM code"),
        },
        disk_bytes=_disk_bytes(corpus.path),
    )


def _count(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def _year(source: Source) -> str:
    moment = source.facts.captured or source.facts.published
    return moment.text[:4] if moment else UNKNOWN


def _sum(corpus: Corpus, sql: str) -> int:
    return next(int(total or 0) for (total,) in corpus.rows(sql))


def _disk_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
