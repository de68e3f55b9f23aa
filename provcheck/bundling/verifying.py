"""Is a bundle whole, and do its pictures still give the outcomes that its report states?"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

from provcheck.bundling.bundled import BundledFiles, KnownOfReport, read_known
from provcheck.bundling.checking import Checked, check_bundle
from provcheck.bundling.contents import CASE, REPORT
from provcheck.bundling.matching_again import Repeated, repeat_report
from provcheck.bundling.members import REMEDY
from provcheck.bundling.problems import Problem
from provcheck.errors import BundleError, SavedReportError
from provcheck.protocols import Progress
from provcheck.records import Report
from provcheck.release import working_folder
from provcheck.report.reading import read_reports


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """A program, library or algorithm that the check was made with in another version; None: it is not there."""

    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """All that is said of a bundle.

    Attributes
    ----------
    digest : str
        The one over all, as the bundle has it.
    items : tuple of (Report, tuple of Repeated)
        One for each report; none where the bundle is not whole, or matching was not asked for.
    """

    files: int
    size: int
    made: datetime | None
    digest: str
    problems: tuple[Problem, ...]
    versions: tuple[OtherVersion, ...] = ()
    items: tuple[tuple[Report, tuple[Repeated, ...]], ...] = ()

    @property
    def repeated(self) -> tuple[Repeated, ...]:
        """The pictures of all reports."""
        return tuple(one for _, items in self.items for one in items)


def verify_bundle(
    path: Path,
    *,
    tool: Mapping[str, str],
    algorithms: Mapping[str, str],
    images: Path | None = None,
    digest: str | None = None,
    match_again: bool = True,
    progress: Progress | None = None,
) -> Verification:
    """Check a bundle.

    1. Compare every digest and every byte around the files; stop here where anything is wrong.
    2. Compare the versions of the check with those that are here.
    3. Match the pictures with their known pictures again, and judge again.

    Parameters
    ----------
    tool, algorithms : mapping of str to str
        Versions that are here.
    images : Path or None
        A folder or release to look for pictures in that the bundle does not have; they go by their SHA-256.
    digest : str or None
        The digest over all, as it was noted elsewhere.

    Raises
    ------
    BundleError
        It is no bundle, or nothing can be read from it.
    UnreadableMedia
        `images` cannot be read.
    """
    checked = check_bundle(path, digest=digest)
    about = (len(checked.members), checked.size, checked.made, checked.digest)
    if checked.problems:
        return Verification(*about, checked.problems)
    reports = _reports_of(checked, path)
    versions = tuple(_other_versions(reports[0], tool, algorithms)) if reports else ()
    if not match_again:
        return Verification(*about, (), versions)
    with working_folder() as folder:
        files = BundledFiles(checked, folder, images)
        items = tuple(_repeated(reports, files, _known_of(checked, path), progress))
    return Verification(*about, (), versions, items)


def _reports_of(checked: Checked, path: Path) -> Sequence[Report]:
    with _errors_placed(path, REPORT):
        return read_reports(checked.members[REPORT].read().decode("utf-8-sig", "replace"))


def _known_of(checked: Checked, path: Path) -> Sequence[KnownOfReport]:
    with _errors_placed(path, CASE):
        return read_known(checked.members[CASE].read().decode("ascii", "replace"))


@contextmanager
def _errors_placed(path: Path, name: str) -> Iterator[None]:
    try:
        yield
    except SavedReportError as error:
        raise BundleError(f"{path}, {name}: {error.message}", REMEDY) from None


def _repeated(
    reports: Sequence[Report], files: BundledFiles, known: Sequence[KnownOfReport], progress: Progress | None
) -> Iterator[tuple[Report, tuple[Repeated, ...]]]:
    total, done = sum(len(report.verdicts) for report in reports), 0
    for number, report in enumerate(reports):
        of_report = known[number] if number < len(known) else ()
        counted = count(done)
        show = partial(_show, progress, counted, total)
        items = repeat_report(report, files.picture, partial(files.known, report, of_report), show=show)
        done += len(items)
        yield report, tuple(items)


def _show(progress: Progress | None, counted: Iterator[int], total: int, what: str) -> None:
    if progress:
        progress(next(counted), total, what)


def _other_versions(report: Report, tool: Mapping[str, str], algorithms: Mapping[str, str]) -> Iterator[OtherVersion]:
    then = report.tool | {f"algorithm {name}": version for name, version in report.algorithms.items()}
    now = {**tool, **{f"algorithm {name}": version for name, version in algorithms.items()}}
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield OtherVersion(name, then.get(name), now.get(name))
