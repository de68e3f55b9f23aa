"""Names compared the way a person reads them: without case, accents and punctuation.

Names of places, countries and publishers come from many hands. Exact text would call `Fallujah` and `FALLUJAH.` two
places; a fuzzy distance would call `Iran` and `Iraq` one. So names are equal when their plain words are, one may hold
the other as whole words (`near Fallujah` holds `Fallujah`), and likeness of spelling only ever *withholds* a judgement.
"""

import unicodedata
from difflib import SequenceMatcher
from typing import Final

ALIKE: Final = 0.6
"""Similarity of two spellings, 0 to 1 (difflib's ratio), from which they may be one name spelled twice.

`Makiivka` and `Makeevka` have 0.75, `Kharkiv` and `Kharkov` 0.71, `Fallujah` and `Abu Kamal` 0.35.
"""

_JOINING: Final = frozenset(".'`\u00b4\u02bb\u02bc\u2018\u2019")
"""The full stop of abbreviations, and all that serves as an apostrophe."""

_UNDECOMPOSED: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i"}
)
"""Letters with a stroke or joined letters, which Unicode does not take apart; U+0131 is the dotless i."""


def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and punctuation (`U.S.A.` is one word, `usa`)."""
    decomposed = unicodedata.normalize("NFKD", text)  # before folding: stylised letters have no case of their own
    folded = unicodedata.normalize("NFKD", decomposed.casefold()).translate(_UNDECOMPOSED)
    kept = (_plain_character(character) for character in folded)
    return tuple("".join(kept).split())


def is_same_name(one: str, other: str) -> bool:
    """Whether two names have the same plain words, or one holds the other as whole words."""
    shorter, longer = sorted((plain_words(one), plain_words(other)), key=len)
    if not shorter:
        return False
    width = len(shorter)
    return any(longer[i : i + width] == shorter for i in range(len(longer) - width + 1))


def is_clearly_other_name(one: str, other: str) -> bool:
    """Whether two names cannot be two spellings of one.

    False for names that share a word or are spelled alike, for short capitals that may be an abbreviation, and for
    names in different scripts.
    """
    words, others = plain_words(one), plain_words(other)
    if not words or not others or set(words) & set(others):
        return False
    if _is_abbreviation(one) or _is_abbreviation(other) or _script(one) != _script(other):
        return False
    return SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False).ratio() < ALIKE


def _plain_character(character: str) -> str:
    if unicodedata.combining(character) or character in _JOINING:
        return ""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def _is_abbreviation(name: str) -> bool:
    letters = "".join(character for character in name if character.isalpha())
    return letters.isupper() and len(letters) <= 5


def _script(name: str) -> str:
    """Name the script of the first letter (`LATIN`, `CYRILLIC`): Unicode names of letters begin with it."""
    first = next((character for character in name if character.isalpha()), " ")
    return unicodedata.name(first, "UNKNOWN").split()[0]
