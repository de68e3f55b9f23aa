"""What a search of a corpus depends on, in one digest: the same sources and videos give the same findings.

Not `Corpus.frames_state`: a corpus that was built anew from the same files has another. Facts are left out, because
they are read anew whenever a match is judged. Video files are in it, because a match is refined in the video while that
is there.
"""

import hashlib
import os
from contextlib import suppress

from provcheck.corpus.store import Corpus
from provcheck.records import Medium


def corpus_state(corpus: Corpus) -> str:
    """Return a digest of the sources, their kept frames, the algorithms, and the state of the video files."""
    digest = hashlib.sha256(repr(sorted(corpus.algorithms().items())).encode())
    for sha256, frames, medium, path in corpus.rows("SELECT sha256, frames, medium, path FROM source ORDER BY sha256"):
        file = _file_state(os.fsdecode(path)) if medium == Medium.VIDEO.value else ()
        digest.update(repr((sha256, frames, file)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _file_state(path: str) -> tuple[object, ...]:
    """Return path, size and time of the last change; the path alone when the file is not there."""
    with suppress(OSError):
        found = os.stat(path)  # noqa: PTH116 (a path of bytes that are no text, and a million of them)
        return path, found.st_size, found.st_mtime_ns
    return (path,)
