"""A waiver is added at its place, and no other byte changes."""

from pathlib import Path

import pytest

from provcheck.config import read_config, waiver_place, write_waivers
from provcheck.errors import FactsError
from provcheck.moments import parse_moment
from provcheck.records import Waiver


def waiver(digit: str, rule: str = "PC104", reason: str = "cleared") -> Waiver:
    return Waiver("pdq:" + digit * 64, rule, reason, "0123456789ab")


def add(config: Path, *waivers: Waiver, remark: str = "photo.jpg") -> tuple[Waiver, ...]:
    return write_waivers(waiver_place(config), [(each, remark) for each in waivers])


def pictures(config: Path) -> list[str]:
    return [each.picture[4] for each in read_config(config).waivers]


def test_a_file_is_made_where_there_is_none(tmp_path: Path) -> None:
    config = tmp_path / "provcheck.toml"
    full = Waiver("pdq:" + "a" * 64, "PC101", "why", "0123456789ab", parse_moment("2027-06-30"), "R. Ortiz")
    assert add(config, full) == ()
    assert config.read_text() == (
        f'# photo.jpg\n[[waiver]]\npicture = "pdq:{"a" * 64}"\nsource = "0123456789ab"\nrule = "PC101"\n'
        'reason = "why"\nexpires = "2027-06-30"\napproved-by = "R. Ortiz"\n'
    )
    (read,) = read_config(config).waivers
    assert (read.picture, read.rule, read.source, read.reason, read.expires, read.approved_by) == (
        full.picture, full.rule, full.source, full.reason, full.expires, full.approved_by
    )  # fmt: skip


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_waivers_are_sorted_and_the_rest_stays_as_it_was(tmp_path: Path, ending: str) -> None:
    config = tmp_path / "provcheck.toml"
    head = "# ours\nfail-on = 'never'   # really\n\n"
    tail = "\n[limits]\npictures = 9 # few"
    config.write_bytes((head + "[severity]\nPC104 = 'note'\n" + tail).replace("\n", ending).encode())
    before = config.read_bytes()
    add(config, waiver("5"), waiver("9"), waiver("1"))
    add(config, waiver("7"), waiver("5", "PC101"))
    assert pictures(config) == ["1", "5", "5", "7", "9"]
    assert [each.rule for each in read_config(config).waivers][1:3] == ["PC101", "PC104"]
    assert config.read_bytes().startswith(before)
    assert config.read_bytes().count(b"\r\n") in (0, config.read_bytes().count(b"\n"))


def test_remarks_above_a_waiver_stay_above_it(tmp_path: Path) -> None:
    config = tmp_path / "provcheck.toml"
    add(config, waiver("9"), remark="nine.jpg")
    add(config, waiver("1"), remark="one.jpg")
    lines = config.read_text().splitlines()
    assert lines[0] == "# one.jpg"
    assert lines[lines.index("# nine.jpg") + 1] == "[[waiver]]"
    assert pictures(config) == ["1", "9"]


def test_what_is_waived_already_is_said_and_left_alone(tmp_path: Path) -> None:
    config = tmp_path / "provcheck.toml"
    add(config, waiver("1"), waiver("2"))
    before = config.read_bytes()
    (there,) = add(config, waiver("2", reason="another reason"))
    assert (there.picture[4], there.reason) == ("2", "cleared")
    assert config.read_bytes() == before


def test_pyproject_gets_the_long_header(tmp_path: Path) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text('[project]\nname = "x"\n[tool.provcheck]\n[tool.other]\nkey = 1\n')
    add(config, waiver("1"), waiver("0"))
    assert pictures(config) == ["0", "1"]
    assert config.read_text().count("[[tool.provcheck.waiver]]") == 2


def test_a_file_of_waivers_is_where_they_go(tmp_path: Path) -> None:
    config = tmp_path / "pyproject.toml"
    config.write_text('[tool.provcheck]\nwaivers = "waivers.toml"\n')
    (tmp_path / "waivers.toml").write_text("")
    before = config.read_bytes()
    add(config, waiver("1"))
    assert (config.read_bytes(), pictures(config)) == (before, ["1"])
    assert "[[waiver]]" in (tmp_path / "waivers.toml").read_text()


@pytest.mark.parametrize(
    "reason", ['say "yes"', "back\\slash", "two\nlines\tand a tab", "bell \x07 del \x7f", "\u202e"]
)
def test_text_comes_back_as_it_was_given(tmp_path: Path, reason: str) -> None:
    config = tmp_path / "provcheck.toml"
    add(config, waiver("1", reason=reason), remark="evil\n[[waiver]]\x1b\udce9.jpg")
    (read,) = read_config(config).waivers
    assert read.reason == reason


def test_waivers_in_one_array_are_not_taken_apart(tmp_path: Path) -> None:
    config = tmp_path / "provcheck.toml"
    config.write_text(f'waiver = [{{ picture = "pdq:{"5" * 64}", rule = "PC104", reason = "x" }}]\n')
    with pytest.raises(FactsError, match=r"\[\[waiver\]\] tables only"):
        add(config, waiver("1"))
