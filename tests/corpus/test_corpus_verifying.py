import sqlite3
from pathlib import Path

import pytest
from corpus_records import frame_codes, save_picture, source, video_frames

from provcheck.corpus import ingest, open_corpus
from provcheck.corpus.statistics import measure
from provcheck.corpus.verifying import Problem, verify
from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind


@pytest.fixture
def known(tmp_path: Path) -> Path:
    with open_corpus(tmp_path / "known", write=True, create=True) as corpus:
        corpus.add_source(source("a"), video_frames(3))
    return tmp_path / "known"


def verified(path: Path, statement: str = "SELECT 1") -> list[Problem]:
    connection = sqlite3.connect(path / "corpus.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()
    with open_corpus(path) as corpus:
        return verify(corpus)


def test_a_sound_corpus_has_no_problems_and_progress_is_told(known: Path) -> None:
    told: list[tuple[int, int]] = []
    with open_corpus(known) as corpus:
        assert verify(corpus, progress=lambda done, total, _: told.append((done, total))) == []
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE thumbnail SET jpeg = zeroblob(9) WHERE frame = 2", "thumbnail that was altered"),
        ("UPDATE thumbnail SET jpeg = x'00', crc32 = 3523407757 WHERE frame = 2", "thumbnail that does not decode"),
        ("UPDATE keypoints SET codes = zeroblob(length(codes)) WHERE frame = 2", "keypoints that were altered"),
        ("UPDATE keypoints SET geometry = zeroblob(length(geometry)) WHERE frame = 2", "keypoints that were altered"),
        ("DELETE FROM keypoints WHERE frame = 2", "has no keypoints"),
        ("DELETE FROM thumbnail WHERE frame = 2", "has no thumbnail"),
        ("DELETE FROM code WHERE frame = 2 AND name = 'pdq'", "has no pdq code"),
        ("UPDATE code SET code = x'0102' WHERE frame = 2 AND name = 'phash'", "has a 2-byte phash code"),
        ("UPDATE source SET frames = 7", "has 3 frames instead of 7"),
        ("UPDATE source SET id = '000000000000'", "does not have the id of its SHA-256"),
        ("UPDATE source SET facts = 'no JSON'", "is damaged"),
        ("""UPDATE source SET facts = '{"kind": "opera"}'""", "is damaged"),
        ("UPDATE source SET medium = 'papyrus'", "is damaged"),
        ("UPDATE frame SET source = '000000000000' WHERE id = 2", "belongs to a source that is not there"),
        ("UPDATE thumbnail SET jpeg = 'text' WHERE frame = 2", "is damaged"),
    ],
)
def test_every_kind_of_damage_is_found(known: Path, statement: str, found: str) -> None:
    problems = verified(known, statement)
    assert any(found in problem.found for problem in problems)
    assert all(problem.is_damage for problem in problems)


def test_media_that_is_gone_or_changed_is_found_only_on_request(tmp_path: Path) -> None:
    first, second = save_picture(tmp_path / "1.png", 1), save_picture(tmp_path / "2.png", 2)
    with open_corpus(tmp_path / "known", write=True, create=True) as corpus:
        ingest.add(corpus, [first, second, save_picture(tmp_path / "3.png", 3)], jobs=1)
        first.unlink()
        save_picture(second, 4)
        assert verify(corpus) == []
        gone, changed = verify(corpus, media=True)
    assert (gone.where, changed.where) == (str(first), str(second))
    assert "is gone" in gone.found
    assert "is not the file that was added" in changed.found
    assert [gone.is_damage, changed.is_damage] == [False, False]


def test_statistics_add_up(known: Path) -> None:
    facts = Facts(kind=Kind.GAME, captured=parse_moment("2014-05"), published=parse_moment("2015"))
    with open_corpus(known, write=True) as corpus:
        corpus.add_source(source("b", facts=facts), [frame_codes(keypoints=10)])
        corpus.add_source(source("c", facts=Facts(published=parse_moment("2015"))), [])
        figures = measure(corpus)
    assert figures.by_kind == {"game": 1, "unknown": 2}
    assert figures.by_medium == {"video": 3}
    assert figures.by_year == {"2014": 1, "2015": 1, "unknown": 1}
    assert figures.part_bytes["keypoints"] == 38 * (3 * 5 + 10)
    assert figures.part_bytes["whole-image codes"] == 4 * 48
    assert figures.bytes_per_frame == figures.disk_bytes / 4
    assert figures.disk_bytes >= (known / "corpus.sqlite").stat().st_size


def test_an_empty_corpus_has_statistics(tmp_path: Path) -> None:
    with open_corpus(tmp_path / "known", write=True, create=True) as corpus:
        figures = measure(corpus)
    assert (figures.by_year, figures.bytes_per_frame, figures.part_bytes["thumbnails"]) == ({}, None, 0)
