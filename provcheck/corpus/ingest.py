"""Media files into the corpus: walk, hash, fingerprint in parallel, commit source by source.

1. Walk the folders; hash every file.
2. A file whose SHA-256 the corpus has needs no decoding: only its facts and its place are brought up to date.
3. Fingerprint the others in worker processes. Non-media found in folders is counted; everything else that cannot be
   used is skipped with its reason.
4. Commit each source as it is finished, in one transaction: stopping at any time loses only what was in work.
5. Account for copies: of files with equal bytes the first one is the source.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from provcheck.corpus.fingerprinting import FileJob, Fingerprinted, Refused, file_state, fingerprint_file
from provcheck.corpus.given_facts import GivenFacts
from provcheck.corpus.pool import run_jobs
from provcheck.corpus.store import Corpus
from provcheck.corpus.tally import IngestSummary, Tally
from provcheck.corpus.walking import FoundFile, find_files
from provcheck.errors import UnreadableMedia
from provcheck.media import sha256_of
from provcheck.processors import count_processors
from provcheck.protocols import Progress
from provcheck.records import Facts, Skipped, Source

CRASHED = "the decoder crashed, or ran out of memory"

Work = Callable[[FileJob], Fingerprinted | Refused]

MOST_THREADS = 4
"""For one video; more were not tried."""
_ID_DIGITS = 12
_FACTS_SUFFIX = ".toml"


def add(
    corpus: Corpus,
    paths: Sequence[Path],
    *,
    facts_file: Path | None = None,
    options: Facts | None = None,
    own: Mapping[Path, Facts] = MappingProxyType({}),
    jobs: int | None = None,
    progress: Progress | None = None,
    work: Work = fingerprint_file,
) -> IngestSummary:
    """Add files and folders to a corpus that was opened for writing.

    Parameters
    ----------
    facts_file : Path, optional
        A TOML file with facts of the sources.
    options : Facts, optional
        Facts of all the sources; they win over every file's.
    own : mapping of Path to Facts
        What releases of one's own claim of their files, see `provcheck.release.own`.
    jobs : int, optional
        Worker processes; by default one a processor. With 1 the work is done in this process. With more, a script that
        calls this needs the usual `if __name__ == "__main__"`, because the processes are spawned.
    work : callable
        What is done to one file, in the worker processes.

    Raises
    ------
    FactsError
        Before anything is added, when a file of facts is wrong.
    """
    started = time.monotonic()
    found = list(find_files(paths))
    files = [file for file in found if isinstance(file, FoundFile)]
    facts = GivenFacts(files, facts_file=facts_file, options=options, own=own)
    ingest = _Ingest(corpus, facts, progress or _show_nothing, len(found))
    ingest.tally.skipped += [skipped for skipped in found if isinstance(skipped, Skipped)]
    ingest.run(files, work, workers=max(1, min(jobs or count_processors(), len(files))))
    return ingest.tally.summary(facts.unmatched(), time.monotonic() - started)


class _Ingest:
    """One run over a list of files."""

    def __init__(self, corpus: Corpus, facts: GivenFacts, progress: Progress, total: int) -> None:
        self.tally = Tally()
        self._corpus = corpus
        self._facts = facts
        self._progress = progress
        self._total = total
        self._threads = 1
        self._firsts: dict[str, FoundFile] = {}
        self._copies: list[tuple[FoundFile, str]] = []
        self._refusals: dict[str, Refused] = {}

    def run(self, files: Sequence[FoundFile], work: Work, *, workers: int) -> None:
        self._threads = max(1, count_processors() // workers)
        for done in run_jobs(work, self._new_files(files), workers=workers):
            self._finish(done.job, done.result or Refused(f"{Path(done.job.path).name}: {CRASHED}"))
        for copy, sha256 in self._copies:
            self._settle_copy(copy, sha256)

    def _new_files(self, files: Sequence[FoundFile]) -> Iterator[FileJob]:
        """Yield the files that have to be decoded; settle those that need not be."""
        for file in files:
            if not file.named and file.path.suffix.lower() == _FACTS_SUFFIX:
                self._refuse(file, Refused("facts", not_media=True))
                continue
            try:
                job = _hash(file.path, self._threads)
            except UnreadableMedia as error:
                self._refuse(file, Refused(error.message))
                continue
            if job.sha256 in self._firsts:
                self._copies.append((file, job.sha256))
                continue
            self._firsts[job.sha256] = file
            if known := self._corpus.source_by_sha256(job.sha256):
                self._update(known, file)
            else:
                yield job

    def _finish(self, job: FileJob, result: Fingerprinted | Refused) -> None:
        file = self._firsts[job.sha256]
        if isinstance(result, Refused):
            self._refusals[job.sha256] = result
            self._refuse(file, result)
            return
        source = _source(job, result, self._facts.for_new(file))
        if self._corpus.has_id(source.id):
            # 48 bits: chance will not do this, but anybody who wants to can make two such files in a minute.
            self._refuse(file, Refused(f"{file.path.name}: its id {source.id} is that of another source"))
            return
        self._corpus.add_source(source, result.frames)
        self.tally.added.append(source)
        self._show(file)

    def _update(self, known: Source, file: FoundFile) -> None:
        """Bring the facts of a known source up to date, and its path when its file has moved."""
        if self._corpus.set_facts(known.id, self._facts.for_known(file, known.facts)):
            self.tally.updated.append(known.id)
        if str(file.path) != known.path and not Path(known.path).exists():
            self._corpus.set_path(known.id, str(file.path))
        self.tally.known.append(str(file.path))
        self._show(file)

    def _refuse(self, file: FoundFile, refused: Refused) -> None:
        if refused.not_media and not file.named:
            self.tally.not_media.append(str(file.path))
        else:
            self.tally.skipped.append(Skipped(str(file.path), refused.reason))
        self._show(file)

    def _settle_copy(self, copy: FoundFile, sha256: str) -> None:
        if refused := self._refusals.get(sha256):
            reason = f"the same bytes as {self._firsts[sha256].path}, which was skipped ({refused.reason})"
            self._refuse(copy, Refused(reason, not_media=refused.not_media))
            return
        self.tally.known.append(str(copy.path))
        self._show(copy)

    def _show(self, file: FoundFile) -> None:
        self._progress(self.tally.settled(), self._total, file.path.name)


def _hash(path: Path, threads: int = 1) -> FileJob:
    """Hash a file, noting its state before that: a change during hashing is seen when the work is done."""
    state = file_state(str(path))
    sha256 = sha256_of(path)
    return FileJob(str(path), sha256, state, min(threads, MOST_THREADS))


def _source(job: FileJob, look: Fingerprinted, facts: Facts) -> Source:
    return Source(
        id=job.sha256[:_ID_DIGITS],
        path=job.path,
        sha256=job.sha256,
        medium=look.medium,
        size=look.size,
        duration_s=look.duration_s,
        frames=len(look.frames),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        facts=facts,
    )


def _show_nothing(_done: int, _total: int, _what: str) -> None:
    return
