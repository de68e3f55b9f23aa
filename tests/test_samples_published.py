"""The sample releases are judged alike in every form that a release is published in, and the forms are reproducible."""

import io
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image
from publishing.forms import FORMS, publish
from publishing.statement import read_statement

from provcheck.cli import run
from provcheck.corpus import open_corpus
from provcheck.corpus.ingest import add
from provcheck.demo import RELEASES, SAMPLES

PUBLISHED = SAMPLES / "published"
JPEG_STREAM = b"\xff\xdb"
"""The first table of a JPEG file: what follows is the picture itself."""


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Any]:
    """Check both releases in all forms once; return the reports by what was checked."""
    folder = tmp_path_factory.mktemp("published")
    with open_corpus(folder / "corpus", write=True, create=True) as known:
        add(known, [SAMPLES / "known"])
    for name in RELEASES:
        publish(SAMPLES / name, folder / name)
    named = [*(SAMPLES / name for name in RELEASES), *(folder / name / form for name in RELEASES for form in FORMS)]
    options = ["--corpus", folder / "corpus", "--cache", folder / "cache", "--format", "json", "-o", folder / "r.json"]
    assert run([str(word) for word in ("check", *named, *options)]) == 1
    reports = json.loads((folder / "r.json").read_text("utf-8"))["releases"]
    told = {Path(report["release"]["path"]): report for report in reports}
    return {path.relative_to(SAMPLES if path.is_relative_to(SAMPLES) else folder): told[path] for path in told}


def verdicts(report: Any) -> list[Any]:
    """What a report says of the pictures, less how the form calls them and where it states a claim."""
    return [
        (
            item["outcome"],
            [(match["source"]["title"], match["frame_time_s"], match["alterations"]) for match in item["matches"]],
            [finding["rule"] for finding in item["findings"]],
            item["claims"]["caption"]["value"],
        )
        for item in report["items"]
    ]


@pytest.mark.parametrize("name", RELEASES)
@pytest.mark.parametrize("form", FORMS)
def test_a_release_is_judged_alike_in_every_form(judged: dict[Path, Any], name: str, form: str) -> None:
    folder, published = judged[Path(name)], judged[Path(name, form)]
    assert verdicts(published) == verdicts(folder)
    assert published["release"]["title"] == folder["release"]["title"]
    assert (folder["skipped"], published["skipped"]) == ([], [])


def test_the_judgements_that_are_alike_are_those_of_the_story(judged: dict[Path, Any]) -> None:
    outcomes = [[item["outcome"] for item in judged[Path(name)]["items"]] for name in RELEASES]
    assert outcomes == [["mismatched"] * 5, ["no-match"] * 3 + ["credited"]]


def test_a_picture_inside_three_containers_is_placed_by_its_steps(judged: dict[Path, Any]) -> None:
    report = judged[Path("release-ru", "forwarded.eml")]
    assert [item["path"] for item in report["items"]][2] == "forwarded.eml » photos.zip » statement.docx » image3.jpg"


@pytest.mark.parametrize("form", ["statement.html", "statement.eml", "statement.zip", "forwarded.eml"])
def test_forms_that_can_say_when_they_were_published_are_read(judged: dict[Path, Any], form: str) -> None:
    assert judged[Path("release-ru", form)]["release"]["published"] == "2017-11-14T10:00:00+03:00"


def test_the_published_samples_are_those_that_the_script_writes(tmp_path: Path) -> None:
    publish(SAMPLES / "release-ru", tmp_path)
    written = {file.relative_to(tmp_path): file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    there = {file.relative_to(PUBLISHED): file.read_bytes() for file in PUBLISHED.rglob("*") if file.is_file()}
    assert written == there


def test_publishing_leaves_the_coded_picture_as_it_is() -> None:
    for shown in read_statement(SAMPLES / "release-ru").pictures:
        original = (SAMPLES / "release-ru" / shown.name).read_bytes()
        assert shown.jpeg.endswith(original[original.index(JPEG_STREAM) :])
        with Image.open(io.BytesIO(shown.jpeg)) as image:
            assert "photoshop" in image.info


def test_other_software_reads_the_document() -> None:
    document = docx.Document(str(PUBLISHED / "statement.docx"))
    assert len(document.inline_shapes) == 5
    assert [paragraph.style.name for paragraph in document.paragraphs if paragraph.style][1:3] == ["Normal", "Caption"]
    assert document.core_properties.language == "ru"
