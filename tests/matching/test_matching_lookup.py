"""The index of local codes beside the store: used when it fits, mended when it lags, thrown away when it does not."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rendered_scenes import build_corpus, crop, save, scene

from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.indexes import InvertedIndex
from provcheck.matching import Lookup, find_matches, open_lookup
from provcheck.matching.index_files import STAMP, Stamp, read_index, write_index
from provcheck.matching.lookup import MOST_REMOVED, index_folder
from provcheck.records import Picture


@pytest.fixture(scope="module")
def five_scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_corpus(tmp_path_factory.mktemp("five") / "corpus", {f"scene {n}": scene(n) for n in range(5)})


@pytest.fixture
def path(five_scenes: Path, tmp_path: Path) -> Path:
    """A corpus of five scenes with its index written, for one test to spoil."""
    copy = Path(shutil.copytree(five_scenes, tmp_path / "corpus"))
    look_up(copy)
    return copy


def look_up(path: Path) -> Lookup:
    with open_corpus(path) as corpus:
        return open_lookup(corpus)


def add_scene(path: Path, seed: int) -> None:
    with open_corpus(path, write=True) as corpus:
        add(corpus, [save(path.parent / f"more {seed}.png", scene(seed))], jobs=1)


def remove_sources(path: Path, count: int) -> None:
    with open_corpus(path, write=True) as corpus:
        for source in list(corpus.sources())[:count]:
            corpus.remove_source(source.id)


def assert_right(path: Path, lookup: Lookup) -> None:
    """Every code of every frame in the store is in the lookup, under that frame, and the sources are the store's."""
    with open_corpus(path) as corpus:
        assert lookup.sources == corpus.frame_sources()
        assert lookup.frames == corpus.coverage().frames
        for frame, codes in corpus.local_codes():
            distances, numbers = lookup.local.search(codes, 1)
            assert (distances == 0).all()
            assert (lookup.local_frames[numbers[:, 0]] == frame).all()
        frames, whole = corpus.whole_codes("pdq")
        assert lookup.whole.search(whole, 1)[1][:, 0].tolist() == list(range(len(frames)))
        assert lookup.whole_frames.tolist() == frames.tolist()


def token(path: Path) -> str:
    return str(json.loads((index_folder(path) / STAMP).read_text())["token"])


def test_the_index_is_built_and_kept(five_scenes: Path, tmp_path: Path) -> None:
    path = Path(shutil.copytree(five_scenes, tmp_path / "corpus"))
    assert not index_folder(path).exists()
    assert_right(path, look_up(path))
    assert len(list(index_folder(path).glob("local-*.faiss"))) == 1


def test_an_index_that_fits_is_read_and_not_written_again(path: Path) -> None:
    before = token(path)
    assert_right(path, look_up(path))
    assert token(path) == before


def test_an_index_that_lags_is_extended(path: Path) -> None:
    before = token(path)
    add_scene(path, 20)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert token(path) != before
    assert len(set(lookup.local_frames.tolist())) == 6


def test_a_few_removed_frames_stay_in_the_index_and_are_not_found(path: Path) -> None:
    remove_sources(path, 1)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert MOST_REMOVED >= 1 / 5
    assert len(set(lookup.local_frames.tolist())) == 5
    with open_corpus(path) as corpus:
        found = find_matches([Picture(crop(scene(0), 0.1, 0.1, 0.8, 0.8))], corpus, lookup)
    assert not found.matches


def test_when_many_were_removed_the_index_is_built_anew(path: Path) -> None:
    remove_sources(path, 2)
    lookup = look_up(path)
    assert_right(path, lookup)
    assert set(lookup.local_frames.tolist()) == set(lookup.sources)


def test_removed_and_added_at_once(path: Path) -> None:
    remove_sources(path, 1)
    add_scene(path, 20)
    assert_right(path, look_up(path))


def test_removing_the_newest_and_adding_another_reads_it(path: Path) -> None:
    add_scene(path, 20)
    look_up(path)
    with open_corpus(path, write=True) as corpus:
        newest = corpus.frame_sources()[max(corpus.frame_sources())]
        corpus.remove_source(newest)
    add_scene(path, 21)
    assert_right(path, look_up(path))


def test_a_corpus_that_was_emptied_has_nothing(path: Path) -> None:
    remove_sources(path, 5)
    lookup = look_up(path)
    assert lookup.frames == 0
    assert len(lookup.whole) == 0


def test_old_files_do_not_pile_up(path: Path) -> None:
    for seed in (20, 21):
        add_scene(path, seed)
        look_up(path)
    assert len(list(index_folder(path).iterdir())) == 3


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


SPOILED: dict[str, Spoil] = {
    "everything is gone": shutil.rmtree,
    "no stamp": lambda folder: (folder / STAMP).unlink(),
    "an empty stamp": lambda folder: (folder / STAMP).write_text(""),
    "a stamp that is no JSON": lambda folder: (folder / STAMP).write_text("{"),
    "a stamp that is a list": lambda folder: (folder / STAMP).write_text("[1]"),
    "a stamp that is binary": lambda folder: (folder / STAMP).write_bytes(b"\xff\xfe\x00"),
    "a stamp with a key too many": edit_stamp(more=1),
    "a stamp of other codes": edit_stamp(algorithm="sift-0"),
    "a stamp of another layout": edit_stamp(layout=99),
    "a stamp from the future": edit_stamp(generation=10**6),
    "a stamp of another store": edit_stamp(last_source="0" * 12),
    "no index": lambda folder: only(folder, "*.faiss").unlink(),
    "an empty index": cut("*.faiss", 0),
    "half an index": cut("*.faiss", 0.5),
    "an index that is text": lambda folder: only(folder, "*.faiss").write_text("hello"),
    "no owners": lambda folder: only(folder, "*.npy").unlink(),
    "empty owners": cut("*.npy", 0),
    "half the owners": cut("*.npy", 0.5),
    "too few owners": lambda folder: np.save(only(folder, "*.npy"), np.zeros(3, np.int64)),
    "owners that are a pickle": lambda folder: np.save(
        only(folder, "*.npy"), np.array([{}], object), allow_pickle=True
    ),
    "owners that are a zip": lambda folder: only(folder, "*.npy").write_bytes(b"PK\x03\x04 no zip"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_does_not_fit_is_built_anew(path: Path, spoil: Spoil) -> None:
    spoil(index_folder(path))
    assert_right(path, look_up(path))
    assert read_index(index_folder(path)) is not None


def test_where_nothing_can_be_written_a_search_still_works(five_scenes: Path, tmp_path: Path) -> None:
    """As on a read-only disk; a file in the folder's place stops even an administrator."""
    path = Path(shutil.copytree(five_scenes, tmp_path / "corpus"))
    index_folder(path).write_text("in the way")
    assert_right(path, look_up(path))
    assert index_folder(path).read_text() == "in the way"


def test_files_are_a_set_or_nothing(tmp_path: Path) -> None:
    stamp = Stamp(generation=3, last_frame=7, last_source="abc", algorithm="x")
    index = InvertedIndex(256)
    index.add(np.zeros((2, 32), np.uint8))
    write_index(tmp_path, stamp, index, np.array([7, 7]))
    stored = read_index(tmp_path)
    assert stored is not None
    assert replace(stored[0], token="") == stamp
    assert (len(stored[1]), stored[2].tolist()) == (2, [7, 7])
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".faiss", ".json", ".npy"]


def test_there_is_no_index_where_there_is_no_folder(tmp_path: Path) -> None:
    assert read_index(tmp_path / "nowhere") is None
