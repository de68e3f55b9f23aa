"""Settings that stay, read with the line of each; a slip is an error that names the file, the line and the way out."""

from pathlib import Path

import pytest

from provcheck.config import KEYS, find_config, read_config
from provcheck.errors import FactsError, UsageError
from provcheck.records import Severity

PDQ = "pdq:" + "ab" * 32
FULL = f"""\
corpus = "known.corpus"
fail-on = "mismatched"
format = "json"
outputs = ["json=out/report.json", "text=-"]
cache = false
waivers = "more.toml"
redact = true
trust-list = "trusted.pem"

[severity]
PC104 = "error"

[limits]
pictures = 200
cache-megabytes = 64

[[waiver]]
picture = "{PDQ}"
source = "0123456789ab"
rule = "PC104"
reason = "cleared by the desk"
expires = 2027-06-30
approved-by = "R. Ortiz"
"""
MORE = f'[[waiver]]\npicture = "sha256:{"0" * 64}"\nrule = "PC901"\nreason = "our logo"\n'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read_with_its_line_and_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    path = write(tmp_path / "provcheck.toml", FULL)
    write(tmp_path / "more.toml", MORE)
    read = read_config(path)
    assert (read.corpus and read.corpus.value, read.corpus and read.corpus.origin) == (
        tmp_path / "known.corpus",
        f"{path}:1",
    )
    assert read.fail_on
    assert (read.fail_on.value, read.fail_on.origin) == ("mismatched", f"{path}:2")
    assert read.form
    assert read.form.value == "json"
    assert read.outputs
    assert read.outputs.value == (f"json={tmp_path}/out/report.json", "text=-")
    assert read.redact
    assert read.redact.value is True
    assert read.trust_list
    assert read.trust_list.value == tmp_path / "trusted.pem"
    assert read.cache
    assert (read.cache.value, read.cache.origin) == (None, f"{path}:5")
    assert (read.severities["PC104"].value, read.severities["PC104"].origin) == (Severity.ERROR, f"{path}:11")
    assert read.pictures
    assert (read.pictures.value, read.pictures.origin) == (200, f"{path}:14")
    assert read.cache_megabytes
    assert read.cache_megabytes.value == 64
    one, other = read.waivers
    assert (one.picture, one.source, one.rule, one.approved_by) == (PDQ, "0123456789ab", "PC104", "R. Ortiz")
    assert one.expires
    assert (one.expires.text, one.origin) == ("2027-06-30", "provcheck.toml, line 17")
    assert (other.rule, other.source, other.origin) == ("PC901", None, "more.toml, line 1")


def test_the_full_example_has_every_key() -> None:
    assert not [key.name for key in KEYS if key.name not in FULL and key.table != "severity"]


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    read = read_config(write(tmp_path / "provcheck.toml", ""))
    assert (read.corpus, read.fail_on, read.cache, dict(read.severities), read.waivers) == (None, None, None, {}, ())


def test_pyproject_has_a_table_of_ours(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.provcheck]\nfail-on = "never"\n\n[[tool.provcheck.waiver]]\n'
    path = write(tmp_path / "pyproject.toml", f'{text}picture = "{PDQ}"\nrule = "PC104"\nreason = "because"\n')
    read = read_config(path)
    assert read.fail_on
    assert (read.fail_on.value, read.fail_on.origin) == ("never", f"{path}:5")
    assert [waiver.origin for waiver in read.waivers] == ["pyproject.toml, line 7"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('\nfail_on = "never"', "line 2: unknown key “fail_on”; did you mean “fail-on”?"),
        ('corpos = "x"', "line 1: unknown key “corpos”; did you mean “corpus”?"),
        ('fail-on = "mismatch"', "line 1: fail-on: expected one of mismatched, reused, credited, never, found “mism"),
        ('format = "jsn"', "did you mean “json”?"),
        ('outputs = "junit=x"', "line 1: outputs: expected a list"),
        ('outputs = ["report.xml"]', "expected FORMAT=FILE, found “report.xml”"),
        ('outputs = ["jsno=x"]', "did you mean “json”?"),
        ("cache = true", "line 1: cache: expected a directory in quotes, or false, found True"),
        ('redact = "yes"', "line 1: redact: expected true or false, found 'yes'"),
        ('corpus = ""', "corpus: expected a path, found an empty text"),
        ('[severity]\nPC10 = "error"', "line 2: unknown key “PC10”; did you mean “PC1"),
        ('[severity]\nPC104 = "errror"', "line 2: PC104: expected one of error, warning, note, found “errror”; did"),
        ("[limits]\npictures = 0", "line 2: pictures: expected a whole number of at least 1, found 0"),
        ("[limits]\npicture = 9", "did you mean “pictures”?"),
        ("severity = 3", "line 1: severity: expected a table"),
        ('waivers = "gone.toml"', "line 1: waivers: there is no file"),
        ('[[waiver]]\nrule = "PC104"\nreason = "x"', "line 1: a waiver needs picture, rule, reason; pict"),
        (f'[[waiver]]\npicture = "{PDQ}"\nrule = "PC104"\nreason = ""', "reason is missing"),
        ('[[waiver]]\npicture = "abc"', "line 2: picture: expected a content key"),
        (f'[[waiver]]\npicture = "{PDQ}"\nrule = "PC999"', "line 3: rule: expected one of PC101"),
        (f'[[waiver]]\npicture = "{PDQ}"\nrule = "PC104"\nreason = "x"\nexpires = "soon"', "“soon” is not a date"),
        (f'[[waiver]]\npicture = "{PDQ}"\napproved_by = "x"', "did you mean “approved-by”?"),
        (f'[[waiver]]\npicture = "{PDQ}"\nrule = "PC104"\nreason = "x"\nsource = "x"', "the id of a source"),
        ("fail-on = ", "line 1: not valid TOML"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    path = write(tmp_path / "provcheck.toml", text)
    with pytest.raises(FactsError) as raised:
        read_config(path)
    assert raised.value.message.startswith(str(path))
    assert expected in raised.value.message


def test_a_named_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_config(tmp_path / "gone.toml")


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert find_config(below) is None or not find_config(below).is_relative_to(tmp_path)  # type: ignore[union-attr]
    write(tmp_path / "pyproject.toml", "[tool.provcheck]\n")
    assert find_config(below) == tmp_path / "pyproject.toml"
    write(tmp_path / "provcheck.toml", "")
    assert find_config(below) == tmp_path / "provcheck.toml"
    write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "about-provcheck"\n')
    assert find_config(below) == tmp_path / "provcheck.toml"
    write(tmp_path / "a" / "pyproject.toml", "[tool.provcheck]\n")
    assert find_config(below) == tmp_path / "a" / "pyproject.toml"


def test_a_pyproject_that_is_not_about_us_need_not_be_valid(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "not toml at all")
    assert find_config(tmp_path) != tmp_path / "pyproject.toml"
