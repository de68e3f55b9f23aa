import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from corpus_records import ALGORITHMS, source, video_frames

from provcheck.corpus import Corpus, open_corpus
from provcheck.corpus.connection import PAGE_BYTES
from provcheck.corpus.verifying import verify
from provcheck.errors import CorpusDamaged, CorpusError, CorpusMissing, CorpusVersion


def open_for_reading(path: Path) -> Corpus:
    return open_corpus(path, algorithms=ALGORITHMS)


def open_for_writing(path: Path) -> Corpus:
    return open_corpus(path, write=True, algorithms=ALGORITHMS)


OPENERS = pytest.mark.parametrize("opener", [open_for_reading, open_for_writing])


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Return a corpus with two videos."""
    path = tmp_path / "known corpus #1"
    with open_corpus(path, write=True, create=True, algorithms=ALGORITHMS) as corpus:
        corpus.add_source(source("a"), video_frames(20))
        corpus.add_source(source("b"), video_frames(20))
    return path


def change(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path / "corpus.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()


@OPENERS
def test_no_corpus_says_how_to_make_one(tmp_path: Path, opener: Callable[[Path], Corpus]) -> None:
    with pytest.raises(CorpusMissing, match="does not exist") as caught:
        opener(tmp_path / "none")
    assert "provcheck corpus add" in caught.value.remedy
    with pytest.raises(CorpusMissing, match="without a corpus"):
        opener(tmp_path)
    assert list(tmp_path.iterdir()) == []


@OPENERS
@pytest.mark.parametrize(
    ("named", "found", "remedy"),
    [
        ("photos", "is a folder without a corpus in it", "--corpus {}/known.corpus"),
        ("photos/a.jpg", "is a file, and a corpus is a folder", "--corpus {}/photos/known.corpus"),
        ("c/corpus.sqlite", "is a file of the corpus", "Name the folder: --corpus {}/c"),
    ],
)
def test_what_is_no_corpus_is_told_apart(
    tmp_path: Path, opener: Callable[[Path], Corpus], named: str, found: str, remedy: str
) -> None:
    """The remedy names a place where it would work."""
    for file in ("photos/a.jpg", "c/corpus.sqlite"):
        (tmp_path / file).parent.mkdir()
        (tmp_path / file).touch()
    with pytest.raises(CorpusMissing, match=found) as caught:
        opener(tmp_path / named)
    assert caught.value.remedy.endswith(remedy.format(tmp_path))


def test_a_folder_with_other_files_does_not_become_a_corpus(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(CorpusError, match=r"holiday\.jpg"):
        open_corpus(tmp_path, write=True, create=True, algorithms=ALGORITHMS)
    assert [entry.name for entry in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "known").touch()
    with pytest.raises(CorpusError, match="no corpus can be made"):
        open_corpus(tmp_path / "known", write=True, create=True, algorithms=ALGORITHMS)


def test_a_corpus_whose_creation_was_killed_is_empty_for_readers_and_made_by_the_next_writer(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "corpus.sqlite")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(CorpusMissing, match="is empty"):
        open_for_reading(tmp_path)
    with open_for_writing(tmp_path) as corpus:
        assert corpus.coverage().sources == 0


@OPENERS
def test_a_newer_schema_names_both_versions(known: Path, opener: Callable[[Path], Corpus]) -> None:
    change(known, "PRAGMA user_version = 9")
    with pytest.raises(CorpusVersion, match=r"version 9; .* versions 1 to 2") as caught:
        opener(known)
    assert "Upgrade provcheck" in caught.value.remedy


SCHEMA_1 = """
DELETE FROM meta WHERE name = 'frames_state';
INSERT INTO meta VALUES ('frames_generation', 2);
PRAGMA user_version = 1;
"""


def test_a_corpus_of_schema_1_is_read_as_it_is_and_upgraded_by_the_next_writer(known: Path) -> None:
    for statement in SCHEMA_1.split(";"):
        change(known, statement)
    with open_for_reading(known) as corpus:
        assert (corpus.coverage().frames, corpus.frames_state()) == (40, None)
    with open_for_writing(known) as corpus:
        state = corpus.frames_state()
        assert state
        corpus.remove_source(source("a").id)
        assert corpus.frames_state() not in (state, None)
    with open_for_reading(known) as corpus:
        assert next(corpus.rows("PRAGMA user_version")) == (2,)


def test_two_stores_never_have_the_same_state(known: Path, tmp_path: Path) -> None:
    with open_corpus(tmp_path / "other", write=True, create=True, algorithms=ALGORITHMS) as other:
        other.add_source(source("a"), video_frames(20))
        other.add_source(source("b"), video_frames(20))
        with open_for_reading(known) as corpus:
            assert corpus.frames_state() != other.frames_state()


def test_other_algorithms_are_named_with_both_versions(known: Path) -> None:
    with pytest.raises(CorpusVersion, match=r"pdq \(corpus: 1, this provcheck: 2\)") as caught:
        open_corpus(known, algorithms={**ALGORITHMS, "pdq": "2"})
    assert "new corpus" in caught.value.remedy
    with pytest.raises(CorpusVersion, match=r"whash \(corpus: none, this provcheck: 1\)"):
        open_corpus(known, algorithms={**ALGORITHMS, "whash": "1"})


@OPENERS
def test_another_programs_database_is_no_corpus(known: Path, opener: Callable[[Path], Corpus]) -> None:
    change(known, "PRAGMA application_id = 7")
    with pytest.raises(CorpusDamaged, match="not written by provcheck"):
        opener(known)


@OPENERS
@pytest.mark.parametrize("size", [50, 100, 5000, 30_000])
def test_a_truncated_database_is_damaged(known: Path, opener: Callable[[Path], Corpus], size: int) -> None:
    os.truncate(known / "corpus.sqlite", size)
    with pytest.raises(CorpusDamaged, match="is damaged") as caught, opener(known) as corpus:
        corpus.load_frames(corpus.frame_sources()["frame"].tolist())
    assert "backup" in caught.value.remedy


@pytest.mark.parametrize("seed", range(25))
def test_random_bytes_are_damage_or_found_by_verify_never_a_traceback(known: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    file = known / "corpus.sqlite"
    content = bytearray(file.read_bytes())
    for place in random.integers(0, len(content), 40):
        content[place : place + 32] = random.bytes(32)
    file.write_bytes(content)
    try:
        with open_for_reading(known) as corpus:
            assert verify(corpus) != []
    except (CorpusDamaged, CorpusVersion):
        pass  # found already when it was opened


def test_reading_all_of_a_randomly_damaged_corpus_raises_nothing_else(known: Path) -> None:
    pristine = (known / "corpus.sqlite").read_bytes()
    damaged = 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        content = bytearray(pristine)
        place = int(random.integers(100, len(content)))
        content[place : place + 400] = random.bytes(400)
        (known / "corpus.sqlite").write_bytes(content)
        try:
            read_all(known)
        except (CorpusDamaged, CorpusVersion):
            damaged += 1
    assert damaged > 5


def read_all(path: Path) -> None:
    with open_for_reading(path) as corpus:
        for found in corpus.sources():
            corpus.frames(found.id)
        list(corpus.searched_codes("pdq"))
        corpus.coverage()


READER = """
import os, sys
from pathlib import Path
from provcheck.corpus import open_corpus
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
folder = Path(sys.argv[1])
assert not os.access(folder, os.W_OK)
with open_corpus(folder, algorithms=dict.fromkeys(("phash", "dhash", "pdq", "local"), "1")) as corpus:
    print(corpus.coverage().sources, len(list(corpus.searched_codes("pdq"))))
