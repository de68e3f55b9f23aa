import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_records import ALGORITHMS, frame_codes, invent_codes, save_picture

from provcheck.corpus import Corpus, ingest, open_corpus
from provcheck.corpus.fingerprinting import CHANGED, FileJob, Fingerprinted, Refused, fingerprint_file
from provcheck.corpus.tally import IngestSummary
from provcheck.errors import FactsError
from provcheck.moments import parse_moment
from provcheck.records import Facts, Kind, Medium


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with open_corpus(tmp_path / "known", write=True, create=True, algorithms=ALGORITHMS) as opened:
        yield opened


@pytest.fixture
def footage(tmp_path: Path) -> Path:
    """Return a folder with two sources, one file that is broken and one that is no media."""
    folder = tmp_path / "footage"
    write(folder / "a.jpg", "a")
    write(folder / "b" / "b.jpg", "bb")
    write(folder / "broken.jpg", "refuse")
    write(folder / "notes.txt", "text")
    return folder


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def add(corpus: Corpus, *paths: Path, facts_file: Path | None = None, options: Facts | None = None) -> IngestSummary:
    return ingest.add(corpus, paths, facts_file=facts_file, options=options, jobs=1, work=invent_codes)


def facts_of(corpus: Corpus, name: str) -> Facts:
    return next(source.facts for source in corpus.sources() if Path(source.path).name == name)


def test_every_file_is_accounted_for(corpus: Corpus, footage: Path) -> None:
    told: list[tuple[int, int, str]] = []
    summary = ingest.add(
        corpus,
        [footage],
        jobs=1,
        work=invent_codes,
        progress=lambda done, total, what: told.append((done, total, what)),
    )
    assert [Path(source.path).name for source in summary.added] == ["a.jpg", "b.jpg"]
    assert [(Path(one.path).name, one.reason) for one in summary.skipped] == [("broken.jpg", "broken.jpg: broken")]
    assert [Path(path).name for path in summary.not_media] == ["notes.txt"]
    assert (summary.frames, summary.known, summary.updated, summary.unmatched) == (2, (), (), ())
    assert sorted(told) == [(number, 4, what) for number, _, what in sorted(told)]
    assert sorted(done for done, _, _ in told) == [1, 2, 3, 4]
    assert tuple(corpus.sources()) == summary.added


def test_what_the_corpus_has_is_not_decoded_again(corpus: Corpus, footage: Path) -> None:
    add(corpus, footage)
    state = corpus.frames_state()
    summary = ingest.add(corpus, [footage / "a.jpg"], work=_must_not_be_called)
    assert summary.known == (str(footage / "a.jpg"),)
    assert corpus.frames_state() == state


def _must_not_be_called(_: FileJob) -> Fingerprinted | Refused:
    raise AssertionError


def test_a_named_file_that_is_no_media_is_skipped_with_its_reason(corpus: Corpus, footage: Path) -> None:
    summary = add(corpus, footage / "notes.txt")
    assert [one.reason for one in summary.skipped] == ["notes.txt: text"]
    assert summary.not_media == ()


def test_two_copies_are_one_source(corpus: Corpus, footage: Path) -> None:
    write(footage / "z.jpg", "a")
    summary = add(corpus, footage)
    assert len(summary.added) == 2
    assert summary.known == (str(footage / "z.jpg"),)


def test_copies_of_a_broken_file_are_reported_too(corpus: Corpus, footage: Path) -> None:
    write(footage / "broken2.jpg", "refuse")
    first, second = add(corpus, footage).skipped
    assert first.reason == "broken.jpg: broken"
    assert second.reason.startswith(f"the same bytes as {footage / 'broken.jpg'}")


def test_a_file_that_is_not_there_is_skipped(corpus: Corpus, tmp_path: Path) -> None:
    (skipped,) = add(corpus, tmp_path / "none.jpg").skipped
    assert "cannot be opened" in skipped.reason


