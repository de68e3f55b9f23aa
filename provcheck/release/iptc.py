"""IPTC-IIM, the metadata that news agencies have written into pictures since 1991 (IIM specification 4.2, record 2).

A block is a row of data sets: the byte 0x1C, record, number, two bytes of length, data. Pillow's reader gives up the
whole block at the first damaged data set, this one keeps what came before.
"""

from typing import Final

from provcheck.records import Claims, Moment, Stated
from provcheck.release.fields import label_in, moment_or_none, stated_credit, stated_place, stated_text

_MARKER: Final = 0x1C
_HEADER_BYTES: Final = 5
_LONGEST_PLAIN: Final = 0x7FFF  # a longer length is "extended": larger than any text field

DATE, TIME, CAPTION, INSTRUCTIONS = 55, 60, 120, 40
CITY, SUBLOCATION, STATE, COUNTRY = 90, 92, 95, 101
BY_LINE, CREDIT, SOURCE = 80, 110, 115


def iptc_claims(block: bytes) -> Claims:
    """Return what an IIM block says; damage ends the reading, and says nothing."""
    texts = {number: _decoded(data) for number, data in _data_sets(block).items()}
    captured = _moment(texts.get(DATE, ""), texts.get(TIME, ""))
    label = label_in(texts.get(INSTRUCTIONS, ""))
    return Claims(
        captured=Stated(captured, "IPTC 2:55 Date Created") if captured else None,
        place=stated_place(
            "IPTC",
            {
                "2:92 Sublocation": texts.get(SUBLOCATION, ""),
                "2:90 City": texts.get(CITY, ""),
                "2:95 State": texts.get(STATE, ""),
            },
            {"2:101 Country": texts.get(COUNTRY, "")},
        ),
        caption=stated_text("IPTC", "2:120 Caption", texts.get(CAPTION, "")),
        credit=stated_credit(
            "IPTC",
            {
                "2:80 By-line": texts.get(BY_LINE, ""),
                "2:110 Credit": texts.get(CREDIT, ""),
                "2:115 Source": texts.get(SOURCE, ""),
            },
        ),
        label=Stated(label, "IPTC 2:40 Special Instructions") if label else None,
    )


def _data_sets(block: bytes) -> dict[int, bytes]:
    """Return the data of record 2 by number; of repeated ones the first."""
    found: dict[int, bytes] = {}
    at = 0
    while at + _HEADER_BYTES <= len(block) and block[at] == _MARKER:
        record, number = block[at + 1], block[at + 2]
        length = int.from_bytes(block[at + 3 : at + _HEADER_BYTES], "big")
        if length > _LONGEST_PLAIN:
            break
        at += _HEADER_BYTES
        if record == 2:
            found.setdefault(number, block[at : at + length])
        at += length
    return found


def _decoded(data: bytes) -> str:
    """Decode as UTF-8, whether or not it was declared (1:90), else as Latin-1, which older software wrote."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return text.replace("\x00", "").strip()


def _moment(date: str, time: str) -> Moment | None:
    """Read CCYYMMDD, in which 00 is an unknown month or day, and HHMMSS±HHMM."""
    parts = [part for part in (date[:4], date[4:6], date[6:8]) if part.strip("0")]
    day = "-".join(parts)
    if len(date) != 8 or len(parts) < 3 or not time:
        return moment_or_none(day) if len(date) == 8 else None
    clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:]}"
    return moment_or_none(f"{day}T{clock}") or moment_or_none(day)