"""


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """Return a folder that another user can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="provcheck-read-only-"))
    folder.chmod(0o755)
    yield folder
    for inside in folder.rglob("*"):
        inside.chmod(0o755)
    shutil.rmtree(folder)


def read_as_media(copy: Path) -> "subprocess.CompletedProcess[str]":
    """Read a corpus that nobody may write to, in a process that is not root's."""
    for file in copy.iterdir():
        file.chmod(0o444)
    copy.chmod(0o555)
    return subprocess.run([sys.executable, "-c", READER, copy], capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders work otherwise")
def test_a_corpus_on_read_only_media_can_be_read(known: Path, shared_folder: Path) -> None:
    read = read_as_media(shutil.copytree(known, shared_folder / "copy"))
    assert (read.stdout, read.stderr) == ("2 40\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders work otherwise")
def test_what_the_log_holds_back_is_read_from_read_only_media_too(known: Path, shared_folder: Path) -> None:
    copy = shared_folder / "copy"
    with open_for_writing(known) as corpus:
        corpus.add_source(source("c"), video_frames(2))
        shutil.copytree(known, copy)  # as kill -9 would leave it
    assert (copy / "corpus.sqlite-wal").stat().st_size > 0
    read = read_as_media(copy)
    assert (read.stdout, read.stderr) == ("3 42\n", "")


def test_a_reader_sees_the_corpus_as_it_was_opened_while_a_writer_adds_and_removes(known: Path) -> None:
    with open_for_reading(known) as before, open_for_writing(known) as writer:
        state = before.frames_state()
        writer.remove_source(source("a").id)
        writer.add_source(source("c"), video_frames(3))
        assert before.frames_state() == state
        assert len(before.load_frames(before.frame_sources()["frame"].tolist())) == 40
        with open_for_reading(known) as after:
            assert after.frames_state() != state
            assert after.coverage().frames == 23


def test_threads_read_from_one_corpus_at_once(known: Path) -> None:
    with open_for_reading(known) as corpus, ThreadPoolExecutor(8) as threads:
        assert corpus.threads_share
        frames = corpus.frame_sources()["frame"].tolist()
        counts = threads.map(lambda _: (len(corpus.load_frames(frames)), len(list(corpus.sources()))), range(50))
        assert set(counts) == {(40, 2)}


def test_pages_of_a_new_corpus_are_small_and_those_of_an_old_one_are_left_alone(known: Path) -> None:
    change(known, "PRAGMA journal_mode = DELETE")
    for pages, statement in ((PAGE_BYTES, "SELECT 1"), (8192, "PRAGMA page_size = 8192")):
        connection = sqlite3.connect(known / "corpus.sqlite", isolation_level=None)
        connection.execute(statement)
        connection.execute("VACUUM")
        connection.close()
        with open_for_writing(known) as corpus:
            assert list(corpus.rows("PRAGMA page_size")) == [(pages,)]
            assert corpus.coverage().frames == 40
        change(known, "PRAGMA journal_mode = DELETE")
