import io
import json
import re
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from provcheck.corpus import open_corpus
from provcheck.report.phrases import source_name

Run = Callable[..., Any]
FACTS = r"""
[[source]]
path = "a.png"
title = "Gunship trailer"
publisher = "Studio"
published = "2015-03-25"
kind = "game"
place = { name = "Nowhere", country = "Utopia" }
url = "https://example.org/trailer"
note = "red \u001b[31m text"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two pictures and their facts."""
    folder = tmp_path_factory.mktemp("made") / "footage"
    folder.mkdir()
    for seed, name in enumerate(["a.png", "b.png"]):
        coarse = np.random.default_rng(seed).integers(0, 256, (15, 20, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((240, 180), Image.Resampling.BICUBIC).save(folder / name)
    (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
    return folder


@pytest.fixture
def footage(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "footage")


@pytest.fixture
def known(footage: Path, provcheck: Run) -> Path:
    path = footage.parent / "known"
    assert provcheck("corpus", "add", footage, "--corpus", path, "--jobs", 1).exit_code == 0
    return path


def id_of(known: Path, name: str) -> str:
    with open_corpus(known) as corpus:
        return next(source.id for source in corpus.sources() if source.path.endswith(name))


def without_seconds(text: str) -> str:
    return re.sub(r" in \d+\.\d s(, \d+\.\d sources/s)?", "", text)


def test_add_makes_the_corpus_and_says_what_was_added(footage: Path, provcheck: Run, tmp_path: Path) -> None:
    ran = provcheck("corpus", "add", footage, "--corpus", tmp_path / "new", "--jobs", 1)
    expected = "added 2 sources (2 frames)\nnot media: 1 file (--verbose names them)\n"
    next_step = f"next: provcheck check RELEASE --corpus {tmp_path / 'new'}\n"
    assert (ran.exit_code, without_seconds(ran.stdout), ran.stderr) == (0, expected, next_step)


def test_sources_without_any_facts_are_said_to_contradict_nothing(footage: Path, known: Path, provcheck: Run) -> None:
    shutil.copy(footage / "a.png", footage / "c.png")
    Image.open(footage / "a.png").rotate(90).save(footage / "c.png")
    ran = provcheck("corpus", "add", footage / "c.png", "--corpus", known, "--jobs", 1)
    assert ran.stderr.startswith("without facts ")
    assert "next:" not in ran.stderr


@pytest.mark.parametrize("inside", [None, "notes.txt"])
def test_a_folder_without_media_is_not_taken_for_success(provcheck: Run, tmp_path: Path, inside: str | None) -> None:
    (tmp_path / "folder").mkdir()
    if inside:
        (tmp_path / "folder" / inside).write_text("no picture", encoding="utf-8")
    ran = provcheck("corpus", "add", tmp_path / "folder", "--corpus", tmp_path / "new")
    assert (ran.exit_code, ran.stderr) == (3, "no photo or video was found there\n")


def test_a_name_as_long_as_a_file_system_allows_has_no_sidecar(footage: Path, provcheck: Run, tmp_path: Path) -> None:
    longest = footage.with_name("a" * 251 + ".png")
    shutil.copy(footage / "a.png", longest)
    assert provcheck("corpus", "add", longest, "--corpus", tmp_path / "new", "--jobs", 1).exit_code == 0
    ran = provcheck("check", longest, "--corpus", tmp_path / "new")
    assert (ran.exit_code, ran.stderr) == (1, "")


def test_a_list_that_nobody_reads_to_its_end_leaves_no_traceback(known: Path) -> None:
    with open_corpus(known) as corpus:
        sources = corpus.sources()
        next(sources)
    sources.close()  # type: ignore[attr-defined]


def test_add_again_adds_nothing(footage: Path, known: Path, provcheck: Run) -> None:
    ran = provcheck("corpus", "add", footage / "a.png", "--corpus", known)
    assert (ran.exit_code, without_seconds(ran.stdout)) == (0, "added 0 sources (0 frames); 1 known already\n")


def test_the_corpus_may_be_named_in_the_environment(
    footage: Path, known: Path, provcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVCHECK_CORPUS", str(known))
    assert provcheck("corpus", "add", footage / "a.png").exit_code == 0


def test_what_was_skipped_is_said_with_the_reason_and_exit_code_3(footage: Path, known: Path, provcheck: Run) -> None:
    (footage / "cut.png").write_bytes((footage / "a.png").read_bytes()[:900])
    (footage / "empty.jpg").touch()
    ran = provcheck("corpus", "add", footage, footage / "facts.toml", "--corpus", known, "--jobs", 1)
    assert ran.exit_code == 3
    headline, *skipped = ran.stdout.splitlines()
    assert headline.startswith("added 0 sources (0 frames); 2 known already; 3 files skipped")
    assert [line.split(": ")[0] for line in skipped] == [
        f"skipped {footage / name}" for name in ("cut.png", "empty.jpg", "facts.toml")
    ]
    assert skipped[1].endswith("empty.jpg: empty file")


def test_verbose_names_every_file(footage: Path, provcheck: Run, tmp_path: Path) -> None:
    shutil.copy(footage / "a.png", footage / "c.png")
    lines = provcheck("corpus", "add", footage, "--corpus", tmp_path / "new", "--jobs", 1, "-v").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["not", "added", "added", "known", "not"]
    assert lines[-2:] == [f"known {footage / 'c.png'}", f"not media {footage / 'facts.toml'}"]


def test_facts_are_updated_and_entries_without_media_named(footage: Path, known: Path, provcheck: Run) -> None:
    (footage / "facts.toml").write_text(FACTS + '\n[[source]]\npath = "gone.png"', encoding="utf-8")
    ran = provcheck("corpus", "add", footage, "--corpus", known, "--kind", "film")
    assert "; facts of 2 sources updated" in ran.stdout
    assert "facts without media: gone.png: named in facts.toml, line" in ran.stdout
    assert json.loads(provcheck("corpus", "list", "--corpus", known, "--format", "json").stdout)["sources"][0]["facts"][
        "kind"
    ] == "film"  # fmt: skip


def test_a_wrong_option_is_named_before_the_corpus_is_made(footage: Path, provcheck: Run, tmp_path: Path) -> None:
    ran = provcheck("corpus", "add", footage, "--corpus", tmp_path / "new", "--captured", "2016-13")
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "--captured" in ran.stderr
    assert not (tmp_path / "new").exists()


def test_list_is_one_line_a_source(footage: Path, known: Path, provcheck: Run) -> None:
    first, second = provcheck("corpus", "list", "--corpus", known).stdout.splitlines()
    with open_corpus(known) as corpus:
        name = source_name(corpus.source(id_of(known, "a.png")))
    assert "Gunship trailer" in name
    assert first == f"{id_of(known, 'a.png')}  {name}  [image, 1 frame]  {footage / 'a.png'}"
    assert second == f"{id_of(known, 'b.png')}  b.png  [image, 1 frame]  {footage / 'b.png'}"


def test_list_as_json(footage: Path, known: Path, provcheck: Run) -> None:
    first, second = json.loads(provcheck("corpus", "list", "--corpus", known, "--format", "json").stdout)["sources"]
    assert (first["path"], first["title"], first["medium"]) == (str(footage / "a.png"), "Gunship trailer", "image")
    assert (first["size"], first["frames"], first["duration_s"]) == ([240, 180], 1, None)
    assert first["facts"]["published"] == "2015-03-25"
    assert second["facts"] == {}


def test_show_tells_all_facts_and_no_control_characters(known: Path, provcheck: Run) -> None:
    shown = provcheck("corpus", "show", id_of(known, "a.png")[:6], "--corpus", known).stdout
    rows = dict(re.split(r"  +", line, maxsplit=1) for line in shown.splitlines())
    assert (rows["title"], rows["place"], rows["medium"]) == ("Gunship trailer", "Nowhere, Utopia", "image, 240 x 180")
    assert rows["note"] == r"red \x1b[31m text"
    assert rows["id"] == id_of(known, "a.png")


def test_show_as_json_has_the_stills(known: Path, provcheck: Run) -> None:
    shown = json.loads(provcheck("corpus", "show", id_of(known, "a.png"), "--corpus", known, "--format", "json").stdout)
    assert shown["stills"] == [{"number": 0, "time_s": None}]
    assert shown["facts"]["note"] == "red \x1b[31m text"


def test_an_unknown_id_is_wrong_usage(known: Path, provcheck: Run) -> None:
    ran = provcheck("corpus", "show", "xyz", "--corpus", known)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: no source has the id 'xyz'\n")


def test_remove_takes_ids_and_leaves_the_files(footage: Path, known: Path, provcheck: Run) -> None:
    identifier = id_of(known, "a.png")
    ran = provcheck("corpus", "remove", identifier, identifier[:8], "--corpus", known, "--yes")
    assert (ran.exit_code, ran.stdout) == (0, "removed 1 source\n")
    assert identifier in ran.stderr
    assert (footage / "a.png").exists()
    with open_corpus(known) as corpus:
        assert [source.path for source in corpus.sources()] == [str(footage / "b.png")]


def test_remove_removes_nothing_when_one_id_is_wrong_or_nobody_says_yes(
    known: Path, provcheck: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert provcheck("corpus", "remove", id_of(known, "a.png"), "xyz", "--corpus", known, "--yes").exit_code == 2
    assert provcheck("corpus", "remove", id_of(known, "a.png"), "--corpus", known).exit_code == 130
    with open_corpus(known) as corpus:
        assert corpus.coverage().sources == 2


def test_verify_says_that_all_is_well(known: Path, provcheck: Run) -> None:
    ran = provcheck("corpus", "verify", "--media", "--corpus", known)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "2 sources, 2 frames: no problems\n", "")


def test_verify_names_media_that_are_gone(footage: Path, known: Path, provcheck: Run) -> None:
    (footage / "b.png").unlink()
    ran = provcheck("corpus", "verify", "--media", "--corpus", known)
    first, last = ran.stdout.splitlines()
    assert ran.exit_code == 1
    assert first.startswith(f"{footage / 'b.png'}: the file of source {id_of(known, 'b.png')} is gone")
    assert last == "2 sources, 2 frames: 1 problem"


def test_verify_of_a_damaged_corpus_prints_the_problems_and_the_remedy(known: Path, provcheck: Run) -> None:
    connection = sqlite3.connect(known / "corpus.sqlite")
    connection.execute("UPDATE thumbnail SET jpeg = zeroblob(5)")
    connection.commit()
    connection.close()
    ran = provcheck("corpus", "verify", "--corpus", known)
    assert ran.exit_code == 65
    assert ran.stdout.count("has a thumbnail that was altered") == 2
    assert "2 problems, the first: frame 1" in ran.stderr
    assert "Restore it from a backup" in ran.stderr


class Gone(BaseHTTPRequestHandler):
    """Answers everything with 410."""

    def do_GET(self) -> None:
        self.send_response(HTTPStatus.GONE)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def dead_site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Gone) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/x"
        server.shutdown()


def test_verify_links_names_those_that_are_dead(footage: Path, known: Path, provcheck: Run, dead_site: str) -> None:
    (footage / "facts.toml").write_text(f'[[source]]\npath = "a.png"\nurl = "{dead_site}"', encoding="utf-8")
    provcheck("corpus", "add", footage, "--corpus", known)
    ran = provcheck("corpus", "verify", "--links", "--corpus", known)
    expected = f"source {id_of(known, 'a.png')}: {dead_site}: 410 Gone\n2 sources, 2 frames: 1 problem\n"
    assert (ran.exit_code, ran.stdout) == (1, expected)


@pytest.mark.parametrize("command", ["list", "stats", "verify"])
def test_a_broken_database_is_one_message_with_exit_code_65(known: Path, provcheck: Run, command: str) -> None:
    (known / "corpus.sqlite").write_bytes(bytes(range(256)) * 40)
    ran = provcheck("corpus", command, "--corpus", known)
    assert (ran.exit_code, ran.stdout) == (65, "")
    assert ran.stderr.startswith(f"error: the corpus {known} is damaged")


@pytest.mark.parametrize("command", ["list", "stats", "verify"])
def test_no_corpus_is_exit_code_66(tmp_path: Path, provcheck: Run, command: str) -> None:
    ran = provcheck("corpus", command, "--corpus", tmp_path / "none")
    assert (ran.exit_code, ran.stdout) == (66, "")
    assert "provcheck corpus add" in ran.stderr


def test_stats_in_text(known: Path, provcheck: Run) -> None:
    rows = dict(
        re.split(r"  +", line, maxsplit=1)
        for line in provcheck("corpus", "stats", "--corpus", known).stdout.splitlines()
    )
    assert (rows["sources"], rows["kinds"], rows["years"]) == ("2 (image 2)", "game 1, unknown 1", "2015 1, unknown 1")
    assert rows["newest"] == "2015-03-25"
    assert re.fullmatch(r"\d\.\d MB, \d+\.\d kB a frame", rows["on disk"])


def test_stats_as_json(known: Path, provcheck: Run) -> None:
    figures = json.loads(provcheck("corpus", "stats", "--corpus", known, "--format", "json").stdout)
    assert (figures["path"], figures["sources"], figures["frames"]) == (str(known), 2, 2)
    assert figures["by_medium"] == {"image": 2}
    assert figures["bytes_per_frame"] == figures["disk_bytes"] / 2
    assert set(figures["part_bytes"]) == {"keypoints", "thumbnails", "whole-image codes"}
