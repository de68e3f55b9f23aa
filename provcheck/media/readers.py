"""The registry of readers, in the order in which they are asked.

The readers are small objects that import Pillow or PyAV when they are first used, so that `provcheck --help` loads
neither.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from provcheck.media.summary import MediaSummary
from provcheck.protocols import MediaReader
from provcheck.records import Medium, Picture


class DescribingReader(MediaReader, Protocol):
    """A reader that can also say what a file is without decoding all of it."""

    def describe(self, path: Path) -> MediaSummary:
        """Return the summary of a file; raise `UnreadableMedia`."""
        ...

    def read(
        self, path: Path, *, enough_side: int | None = None, threads: int = 2
    ) -> tuple[MediaSummary, Iterator[Picture]]:
        """Return what `describe` and `pictures` do; a decoder may use so many threads."""
        ...


class ImageReader:
    """Photos, drawings, animations and multi-page files, through Pillow."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether Pillow, or a refusal with a reason, is responsible for this file."""
        from provcheck.media import images  # noqa: PLC0415 - imports Pillow on use

        return images.recognises(head, path)

    def pictures(self, path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
        """Yield the pictures of the file, `time_s` None."""
        from provcheck.media import images  # noqa: PLC0415

        return images.pictures(path, enough_side=enough_side)

    def describe(self, path: Path) -> MediaSummary:
        """Return what the header says."""
        from provcheck.media import images  # noqa: PLC0415

        return images.describe(path)

    def read(
        self,
        path: Path,
        *,
        enough_side: int | None = None,
        threads: int = 2,  # noqa: ARG002 - Pillow has none
    ) -> tuple[MediaSummary, Iterator[Picture]]:
        """Return what the header says, and the pictures of the file."""
        return self.describe(path), self.pictures(path, enough_side=enough_side)


class VideoReader:
    """Videos, through PyAV."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether this file has moving pictures, or is a damaged container of them."""
        from provcheck.media import videos  # noqa: PLC0415 - imports PyAV on use

        return videos.recognises(head, path)

    def pictures(self, path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
        """Yield the kept frames in the order of their times."""
        from provcheck.media import videos  # noqa: PLC0415

        return videos.pictures(path, enough_side=enough_side)

    def describe(self, path: Path) -> MediaSummary:
        """Return what the container and the first frame say."""
        from provcheck.media import videos  # noqa: PLC0415

        return videos.describe(path)

    def read(
        self, path: Path, *, enough_side: int | None = None, threads: int = 2
    ) -> tuple[MediaSummary, Iterator[Picture]]:
        """Return what the container and the first frame say, and the kept frames."""
        from provcheck.media import videos  # noqa: PLC0415

        return videos.read(path, enough_side=enough_side, threads=threads)


DESCRIBING: Final[Mapping[Medium, DescribingReader]] = MappingProxyType(
    {
        Medium.IMAGE: ImageReader(),
        Medium.VIDEO: VideoReader(),
    }
)
READERS: Final[Mapping[Medium, MediaReader]] = DESCRIBING
