"""A picture that was searched before, in the same corpus by the same program, is not searched again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rendered_scenes import build_corpus, crop, save, save_video, scene

from provcheck.caching import Search, Seen
from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.corpus.state import corpus_state
from provcheck.errors import UnreadableMedia
from provcheck.records import Facts, ReleaseImage

TOOL = {"name": "provcheck", "opencv": "4.10"}


class Kept(dict[str, bytes]):
    """A cache in memory."""

    def put(self, key: str, value: bytes) -> None:
        self[key] = value


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus of two pictures and a video."""
    ground = scene(30, 440, 200)
    film = save_video(
        tmp_path / "film.mp4", [np.ascontiguousarray(ground[:, 4 * at : 4 * at + 300]) for at in range(20)]
    )
    return build_corpus(tmp_path / "corpus", {f"scene {seed}": scene(seed) for seed in (1, 2)}, videos=(film,))


@pytest.fixture
def image(tmp_path: Path) -> ReleaseImage:
    path = save(tmp_path / "photo.png", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    return ReleaseImage("photo.png", str(path), "1" * 64)


def look(corpus: Path, image: ReleaseImage, cache: Kept | None, tool: dict[str, str] = TOOL) -> Seen:
    with open_corpus(corpus) as opened:
        return Search(opened, cache, tool=tool).look(image)


def test_a_result_comes_back_as_it_was_without_a_look_at_the_file(corpus: Path, image: ReleaseImage) -> None:
    cache = Kept()
    first = look(corpus, image, cache)
    assert first == look(corpus, image, None)
    assert first.found.matches[0].alterations
    assert first.content_key.startswith("pdq:")
    Path(image.file).unlink()
    assert look(corpus, replace(image, name="renamed.png"), cache) == first


def test_a_still_of_a_video_comes_back_with_its_times(corpus: Path, tmp_path: Path) -> None:
    ground = scene(30, 440, 200)
    still = ReleaseImage("s.png", str(save(tmp_path / "s.png", np.ascontiguousarray(ground[:, 28:328]))), "2" * 64)
    cache = Kept()
    first = look(corpus, still, cache)
    Path(still.file).unlink()
    assert look(corpus, still, cache) == first
    assert first.found.matches[0].time_range_s is not None


def test_facts_are_read_anew(corpus: Path, image: ReleaseImage) -> None:
    cache = Kept()
    source = look(corpus, image, cache).found.matches[0].source
    with open_corpus(corpus, write=True) as opened:
        opened.set_facts(source.id, Facts(title="renamed"))
    Path(image.file).unlink()
    assert look(corpus, image, cache).found.matches[0].source.facts.title == "renamed"


def test_another_corpus_or_program_is_searched_anew(corpus: Path, image: ReleaseImage, tmp_path: Path) -> None:
    cache = Kept()
    look(corpus, image, cache)
    look(corpus, image, cache, TOOL | {"opencv": "4.11"})
    with open_corpus(corpus, write=True) as opened:
        add(opened, [save(tmp_path / "more.png", scene(7))], jobs=1)
    look(corpus, image, cache)
    assert len(cache) == 3


@pytest.mark.parametrize(
    "entry", [b"", b"[]", b"{}", b"\xff", b'{"matches": 1}', b'{"matches": [{"source": "000000000000"}]}']
)
def test_an_entry_that_makes_no_sense_is_replaced(corpus: Path, image: ReleaseImage, entry: bytes) -> None:
    cache = Kept()
    first = look(corpus, image, cache)
    (key,) = cache
    whole, cache[key] = cache[key], entry
    assert look(corpus, image, cache) == first
    assert cache[key] == whole


def test_an_image_that_cannot_be_read_leaves_nothing(corpus: Path, image: ReleaseImage) -> None:
    cache = Kept()
    Path(image.file).write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UnreadableMedia):
        look(corpus, image, cache)
    assert not cache


def test_the_state_of_a_corpus_is_that_of_its_sources_and_videos(corpus: Path, tmp_path: Path) -> None:
    def state() -> str:
        with open_corpus(corpus) as opened:
            return corpus_state(opened)

    first = state()
    with open_corpus(corpus, write=True) as opened:
        (picture,) = [source for source in opened.sources() if source.facts.title == "scene 1"]
        opened.set_facts(picture.id, Facts(title="other"))
    assert state() == first
    film = tmp_path / "film.mp4"
    film.rename(tmp_path / "moved.mp4")
    without_film = state()
    assert without_film != first
    (tmp_path / "moved.mp4").rename(film)
    assert state() == first
    with open_corpus(corpus, write=True) as opened:
        opened.remove_source(picture.id)
    assert state() not in (first, without_film)
