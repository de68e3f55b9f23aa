"""The corpus: known photos and video frames with dated, placed facts, in a directory.

`store` is the truth (SQLite, one transaction a source), `ingest` fills it, `verifying` checks it.
"""

from provcheck.corpus.store import Corpus, open_corpus

__all__ = ["Corpus", "open_corpus"]
