"""The own-goal guard: what a press office published is held against what it publishes next."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rendered_scenes import crop, recompressed, save, scene

Run = Callable[..., Any]

FIRST = """\
title = "On the events of 9 November"
published = 2017-11-14T10:00:00+03:00
[claims]
captured = 2017-11-09
kind = "video"
place = { name = "Dalmir crossing", country = "Orvania", latitude = 41.0, longitude = 20.0 }
[[image]]
path = "photo-1.jpg"
caption = "A column leaves the area of the crossing"
credit = "Press service"
"""
ELSEWHERE = FIRST.replace('"Dalmir crossing"', '"Port of Vesk"').replace("41.0", "45.0")


def write_release(folder: Path, manifest: str) -> Path:
    save(folder / "photo-1.jpg", scene(1))
    save(folder / "photo-2.jpg", scene(2))
    (folder / "release.toml").write_text(manifest, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(provcheck: Run, tmp_path: Path) -> Path:
    """A corpus that has the first release and nothing else."""
    first = write_release(tmp_path / "first", FIRST)
    ran = provcheck("corpus", "add", "--published", first, "--corpus", tmp_path / "own.corpus", "--jobs", 1)
    assert (ran.exit_code, ran.stderr) == (0, f"next: provcheck check RELEASE --corpus {tmp_path / 'own.corpus'}\n")
    return tmp_path / "own.corpus"


def check(provcheck: Run, folder: Path, corpus: Path) -> tuple[int, dict[str, Any]]:
    ran = provcheck("check", folder, "--corpus", corpus, "--format", "json")
    return ran.exit_code, {item["path"]: item for item in json.loads(ran.stdout)["items"]}


def rules(item: dict[str, Any], severity: str) -> list[str]:
    return [finding["rule"] for finding in item["findings"] if finding["severity"] == severity]


def test_the_claims_of_a_release_are_facts(provcheck: Run, corpus: Path) -> None:
    listed = json.loads(provcheck("corpus", "list", "--corpus", corpus, "--format", "json").stdout)
    by_name = {Path(source["path"]).name: source["facts"] for source in listed["sources"]}
    assert by_name["photo-1.jpg"] == {
        "title": "A column leaves the area of the crossing",
        "published": "2017-11-14T10:00:00+03:00",
        "captured": "2017-11-09",
        "kind": "video",
        "place": {"name": "Dalmir crossing", "country": "Orvania", "latitude": 41.0, "longitude": 20.0},
        "rights": "Press service",
        "release": "On the events of 9 November",
    }


def test_the_same_release_again_and_its_translation_raise_no_alarm(
    provcheck: Run, corpus: Path, tmp_path: Path
) -> None:
    translated = tmp_path / "translated"
    save(translated / "picture.jpg", crop(recompressed(scene(1), 50), 0.1, 0.1, 0.9, 0.95))
    (translated / "release.toml").write_text(FIRST.replace("photo-1", "picture"), encoding="utf-8")
    for folder in (tmp_path / "first", translated):
        code, items = check(provcheck, folder, corpus)
        assert code == 0
        for item in items.values():
            assert item["outcome"] == "credited"
            assert "PC113" in rules(item, "note")
            assert not rules(item, "error") + rules(item, "warning")
            assert item["reason"].startswith("It was published before as “")


@pytest.mark.parametrize(
    ("manifest", "rule"),
    [
        (FIRST.replace("captured = 2017-11-09", "captured = 2018-03-02"), "PC101"),
        (ELSEWHERE, "PC102"),
    ],
)
def test_a_later_release_with_another_date_or_place_fails(
    provcheck: Run, corpus: Path, tmp_path: Path, manifest: str, rule: str
) -> None:
    code, items = check(provcheck, write_release(tmp_path / "second", manifest), corpus)
    assert code == 1
    assert {item["outcome"] for item in items.values()} == {"mismatched"}
    assert {error for item in items.values() for error in rules(item, "error")} == {rule}


def test_without_a_date_of_its_own_the_day_of_publication_counts(provcheck: Run, tmp_path: Path) -> None:
    first = write_release(tmp_path / "first", 'published = 2017-11-14\ntitle = "First"\n')
    corpus = tmp_path / "own.corpus"
    provcheck("corpus", "add", "--published", first, "--corpus", corpus, "--jobs", 1)
    second = write_release(tmp_path / "second", "[claims]\ncaptured = 2018-03-02\n")
    code, items = check(provcheck, second, corpus)
    assert (code, rules(items["photo-1.jpg"], "error")) == (1, ["PC101"])


def test_what_is_known_from_elsewhere_and_the_first_publication_stay(provcheck: Run, tmp_path: Path) -> None:
    corpus = tmp_path / "own.corpus"
    first, second = (write_release(tmp_path / name, FIRST.replace("9 November", name)) for name in ("first", "second"))
    add = ("corpus", "add", "--corpus", corpus, "--jobs", 1)
    provcheck(*add, first / "photo-1.jpg", "--title", "Old footage", "--published", "2015")
    provcheck(*add, "--published", first, second)
    listed = json.loads(provcheck("corpus", "list", "--corpus", corpus, "--format", "json").stdout)
    facts = {Path(source["path"]).name: source["facts"] for source in listed["sources"]}
    assert facts["photo-1.jpg"] == {"title": "Old footage", "published": "2015"}
    assert facts["photo-2.jpg"]["release"] == "On the events of first"


def test_a_corrected_release_brings_its_claims_up_to_date(provcheck: Run, corpus: Path, tmp_path: Path) -> None:
    write_release(tmp_path / "first", FIRST.replace("captured = 2017-11-09", "captured = 2017-11-08"))
    provcheck("corpus", "add", "--published", tmp_path / "first", "--corpus", corpus, "--jobs", 1)
    listed = json.loads(provcheck("corpus", "list", "--corpus", corpus, "--format", "json").stdout)
    assert {source["facts"]["captured"] for source in listed["sources"]} == {"2017-11-08"}


def test_a_date_is_a_date_and_needs_a_path(provcheck: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(tmp_path / "2017" / "photo.jpg", scene(1))
    ran = provcheck("corpus", "add", "--published", "2017", "--corpus", "c.corpus", "--jobs", 1)
    assert (ran.exit_code, "Missing argument 'PATH...'" in ran.stderr) == (2, True)
    ran = provcheck("corpus", "add", "--published", "relaese/", "photo.jpg", "--corpus", "c.corpus")
    assert ran.exit_code == 2
    assert provcheck("corpus", "add", "--published", "./2017", "--corpus", "c.corpus", "--jobs", 1).exit_code == 0


@pytest.mark.parametrize("name", ["first.zip", "https://ministry.example/news"])
def test_what_would_have_to_be_opened_is_refused_before_a_corpus_is_made(
    provcheck: Run, tmp_path: Path, name: str
) -> None:
    folder = write_release(tmp_path / "first", FIRST)
    shutil.make_archive(str(folder), "zip", folder)
    named = name if "://" in name else tmp_path / name
    ran = provcheck("corpus", "add", "--published", named, "--corpus", tmp_path / "c.corpus", "--jobs", 1)
    assert ran.exit_code == 2
    assert f"{named}: --published adds pictures and folders of them, and opens nothing else" in ran.stderr
    assert "name that folder" in ran.stderr
    assert not (tmp_path / "c.corpus").exists()
