"""The index beside the store: used when it fits, extended when it lags, thrown away when it does not."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import faiss
import numpy as np
import pytest
from rendered_scenes import build_corpus, scene
from searched_corpora import FRAMES_A_SOURCE, add_source, grow, source

from provcheck.corpus import open_corpus
from provcheck.corpus.verifying import verify
from provcheck.indexes.file_notes import STAMP
from provcheck.indexes.inverted import GROWTH
from provcheck.matching import Lookup, find_matches, open_lookup
from provcheck.matching.index_files import read_index, writing
from provcheck.matching.lookup import CODES_A_FRAME, MOST_REMOVED, index_folder
from provcheck.records import Picture

SOURCES = 6


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    threads = faiss.omp_get_max_threads()
    yield
    faiss.omp_set_num_threads(threads)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of six sources with its index written."""
    path = tmp_path_factory.mktemp("six") / "corpus"
    grow(path, 0, SOURCES)
    look_up(path)
    return path


@pytest.fixture
def path(pristine: Path, tmp_path: Path) -> Path:
    """A copy for one test to change."""
    return Path(shutil.copytree(pristine, tmp_path / "corpus"))


def look_up(path: Path) -> Lookup:
    with open_corpus(path) as corpus:
        return open_lookup(corpus)


def remove_sources(path: Path, *numbers: int) -> None:
    with open_corpus(path, write=True) as corpus:
        for number in numbers:
            corpus.remove_source(source(number).id)


def assert_right(path: Path, lookup: Lookup) -> None:
    """Every searched code of every frame in the store is found under that frame, and the sources are the store's."""
    with open_corpus(path) as corpus:
        stored = corpus.frame_sources()
        assert lookup.frames == len(lookup.sources) == len(stored) == corpus.coverage().frames
        assert [lookup.sources[int(frame)] for frame in stored["frame"]] == [one.decode() for one in stored["source"]]
        for one in corpus.searched_codes("pdq", step=7):
            codes = one.local[:CODES_A_FRAME]
            distances, numbers = lookup.local.search(codes, 1)
            assert (distances == 0).all()
            rows = lookup.table.rows_of_codes(numbers[:, 0])
            assert (lookup.table.rows["frame"][rows] == one.frame).all()
            (nearest,) = lookup.whole.search(np.frombuffer(one.whole, np.uint8)[None], 1)[1][0]
            assert lookup.table.rows["frame"][nearest] == one.frame


def files(path: Path) -> dict[str, int]:
    """Return the files of the index with their times of writing, so that one written again is another."""
    return {file.name: file.stat().st_mtime_ns for file in index_folder(path).iterdir()}


def segments(path: Path) -> list[str]:
    return [note["name"] for note in json.loads((index_folder(path) / STAMP).read_text())["files"][2:]]


def indexed_frames(lookup: Lookup) -> int:
    return len(lookup.table)


# ---------------------------------------------------------------- built, read, extended


def test_the_index_is_built_and_written(pristine: Path) -> None:
    assert len(segments(pristine)) == 1
    assert sorted(name.split("-")[0] for name in files(pristine)) == ["frames", STAMP, "local", "lock", "whole"]


def test_an_index_that_fits_is_read_and_nothing_is_written(path: Path) -> None:
    before = files(path)
    assert_right(path, look_up(path))
    assert files(path) == before


def test_of_a_frame_only_the_best_codes_are_searched(path: Path) -> None:
    assert len(look_up(path).local) == SOURCES * FRAMES_A_SOURCE * CODES_A_FRAME


def test_of_a_small_corpus_all_codes_are_searched_and_no_file_is_written(tmp_path: Path) -> None:
    path = build_corpus(tmp_path / "corpus", {"one": scene(0), "two": scene(1)})
    with open_corpus(path) as corpus:
        codes = sum(len(frame.local) for frame in corpus.searched_codes("pdq"))
        assert len(open_lookup(corpus).local) == codes > 2 * CODES_A_FRAME
    assert not index_folder(path).exists()


def test_a_change_of_facts_changes_no_index(path: Path) -> None:
    before = files(path)
    with open_corpus(path, write=True) as corpus:
        corpus.set_path(source(0).id, "/elsewhere")
    look_up(path)
    assert files(path) == before


def test_what_is_new_becomes_a_segment_and_the_old_one_is_left_alone(path: Path) -> None:
    before = files(path)
    grow(path, 10, 1)
    assert_right(path, look_up(path))
    (old, new) = segments(path)
    assert files(path)[old] == before[old]
    assert new not in before


def test_small_segments_are_merged(path: Path) -> None:
    for number in range(10, 14):
        grow(path, number, 1)
        assert_right(path, look_up(path))
    assert len(segments(path)) <= 2
    assert len(files(path)) == 4 + len(segments(path))


