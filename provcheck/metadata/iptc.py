"""IPTC-IIM, the metadata that news agencies have written into pictures since 1991 (IIM specification 4.2, record 2).

A block is a row of data sets: the byte 0x1C, record, number, two bytes of length, data. Pillow's reader gives up the
whole block at the first damaged data set, this one keeps what came before. The names are those of the specification.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from provcheck.metadata.dates import iptc_moment, is_blank
from provcheck.metadata.texts import iptc_text
from provcheck.records import Block, Statement, Subject, Voice

_MARKER: Final = 0x1C
_HEADER_BYTES: Final = 5
_LONGEST_PLAIN: Final = 0x7FFF  # a longer length is "extended": larger than any text field
_MOST_DATA_SETS: Final = 5000
_REPEATABLE: Final = frozenset({25, 80, 85, 122})


class _DataSet(NamedTuple):
    name: str
    subject: Subject
    voice: Voice = Voice.SAYS
    time: int = 0
    """The data set with the time that belongs to a date."""


DATA_SETS: Final[Mapping[int, _DataSet]] = MappingProxyType(
    {
        5: _DataSet("2:05 Object Name", Subject.OTHER),
        105: _DataSet("2:105 Headline", Subject.OTHER),
        120: _DataSet("2:120 Caption", Subject.CAPTION),
        122: _DataSet("2:122 Writer", Subject.OTHER),
        25: _DataSet("2:25 Keywords", Subject.OTHER),
        55: _DataSet("2:55 Date Created", Subject.CAPTURED, time=60),
        62: _DataSet("2:62 Digital Creation Date", Subject.DIGITIZED, Voice.RECORDS, time=63),
        30: _DataSet("2:30 Release Date", Subject.OTHER, time=35),
        92: _DataSet("2:92 Sublocation", Subject.PLACE),
        90: _DataSet("2:90 City", Subject.PLACE),
        95: _DataSet("2:95 State", Subject.PLACE),
        101: _DataSet("2:101 Country", Subject.PLACE),
        100: _DataSet("2:100 Country Code", Subject.PLACE),
        80: _DataSet("2:80 By-line", Subject.CREDIT),
        85: _DataSet("2:85 By-line Title", Subject.OTHER),
        110: _DataSet("2:110 Credit", Subject.CREDIT),
        115: _DataSet("2:115 Source", Subject.CREDIT),
        116: _DataSet("2:116 Copyright Notice", Subject.CREDIT),
        40: _DataSet("2:40 Special Instructions", Subject.INSTRUCTIONS),
        103: _DataSet("2:103 Original Transmission Reference", Subject.OTHER),
        65: _DataSet("2:65 Originating Program", Subject.SOFTWARE, Voice.RECORDS),
    }
)
"""In the order in which they are shown."""

_DATES: Final = frozenset({Subject.CAPTURED, Subject.DIGITIZED})


def iptc_statements(block: bytes) -> tuple[list[Statement], list[str]]:
    """Return what an IIM block says, and what of it could not be read; damage ends the reading."""
    found, declared, damage = _data_sets(block)
    texts = {number: iptc_text(_joined(number, data), declared) for number, data in found.items()}
    unread = [damage] if damage else []
    return list(_statements(texts, unread)), unread


def _statements(texts: Mapping[int, str], unread: list[str]) -> Iterator[Statement]:
    for number, data_set in DATA_SETS.items():
        text = texts.get(number, "")
        raw = f"{text} {texts.get(data_set.time, '')}".strip()
        if data_set.subject not in _DATES:
            if raw:
                yield Statement(Block.IPTC, data_set.name, data_set.subject, data_set.voice, raw, raw)
            continue
        moment = iptc_moment(text, texts.get(data_set.time, ""))
        if moment is not None:
            yield Statement(Block.IPTC, data_set.name, data_set.subject, data_set.voice, raw, moment)
        elif not is_blank(text):
            unread.append(f"IPTC {data_set.name}: “{raw}” is no date")


def _joined(number: int, data: list[bytes]) -> bytes:
    return b"; ".join(data) if number in _REPEATABLE else data[0]


def _data_sets(block: bytes) -> tuple[dict[int, list[bytes]], bytes, str]:
    """Return the data of record 2 by number, the declared character set, and what ended the reading too early."""
    found: dict[int, list[bytes]] = {}
    declared, at = b"", 0
    for _ in range(_MOST_DATA_SETS):
        if at + _HEADER_BYTES > len(block) or block[at] != _MARKER:
            break
        record, number = block[at + 1], block[at + 2]
        length = int.from_bytes(block[at + 3 : at + _HEADER_BYTES], "big")
        if length > _LONGEST_PLAIN:
            break
        at += _HEADER_BYTES
        data = block[at : at + length]
        at += length
        if record == 2:
            found.setdefault(number, []).append(data)
        elif (record, number) == (1, 90):
            declared = data
    rest = block[at:].strip(b"\x00 ")
    return found, declared, f"IPTC: damaged after {min(at, len(block))} of {len(block)} bytes" if rest else ""
