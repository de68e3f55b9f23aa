"""The addresses of web pages on the command line: what is kept, where, and what is refused."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_server import LOOPBACK, Reply, Site, jpeg_reply, serving
from rendered_scenes import build_corpus, crop, save, scene

PAGE = """<!DOCTYPE html><html lang="en"><title>On the bridge</title>
<figure><img src="/a.jpg"><figcaption>A bridge</figcaption></figure><img src="/gone.jpg">"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    save(tmp_path / "made" / "a.jpg", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    with serving() as running:
        running.answers |= {"/news": Reply(PAGE), "/a.jpg": jpeg_reply((tmp_path / "made" / "a.jpg").read_bytes())}
        yield running


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    build_corpus(tmp_path / "known.corpus", {"bridge": scene(1)})
    return tmp_path / "known.corpus"


def local(site: Site, path: str = "/news") -> str:
    return site.address(path, LOOPBACK)


def without_names(report: str) -> dict[str, Any]:
    """Return a report without its times, and without what depends on the name of the release."""
    read: dict[str, Any] = json.loads(report)
    read.pop("created")
    read["release"].pop("path")
    for item in [*read["items"], *read["skipped"]]:
        item["path"] = item["path"].rpartition(" » ")[2]
    return read


def test_a_page_is_checked_and_its_warc_file_gives_the_same_report(
    provcheck: Callable[..., Any], site: Site, corpus: Path, tmp_path: Path
) -> None:
    report = tmp_path / "reports" / "report.json"
    report.parent.mkdir()
    arguments = ("--corpus", corpus, "--format", "json")
    ran = provcheck("check", local(site), "--allow-private", "-o", report, *arguments)
    kept = next(report.parent.glob(f"{LOOPBACK}-news-*.warc.gz"))
    assert ran.exit_code == 1
    assert ran.stderr == (
        f"kept what was fetched, to check it again: {kept}\n1 image: 1 reused; 1 file skipped; written to {report}\n"
    )
    again = provcheck("check", kept, *arguments)
    assert again.exit_code == 1
    assert without_names(again.stdout) == without_names(report.read_text())
    item = json.loads(report.read_text())["items"][0]
    assert (item["path"], item["outcome"]) == (local(site, "/a.jpg"), "reused")
    assert item["claims"]["caption"] == {"value": "A bridge", "origin": f"figcaption in {local(site)}"}


def test_this_machine_is_not_asked_unless_it_is_allowed(
    provcheck: Callable[..., Any], site: Site, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = provcheck("check", local(site), "--corpus", corpus)
    assert ran.exit_code == 3
    assert "is a loopback address, this machine itself: refused (--allow-private allows it)" in " ".join(
        ran.stdout.split()
    )
    assert not site.asked
    assert not list(tmp_path.glob("*.warc.gz"))


def test_what_is_fetched_is_kept_where_it_is_asked_for(
    provcheck: Callable[..., Any], site: Site, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check = ("check", local(site), "--allow-private", "--quiet", "--corpus", corpus)
    assert provcheck(*check, "--no-keep").exit_code == 1
    assert not list(tmp_path.rglob("*.warc.gz"))
    assert provcheck(*check, "--keep", "page.warc.gz").exit_code == 1
    (tmp_path / "kept").mkdir()
    assert provcheck(*check, "--keep", "kept").exit_code == 1
    assert provcheck(*check).exit_code == 1
    assert len(list(tmp_path.glob("127*.warc.gz"))) == len(list((tmp_path / "kept").iterdir())) == 1


def test_no_file_is_overwritten(provcheck: Callable[..., Any], site: Site, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "page.warc.gz").write_text("mine")
    ran = provcheck("check", local(site), "--allow-private", "--keep", tmp_path / "page.warc.gz", "--corpus", corpus)
    assert ran.exit_code == 73
    assert "it exists" in ran.stderr
    assert not site.asked
    assert (tmp_path / "page.warc.gz").read_text() == "mine"


def test_one_file_is_not_enough_for_two_pages(provcheck: Callable[..., Any], corpus: Path, tmp_path: Path) -> None:
    pages = ("http://a.example/1", "http://a.example/2")
    ran = provcheck("check", *pages, "--keep", tmp_path / "x.warc.gz", "--corpus", corpus)
    assert ran.exit_code == 2
    assert "one file for 2 pages" in ran.stderr


@pytest.mark.parametrize("address", ["ftp://a.example/x", "https://me:secret@a.example/"])
def test_other_addresses_are_wrong_usage(provcheck: Callable[..., Any], corpus: Path, address: str) -> None:
    for command in (("check", address, "--corpus", corpus), ("compare", address, address)):
        ran = provcheck(*command)
        assert ran.exit_code == 2
        assert "secret" not in ran.stderr


def test_pages_are_compared(provcheck: Callable[..., Any], site: Site, tmp_path: Path) -> None:
    ran = provcheck("compare", local(site), tmp_path / "made", "--allow-private", "--no-keep", "--fail-on", "never")
    assert "IDENTICAL" in ran.stdout
    gone = provcheck("compare", local(site, "/none"), tmp_path / "made", "--allow-private")
    assert gone.exit_code == 69
    assert gone.stderr == f"error: {local(site, '/none')}: the server answered 404 Not Found\n"


def test_code_scanning_gets_web_addresses(provcheck: Callable[..., Any], site: Site, corpus: Path) -> None:
    ran = provcheck("check", local(site), "--allow-private", "--no-keep", "--corpus", corpus, "--format", "sarif")
    results = json.loads(ran.stdout)["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in results]
    assert {"uri": local(site, "/a.jpg")} in places
    assert all("uriBaseId" not in place for place in places)
