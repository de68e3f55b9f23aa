from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from corpus_records import ALGORITHMS, FACTS, frame_codes, source, video_frames

from provcheck.corpus import Corpus, open_corpus
from provcheck.errors import UsageError
from provcheck.moments import parse_moment
from provcheck.records import Facts


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path / "known", write=True, create=True, algorithms=ALGORITHMS) as opened:
        yield opened


def test_a_source_comes_back_as_it_was_added(corpus: Corpus) -> None:
    trailer = source("trailer", facts=FACTS)
    assert corpus.add_source(trailer, video_frames(3)) is True
    (found,) = corpus.sources()
    assert (found.facts, found.path, found.duration_s, found.frames) == (FACTS, trailer.path, 12.5, 3)
    assert corpus.source_by_sha256(trailer.sha256) == found
    assert corpus.source(trailer.id) == found


def test_frames_come_back_in_the_order_of_their_numbers_with_all_their_codes(corpus: Corpus) -> None:
    added = video_frames(3)
    corpus.add_source(source("clip"), [added[2], added[0], added[1]])
    found = [frame.codes for frame in corpus.frames(source("clip").id)]
    for one, other in zip(found, added, strict=True):
        assert (one.number, one.time_s, one.size) == (other.number, other.time_s, other.size)
        assert (one.whole, one.pdq_quality, one.thumbnail) == (other.whole, other.pdq_quality, other.thumbnail)
        assert one.features.size == other.features.size
        assert (one.features.codes == other.features.codes).all()
        assert one.features.points == pytest.approx(other.features.points, abs=1 / 64)


def test_the_same_bytes_are_added_once(corpus: Corpus) -> None:
    corpus.add_source(source("clip"), video_frames(2))
    state = corpus.frames_state()
    assert corpus.add_source(source("clip", path="/elsewhere"), video_frames(2)) is False
    assert (corpus.coverage().frames, corpus.frames_state()) == (2, state)


def test_a_source_that_fails_half_way_leaves_nothing(corpus: Corpus) -> None:
    state = corpus.frames_state()
    twice_the_same_number = [frame_codes(number=1), frame_codes(number=1)]
    with pytest.raises(Exception, match="UNIQUE"):
        corpus.add_source(source("clip"), twice_the_same_number)
    assert (corpus.coverage().sources, corpus.coverage().frames, corpus.frames_state()) == (0, 0, state)
    assert corpus.add_source(source("clip"), video_frames(1)) is True


def test_codes_are_served_by_ascending_frame_id(corpus: Corpus) -> None:
    added = video_frames(4)
    corpus.add_source(source("b"), added[:3])
    corpus.add_source(source("a"), added[3:])
    searched = list(corpus.searched_codes("pdq"))
    assert [one.frame for one in searched] == [1, 2, 3, 4]
    assert [one.whole for one in searched] == [frame.whole["pdq"] for frame in added]
    assert all((one.local == frame.features.codes).all() for one, frame in zip(searched, added, strict=True))
    assert [one.source for one in searched] == [source("b").id] * 3 + [source("a").id]
    assert [one.frame for one in corpus.searched_codes("pdq", after_frame=2)] == [3, 4]
    assert [one.frame for one in corpus.searched_codes("pdq", step=2)] == [2, 4]
    frames = corpus.frame_sources()
    assert frames["frame"].tolist() == [1, 2, 3, 4]
    assert [source.decode() for source in frames["source"]] == [one.source for one in searched]


def test_a_fingerprint_that_the_corpus_does_not_have_is_no_empty_answer(corpus: Corpus) -> None:
    with pytest.raises(KeyError):
        list(corpus.searched_codes("whash"))


def test_an_empty_corpus_has_no_codes(corpus: Corpus) -> None:
    assert list(corpus.searched_codes("pdq")) == []
    assert len(corpus.frame_sources()) == 0


def test_many_frames_are_loaded_by_id_and_unknown_ids_left_out(corpus: Corpus) -> None:
    corpus.add_source(source("long"), video_frames(1203))
    wanted = np.array([1200, 3, 999_999, 700], np.int64)
    loaded = corpus.load_frames(wanted.tolist())
    assert sorted(loaded) == [3, 700, 1200]
    assert loaded[700].codes.number == 699
    assert len(corpus.load_frames(corpus.frame_sources()["frame"].tolist())) == 1203


