"""Sources and frames to rows of the store, and back."""

import json
import os
import sqlite3
import zlib
from typing import Any

from provcheck.corpus.encoding import decode_features, encode_features
from provcheck.facts import facts_from_dict, facts_to_dict
from provcheck.records import Facts, Features, Frame, FrameCodes, Medium, Moment, Source

Row = tuple[Any, ...]

SOURCE_COLUMNS = "id, path, sha256, medium, width, height, duration_s, frames, added, facts"

FRAME_QUERY = """
SELECT frame.id, frame.source, frame.number, frame.time_s, frame.width, frame.height, frame.pdq_quality,
       keypoints.width, keypoints.height, keypoints.geometry, keypoints.codes, thumbnail.jpeg
FROM frame JOIN keypoints ON keypoints.frame = frame.id JOIN thumbnail ON thumbnail.frame = frame.id
"""

CODES_QUERY = """
SELECT frame.id, frame.source, code.code, keypoints.codes
FROM frame JOIN code ON code.frame = frame.id AND code.name = ? JOIN keypoints ON keypoints.frame = frame.id
WHERE frame.id > ? AND frame.id % ? = 0 ORDER BY frame.id
"""


def insert_source(connection: sqlite3.Connection, source: Source, frames: int) -> None:
    """Write one source's row."""
    values = (source.id, path_value(source.path), source.sha256, source.medium.value, *source.size, source.duration_s)
    connection.execute(
        f"INSERT INTO source ({SOURCE_COLUMNS}, newest, newest_start) VALUES ({', '.join('?' * 12)})",  # noqa: S608
        (*values, frames, source.added, *facts_values(source.facts)),
    )


def facts_values(facts: Facts) -> Row:
    """Return the columns `facts`, `newest` and `newest_start`."""
    text = json.dumps(facts_to_dict(facts), ensure_ascii=False, sort_keys=True)
    moments = [moment for moment in (facts.captured, facts.published) if moment is not None]
    if not moments:
        return text, None, None
    newest = max(moments, key=_begins)
    return text, newest.text, _begins(newest)


def source_from_row(row: Row) -> Source:
    """Return the source of a row of `SOURCE_COLUMNS`; raise `ValueError` when it holds what it cannot."""
    identifier, path, sha256, medium, width, height, duration_s, frames, added, facts = row
    return Source(
        id=identifier,
        path=os.fsdecode(path),
        sha256=sha256,
        medium=Medium(medium),
        size=(width, height),
        duration_s=duration_s,
        frames=frames,
        added=added,
        facts=facts_from_dict(json.loads(facts)),
    )


def path_value(path: str) -> str | bytes:
    """Return a path as SQLite can hold it: text, or bytes when the file's name is not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def insert_frame(connection: sqlite3.Connection, source_id: str, codes: FrameCodes) -> None:
    """Write one frame with its codes, keypoints and thumbnail."""
    frame = connection.execute(
        "INSERT INTO frame (source, number, time_s, width, height, pdq_quality) VALUES (?, ?, ?, ?, ?, ?)",
        (source_id, codes.number, codes.time_s, *codes.size, codes.pdq_quality),
    ).lastrowid
    connection.executemany(
        "INSERT INTO code (frame, name, code) VALUES (?, ?, ?)",
        [(frame, name, code) for name, code in codes.whole.items()],
    )
    _insert_keypoints(connection, frame, codes.features)
    connection.execute(
        "INSERT INTO thumbnail (frame, crc32, jpeg) VALUES (?, ?, ?)",
        (frame, zlib.crc32(codes.thumbnail), codes.thumbnail),
    )


def frame_from_row(row: Row, whole: dict[str, bytes]) -> Frame:
    """Return the frame of a row of `FRAME_QUERY` with its whole-image codes; raise `ValueError` for bad blobs."""
    frame, source, number, time_s, width, height, quality, scaled_width, scaled_height, geometry, codes, jpeg = row
    features = decode_features(geometry, codes, (scaled_width, scaled_height))
    return Frame(frame, source, FrameCodes(number, time_s, (width, height), whole, quality, features, jpeg))


def keypoints_crc32(geometry: bytes, codes: bytes) -> int:
    """Return the check value of a frame's keypoints."""
    return zlib.crc32(codes, zlib.crc32(geometry))


def _insert_keypoints(connection: sqlite3.Connection, frame: int | None, features: Features) -> None:
    geometry, codes = encode_features(features)
    connection.execute(
        "INSERT INTO keypoints (frame, width, height, crc32, geometry, codes) VALUES (?, ?, ?, ?, ?, ?)",
        (frame, *features.size, keypoints_crc32(geometry, codes), geometry, codes),
    )


def _begins(moment: Moment) -> float:
    return moment.start.timestamp()