def test_when_it_has_outgrown_its_centres_all_is_built_anew(path: Path) -> None:
    edit_stamp(learnt_for=100)(index_folder(path))
    before = segments(path)
    grow(path, 10, 1)
    assert_right(path, look_up(path))
    assert not set(before) & set(segments(path))


def test_what_is_added_at_once_can_outgrow_the_centres(path: Path) -> None:
    before, learnt_for = segments(path), look_up(path).local.learnt_for
    grow(path, 10, (GROWTH - 1) * SOURCES)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert lookup.local.learnt_for >= GROWTH * learnt_for
    assert not set(before) & set(segments(path))


# ---------------------------------------------------------------- removed


def test_removed_frames_stay_in_the_files_and_are_no_sources(path: Path) -> None:
    before = segments(path)
    remove_sources(path, 2)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert MOST_REMOVED >= 1 / SOURCES
    assert indexed_frames(lookup) == SOURCES * FRAMES_A_SOURCE
    assert segments(path) == before
    gone = int(lookup.table.rows["frame"][2 * FRAMES_A_SOURCE])
    assert gone not in lookup.sources
    with pytest.raises(KeyError):
        lookup.sources[gone]


def test_when_many_were_removed_the_index_is_built_anew(path: Path) -> None:
    grow(path, 10, 3)
    remove_sources(path, 0, 1, 2)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert indexed_frames(lookup) == 6 * FRAMES_A_SOURCE


def test_removed_and_added_at_once(path: Path) -> None:
    remove_sources(path, 1)
    grow(path, 10, 1)
    assert_right(path, look_up(path))


def test_removing_the_newest_and_adding_another(path: Path) -> None:
    grow(path, 10, 1)
    look_up(path)
    remove_sources(path, 10)
    grow(path, 11, 1)
    assert_right(path, look_up(path))


def test_a_corpus_that_was_emptied_has_nothing(path: Path) -> None:
    remove_sources(path, *range(SOURCES))
    lookup = look_up(path)
    assert (lookup.frames, len(lookup.whole), len(lookup.local)) == (0, 0, 0)


def test_a_removed_frame_is_not_nominated(tmp_path: Path) -> None:
    path = build_corpus(tmp_path / "corpus", {"one": scene(1), "two": scene(2)})
    with open_corpus(path) as corpus:
        lookup = open_lookup(corpus)
        lookup.table.rows["group"][0] = -1
        assert not find_matches([Picture(scene(1))], corpus, lookup).matches


# ---------------------------------------------------------------- few frames


def test_few_frames_are_read_from_the_store_and_leave_no_files(tmp_path: Path) -> None:
    path = build_corpus(tmp_path / "corpus", {f"scene {seed}": scene(seed) for seed in range(3)})
    assert_right(path, look_up(path))
    assert not index_folder(path).exists()


def test_many_frames_with_few_codes_are_searched_all_the_same(path: Path) -> None:
    """There are too few codes for lists, although there are frames enough."""
    with open_corpus(path, write=True) as corpus, corpus._transaction():
        corpus._connection.execute("UPDATE keypoints SET codes = substr(codes, 1, 320), geometry = ''")
        corpus._note_change(frames=True)
    shutil.rmtree(index_folder(path))
    for _ in range(2):
        assert_right(path, look_up(path))


# ---------------------------------------------------------------- other stores


def test_the_index_of_another_store_with_as_many_frames_is_not_believed(path: Path, tmp_path: Path) -> None:
    """Same generation, same frame ids, and the newest frame even of the same source."""
    other = tmp_path / "other"
    with open_corpus(other, write=True, create=True) as corpus:
        for number in (20, 21, 22, 23, 24, SOURCES - 1):
            add_source(corpus, number)
    shutil.copytree(index_folder(path), index_folder(other))
    assert_right(other, look_up(other))


def test_a_store_from_a_backup_keeps_its_index(path: Path, tmp_path: Path) -> None:
    backup = shutil.copytree(path, tmp_path / "backup")
    before = segments(path)
    grow(path, 10, 1)
    look_up(path)
    for file in path.glob("corpus.sqlite*"):
        file.unlink()
    for file in backup.glob("corpus.sqlite*"):
        shutil.copy(file, path)
    assert_right(path, look_up(path))
    assert segments(path)[:1] == before
    grow(path, 11, 1)
    assert_right(path, look_up(path))


def test_a_reader_of_an_older_state_uses_the_newer_index_and_no_frames_that_it_does_not_know(path: Path) -> None:
    with open_corpus(path) as before:
        grow(path, 10, 1)
        look_up(path)
        lookup = open_lookup(before)
        assert lookup.frames == SOURCES * FRAMES_A_SOURCE
        assert indexed_frames(lookup) == (SOURCES + 1) * FRAMES_A_SOURCE
    assert_right(path, look_up(path))


# ---------------------------------------------------------------- damaged files

Spoil = Callable[[Path], object]


def edit_stamp(**changes: object) -> Spoil:
    def spoil(folder: Path) -> None:
        stamp = json.loads((folder / STAMP).read_text())
        (folder / STAMP).write_text(json.dumps(stamp | changes))

    return spoil


