"""What agencies write into special instructions: whether a picture is from the archive."""

from typing import Final

from provcheck.records import Label
from provcheck.wording import plain_words

_LABELS: Final = {"file": Label.FILE, "archive": Label.ARCHIVE}
_NOT_BEFORE: Final = frozenset({"no", "not", "non", "for", "to", "never", "without", "or", "nor", "and"})
_NOT_AFTER: Final = frozenset({"name", "names", "size", "format", "formats", "type", "types", "number"})


def label_in(instructions: str) -> Label | None:
    """Return the label that special instructions give: FILE or ARCHIVE as a word; a HANDOUT is none.

    Agencies also write NO ARCHIVE and DO NOT ARCHIVE, which forbid to keep the picture and do not say that it is old.
    """
    words = ("", *plain_words(instructions), "")
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if word in _LABELS and before not in _NOT_BEFORE and after not in _NOT_AFTER:
            return _LABELS[word]
    return None
