"""The table of contents of provcheck: what happens to a release, step by step."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from provcheck import __version__
from provcheck.caching import Search
from provcheck.corpus import Corpus
from provcheck.credentials import credentials_of
from provcheck.errors import UnreadableMedia
from provcheck.fingerprints import ALGORITHMS
from provcheck.fingerprints.content import file_key
from provcheck.judging import apply_waivers, inconclusive, judge, judge_file, judge_release, reweigh
from provcheck.processors import count_processors, in_order
from provcheck.protocols import Cache, Progress
from provcheck.records import Coverage, Release, ReleaseImage, Report, Severity, Verdict, Waiver

if TYPE_CHECKING:
    from provcheck.versions import ComparisonReport

MOST_AT_ONCE = 4
"""Images that are searched at once, one more than there are processors: else one of these rests while the last image is
searched. Each may hold the frames of ten seconds of video beside those that all share (`matching.reels`)."""
OPTIONAL = ("c2pa-python",)
LIBRARIES = ("av", "faiss-cpu", "ImageHash", "numpy", "opencv-python-headless", "pillow")


def open_search(corpus: Corpus, cache: Cache | None = None) -> Search:
    """Make the search of a corpus: several releases can share it, and the indexes that it loads."""
    return Search(corpus, cache, tool=tool_versions())


def check(
    release: Release,
    corpus: Corpus,
    *,
    search: Search | None = None,
    severities: Mapping[str, Severity] = MappingProxyType({}),
    waivers: Sequence[Waiver] = (),
    anchors: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Check every image of a release against a corpus.

    1. For each image: read, search, verify, judge; or take from the cache what was found before, and judge. Look for
       Content Credentials in its file, and hold what it says of itself against the claims.
    2. Judge the images against each other.
    3. Give findings the severities that were asked for; mark those that are waived.

    Parameters
    ----------
    search : Search, optional
        From `open_search`; by default one of its own, without a cache.
    severities : mapping of str to Severity
        By rule id, where they are not to be the rules' own.
    anchors : str, optional
        The trust list for Content Credentials, as certificates (PEM); see `credentials.read_trust_list`.
    """
    search = search or open_search(corpus)
    coverage = corpus.coverage()
    created = datetime.now(UTC)
    finished = _all_checked(release.images, search, coverage, threads=_threads(corpus, len(release.images)))
    shown = _showing(release.images, finished, progress or _show_nothing)
    verdicts = [_judged_by_file(verdict, anchors) for verdict in shown]
    return Report(
        release=release,
        verdicts=apply_waivers(reweigh(judge_release(verdicts), severities), waivers, now=created),
        coverage=coverage,
        tool=tool_versions(),
        algorithms=dict(ALGORITHMS),
        created=created.isoformat(timespec="seconds"),
        waivers=tuple(waivers),
        configuration={f"severity.{rule}": severity.value for rule, severity in sorted(severities.items())},
    )


def compare(
    versions: Sequence[Release], corpus: Corpus | None = None, *, progress: Progress | None = None
) -> "ComparisonReport":
    """Compare versions of a release, each with the next, and check each against a corpus if there is one.

    Parameters
    ----------
    versions : sequence of Release
        At least two, in their order.
    """
    from provcheck.comparing import compare_versions, follow_pictures, label_versions  # noqa: PLC0415 - not for a check
    from provcheck.versions import ComparisonReport  # noqa: PLC0415

    labels = label_versions(versions)
    steps = [
        compare_versions(a, b, labels=names, progress=progress)
        for (a, b), names in zip(pairwise(versions), pairwise(labels), strict=True)
    ]
    search = open_search(corpus) if corpus else None
    checks = [check(release, corpus, search=search, progress=progress) for release in versions] if corpus else []
    return ComparisonReport(
        versions=tuple(versions),
        labels=labels,
        steps=tuple(steps),
        lives=follow_pictures(steps),
        tool=tool_versions(),
        algorithms=dict(ALGORITHMS),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        checks=tuple(checks),
    )


def _showing(images: Sequence[ReleaseImage], verdicts: Iterator[Verdict], progress: Progress) -> Iterator[Verdict]:
    """Yield the verdicts, and tell of each image before it is waited for."""
    for number, image in enumerate(images):
        progress(number, len(images), image.name)
        yield next(verdicts)
    progress(len(images), len(images), "done")


def _show_nothing(_done: int, _total: int, _what: str) -> None:
    return


def _threads(corpus: Corpus, images: int) -> int:
    processors = count_processors()
    useful = min(processors + 1, images, MOST_AT_ONCE) if processors > 1 else 1
    return useful if useful > 1 and corpus.threads_share else 0


def _all_checked(
    images: Sequence[ReleaseImage], search: Search, coverage: Coverage, *, threads: int
) -> Iterator[Verdict]:
    return in_order(lambda image: _checked(image, search, coverage), images, threads=threads, ahead=2 * threads)


def _checked(image: ReleaseImage, search: Search, coverage: Coverage) -> Verdict:
    unseen = file_key(image.sha256)
    if not coverage.frames:
        return replace(inconclusive(image, "the corpus is empty"), content_key=unseen)
    try:
        seen = search.look(image)
    except UnreadableMedia as error:
        return replace(inconclusive(image, error.message), content_key=unseen)
    found, image = seen.found, replace(image, previews=seen.previews)
    if found.not_checkable and not found.matches:
        return replace(inconclusive(image, found.not_checkable), content_key=seen.content_key)
    return replace(judge(image, found.matches, found.leads), content_key=seen.content_key)


def _judged_by_file(verdict: Verdict, anchors: str | None) -> Verdict:
    credentials = credentials_of(Path(verdict.image.file), anchors=anchors)
    return judge_file(replace(verdict, image=replace(verdict.image, credentials=credentials)))


def tool_versions() -> dict[str, str]:
    """Return the version of provcheck, of Python, and of the libraries that results depend on."""
    return {"name": "provcheck", "version": __version__, "python": platform.python_version(), **_libraries()}


@cache
def _libraries() -> Mapping[str, str]:
    return {name: version(name) for name in LIBRARIES} | {name: found for name in OPTIONAL if (found := _version(name))}


def _version(name: str) -> str | None:
    """Return the version of a library, None where it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
