import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provcheck.report.visible import named_reason, visible

UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain.jpg", "plain.jpg"),
        ("写真 תמונה é.jpg", "写真 תמונה é.jpg"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b2J", r"\x9b2J"),
        ("two\nlines\r\t", r"two\nlines\r\t"),
        ("invoice\u202egpj.exe", r"invoice\u202egpj.exe"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("caf\udce9.jpg", r"caf\udce9.jpg"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("##[error]x ##vso[a]y ##teamcity[b]", r"##\x5berror]x ##vso\x5ba]y ##teamcity\x5bb]"),
        ("::error::a::b", r"\x3a:error::a::b"),
        (" ::a", r" \x3a:a"),
        ("a::b :c", "a::b :c"),
        ("# [a] #[b] ## [c]", "# [a] #[b] ## [c]"),
        ("क्\u200cष 👩\u200d🚒", "क्\u200cष 👩\u200d🚒"),
    ],
)
def test_control_characters_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_nothing_unsafe_is_left(text: str) -> None:
    left = {character for character in visible(text) if unicodedata.category(character) in UNSAFE}
    assert left <= {"\u200c", "\u200d"}


@given(st.text())
def test_making_visible_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("reason", ["cut.png: PNG is truncated", "PNG is truncated"])
def test_a_reason_does_not_repeat_the_name(reason: str) -> None:
    assert named_reason("in/cut.png", reason) == "in/cut.png: PNG is truncated"
