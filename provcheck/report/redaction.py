"""A report without what shows how somebody works: no file name, no folder, nothing that a picture can be made from.

For a report that leaves the house. Pictures, files and sources are called by number or id instead, everywhere: also in
the sentences of findings, the origins of claims, the steps into archives and documents, the reasons of skipped files,
and the addresses of sources, which are cut to their site where they hold a file name. What stays is what was found: the
outcomes, rules, claims, facts and figures, and the SHA-256 of the pictures, by which who has them can tell which is
meant. The codes of their content go, because a coarse picture can be computed back from them.

It is done to the records and not by each reporter, so that no format can forget it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import PurePath
from typing import Any, Final, TypeVar
from urllib.parse import unquote, urlsplit

from provcheck.records import (
    STEP,
    Credentials,
    FileMetadata,
    Match,
    ReleaseImage,
    Report,
    Skipped,
    Source,
    Stated,
    Verdict,
)
from provcheck.report.summary import skipped_files
from provcheck.report.visible import visible

LEFT_OUT: Final = "[redacted]"
OWN_FILES: Final = frozenset({"release.toml", "facts.toml", "provcheck.toml", "pyproject.toml"})
"""Names that say nothing of whoever uses them, because provcheck and its documentation chose them."""

_IN_FILE: Final = re.compile(r".* (?:in|of) (?P<file>.+)|(?P<toml>.+)(?:, line |:)\d+")
_PATH: Final = re.compile(r"(?<![\w:/])(?:[A-Za-z]:|~)?(?:[\w.@+-]*[/\\])+[\w.@+-]*")
_ADDRESS: Final = re.compile(r"\w+://\S+")
_WORD: Final = re.compile(r"[^\W\d_]+")

Record = TypeVar("Record")


def redacted(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return the reports without names, paths and codes of content; the pictures of all are numbered through from 1."""
    done, first = [], 1
    for number, report in enumerate(reports, 1):
        done.append(_redacted(report, first, number))
        first += len(report.verdicts)
    return tuple(done)


def _redacted(report: Report, first: int, number: int) -> Report:
    name = f"release {number}"
    return _in_every_text(_renamed(report, first, name), _replacing(_names(report, first, name)))


def _renamed(report: Report, first: int, name: str) -> Report:
    """Return the report with the fields that are paths replaced; its sentences are as they were."""
    verdicts = tuple(_verdict(verdict, f"picture {number}") for number, verdict in enumerate(report.verdicts, first))
    waivers = tuple(replace(waiver, picture=LEFT_OUT) for waiver in report.waivers)
    images = tuple(verdict.image for verdict in verdicts)
    files = {skipped: f"file {number}" for number, skipped in enumerate(skipped_files(report), 1)}
    return replace(
        report,
        release=replace(report.release, path=name, images=images, skipped=_numbered(report.release.skipped, files)),
        verdicts=verdicts,
        coverage=replace(report.coverage, path=LEFT_OUT),
        skipped=_numbered(report.skipped, files),
        waivers=waivers,
        redacted=True,
    )


def _verdict(verdict: Verdict, name: str) -> Verdict:
    findings = tuple(
        replace(finding, waiver=replace(finding.waiver, picture=LEFT_OUT) if finding.waiver else None)
        for finding in verdict.findings
    )
    return replace(
        verdict,
        image=_image(verdict.image, name),
        matches=tuple(map(_match, verdict.matches)),
        leads=tuple(map(_match, verdict.leads)),
        findings=findings,
        reason=_reason(verdict.reason, verdict.image.name),
        content_key=None,
    )


def _image(image: ReleaseImage, name: str) -> ReleaseImage:
    """Return an image without names; what its file says of itself beyond the claims can name anything, and goes."""
    signed = _credentials(image.credentials) if image.credentials else None
    return replace(image, name=name, file="", metadata=FileMetadata(), credentials=signed)


def _credentials(credentials: Credentials) -> Credentials:
    """Return credentials without the titles of ingredients, which are file names, and the names of files beside."""
    ingredients = tuple(replace(part, title=LEFT_OUT if part.title else None) for part in credentials.ingredients)
    is_beside = credentials.place.endswith(" beside it")
    place = f"the file {LEFT_OUT} beside it" if is_beside else credentials.place
    problem = _ADDRESS.sub(LEFT_OUT, _PATH.sub(LEFT_OUT, credentials.problem))
    return replace(credentials, ingredients=ingredients, place=place, problem=problem)


