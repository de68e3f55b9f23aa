r"""Make text from outside safe to print: the only place where control characters are neutralised.

File names, captions and facts come from strangers. An escape sequence in one could recolour or rewrite a report, a
right-to-left override could turn `gpj.exe` into `exe.jpg`. Every control and format character is shown as its escape
(`\x1b`, `\u202e`), except the two joiners that Persian, Indic scripts and emoji need (Unicode Technical Report 36).

In the log of a CI job `##[error]`, `##vso[task.setvariable ...]` or `##teamcity[...]` anywhere in a line, and
`::error::` at its beginning, would be a command to the runner; its bracket, or its first colon, is shown as an escape.
"""

import re
import unicodedata
from pathlib import PurePath
from typing import Final

_UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RUNNER_COMMAND: Final = re.compile(r"(##[A-Za-z]*)\[")
_LEADING_COMMAND: Final = re.compile(r"\A(\s*):(?=:)")
_JOINERS: Final = frozenset({"\u200c", "\u200d"})
_NO_CHARACTERS: Final = frozenset({"\ufffe", "\uffff"})
"""Promised never to be characters; XML 1.0 forbids them, and a parser refuses the whole document."""


def visible(text: str) -> str:
    """Return `text` with control, format, surrogate and line-breaking characters as backslash escapes."""
    shown = _LEADING_COMMAND.sub(r"\1\\x3a", _RUNNER_COMMAND.sub(r"\1\\x5b", text))
    if shown.isascii() and shown.isprintable():
        return shown
    return "".join(_escape(character) if _is_unsafe(character) else character for character in shown)


def named_reason(path: str, reason: str) -> str:
    """Return `path: reason`, safe to print; a reason that begins with the file's name does not repeat it."""
    return visible(f"{path}: {reason.removeprefix(f'{PurePath(path).name}: ')}")


def _is_unsafe(character: str) -> bool:
    if character in _JOINERS:
        return False
    return character in _NO_CHARACTERS or unicodedata.category(character) in _UNSAFE_CATEGORIES


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
