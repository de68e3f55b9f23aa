"""Text of any origin to text that can be kept: no NULs, not endless, in the letters that were meant."""

from contextlib import suppress
from typing import Final

LONGEST_TEXT: Final = 4000
"""Characters that are kept of one field."""

_CHARACTER_SETS: Final = {
    b"\x1b%G": "utf-8",
    b"\x1b-A": "iso8859-1",
    b"\x1b-B": "iso8859-2",
    b"\x1b-C": "iso8859-3",
    b"\x1b-D": "iso8859-4",
    b"\x1b-F": "iso8859-7",
    b"\x1b-G": "iso8859-6",
    b"\x1b-H": "iso8859-8",
    b"\x1b-L": "iso8859-5",
    b"\x1b-M": "iso8859-9",
}
"""Escape sequences of ISO 2022 that stand in IPTC 1:90, Coded Character Set."""

_BYTE_ORDER_MARKS: Final = (b"\xfe\xff", b"\xff\xfe")
"""Some software writes UTF-16 with a mark, which no declaration can name, and the mark alone for an empty field."""


def cleaned(text: str) -> str:
    """Return a text without NULs and blanks around it, cut at `LONGEST_TEXT`."""
    return text.replace("\x00", "").strip("\ufeff \t\r\n")[:LONGEST_TEXT].strip()


def exif_text(value: object) -> str:
    """Return a text of EXIF; Pillow gives bytes as Latin-1, while most software writes UTF-8."""
    if isinstance(value, bytes):
        value = value[: 8 * LONGEST_TEXT].decode("latin-1")
    if not isinstance(value, str):
        return ""
    with suppress(UnicodeError):
        value = value.encode("latin-1").decode("utf-8")
    return cleaned(value)


def utf16_text(value: object) -> str:
    """Return a text of the tags that Windows writes, in UTF-16."""
    if not isinstance(value, (bytes, tuple)):
        return ""
    with suppress(ValueError, TypeError):
        return cleaned(bytes(value)[: 4 * LONGEST_TEXT].decode("utf-16-le", "replace"))
    return ""


def comment_text(value: object) -> str:
    """Return a text of UserComment, whose first eight bytes name the character set (Exif 3.0, 4.6.5)."""
    if not isinstance(value, bytes):
        return exif_text(value)
    code, text = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        big = text[:1] == b"\x00"
        return cleaned(text[: 4 * LONGEST_TEXT].decode("utf-16-be" if big else "utf-16-le", "replace"))
    if code.startswith(b"JIS"):
        return cleaned(text[: 8 * LONGEST_TEXT].decode("iso2022_jp", "replace"))
    return exif_text(text)


def iptc_text(data: bytes, declared: bytes) -> str:
    """Return a text of IPTC in the declared character set; else as UTF-8, else as the Latin-1 of older software.

    UTF-8 that is declared to be something else is believed to be UTF-8 when it can be: software that converts text and
    leaves the old declaration is common, and text of another set that reads as UTF-8 by accident is not.
    """
    data = data[: 8 * LONGEST_TEXT]
    if data[:2] in _BYTE_ORDER_MARKS:
        return cleaned(data.decode("utf-16", "replace"))
    with suppress(UnicodeDecodeError):
        return cleaned(data.decode("utf-8"))
    with suppress(UnicodeDecodeError):
        return cleaned(data.decode(_CHARACTER_SETS.get(declared, "latin-1")))
    return cleaned(data.decode("latin-1"))
