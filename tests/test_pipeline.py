"""From a release to its report: every image gets an outcome and, where it could not be checked, the reason."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rendered_scenes import build_corpus, crop, recompressed, save, save_video, scene

from provcheck import __version__, pipeline
from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.fingerprints import ALGORITHMS
from provcheck.records import RGB, Facts, Medium, Outcome, Report, Verdict
from provcheck.release import read_release

FRAMES = 30
RATE = 15


def pan(number: int) -> RGB:
    return np.ascontiguousarray(GROUND[:, 4 * number : 4 * number + 300])


GROUND = scene(30, 440, 200)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two pictures and a video."""
    folder = tmp_path_factory.mktemp("pipeline")
    film = save_video(folder / "film.mp4", [pan(number) for number in range(FRAMES)], rate=RATE)
    return build_corpus(folder / "corpus", {f"scene {seed}": scene(seed) for seed in (1, 2)}, videos=(film,))


def checked(folder: Path, corpus: Path) -> dict[str, Verdict]:
    with open_corpus(corpus) as opened:
        report = pipeline.check(read_release(folder), opened)
    return {verdict.image.name: verdict for verdict in report.verdicts}


def write_truncated(path: Path) -> None:
    save(path, scene(1))
    path.write_bytes(path.read_bytes()[:2000])


def write_animation(path: Path) -> None:
    frames = [Image.fromarray(each) for each in (np.full((320, 480, 3), 90, np.uint8), scene(1), scene(200))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=200, lossless=True)


CASES: dict[str, tuple[Callable[[Path], object], Outcome]] = {
    "copy.jpg": (lambda path: save(path, scene(1)), Outcome.REUSED),
    "crop.png": (lambda path: save(path, recompressed(crop(scene(2), 0.1, 0.2, 0.8, 0.9), 40)), Outcome.REUSED),
    "still.png": (lambda path: save(path, pan(11)), Outcome.REUSED),
    "moving.webp": (write_animation, Outcome.REUSED),
    "other.png": (lambda path: save(path, scene(200)), Outcome.NO_MATCH),
    "flat.png": (lambda path: save(path, np.full((320, 480, 3), 128, np.uint8)), Outcome.INCONCLUSIVE),
    "tiny.png": (lambda path: save(path, scene(200, 30, 20)), Outcome.INCONCLUSIVE),
    "broken.png": (write_truncated, Outcome.INCONCLUSIVE),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with an image of each kind."""
    folder = tmp_path_factory.mktemp("release")
    for name, (write, _) in CASES.items():
        write(folder / name)
    return folder


@pytest.fixture(scope="module")
def verdicts(folder: Path, known: Path) -> dict[str, Verdict]:
    return checked(folder, known)


def test_every_image_has_a_verdict_in_the_order_of_the_release(folder: Path, verdicts: dict[str, Verdict]) -> None:
    assert list(verdicts) == [image.name for image in read_release(folder).images]
    assert set(verdicts) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_the_outcome_of_each_kind_of_image(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name].outcome is CASES[name][1]


@pytest.mark.parametrize(
    ("name", "title"),
    [("copy.jpg", "scene 1"), ("crop.png", "scene 2"), ("still.png", "film"), ("moving.webp", "scene 1")],
)
def test_what_is_known_is_named(verdicts: dict[str, Verdict], name: str, title: str) -> None:
    assert [match.source.facts.title for match in verdicts[name].matches] == [title]
    assert [finding.rule for finding in verdicts[name].findings]


def test_a_still_of_a_video_is_placed_to_the_frame(verdicts: dict[str, Verdict]) -> None:
    (match,) = verdicts["still.png"].matches
    assert match.source.medium is Medium.VIDEO
    assert match.frame_time_s == pytest.approx(11 / RATE, abs=0.01)


@pytest.mark.parametrize(
    ("name", "words"), [("flat.png", "too little detail"), ("tiny.png", "too small"), ("broken.png", "broken.png")]
)
def test_what_could_not_be_checked_says_why(verdicts: dict[str, Verdict], name: str, words: str) -> None:
    assert words in verdicts[name].reason
    assert "\n" not in verdicts[name].reason
    assert verdicts[name].matches == ()


def test_nothing_can_be_checked_against_an_empty_corpus(folder: Path, tmp_path: Path) -> None:
    with open_corpus(tmp_path / "corpus", write=True, create=True):
        pass
    verdicts = checked(folder, tmp_path / "corpus")
    assert {verdict.outcome for verdict in verdicts.values()} == {Outcome.INCONCLUSIVE}
    assert all("corpus is empty" in verdict.reason for verdict in verdicts.values())


def test_the_report_says_what_it_was_made_with(known: Path, tmp_path: Path) -> None:
    save(tmp_path / "release" / "other.png", scene(200))
    with open_corpus(known) as corpus:
        report = pipeline.check(read_release(tmp_path / "release"), corpus)
        assert report.coverage == corpus.coverage()
    assert report.algorithms == dict(ALGORITHMS)
    assert report.tool["version"] == __version__
    assert set(pipeline.LIBRARIES) <= set(report.tool)
    assert report.created.endswith("+00:00")


def test_progress_is_told_before_each_image_and_at_the_end(known: Path, tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        save(tmp_path / "release" / name, np.full((100, 100, 3), 128, np.uint8))
    told: list[tuple[int, int, str]] = []
    with open_corpus(known) as corpus:
        pipeline.check(read_release(tmp_path / "release"), corpus, progress=lambda *step: told.append(step))
    assert [(done, total) for done, total, _ in told] == [(0, 2), (1, 2), (2, 2)]
    assert [what for _, _, what in told[:2]] == ["a.png", "b.png"]


def check_one(release: Path, corpus: Path) -> Report:
    with open_corpus(corpus) as opened:
        return pipeline.check(read_release(release), opened)


def test_what_was_removed_from_the_corpus_is_known_no_more(tmp_path: Path) -> None:
    corpus = build_corpus(tmp_path / "corpus", {f"scene {seed}": scene(seed) for seed in (1, 2, 3, 4)})
    save(tmp_path / "release" / "copy.png", scene(1))
    (before,) = check_one(tmp_path / "release", corpus).verdicts
    with open_corpus(corpus, write=True) as opened:
        opened.remove_source(before.matches[0].source.id)
    (after,) = check_one(tmp_path / "release", corpus).verdicts
    with open_corpus(corpus, write=True) as opened:
        add(opened, [save(tmp_path / "again.png", scene(1))], options=Facts(title="again"), jobs=1)
    (again,) = check_one(tmp_path / "release", corpus).verdicts
    assert (before.outcome, after.outcome, again.outcome) == (Outcome.REUSED, Outcome.NO_MATCH, Outcome.REUSED)
    assert again.matches[0].source.facts.title == "again"