def test_frame_times_are_cheap_and_ordered(corpus: Corpus) -> None:
    corpus.add_source(source("clip"), video_frames(3))
    assert corpus.frame_times(source("clip").id) == [(1, 0, 0.0), (2, 1, 0.5), (3, 2, 1.0)]


def test_removal_takes_the_frames_along_and_their_ids_are_never_used_again(corpus: Corpus) -> None:
    corpus.add_source(source("first"), video_frames(2))
    corpus.add_source(source("second"), video_frames(2))
    state = corpus.frames_state()
    assert corpus.remove_source(source("second").id[:6]).path == "/media/second"
    assert corpus.frames_state() != state
    corpus.add_source(source("third"), video_frames(1))
    assert corpus.frame_sources()["frame"].tolist() == [1, 2, 5]
    for table in ("code", "keypoints", "thumbnail"):
        assert {frame for (frame,) in corpus.rows(f"SELECT frame FROM {table}")} == {1, 2, 5}  # noqa: S608


def test_facts_are_replaced_and_only_a_difference_counts(corpus: Corpus) -> None:
    clip = source("clip", facts=FACTS)
    corpus.add_source(clip, video_frames(1))
    frames = corpus.frames_state()
    assert corpus.set_facts(clip.id, FACTS) is False
    assert corpus.set_facts(clip.id, Facts(title="Other")) is True
    assert corpus.source(clip.id).facts == Facts(title="Other")
    assert corpus.frames_state() == frames


def test_coverage_names_the_newest_date_whatever_its_zone_and_precision(corpus: Corpus) -> None:
    assert corpus.coverage().newest is None
    for name, text in {"a": "2016", "b": "2016-03-05T01:00:00+09:00", "c": "2016-03-04T23:00:00-03:00"}.items():
        corpus.add_source(source(name, facts=Facts(captured=parse_moment(text))), video_frames(1))
    assert corpus.coverage().newest == "2016-03-04T23:00:00-03:00"
    assert (corpus.coverage().sources, corpus.coverage().frames) == (3, 3)
    assert corpus.coverage().updated


def test_sources_are_listed_by_path(corpus: Corpus) -> None:
    for path in ("/b", "/c", "/a"):
        corpus.add_source(source(path, path=path), video_frames(1))
    assert [found.path for found in corpus.sources()] == ["/a", "/b", "/c"]


def test_a_file_name_that_is_not_utf8_comes_back(corpus: Corpus) -> None:
    corpus.add_source(source("odd", path="/media/\udcff.jpg"), video_frames(1))
    assert corpus.source(source("odd").id).path == "/media/\udcff.jpg"


def test_a_source_is_found_by_any_unique_beginning_of_its_digest(corpus: Corpus) -> None:
    corpus.add_source(source("clip"), video_frames(1))
    sha256 = source("clip").sha256
    assert {corpus.source(text).id for text in (sha256[:1], sha256[:12].upper(), sha256)} == {sha256[:12]}


def test_an_ambiguous_beginning_names_the_ids_it_may_mean(corpus: Corpus) -> None:
    for number in range(40):
        corpus.add_source(source(f"s{number}"), [])
    first = next(corpus.sources()).id[0]
    with pytest.raises(UsageError, match=r"is the beginning of \w+, ") as caught:
        corpus.source(first)
    assert "more digits" in caught.value.remedy


def test_an_unknown_id_names_the_nearest(corpus: Corpus) -> None:
    corpus.add_source(source("clip"), [])
    identifier = source("clip").id
    with pytest.raises(UsageError, match="no source has the id") as caught:
        corpus.source(identifier[:5] + "zzz")
    assert identifier in caught.value.remedy


@pytest.mark.parametrize("text", ["", "zz", "%", "'; DROP TABLE source"])
def test_nonsense_is_an_unknown_id(corpus: Corpus, text: str) -> None:
    corpus.add_source(source("clip"), [])
    with pytest.raises(UsageError, match="no source"):
        corpus.source(text)


def test_a_reader_cannot_write(corpus: Corpus) -> None:
    with open_corpus(corpus.path, algorithms=ALGORITHMS) as reader, pytest.raises(ValueError, match="for reading"):
        reader.add_source(source("clip"), [])
