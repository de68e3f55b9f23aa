"""Is a bundle whole? Every digest, every byte between the files, and what is wrong by its name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from provcheck.bundling.contents import CASE, INFO, MANIFEST, PAYLOAD, PAYLOAD_SUMS, REPORT, TAG_SUMS, is_plain
from provcheck.bundling.listings import read_manifest, read_sums, write_manifest, write_sums
from provcheck.bundling.members import REMEDY, Member, read_members
from provcheck.bundling.packed import packing_problems
from provcheck.bundling.problems import Harm, Problem
from provcheck.errors import BundleError

LISTS: Final = (PAYLOAD_SUMS, TAG_SUMS, MANIFEST)


@dataclass(frozen=True, slots=True)
class Checked:
    """A bundle, its digests compared.

    Attributes
    ----------
    members, digests : mapping
        The files and their SHA-256, by their names below the folder of the bundle.
    digest : str
        The one over all, as the bundle has it; empty where it has none.
    made : datetime or None
        When it says that it was made.
    """

    members: Mapping[str, Member]
    digests: Mapping[str, str]
    problems: tuple[Problem, ...]
    digest: str
    made: datetime | None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(member.size for member in self.members.values())


def check_bundle(path: Path, *, digest: str | None = None) -> Checked:
    """Compare a bundle with what its lists say.

    1. Where an archive contradicts itself about its files, read it in the way that leaves less to complain about.
    2. Compare every file with both lists, and the lists with each other.
    3. If all files are whole, compare every byte of the ZIP file around them.

    Parameters
    ----------
    digest : str, optional
        The digest over all, as it was noted elsewhere.

    Raises
    ------
    BundleError
        It is no bundle, or nothing can be read from it.
    """
    try:
        checked = _least_troubled(path)
        problems = list(checked.problems)
        if not problems and path.is_file() and checked.made:
            problems += packing_problems(path, checked.members, checked.digests[CASE], checked.made)
    except OSError as error:
        raise BundleError(f"{path}: cannot be read: {error.strerror or error}", "Check the path.") from error
    if digest is not None and digest != checked.digest:
        found = f"the digest over all is {checked.digest or 'not there'}, and {digest} was expected"
        problems.append(Problem(Harm.DIGEST, TAG_SUMS, found))
    return replace(checked, problems=tuple(problems))


def _least_troubled(path: Path) -> Checked:
    readings = [members for members in read_members(path) if _has_lists(members)]
    if not readings:
        raise BundleError(f"{path}: is no bundle: there is no {MANIFEST} in it", REMEDY)
    checked = min(map(_checked, readings), key=lambda one: len(one.problems))
    if not checked.problems and not {CASE, REPORT} <= checked.members.keys():
        raise BundleError(f"{path}: is whole, but no case of provcheck: there is no {CASE} or no {REPORT}", REMEDY)
    return checked


def _has_lists(members: Sequence[Member]) -> bool:
    _, named = _below_base(members)
    return not named.keys().isdisjoint({*LISTS, CASE})


def _checked(members: Sequence[Member]) -> Checked:
    base, named = _below_base(members)
    doubled = [member for member in members if named.get(member.name.removeprefix(base)) != member]
    digests = {name: member.sha256() for name, member in named.items()}
    problems = [
        *(Problem(Harm.ADDITIONAL, member.name, "it is there twice, or outside of the folder") for member in doubled),
        *(Problem(Harm.ADDITIONAL, name, "no bundle has such a name") for name in named if not is_plain(name)),
        *_differences(named, digests),
    ]
    made = _made(named.get(INFO))
    if made is None and not problems:
        problems.append(Problem(Harm.CHANGED, INFO, "it does not say when the bundle was made"))
    return Checked(named, digests, tuple(problems), digests.get(TAG_SUMS, ""), made)


def _below_base(members: Sequence[Member]) -> tuple[str, dict[str, Member]]:
    """Return the folder that most files are in, with its slash, and the files in it by the rest of their names."""
    folders = Counter(member.name.partition("/")[0] for member in members)
    base = max(folders, key=folders.__getitem__, default="") + "/"
    named: dict[str, Member] = {}
    for member in members:
        if member.name.startswith(base):
            named.setdefault(member.name.removeprefix(base), member)
    return base, named


def _differences(named: Mapping[str, Member], digests: Mapping[str, str]) -> list[Problem]:
    """Return what is changed, missing or too much.

    1. Where the checksum files are those of what is there, at most the JSON list can be wrong.
    2. Else every file is held against the lists that are themselves as they were noted.
    3. Should nothing be found by that, the lists contradict each other.
    """
    in_json = _content(named, MANIFEST)
    sizes = {name: (digest, named[name].size) for name, digest in digests.items() if name != MANIFEST}
    agrees = TAG_SUMS in sizes and in_json == write_manifest(sizes)
    if _sums_agree(named, digests):
        harm = Harm.CHANGED if MANIFEST in named else Harm.MISSING
        return [] if agrees else [Problem(harm, MANIFEST, "it does not list the files as they are")]
    found = list(_not_as_noted(digests, _noted(named, digests)))
    return found or [Problem(Harm.CHANGED, PAYLOAD_SUMS, f"it contradicts {MANIFEST}")]


def _sums_agree(named: Mapping[str, Member], digests: Mapping[str, str]) -> bool:
    payload = {name: digest for name, digest in digests.items() if name.startswith(PAYLOAD)}
    unlisted = payload.keys() | {TAG_SUMS, MANIFEST}
    beside = {name: digest for name, digest in digests.items() if name not in unlisted}
    lists = {PAYLOAD_SUMS: write_sums(payload), TAG_SUMS: write_sums(beside)}
    return all(_content(named, name) == written for name, written in lists.items())


def _noted(named: Mapping[str, Member], digests: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what the lists note for each file; a checksum file that was itself changed is not heard."""
    in_json = read_manifest(_content(named, MANIFEST))
    tags = read_sums(_content(named, TAG_SUMS))
    if digests.get(TAG_SUMS) != in_json.get(TAG_SUMS) and in_json:
        tags = {}
    payload = read_sums(_content(named, PAYLOAD_SUMS))
    if digests.get(PAYLOAD_SUMS) not in (tags.get(PAYLOAD_SUMS), in_json.get(PAYLOAD_SUMS)):
        payload = {}
    noted: dict[str, list[str]] = {}
    for name, digest in (*tags.items(), *payload.items(), *in_json.items()):
        noted.setdefault(name, []).append(digest)
    return noted


def _not_as_noted(digests: Mapping[str, str], noted: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    for name in sorted(({*noted, *digests} | {*LISTS}) - {MANIFEST}):
        said = noted.get(name, ())
        if name not in digests:
            yield Problem(Harm.MISSING, name, f"its SHA-256 was {said[0]}" if said else "every bundle has it")
        elif not said and noted:
            yield Problem(Harm.ADDITIONAL, name, "no list names it")
        elif said and digests[name] not in said:
            yield Problem(Harm.CHANGED, name, f"its SHA-256 is {digests[name]}, and {said[0]} was noted")
    if MANIFEST not in digests:
        yield Problem(Harm.MISSING, MANIFEST, "every bundle has it")


def _content(named: Mapping[str, Member], name: str) -> bytes:
    return named[name].read() if name in named else b""


def _made(info: Member | None) -> datetime | None:
    for line in info.read().decode("utf-8", "replace").splitlines() if info else ():
        name, _, value = line.partition(": ")
        if name == "Bagging-Time":
            try:
                return datetime.fromisoformat(value).astimezone(UTC)
            except (ValueError, OverflowError):
                return None
    return None
