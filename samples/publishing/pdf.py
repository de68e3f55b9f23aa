"""A statement as a PDF (ISO 32000-1), a page a picture: the JPEG file as it is, its caption below.

The typeface is Courier, which no file has to bring along. Letters beyond ASCII get codes of their own by their glyph
names, and a table that says which they are: the text can be read by programs, searched and copied. A viewer that has no
Courier with Cyrillic letters draws none of them; to bring a typeface along would be somebody's data.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from publishing.statement import Shown, Statement

_PAGE: Final = (595, 842)  # A4
_LEFT, _TOP, _WIDTH = 60, 740, 475
_SIZE, _LEADING, _TITLE_SIZE = 10, 13, 13
_LETTERS: Final = 75  # of 6 points in a line
_FIRST_CODE: Final = 128


def pdf_document(statement: Statement) -> bytes:
    """Return a statement as PDF."""
    texts = [statement.title, *(shown.caption for shown in statement.pictures)]
    codes = _codes(texts)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        _pages(len(statement.pictures)),
        f"<< /Title <{_utf16(statement.title)}> >>".encode(),
        _font(codes),
        _stream(b"", _unicode_table(codes)),
    ]
    for at, shown in enumerate(statement.pictures):
        number = len(objects) + 1
        title = statement.title if at == 0 else ""
        objects += [_page(number), _stream(b"", _drawn(shown, title, codes)), _image(shown)]
    return _file(objects)


def _codes(texts: Iterable[str]) -> dict[str, int]:
    beyond = sorted({letter for text in texts for letter in text if not " " <= letter <= "~"})
    ascii_codes = {chr(code): code for code in range(32, 127)}
    return ascii_codes | {letter: _FIRST_CODE + at for at, letter in enumerate(beyond)}


def _pages(count: int) -> bytes:
    kids = " ".join(f"{6 + 3 * at} 0 R" for at in range(count))
    return f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode()


def _font(codes: dict[str, int]) -> bytes:
    names = " ".join(f"/uni{ord(letter):04X}" for letter, code in codes.items() if code >= _FIRST_CODE)
    differences = f"/Differences [{_FIRST_CODE} {names}]" if names else ""
    widths = " ".join(["600"] * (max(codes.values()) - 31))
    return (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 5 0 R "
        f"/FirstChar 32 /LastChar {max(codes.values())} /Widths [{widths}] "
        f"/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding {differences} >> >>"
    ).encode()


def _unicode_table(codes: dict[str, int]) -> bytes:
    rows = [f"<{code:02X}> <{_utf16(letter, mark='')}>" for letter, code in codes.items()]
    # At most 100 rows may stand in one section (Adobe technical note 5014).
    sections = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    told = "\n".join(f"{len(rows)} beginbfchar\n{chr(10).join(rows)}\nendbfchar" for rows in sections)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Statement def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <FF> endcodespacerange\n{told}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _page(number: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}] /Contents {number + 1} 0 R "
        f"/Resources << /Font << /F 4 0 R >> /XObject << /I {number + 2} 0 R >> >> >>"
    ).encode()


def _drawn(shown: Shown, title: str, codes: dict[str, int]) -> bytes:
    width, height = shown.size
    shown_height = _WIDTH * height // width
    bottom = _TOP - shown_height
    picture = f"q {_WIDTH} 0 0 {shown_height} {_LEFT} {bottom} cm /I Do Q\n".encode()
    return (
        _text(_lines(title), _TOP + 40, _TITLE_SIZE, codes)
        + picture
        + _text(_lines(shown.caption), bottom - _LEADING, _SIZE, codes)
    )


def _text(lines: Sequence[str], top: int, size: int, codes: dict[str, int]) -> bytes:
    shown = " ".join(f"<{bytes(codes[letter] for letter in line).hex()}> Tj T*" for line in lines)
    return f"BT /F {size} Tf {size + 3} TL {_LEFT} {top} Td {shown} ET\n".encode() if lines else b""


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < _LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _image(shown: Shown) -> bytes:
    width, height = shown.size
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB "
        "/BitsPerComponent 8 /Filter /DCTDecode "
    )
    return _stream(entries.encode(), shown.jpeg)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<< %b/Length %d >>\nstream\n%b\nendstream" % (entries, len(content), content)


def _utf16(text: str, *, mark: str = "\ufeff") -> str:
    return (mark + text).encode("utf-16-be").hex().upper()


def _file(objects: Sequence[bytes]) -> bytes:
    written = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return bytes(written) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
