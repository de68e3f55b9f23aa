"""Every mistake in a TOML file is answered with the file and the line."""

from pathlib import Path

import pytest

from provcheck.errors import FactsError
from provcheck.tomlfiles import Table, read_toml


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "facts.toml"


def read(file: Path, text: str) -> Table:
    file.write_bytes(text.encode())
    return read_toml(file)


def test_a_table_knows_the_lines_of_its_keys(file: Path) -> None:
    root = read(file, "\ufeff# comment\n\ntitle = 'x'\n[[source]]\n[[source]]\n[source.place]\nname = 'y'\n")
    assert "title" in root
    assert root.origin("title") == "facts.toml, line 3"
    assert [table.line() for table in root.inners("source")] == [4, 5]
    assert root.inners("source")[1].inner("place").origin("name") == "facts.toml, line 7"
    assert root.inner("missing").values == {}
    assert root.inners("missing") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = \n", "line 2: not valid TOML: Invalid value"),
        ("a = 1\na = 2\n", "line 2: not valid TOML: Cannot overwrite a value"),
        ("a = 1\nb = 2015-02-30\n", "line 2: not valid TOML: "),
        ("a = 1\nb = [", "line 2: not valid TOML: "),
        ("a = 1\n\n\nb = '''\n", "line 5: not valid TOML: "),
        (f"a = 1\nb = {'[' * 20000}", "line 1: the tables or arrays are nested too deeply"),
    ],
)
def test_a_syntax_error_names_its_line(file: Path, text: str, message: str) -> None:
    with pytest.raises(FactsError) as caught:
        read(file, text)
    assert caught.value.message.startswith(f"{file}, {message}")
    assert "(at " not in caught.value.message
    assert caught.value.remedy


def test_text_that_is_not_utf8_names_its_line(file: Path) -> None:
    file.write_bytes(b"a = 1\nb = '\xff'\n")
    with pytest.raises(FactsError, match=r"facts\.toml, line 2: not UTF-8 text$"):
        read_toml(file)


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(FactsError, match=r"facts\.toml: cannot be read: No such file or directory$"):
        read_toml(file)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("publised = 1\n", "line 1: unknown key “publised”; did you mean “published”?"),
        ("title = 'x'\n\nzzz = 1\n", "line 3: unknown key “zzz”"),
    ],
)
def test_an_unknown_key_is_refused_with_a_suggestion(file: Path, text: str, message: str) -> None:
    with pytest.raises(FactsError) as caught:
        read(file, text).allow_only(("title", "published"))
    assert caught.value.message == f"{file}, {message}"
    assert caught.value.remedy == "Known keys here: title, published."


def test_a_value_that_cannot_be_converted_names_its_line(file: Path) -> None:
    root = read(file, "a = 1\nb = 'x'\nc = ' '\n")
    with pytest.raises(FactsError) as caught:
        root.read("b", lambda value: int(str(value)))
    assert caught.value.message.startswith(f"{file}, line 2: b: invalid literal")
    assert root.read("a", str) == "1"
    assert root.read("c", str) is None
    assert root.read("missing", str) is None


def test_tables_of_another_type_are_refused(file: Path) -> None:
    root = read(file, "a = 1\nb = [1]\n")
    with pytest.raises(FactsError, match=r"line 1: a: expected a table, written as \[a\], found 1$"):
        root.inner("a")
    with pytest.raises(FactsError, match=r"line 2: b: expected tables, each written as \[\[b\]\], found \[1\]$"):
        root.inners("b")
