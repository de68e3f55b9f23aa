"""Run the protocol on a set: register its references, search for its queries, count."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from provcheck.corpus import Corpus, ingest, open_corpus
from provcheck.errors import UsageError
from provcheck.evaluating.answers import answer
from provcheck.evaluating.figures import Figures, figures_of
from provcheck.evaluating.truth import Truth, read_truth
from provcheck.matching import open_lookup
from provcheck.protocols import Progress


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures, and what they were measured on.

    Attributes
    ----------
    unregistered : tuple of str
        References of the truth file that the corpus does not have: their queries are missed, whatever is done.
    """

    name: str
    sources: int
    frames: int
    unregistered: tuple[str, ...]
    figures: Figures


def evaluate(
    folder: Path, *, references: Sequence[Path] = (), corpus: Path | None = None, progress: Progress | None = None
) -> Evaluation:
    """Measure a set with a truth file.

    Parameters
    ----------
    folder : Path
        The set, see `provcheck.evaluating.truth`.
    references : sequence of Path
        Where the references are; by default `refs/` in the set. They are registered in a corpus that is removed again.
    corpus : Path, optional
        A corpus that has the references already.

    Raises
    ------
    UsageError
        When the set is not as it should be.
    """
    truths = read_truth(folder)
    with _opened(folder, references, corpus, progress) as known:
        lookup = open_lookup(known)
        names = {source.id: Path(source.path).name for source in known.sources()}
        answers = []
        for number, truth in enumerate(truths):
            if progress:
                progress(number, len(truths), truth.query)
            answers.append(answer(truth, folder / "queries", known, lookup, names))
        missing = _unregistered(truths, set(names.values()))
        return Evaluation(str(folder), len(names), lookup.frames, missing, figures_of(answers))


def _unregistered(truths: Sequence[Truth], known: set[str]) -> tuple[str, ...]:
    return tuple(sorted({truth.reference for truth in truths if truth.reference} - known))


@contextmanager
def _opened(
    folder: Path, references: Sequence[Path], corpus: Path | None, progress: Progress | None
) -> Iterator[Corpus]:
    if corpus is not None:
        with open_corpus(corpus) as known:
            yield known
        return
    places = list(references) or [folder / "refs"]
    absent = next((place for place in places if not place.exists()), None)
    if absent is not None:
        raise UsageError(f"there are no references: {absent} does not exist", "Name them: --refs DIR, or --corpus DIR.")
    with tempfile.TemporaryDirectory(prefix="provcheck-evaluate-") as place:
        path = Path(place) / "references.corpus"
        with open_corpus(path, write=True, create=True) as known:
            ingest.add(known, places, progress=progress)
        with open_corpus(path) as known:
            yield known
