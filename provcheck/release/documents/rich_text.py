r"""Rich text (RTF 1.9.1) to its paragraphs, with the pictures that stand in them.

No library of a free licence takes pictures out of RTF, and little of the format is needed for that: groups, control
words, letters, and `\pict` with its bytes in hexadecimal digits or raw (`\bin`). Destinations that a reader may leave
out (`\*`) are left out but for `\shppict`, in which Word keeps the picture as it is; the metafile that it adds for
older readers (`\nonshppict`) is left out too. Of fields, notes and shapes only what they show counts.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from provcheck.errors import UnreadableContainer
from provcheck.release.documents.blocks import LONGEST_TEXT, Block, Shown

MOST_TOKENS: Final = 2_000_000
"""Some 3 microseconds each."""
MOST_GROUPS_INSIDE: Final = 500
_TOKEN: Final = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>.)|(?P<text>[^\\{}]+)|\\\Z",
    re.DOTALL,
)
_LEFT_OUT: Final = frozenset(
    b"fonttbl colortbl filetbl listtable listoverridetable revtbl rsidtbl header headerl headerr headerf footer "
    b"footerl footerr footerf nonshppict objdata fldinst themedata colorschememapping datastore xmlnstbl latentstyles "
    b"sn sv objclass objname bkmkstart bkmkend".split()
)
_BREAKS: Final = frozenset(b"par sect page row cell".split())
_LETTERS: Final = {b"tab": " ", b"line": " ", b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018",
                   b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d",
                   b"bullet": "\u2022"}  # fmt: skip
_SYMBOLS: Final = {b"~": " ", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\"}
_PICTURES: Final = {b"pngblip": "png", b"jpegblip": "jpg", b"emfblip": "emf", b"wmetafile": "wmf", b"dibitmap": "dib",
                    b"wbitmap": "dib", b"macpict": "pict"}  # fmt: skip
_NOT_HEX: Final = re.compile(rb"[^0-9a-fA-F]+")


@dataclass(frozen=True, slots=True)
class RichText:
    """What a document says.

    Attributes
    ----------
    pictures : dict of str to bytes
        By the names that the blocks use.
    """

    blocks: tuple[Block, ...]
    pictures: dict[str, bytes]
    title: str = ""


@dataclass(slots=True)
class _Group:
    """What holds until the group ends."""

    destination: bytes = b""
    skipped_letters: int = 1
    kind: str = "bin"


@dataclass(slots=True)
class _Reading:
    """A document that is being read."""

    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    charset: str = "cp1252"
    blocks: list[Block] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    shown: list[Shown] = field(default_factory=list)
    picture: bytearray = field(default_factory=bytearray)
    title: str = ""
    style: int = 0
    captions: set[int] = field(default_factory=set)
    to_skip: int = 0
    is_optional: bool = False


def read_rich_text(content: bytes, *, most_tokens: int = MOST_TOKENS) -> RichText:
    """Read a document; whatever it does not close is closed at its end.

    Raises
    ------
    UnreadableContainer
        It has more words, or groups inside each other, than a text that a person wrote.
    """
    reading = _Reading()
    at = 0
    for _ in range(most_tokens):
        token = _TOKEN.match(content, at)
        if token is None:
            break
        at = _take(token, reading, content)
    else:
        raise UnreadableContainer(f"rich text of more than {most_tokens} words")
    while len(reading.groups) > 1:
        _close(reading)
    _end_paragraph(reading)
    return RichText(tuple(reading.blocks), reading.pictures, reading.title)


def _take(token: re.Match[bytes], reading: _Reading, content: bytes) -> int:
    """Take one token in, and return where the next begins."""
    if token["open"]:
        if len(reading.groups) > MOST_GROUPS_INSIDE:
            raise UnreadableContainer(f"rich text with more than {MOST_GROUPS_INSIDE} groups inside each other")
        reading.groups.append(replace(reading.groups[-1]))
    elif token["close"]:
        _close(reading)
    elif token["word"]:
        number = int(token["number"]) if token["number"] else None
        if token["word"] == b"bin":
            end = token.end() + max(0, number or 0)
            if reading.groups[-1].destination == b"pict":
                reading.picture += content[token.end() : end]
            return end
        _take_word(token["word"], number, reading)
    elif token["byte"]:
        _add_bytes(bytes.fromhex(token["byte"].decode()), reading)
    elif token["symbol"]:
        _take_symbol(token["symbol"], reading)
    elif token["text"]:
        _add_bytes(token["text"], reading)
    return token.end()


def _take_word(word: bytes, number: int | None, reading: _Reading) -> None:
    group = reading.groups[-1]
    is_optional, reading.is_optional = reading.is_optional, False
    if word in _LEFT_OUT or (is_optional and word != b"shppict"):
        group.destination = b"left out"
    elif group.destination != b"left out":
        _act(word, number, group, reading)


def _act(word: bytes, number: int | None, group: _Group, reading: _Reading) -> None:
    """Do what a word says in a group that is not left out."""
    if word in (b"pict", b"stylesheet", b"title", b"info"):
        group.destination = word
    elif word in _PICTURES:
        group.kind = _PICTURES[word]
    elif word == b"ansicpg":
        reading.charset = "utf-8" if number == 65001 else f"cp{number}"
    elif word == b"uc":
        group.skipped_letters = max(0, min(number or 0, 16))
    elif word == b"u":
        _add_text(chr((number or 0) % 65536), reading)
        reading.to_skip = group.skipped_letters
    elif word in (b"s", b"pard"):
        reading.style = number or 0
    elif word in _BREAKS and not group.destination:
        _end_paragraph(reading)
    else:
        _add_text(_LETTERS.get(word, ""), reading)


def _take_symbol(symbol: bytes, reading: _Reading) -> None:
    if symbol == b"*":
        reading.is_optional = True
    elif symbol in b"\r\n":
        if not reading.groups[-1].destination:
            _end_paragraph(reading)
    else:
        _add_text(_SYMBOLS.get(symbol, ""), reading)


def _add_bytes(content: bytes, reading: _Reading) -> None:
    reading.is_optional = False
    destination = reading.groups[-1].destination
    if destination == b"left out":
        return
    if destination == b"pict":
        reading.picture += bytes.fromhex(_even(_NOT_HEX.sub(b"", content)).decode())
        return
    letters = content.replace(b"\r", b"").replace(b"\n", b"")
    passed = min(reading.to_skip, len(letters))
    reading.to_skip -= passed
    reading.raw += letters[passed:]


def _even(digits: bytes) -> bytes:
    return digits[: len(digits) // 2 * 2]


def _add_text(text: str, reading: _Reading) -> None:
    _flush(reading)
    if text and reading.groups[-1].destination not in (b"left out", b"pict"):
        reading.text.append(text)


def _flush(reading: _Reading) -> None:
    """Turn bytes into text: a letter may be several of them."""
    if reading.raw:
        try:
            reading.text.append(reading.raw.decode(reading.charset, "replace"))
        except LookupError:
            reading.text.append(reading.raw.decode("cp1252", "replace"))
        reading.raw.clear()


def _taken_text(reading: _Reading) -> str:
    _flush(reading)
    text = "".join(reading.text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    reading.text.clear()
    return " ".join(text.split())[:LONGEST_TEXT]


def _close(reading: _Reading) -> None:
    if len(reading.groups) == 1:
        return
    group = reading.groups.pop()
    outer = reading.groups[-1].destination
    if group.destination == b"pict" and outer != b"pict" and reading.picture:
        name = f"picture-{len(reading.pictures) + 1}.{group.kind}"
        reading.pictures[name] = bytes(reading.picture)
        reading.picture.clear()
        reading.shown.append(Shown(name))
    elif group.destination == b"title" and outer != b"title":
        reading.title = reading.title or _taken_text(reading)
    elif group.destination == b"info" or (group.destination == b"stylesheet" and outer == b"stylesheet"):
        name = _taken_text(reading).strip("; ").lower()
        if name == "caption" and group.destination == b"stylesheet":
            reading.captions.add(reading.style)
        reading.style = 0


def _end_paragraph(reading: _Reading) -> None:
    text = _taken_text(reading)
    if text or reading.shown:
        is_caption = bool(reading.style) and reading.style in reading.captions
        reading.blocks.append(Block(tuple(reading.shown), text, is_caption))
    reading.shown = []