def test_nothing_to_add_is_no_error(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert add(corpus, tmp_path / "empty").added == ()


def test_a_moved_file_is_found_at_its_new_place(corpus: Corpus, footage: Path) -> None:
    add(corpus, footage)
    (footage / "a.jpg").rename(footage / "moved.jpg")
    assert add(corpus, footage).known == (str(footage / "moved.jpg"), str(footage / "b" / "b.jpg"))
    assert {Path(source.path).name for source in corpus.sources()} == {"moved.jpg", "b.jpg"}


def test_a_file_with_the_id_of_another_source_is_refused(corpus: Corpus, footage: Path) -> None:
    (known,) = add(corpus, footage / "a.jpg").added
    statement = "UPDATE source SET id = ? WHERE id = ?"
    twin = ingest.add(corpus, [footage / "b"], jobs=1, work=_refused_by_design).skipped
    assert twin[0].reason == "b.jpg: by design"
    list(corpus.rows("PRAGMA foreign_keys = OFF"))
    list(corpus.rows(statement, (ingest._hash(footage / "b" / "b.jpg").sha256[:12], known.id)))
    (skipped,) = add(corpus, footage / "b").skipped
    assert "is that of another source" in skipped.reason


def _refused_by_design(job: FileJob) -> Fingerprinted | Refused:
    return Refused(f"{Path(job.path).name}: by design")


# ---------------------------------------------------------------- facts

BOTH = """
[[source]]
glob = "**/*.jpg"
publisher = "Agency"
published = "2016-06"
"""


def test_options_win_over_sidecar_over_given_file_over_folder(corpus: Corpus, footage: Path, tmp_path: Path) -> None:
    write(footage / "facts.toml", '[[source]]\npath = "a.jpg"\ntitle = "1"\npublisher = "1"\nrights = "1"\nnote = "1"')
    given = write(
        tmp_path / "given.toml", '[[source]]\nglob = "footage/*.jpg"\ntitle = "2"\npublisher = "2"\nrights = "2"'
    )
    write(footage / "a.jpg.toml", 'title = "3"\npublisher = "3"')
    add(corpus, footage, facts_file=given, options=Facts(title="4"))
    assert facts_of(corpus, "a.jpg") == Facts(title="4", publisher="3", rights="2", note="1")


def test_the_nearest_facts_file_upwards_is_read_but_none_above_the_added_folder(corpus: Corpus, footage: Path) -> None:
    write(footage / "facts.toml", BOTH.replace("Agency", "Outer"))
    write(footage / "c" / "facts.toml", BOTH.replace("Agency", "Inner"))
    write(footage / "c" / "d" / "deep.jpg", "deep")
    add(corpus, footage / "b")
    add(corpus, footage)
    assert facts_of(corpus, "deep.jpg").publisher == "Inner"
    assert facts_of(corpus, "a.jpg").publisher == "Outer"
    assert corpus.coverage().newest == "2016-06"


def test_adding_again_with_other_facts_updates_them(corpus: Corpus, footage: Path) -> None:
    facts = write(footage / "facts.toml", BOTH)
    add(corpus, footage)
    facts.write_text('[[source]]\npath = "a.jpg"\npublished = "2017"', encoding="utf-8")
    summary = add(corpus, footage)
    assert summary.updated == (next(s.id for s in corpus.sources() if s.path.endswith("a.jpg")),)
    assert facts_of(corpus, "a.jpg") == Facts(published=parse_moment("2017"))
    assert facts_of(corpus, "b.jpg").publisher == "Agency"


def test_options_alone_amend_and_saying_nothing_changes_nothing(corpus: Corpus, footage: Path, tmp_path: Path) -> None:
    given = write(tmp_path / "given.toml", BOTH)
    add(corpus, footage, facts_file=given)
    assert len(add(corpus, footage / "a.jpg", options=Facts(kind=Kind.GAME)).updated) == 1
    expected = Facts(publisher="Agency", published=parse_moment("2016-06"), kind=Kind.GAME)
    assert facts_of(corpus, "a.jpg") == expected
    assert add(corpus, footage).updated == ()
    assert facts_of(corpus, "a.jpg") == expected


def test_entries_that_fit_no_file_are_named(corpus: Corpus, footage: Path) -> None:
    write(footage / "facts.toml", '[[source]]\npath = "a.jpg"\n[[source]]\npath = "gone.jpg"\ntitle = "x"')
    (entry,) = add(corpus, footage).unmatched
    assert entry.path == "gone.jpg"
    assert "facts.toml, line" in entry.reason


def test_the_facts_file_of_the_folder_may_be_given_too(corpus: Corpus, footage: Path) -> None:
    facts = write(footage / "facts.toml", '[[source]]\npath = "a.jpg"\ntitle = "x"\n[[source]]\npath = "gone.jpg"')
    summary = add(corpus, footage, facts_file=facts)
    assert [entry.path for entry in summary.unmatched] == ["gone.jpg"]
    assert facts_of(corpus, "a.jpg").title == "x"


def test_a_facts_file_beside_a_named_file_is_read_but_its_other_entries_are_not_missed(
    corpus: Corpus, footage: Path
) -> None:
    write(footage / "facts.toml", '[[source]]\npath = "a.jpg"\ntitle = "x"\n[[source]]\npath = "gone.jpg"')
    assert add(corpus, footage / "a.jpg").unmatched == ()
    assert facts_of(corpus, "a.jpg").title == "x"


@pytest.mark.parametrize("name", ["facts.toml", "b/b.toml"])
def test_a_mistake_in_facts_is_found_before_anything_is_added(corpus: Corpus, footage: Path, name: str) -> None:
    write(footage / name, 'tilte = "typing slip"')
    with pytest.raises(FactsError, match=name.rsplit("/", maxsplit=1)[-1]):
        add(corpus, footage)
    assert corpus.coverage().sources == 0


def test_the_toml_file_of_something_else_is_left_alone(corpus: Corpus, footage: Path) -> None:
    write(footage / "notes.toml", "[tool]\nx = 1")
    assert [Path(path).name for path in add(corpus, footage).not_media] == ["notes.toml", "notes.txt"]


# ---------------------------------------------------------------- real work, in processes


def crash_or_invent(job: FileJob) -> Fingerprinted | Refused:
    if Path(job.path).name == "b.jpg":
        os._exit(1)
    return Fingerprinted(Medium.IMAGE, (1, 1), None, (frame_codes(),))


def test_a_file_that_crashes_the_decoder_is_skipped_and_the_others_go_on(corpus: Corpus, footage: Path) -> None:
    summary = ingest.add(corpus, [footage], jobs=2, work=crash_or_invent)
    assert [(Path(one.path).name, one.reason) for one in summary.skipped] == [
        ("b.jpg", "b.jpg: the decoder crashed, or ran out of memory")
    ]
    assert len(summary.added) == 3


def test_a_file_that_changes_while_it_is_read_is_skipped(tmp_path: Path) -> None:
    job = ingest._hash(save_picture(tmp_path / "a.png"))
    save_picture(tmp_path / "a.png", seed=1)
    assert fingerprint_file(job) == Refused(f"a.png: {CHANGED}")


def test_pictures_are_fingerprinted_in_processes(tmp_path: Path) -> None:
    for seed in range(3):
        save_picture(tmp_path / "in" / f"{seed}.png", seed)
    write(tmp_path / "in" / "cut.png", "\x89PNG")
    write(tmp_path / "in" / "readme.md", "# hello")
    with open_corpus(tmp_path / "known", write=True, create=True) as corpus:
        summary = ingest.add(corpus, [tmp_path / "in"], jobs=2)
        assert len(summary.added) == 3
        assert [Path(one.path).name for one in summary.skipped] == ["cut.png"]
        assert [Path(path).name for path in summary.not_media] == ["readme.md"]
        frames = corpus.load_frames(corpus.frame_sources()["frame"].tolist()).values()
        assert {frame.codes.size for frame in frames} == {(240, 180)}
        assert all(
            set(frame.codes.whole) == {"phash", "dhash", "pdq"} and len(frame.codes.features) for frame in frames
        )
