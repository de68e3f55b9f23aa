"""A corpus with its lookup, and what is asked of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faiss

from provcheck.corpus import Corpus, open_corpus
from provcheck.matching import Lookup, find_matches, open_lookup
from provcheck.records import RGB, Alteration, Edit, Found, Match, Picture


@dataclass(frozen=True, slots=True)
class Known:
    """An open corpus, ready to be searched."""

    corpus: Corpus
    lookup: Lookup

    def find(self, *pixels: RGB) -> Found:
        """Search for an image of one or more pictures."""
        return find_matches([Picture(each) for each in pixels], self.corpus, self.lookup)

    def titles(self, *pixels: RGB) -> list[str | None]:
        """Return the titles of the sources that match, the most certain first."""
        return [match.source.facts.title for match in self.find(*pixels).matches]

    def only_match(self, pixels: RGB) -> Match:
        """Return the one match of a picture that must have one."""
        matches = self.find(pixels).matches
        assert len(matches) == 1, [match.source.facts.title for match in matches]
        return matches[0]


@contextmanager
def opened(path: Path) -> Iterator[Known]:
    """Open a corpus for searching, with one thread: on a busy machine two that wait for each other take much longer."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    with open_corpus(path) as corpus:
        yield Known(corpus, open_lookup(corpus))
    faiss.omp_set_num_threads(threads)


def edits(match: Match) -> dict[Edit, Alteration]:
    """Return what was done to the picture, by kind."""
    return {alteration.kind: alteration for alteration in match.alterations}
