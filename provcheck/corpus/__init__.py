"""The corpus: known photos and video frames with dated, placed facts, in a directory.

`store` is the truth (SQLite, one transaction a source), `ingest` fills it, `verifying` checks it.
"""

from provcheck.corpus.opening import open_corpus
from provcheck.corpus.store import Corpus

__all__ = ["Corpus", "open_corpus"]
