"""What became of the files of one ingest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from provcheck.records import Skipped, Source


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """What became of the files that were to be added.

    Attributes
    ----------
    added : tuple of Source
        In the order in which they were committed.
    known : tuple of str
        Paths whose bytes the corpus had, or that are copies of another file of this run.
    updated : tuple of str
        Ids of known sources whose facts changed.
    frames : int
        Frames of the added sources.
    skipped : tuple of Skipped
        Media that could not be used, and named files that are no media.
    not_media : tuple of str
        Paths found in folders that are no media.
    unmatched : tuple of Skipped
        Entries of facts files that fitted none of the files.
    """

    added: tuple[Source, ...]
    known: tuple[str, ...]
    updated: tuple[str, ...]
    frames: int
    skipped: tuple[Skipped, ...]
    not_media: tuple[str, ...]
    unmatched: tuple[Skipped, ...]
    seconds: float

    @property
    def found(self) -> int:
        """How many photos and videos there were that the corpus has now."""
        return len(self.added) + len(self.known)


@dataclass(slots=True)
class Tally:
    """The summary in the making."""

    added: list[Source] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    not_media: list[str] = field(default_factory=list)

    def settled(self) -> int:
        """Return how many files are accounted for."""
        return len(self.added) + len(self.known) + len(self.skipped) + len(self.not_media)

    def summary(self, unmatched: Sequence[Skipped], seconds: float) -> IngestSummary:
        """Return the frozen summary."""
        return IngestSummary(
            added=tuple(self.added),
            known=tuple(self.known),
            updated=tuple(self.updated),
            frames=sum(source.frames for source in self.added),
            skipped=tuple(self.skipped),
            not_media=tuple(self.not_media),
            unmatched=tuple(unmatched),
            seconds=seconds,
        )
