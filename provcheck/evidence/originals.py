"""The pictures that a report is about: the image of the release, and the known frame that it was taken from."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from provcheck.corpus import Corpus, open_corpus
from provcheck.errors import ProvcheckError, UnreadableMedia
from provcheck.media import pictures, sha256_of, video_window
from provcheck.presence import is_file
from provcheck.records import RGB, Coverage, Match, Medium, Picture, ReleaseImage, Size, Source

CLOSE_S: Final = 0.001
"""Times in saved reports are rounded; a frame this much earlier is meant."""

LATEST_S: Final = 0.5
"""How far behind the stated time a frame may be that is shown for it."""

FIRST_OF_SEVERAL: Final = "It holds several pictures, each of which was checked; shown is the first."


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture to be shown.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array
        All of the original's or fewer.
    original : (width, height)
        Of the upright original: what transforms and boxes are about.
    note : str
        What a reader has to know of it, as that it is a small picture from the corpus; empty when nothing.
    time_s : float or None
    """

    pixels: RGB
    original: Size
    note: str = ""
    time_s: float | None = None


@dataclass(frozen=True, slots=True)
class Originals:
    """Reads pictures; keeps which files were found to be those of the report. Made by `opened_originals`.

    Attributes
    ----------
    corpus : Corpus or None
        The corpus of the report, where it can still be opened.
    """

    corpus: Corpus | None = None
    digests: dict[str, str] = field(default_factory=dict)

    def query(self, image: ReleaseImage, *, side: int) -> Still:
        """Return the image of a release, of which `side` pixels are enough.

        Raises
        ------
        UnreadableMedia
            Gone, changed since the check, or not to be decoded.
        """
        path = Path(image.file)
        alone = is_file(path.parent)  # a saved report on one picture: the release is the picture itself
        return self._first(path.parent if alone else path, image.sha256, side)

    def reference(self, match: Match, *, side: int) -> Still:
        """Return the known frame of a match: from its file, else as the corpus keeps it.

        Raises
        ------
        UnreadableMedia
            Neither is there.
        """
        try:
            return self._from_file(match, side)
        except UnreadableMedia as error:
            kept = self.kept(match.source, near_s=match.frame_time_s, count=1)
            if not kept:
                raise
            return replace(kept[0], note=f"{error.message}; shown is the small picture that the corpus keeps")

    def is_original(self, source: Source) -> bool:
        """Whether the file of a source is still there, and the same."""
        try:
            self._require(Path(source.path), source.sha256)
        except UnreadableMedia:
            return False
        return True

    def kept(self, source: Source, *, near_s: float | None, count: int) -> list[Still]:
        """Return the kept frames of a source nearest to a time, in the order of their times; none without a corpus."""
        from provcheck.matching.views import stored_reference  # noqa: PLC0415 (imports OpenCV)

        try:
            if self.corpus is None or self.corpus.source_by_sha256(source.sha256) is None:
                return []
            frames = self.corpus.load_frames(_nearest(self.corpus, source, near_s, count))
            stored = [stored_reference(frame) for frame in frames.values()]
        except ProvcheckError:
            return []
        stills = [Still(one.colour, one.original, time_s=one.time_s) for one in stored]
        return sorted(stills, key=lambda still: still.time_s or 0.0)

    def _from_file(self, match: Match, side: int) -> Still:
        source, path = match.source, Path(match.source.path)
        if source.medium is not Medium.VIDEO or match.frame_time_s is None:
            return self._first(path, source.sha256, side)
        self._require(path, source.sha256)
        time_s = match.frame_time_s
        for frame in video_window(path, time_s - CLOSE_S, time_s + LATEST_S, max_side=side):
            return Still(frame.pixels, source.size, time_s=frame.time_s)
        raise UnreadableMedia(f"{path.name}: there is no frame at {time_s:.3f} seconds")

    def _first(self, path: Path, sha256: str, side: int) -> Still:
        self._require(path, sha256)
        held = pictures(path, enough_side=side)
        first = next(held, None)
        if first is None:
            raise UnreadableMedia(f"{path.name}: holds no picture")
        return Still(first.pixels, first.size, FIRST_OF_SEVERAL if _has_next(held) else "")

    def _require(self, path: Path, sha256: str) -> None:
        """Refuse a file that is not the one that was checked."""
        if str(path) not in self.digests:
            self.digests[str(path)] = sha256_of(path)
        if self.digests[str(path)] != sha256:
            raise UnreadableMedia(f"{path.name}: is not the file that was checked: its SHA-256 is another one")


@contextmanager
def opened_originals(coverage: Coverage) -> Iterator[Originals]:
    """Open what a report was made from; a corpus that is gone or cannot be opened is done without."""
    with ExitStack() as stack:
        try:
            corpus = stack.enter_context(open_corpus(Path(coverage.path)))
        except (ProvcheckError, OSError, ValueError):
            corpus = None
        yield Originals(corpus)


def _has_next(held: Iterator[Picture]) -> bool:
    try:
        return next(held, None) is not None
    except UnreadableMedia:
        return False


def _nearest(corpus: Corpus, source: Source, near_s: float | None, count: int) -> list[int]:
    timed = [(abs((time or 0.0) - (near_s or 0.0)), frame) for frame, _, time in corpus.frame_times(source.id)]
    return [frame for _, frame in sorted(timed)[:count]]
