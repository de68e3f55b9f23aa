"""Text from outside inside Markdown: shown as it is written, whatever it is written like.

Every mark that CommonMark or GitHub gives a meaning becomes a character reference, which is never a mark (CommonMark
0.31, 6.2): emphasis, links, images, HTML, table cells, code, formulas; what begins a list only at the beginning. What
GitHub replaces after that, addresses, @names, #numbers and :emoji:, is parted by an invisible zero-width space, written
as a reference too.
"""

import re
from typing import Final
from urllib.parse import quote

from provcheck.report.visible import visible

_MARKS: Final = re.compile(r"[\\`*_\[\]<>#|~&$]|^[-+=]")
_REPLACED: Final = re.compile(
    r"@|#(?=\w)|:(?=//)|:(?=[a-z+-][\w+-]*:)|(?i:(?<=\bwww)\.)|(?i:\bGH(?=-\d))|^\d{1,9}(?=[.)]\s)"
)
_PART: Final = "&#8203;"
_KEPT_IN_ADDRESS: Final = ":/?#@!$&*+,;=%~-._"


def inert(text: str) -> str:
    """Return a text as Markdown that shows it on one line and does nothing else."""
    # A visible text has no line breaks, so one can mark the places until the marks of the text are references.
    parted = _REPLACED.sub(lambda found: f"{found[0]}\n", visible(text).strip())
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", parted).replace("\n", _PART)


def link(text: str, address: str | None) -> str:
    """Return `text` as a link, if the address is one of the web; else the text alone. Both may come from outside."""
    if not address or not address.lower().startswith(("http://", "https://")):
        return inert(text)
    return f"[{inert(text)}](<{quote(visible(address), safe=_KEPT_IN_ADDRESS)}>)"
