"""What a search gave as JSON, and back. Sources are named by id: what is known about them is read anew."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from provcheck.records import (
    Alteration,
    Box,
    Edit,
    Found,
    Match,
    OtherShot,
    Overlap,
    PreviewLook,
    PreviewRelation,
    Relation,
    Source,
)

JsonObject = dict[str, Any]


def write_found(found: Found, content_key: str, previews: tuple[PreviewLook, ...] = ()) -> bytes:
    """Return an entry; floats keep every bit, infinities are written as Python reads them."""
    entry = {
        "content_key": content_key,
        "matches": [_match(match) for match in found.matches],
        "leads": [_match(match) for match in found.leads],
        "not_checkable": found.not_checkable,
        "previews": [asdict(look) for look in previews],
    }
    return json.dumps(entry, separators=(",", ":"), default=float).encode()


def read_found(entry: bytes, source_of: Callable[[str], Source]) -> tuple[Found, str, tuple[PreviewLook, ...]]:
    """Return what an entry says, the content key, and what the previews show.

    Parameters
    ----------
    source_of : callable
        Source by id.

    Raises
    ------
    ValueError, KeyError, TypeError
        When it is no entry.
    """
    written = json.loads(entry)
    matches = tuple(_read_match(match, source_of) for match in written["matches"])
    leads = tuple(_read_match(lead, source_of) for lead in written["leads"])
    previews = tuple(_read_look(look) for look in written["previews"])
    return Found(matches, leads, written["not_checkable"]), written["content_key"], previews


def _match(match: Match) -> JsonObject:
    named = {
        name: getattr(match, name)
        for name in (
            "frame_time_s",
            "time_range_s",
            "log10_false_alarms",
            "transform",
            "agreement",
            "through",
            "other_shot",
        )
    }
    return named | {
        "source": match.source.id,
        "relation": match.relation.value,
        "inliers": int(match.inliers),
        "overlap": [match.overlap.query, match.overlap.reference],
        "mirrored": bool(match.mirrored),
        "alterations": [asdict(alteration) for alteration in match.alterations],
    }


def _read_match(written: JsonObject, source_of: Callable[[str], Source]) -> Match:
    times = written["time_range_s"]
    a, b, c = ((float(x), float(y), float(z)) for x, y, z in written["transform"])
    return Match(
        source=source_of(written["source"]),
        relation=Relation(written["relation"]),
        frame_time_s=written["frame_time_s"],
        time_range_s=None if times is None else (times[0], times[1]),
        log10_false_alarms=written["log10_false_alarms"],
        inliers=written["inliers"],
        overlap=Overlap(*written["overlap"]),
        transform=(a, b, c),
        mirrored=written["mirrored"],
        agreement=written["agreement"],
        alterations=tuple(_read_alteration(alteration) for alteration in written["alterations"]),
        through=written["through"],
        other_shot=OtherShot(written["other_shot"]) if written["other_shot"] else None,
    )


def _read_look(written: JsonObject) -> PreviewLook:
    width, height = written["size"]
    kept = None if written["kept"] is None else _box(written["kept"])
    return PreviewLook(written["name"], (width, height), PreviewRelation(written["relation"]), written["shown"], kept)


def _read_alteration(written: JsonObject) -> Alteration:
    boxes = {name: tuple(_box(box) for box in written[name]) for name in ("query_boxes", "reference_boxes")}
    return Alteration(Edit(written["kind"]), written["detail"], **boxes)


def _box(written: list[int]) -> Box:
    left, top, right, bottom = (int(edge) for edge in written)
    return left, top, right, bottom
