"""The known pictures behind the matches of a report, as large as they can still be had."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from provcheck.bundling.contents import FRAMES, Content, content, plain_stem, plain_suffix
from provcheck.errors import UnreadableMedia
from provcheck.evidence import Originals, Still
from provcheck.evidence.encoding import png
from provcheck.records import Match, Medium, Source

WHOLE: Final = 1 << 20
"""Pixels of the longest side: more than any picture has."""


class Origin(StrEnum):
    """What a known picture in a bundle is."""

    FILE = "the source file"
    FRAME = "a frame of the source file"
    SMALL = "the small picture of the corpus"


@dataclass(frozen=True, slots=True)
class KnownPicture:
    """A known picture in a bundle; without a file the note says why.

    Attributes
    ----------
    time_s : float or None
        Of a frame of a video, as the file has it.
    """

    file: Content | None
    origin: Origin | None = None
    time_s: float | None = None
    note: str = ""


@dataclass(slots=True)
class Frames:
    """Known pictures, each fetched once.

    Attributes
    ----------
    folder : Path
        Where frames are written until they are packed.
    """

    folder: Path
    fetched: dict[tuple[str, float | None], KnownPicture] = field(default_factory=dict)

    def of(self, match: Match, originals: Originals) -> KnownPicture:
        """Return the known picture of a match."""
        key = match.source.sha256, match.frame_time_s
        if key not in self.fetched:
            self.fetched[key] = self._fetched(match, originals)
        return self.fetched[key]

    @property
    def small(self) -> int:
        """How many of them are the small pictures of the corpus."""
        return len({known.file for known in self.fetched.values() if known.origin is Origin.SMALL})

    def files(self) -> Iterator[Content]:
        """Yield the files of all that were fetched, each once."""
        named = {known.file.name: known.file for known in self.fetched.values() if known.file}
        yield from named.values()

    def _fetched(self, match: Match, originals: Originals) -> KnownPicture:
        source = match.source
        if source.medium is Medium.IMAGE and originals.is_original(source):
            path = Path(source.path)
            name = f"{FRAMES}{_stem(source)}{plain_suffix(path.name)}"
            return KnownPicture(content(name, path), Origin.FILE)
        try:
            still = originals.reference(match, side=WHOLE)
        except UnreadableMedia as error:
            return KnownPicture(None, note=error.message)
        return KnownPicture(
            self._written(source, still), Origin.SMALL if still.note else Origin.FRAME, still.time_s, still.note
        )

    def _written(self, source: Source, still: Still) -> Content:
        at = "" if still.time_s is None else f"-{still.time_s:.3f}s"
        small = "-small" if still.note else ""
        path = self.folder / f"{len(self.fetched)}.png"
        path.write_bytes(png(still.pixels))
        return content(f"{FRAMES}{_stem(source)}{at}{small}.png", path)


def _stem(source: Source) -> str:
    return f"{source.sha256[:12]}-{plain_stem(Path(source.path).name)}"
