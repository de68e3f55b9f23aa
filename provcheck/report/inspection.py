"""What files say about themselves, written for people and for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any, Final

from provcheck.metadata.inspecting import Inspection
from provcheck.places import describe_place
from provcheck.records import Moment, Place, Processing, Statement, Voice
from provcheck.report.credentials import credential_lines, credentials_to_dict
from provcheck.report.layout import Line, line, print_lines
from provcheck.report.phrases import timecode
from provcheck.report.visible import visible

_HEADINGS: Final = {
    Voice.SAYS: "says (somebody wrote it; these count as claims)",
    Voice.RECORDS: "records (a device or a program wrote it; evidence, as right as its clock)",
}
_LONGEST: Final = 300
"""Characters of a value without `--raw`."""


def write_inspections_text(inspections: Sequence[Inspection], stream: IO[str], *, raw: bool = False) -> None:
    """Write what each file is and says, one below the other; with `raw` also each field as it stands in the file."""
    print_lines(_pages(inspections, raw=raw), stream)


def write_inspections_json(inspections: Sequence[Inspection], stream: IO[str]) -> None:
    """Write a list with an object for each file; raw values are always in it."""
    json.dump([inspection_to_dict(inspection) for inspection in inspections], stream, indent=2, allow_nan=False)
    stream.write("\n")


def inspection_to_dict(inspection: Inspection) -> dict[str, Any]:
    """Return what a file is and says as a plain object."""
    return {
        "path": inspection.path,
        "medium": inspection.summary.medium.value,
        "format": inspection.summary.format,
        "size": list(inspection.summary.size),
        "duration_s": inspection.summary.duration_s,
        "bytes": inspection.bytes,
        "sha256": inspection.sha256,
        "statements": [statement_to_dict(statement) for statement in inspection.metadata.statements],
        "unread": list(inspection.metadata.unread),
        "credentials": credentials_to_dict(inspection.credentials) if inspection.credentials else None,
        "previews": [{"name": name, "size": list(size)} for name, size in inspection.previews],
    }


def statement_to_dict(statement: Statement) -> dict[str, Any]:
    """Return one field of metadata as a plain object."""
    return {
        "voice": statement.voice.value,
        "subject": statement.subject.value,
        "block": statement.block.value,
        "name": statement.name,
        "value": _value(statement),
        "raw": statement.raw,
    }


def _value(statement: Statement) -> object:
    match statement.value:
        case Moment() as moment:
            return moment.text
        case Place() as place:
            return {name: part for name, part in asdict(place).items() if part is not None}
        case Processing() as step:
            when = step.when.text if step.when else None
            return {"action": step.action, "software": step.software, "when": when}
        case text:
            return text


def _pages(inspections: Sequence[Inspection], *, raw: bool) -> Iterator[Line]:
    for number, inspection in enumerate(inspections):
        yield from [line()] if number else []
        yield from _page(inspection, raw=raw)


def _page(inspection: Inspection, *, raw: bool) -> Iterator[Line]:
    yield line((visible(inspection.path), "bold"))
    yield line(_facts(inspection), indent=2)
    yield line(f"sha256 {inspection.sha256}", indent=2, folds=False)
    for voice, heading in _HEADINGS.items():
        said = [statement for statement in inspection.metadata.statements if statement.voice is voice]
        yield from [line(heading, indent=2)] if said else []
        for statement in said:
            yield from _statement(statement, raw=raw)
    if inspection.credentials:
        for told in credential_lines(inspection.credentials, verbose=True):
            yield line(told, indent=2)
    for name, (width, height) in inspection.previews:
        yield line(visible(f"has inside it: {name}, {width}x{height} pixels"), indent=2)
    for reason in inspection.metadata.unread:
        yield line((visible(f"could not be read: {reason}"), "yellow"), indent=2)
    if not inspection.metadata.statements and not inspection.metadata.unread and not inspection.credentials:
        yield line("says nothing about itself", indent=2)


def _facts(inspection: Inspection) -> str:
    width, height = inspection.summary.size
    length = inspection.summary.duration_s
    lasts = "" if length is None else f", {timecode(length)}"
    return visible(f"{inspection.summary.format}, {width}x{height} pixels upright{lasts}, {inspection.bytes:,} bytes")


def _statement(statement: Statement, *, raw: bool) -> Iterator[Line]:
    name = "" if statement.subject.value == "other" else f"{statement.subject.value}: "
    yield line(visible(f"{name}{_cut(_in_words(statement))}"), (f"  [{visible(statement.origin)}]", "dim"), indent=4)
    if raw:
        yield line(visible(f"raw, in {statement.block.value}: {statement.raw}"), indent=6)


def _in_words(statement: Statement) -> str:
    match statement.value:
        case Moment() as moment:
            return moment.text if moment.zoned or "T" not in moment.text else f"{moment.text} (zone unknown)"
        case Place() as place:
            at = "" if place.latitude is None else f" ({place.latitude:.5f}, {place.longitude:.5f})"
            return f"{describe_place(place)}{at if place.name or place.country else ''}"
        case Processing() as step:
            by = f" with {step.software}" if step.software else ""
            return f"{step.action}{by}" + (f", {step.when.text}" if step.when else "")
        case text:
            return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text)} characters, see --raw)"
