"""The seams of provcheck: each the smallest thing that a test can fake. Read this file after `records`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Protocol

import numpy as np
import numpy.typing as npt

from provcheck.records import RGB, Claims, Codes, Finding, Match, Picture, ReleaseImage, Report, Severity, Verdict

Progress = Callable[[int, int, str], None]
"""Called as `progress(done, total, what)` from the main process while long work goes on."""


class Fingerprint(Protocol):
    """A code of the whole image."""

    @property
    def name(self) -> str:
        """What reports and stores call it."""
        ...

    @property
    def version(self) -> str:
        """A code's bits are a promise: another algorithm is another version."""
        ...

    @property
    def bits(self) -> int:
        """Length of the code, a multiple of 8."""
        ...

    def compute(self, pixels: RGB) -> tuple[bytes, int]:
        """Return the code (`bits // 8` bytes) and its quality, 0 to 100 (100 where the method has none)."""
        ...


class MediaReader(Protocol):
    """Bytes of one kind of file to upright sRGB pictures."""

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the first 4096 bytes of a file look like this reader's kind."""
        ...

    def pictures(self, path: Path, *, enough_side: int | None = None) -> Iterator[Picture]:
        """Yield the stills that represent the file; raise `UnreadableMedia` with a one-line reason.

        See `provcheck.media.pictures` for `enough_side`.
        """
        ...


class Index(Protocol):
    """Codes to neighbours under Hamming distance. Brute force defines what is right."""

    def add(self, codes: Codes) -> None:
        """Append codes, shape (N, bytes); they are numbered in the order of adding, from 0."""
        ...

    def search(self, queries: Codes, count: int) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
        """Return distances in bits and numbers, shape (Q, count), nearest first; -1 where there are fewer."""
        ...

    def within(self, queries: Codes, radius: int) -> Iterable[tuple[int, int, int]]:
        """Yield (query, number, distance) for every code at `radius` bits or nearer (inclusive)."""
        ...

    def __len__(self) -> int: ...


class Cache(Protocol):
    """What was worked out before, by key. A lost or damaged entry costs time and nothing else."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key; None when there is nothing, or nothing that is whole."""
        ...

    def put(self, key: str, value: bytes) -> None:
        """Keep a value, unless that is not possible."""
        ...


class Rule(Protocol):
    """What is said of a judgement itself. How it judges is one of the three protocols below, all of them pure."""

    @property
    def id(self) -> str:
        """`PC101` ...; printed in reports and never given to another rule."""
        ...

    @property
    def severity(self) -> Severity:
        """The weight of its plain case; single findings may weigh less."""
        ...

    @property
    def summary(self) -> str:
        """What it reports, in one sentence."""
        ...

    @property
    def help(self) -> str:
        """What the reader of a finding can do about it."""
        ...


class MatchRule(Rule, Protocol):
    """A judgement of one image against one matched source."""

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:
        """Yield what the facts of the source say against the claims of the image."""
        ...


class ReleaseRule(Rule, Protocol):
    """A judgement of the images of a release against each other."""

    def judge(self, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, Finding]]:
        """Yield findings, each with the position of the verdict that it belongs to."""
        ...


class FileRule(Rule, Protocol):
    """A judgement of one image by what its own file says, whether or not the corpus knows it."""

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield what the file of the image says against itself, or against the claims."""
        ...


class Reporter(Protocol):
    """Reports rendered for one kind of reader."""

    def __call__(
        self, reports: Sequence[Report], stream: IO[str], *, verbose: bool = False, fail_on: str = "reused"
    ) -> None:
        """Write the reports on one or more releases as one whole.

        Parameters
        ----------
        verbose : bool
            Add every reason and figure where a format leaves some out.
        fail_on : str
            The least serious outcome that fails the check (one of `report.FAIL_ON`), for formats that tell failures.
        """
        ...
