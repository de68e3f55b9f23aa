"""The line finder against texts whose lines are known by construction, and against tomllib's own idea of the keys."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from provcheck.tomllines import KeyPath, find_key_lines

TEXT = '''# a comment with [brackets] and = signs
title = "a ] # not a comment"
"quoted key" . 'literal.key' = [1, [2, "]"], {a = 1, b.c = 2}, # comment ]
  "x",

]
[[source]]
path = "a"   # [source.place]
[source.place]
name = """
[no.table]
key = 'no'
\\""" still in"""""
country = \'\'\'
[[no]]\'\'\'
[[source]]
d = 2016-01-02 10:00:00 # a date with a blank
[[source.part]]
k = 1
[[source.part]]
k = { deep = [ { er = true } ] }
[ a . "b\\u0041" ]
e = -inf
'''

LINES: dict[KeyPath, int] = {
    ("title",): 2,
    ("quoted key",): 3,
    ("quoted key", "literal.key"): 3,
    ("quoted key", "literal.key", 0): 3,
    ("quoted key", "literal.key", 1): 3,
    ("quoted key", "literal.key", 1, 0): 3,
    ("quoted key", "literal.key", 1, 1): 3,
    ("quoted key", "literal.key", 2): 3,
    ("quoted key", "literal.key", 2, "a"): 3,
    ("quoted key", "literal.key", 2, "b"): 3,
    ("quoted key", "literal.key", 2, "b", "c"): 3,
    ("quoted key", "literal.key", 3): 4,
    ("source",): 7,
    ("source", 0): 7,
    ("source", 0, "path"): 8,
    ("source", 0, "place"): 9,
    ("source", 0, "place", "name"): 10,
    ("source", 0, "place", "country"): 14,
    ("source", 1): 16,
    ("source", 1, "d"): 17,
    ("source", 1, "part"): 18,
    ("source", 1, "part", 0): 18,
    ("source", 1, "part", 0, "k"): 19,
    ("source", 1, "part", 1): 20,
    ("source", 1, "part", 1, "k"): 21,
    ("source", 1, "part", 1, "k", "deep"): 21,
    ("source", 1, "part", 1, "k", "deep", 0): 21,
    ("source", 1, "part", 1, "k", "deep", 0, "er"): 21,
    ("a",): 22,
    ("a", "bA"): 22,
    ("a", "bA", "e"): 23,
}

VALUES = [
    "1", '"text # [x]"', "'''\nk0 = 1\n[k1]\n'''", '"""\n\\"""\n#"""', '""""quoted""""', "[\n1, # k = 2\n[],\n]", "{}",
    '{ a = "}", b = [1, { c = 2 }] }', "2016-01-02 10:00:00", "[{ x = 1 }, { x = 2 }]", "''", '"\\\\"', '"""\\\n  a"""',
]  # fmt: skip
FILLERS = ["", "\n", "# k0 = 1\n", "  \t\n", "\r\n"]
HEADERS = ["", "[table{}]\n", "[[array]]\n", "[[array]]\n[array.inner]\n", "['quoted {}'.x]\n"]
PARTS = st.lists(
    st.tuples(st.sampled_from(HEADERS), st.sampled_from(FILLERS), st.sampled_from(VALUES)), min_size=1, max_size=8
)


def test_every_key_of_a_crowded_text_has_its_line() -> None:
    assert find_key_lines(TEXT) == LINES


def test_windows_line_ends_do_not_move_the_lines() -> None:
    assert find_key_lines(TEXT.replace("\n", "\r\n")) == LINES


def test_an_empty_text_has_no_lines() -> None:
    assert find_key_lines("") == {}
    assert find_key_lines("# only a comment") == {}


@given(PARTS)
def test_the_lines_are_those_at_which_the_keys_were_written(parts: list[tuple[str, str, str]]) -> None:
    text, written = "", {}
    for number, (header, filler, value) in enumerate(parts):
        text += header.format(number) + filler
        written[f"k{number}"] = text.count("\n") + 1
        text += f"k{number} = {value}\n"
    found = find_key_lines(text)
    assert {path[-1]: line for path, line in found.items() if str(path[-1]).startswith("k")} == written
    assert set(found) == set(key_paths(tomllib.loads(text)))


def key_paths(value: object, path: KeyPath = ()) -> list[KeyPath]:
    """All key paths of parsed TOML."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, child in children for found in [(*path, key), *key_paths(child, (*path, key))]]