def only(folder: Path, pattern: str) -> Path:
    (file,) = folder.glob(pattern)
    return file


def cut(pattern: str, keep: float) -> Spoil:
    def spoil(folder: Path) -> None:
        file = only(folder, pattern)
        content = file.read_bytes()
        file.write_bytes(content[: int(len(content) * keep)])

    return spoil


def flip(pattern: str, place: float) -> Spoil:
    def spoil(folder: Path) -> None:
        file = only(folder, pattern)
        content = bytearray(file.read_bytes())
        content[int(len(content) * place)] ^= 255
        file.write_bytes(content)

    return spoil


def drop(pattern: str) -> Spoil:
    return lambda folder: only(folder, pattern).unlink()


SPOILED: dict[str, Spoil] = {
    "everything is gone": shutil.rmtree,
    "no stamp": drop(STAMP),
    "an empty stamp": lambda folder: (folder / STAMP).write_text(""),
    "a stamp that is no JSON": lambda folder: (folder / STAMP).write_text("{"),
    "a stamp that is a list": lambda folder: (folder / STAMP).write_text("[1]"),
    "a stamp that is binary": lambda folder: (folder / STAMP).write_bytes(b"\xff\xfe\x00"),
    "a stamp with a key too many": edit_stamp(more=1),
    "a stamp of other codes": edit_stamp(algorithms="sift-0"),
    "a stamp of another layout": edit_stamp(layout=99),
    "a stamp of another state": edit_stamp(frames_state="0" * 32),
    "a stamp without files": edit_stamp(files=[]),
    "no segment": drop("local-*"),
    "an empty segment": cut("local-*", 0),
    "half a segment": cut("local-*", 0.5),
    "a segment with an altered head": flip("local-*", 0.001),
    "a segment that is text": lambda folder: only(folder, "local-*").write_text("hello"),
    "no table": drop("frames-*"),
    "half the table": cut("frames-*", 0.5),
    "no whole-image codes": drop("whole-*"),
    "half the whole-image codes": cut("whole-*", 0.5),
    "whole-image codes that are a zip": lambda folder: only(folder, "whole-*").write_bytes(b"PK\x03\x04 no zip"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_does_not_fit_is_built_anew(path: Path, spoil: Spoil) -> None:
    spoil(index_folder(path))
    assert_right(path, look_up(path))
    assert read_index(index_folder(path)) is not None


def test_codes_that_belong_to_no_frame_are_no_neighbours(path: Path) -> None:
    table = look_up(path).table
    assert table.rows_of_codes(np.array([-1, 0, table.codes - 1, table.codes, 2**60])).tolist() == [
        -1,
        0,
        len(table) - 1,
        -1,
        -1,
    ]
    assert table.groups(np.array([-1, 0])).tolist() == [-1, 0]


def test_a_writer_that_was_killed_before_the_stamp_leaves_the_old_index_and_the_next_one_tidies_up(path: Path) -> None:
    folder = index_folder(path)
    for name in ("local-0.faiss", "frames-0.npy", "stamp-0.json"):
        (folder / name).write_text("half written")
    assert_right(path, look_up(path))
    assert (folder / "local-0.faiss").exists()
    grow(path, 10, 1)
    assert_right(path, look_up(path))
    assert not list(folder.glob("*-0.*"))


def test_while_another_process_writes_the_index_is_extended_in_memory_only(path: Path) -> None:
    grow(path, 10, 1)
    with writing(index_folder(path)) as may_write:
        assert may_write
        before = files(path)
        assert_right(path, look_up(path))
        assert files(path) == before


def test_where_nothing_can_be_written_a_search_still_works(path: Path) -> None:
    """As on a read-only disk; a file in the folder's place stops even an administrator."""
    shutil.rmtree(index_folder(path))
    index_folder(path).write_text("in the way")
    assert_right(path, look_up(path))
    assert index_folder(path).read_text() == "in the way"


def test_there_is_no_index_where_there_is_no_folder(tmp_path: Path) -> None:
    assert read_index(tmp_path / "nowhere") is None


# ---------------------------------------------------------------- corpus verify


def index_problems(path: Path) -> list[str]:
    with open_corpus(path) as corpus:
        return [problem.found for problem in verify(corpus) if problem.where.startswith("index")]


def test_a_sound_index_has_no_problems(path: Path) -> None:
    assert index_problems(path) == []


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (flip("local-*", 0.9), "was altered since it was written"),
        (flip("whole-*", 0.5), "was altered since it was written"),
        (drop("frames-*"), "is missing"),
        (edit_stamp(files=[1]), "cannot be read"),
    ],
)
def test_verify_reads_every_byte_of_the_index(path: Path, spoil: Spoil, found: str) -> None:
    spoil(index_folder(path))
    (problem,) = index_problems(path)
    assert found in problem
    assert "delete" in problem