def _match(match: Match) -> Match:
    return replace(match, source=replace(match.source, path=_source_name(match.source)))


def _source_name(source: Source) -> str:
    return f"source {source.id}"


def _numbered(skipped: Sequence[Skipped], files: Mapping[Skipped, str]) -> tuple[Skipped, ...]:
    return tuple(replace(one, path=files[one], reason=_reason(one.reason, one.path)) for one in skipped)


def _reason(reason: str, path: str) -> str:
    """Return a reason without paths, and without the name of the file that it begins with."""
    return _PATH.sub(LEFT_OUT, reason.removeprefix(f"{PurePath(path.rsplit(STEP, maxsplit=1)[-1]).name}: "))


# ---------------------------------------------------------------- names in sentences


def _names(report: Report, first: int, release: str) -> dict[str, str]:
    """Return every name that could stand in a sentence of the report, with what is to stand there."""
    paths = dict(_paths(report, first, release))
    parts = {part: LEFT_OUT for path in paths for part in _parts(path)}
    names = {name: said for name, said in (parts | paths).items() if _tells(name)}
    addresses = {address for source in _sources(report) for address in (source.facts.url, source.facts.archive_url)}
    return names | {address: _site(address) for address in addresses if address and not _may_stay(address, names)}


def _paths(report: Report, first: int, release: str) -> Iterator[tuple[str, str]]:
    for origin in _origins(report):
        if found := _IN_FILE.fullmatch(origin):
            file = found["file"] or found["toml"]
            yield file, PurePath(file).name if PurePath(file).name in OWN_FILES else LEFT_OUT
    for source in _sources(report):
        yield source.path, _source_name(source)
        yield source.facts.release or "", LEFT_OUT
    for number, skipped in enumerate(skipped_files(report), 1):
        yield skipped.path, f"file {number}"
    for number, verdict in enumerate(report.verdicts, first):
        for part in verdict.image.credentials.ingredients if verdict.image.credentials else ():
            yield part.title or "", LEFT_OUT
        yield verdict.image.file, f"picture {number}"
        yield verdict.image.name, f"picture {number}"
    yield report.coverage.path, LEFT_OUT
    yield report.release.path, release


def _parts(path: str) -> Iterator[str]:
    """Yield what a path may be called by: its steps into containers, and the last name of each."""
    for step in path.split(STEP):
        yield from (step, PurePath(step).name)


def _tells(name: str) -> bool:
    """Whether a name shows whose it is: a folder called by a plain word has to leave that word in sentences."""
    return bool(name.strip()) and not _WORD.fullmatch(name) and name not in OWN_FILES


def _sources(report: Report) -> Iterator[Source]:
    for verdict in report.verdicts:
        yield from (match.source for match in (*verdict.matches, *verdict.leads))


def _may_stay(address: str, names: Mapping[str, str]) -> bool:
    read = unquote(address).lower()
    return _is_of_the_web(address) and not any(name.lower() in read for name in names)


def _site(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return LEFT_OUT
    return f"{parts.scheme}://{parts.hostname}/" if _is_of_the_web(address) and parts.hostname else LEFT_OUT


def _is_of_the_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _origins(report: Report) -> Iterator[str]:
    for verdict in report.verdicts:
        claims = verdict.image.claims
        stated = (getattr(claims, field.name) for field in fields(claims))
        yield from (said.origin for said in stated if isinstance(said, Stated))
        yield from (finding.waiver.origin for finding in verdict.findings if finding.waiver)
    yield from (waiver.origin for waiver in report.waivers)


def _replacing(names: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that replaces names in a text, longer names first, as they are and as reports show them."""
    shown = {form.lower(): stand_in for name, stand_in in names.items() for form in _forms(name)}
    if not shown:
        return lambda text: text
    longest_first = sorted(shown, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: shown.get(found[0].lower(), LEFT_OUT), text)


def _forms(name: str) -> Iterator[str]:
    yield from {name, visible(name), " ".join(name.split()), visible(" ".join(name.split()))}


def _in_every_text(value: Record, change: Callable[[str], str]) -> Record:
    """Return a record with every text in it changed, however deep it stands."""
    changed: Any = value
    if isinstance(value, str) and not isinstance(value, Enum):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(_in_every_text(each, change) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: _in_every_text(getattr(value, field.name), change) for field in fields(value)}
        changed = replace(value, **inner)
    return changed  # type: ignore[no-any-return]
