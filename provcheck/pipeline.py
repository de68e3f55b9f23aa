"""The table of contents of provcheck: what happens to a release, step by step."""

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from provcheck import __version__
from provcheck.corpus import Corpus
from provcheck.errors import UnreadableMedia
from provcheck.fingerprints import ALGORITHMS
from provcheck.judging import inconclusive, judge, judge_release
from provcheck.matching import Lookup, find_matches, open_lookup
from provcheck.media import pictures
from provcheck.protocols import Progress
from provcheck.records import Release, ReleaseImage, Report, Verdict

LIBRARIES = ("av", "faiss-cpu", "ImageHash", "numpy", "opencv-python-headless", "pillow")


def check(release: Release, corpus: Corpus, *, progress: Progress | None = None) -> Report:
    """Check every image of a release against a corpus.

    1. Load or build the corpus's indexes.
    2. For each image: read, search, verify, judge.
    3. Judge the images against each other.
    """
    lookup = open_lookup(corpus)
    verdicts = []
    for number, image in enumerate(release.images):
        if progress:
            progress(number, len(release.images), image.name)
        verdicts.append(_checked(image, corpus, lookup))
    if progress:
        progress(len(release.images), len(release.images), "done")
    return Report(
        release=release,
        verdicts=judge_release(tuple(verdicts)),
        coverage=corpus.coverage(),
        tool=_tool(),
        algorithms=dict(ALGORITHMS),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _checked(image: ReleaseImage, corpus: Corpus, lookup: Lookup) -> Verdict:
    if not lookup.frames:
        return inconclusive(image, "the corpus is empty")
    try:
        found = find_matches(pictures(Path(image.file)), corpus, lookup)
    except UnreadableMedia as error:
        return inconclusive(image, error.message)
    if found.not_checkable and not found.matches:
        return inconclusive(image, found.not_checkable)
    return judge(image, found.matches, found.leads)


def _tool() -> dict[str, str]:
    return {
        "name": "provcheck",
        "version": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }
