"""A release is the same release in whatever form it is published, byte for byte and word for word."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from container_files import zip_of
from release_forms import FORMS, write_form
from rendered_scenes import build_corpus, crop, save, scene

from provcheck.release import Room, read_release

SAMPLES = Path(__file__).parents[2] / "samples"
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@EVERY_FORM
@pytest.mark.parametrize("version", ["release-ru", "release-en"])
def test_the_sample_releases_are_the_same_in_every_form(tmp_path: Path, form: str, version: str) -> None:
    folder = read_release(SAMPLES / version)
    pictures = {f"Picture number {at}": Path(image.file).read_bytes() for at, image in enumerate(folder.images)}
    release = read_release(write_form(form, pictures, tmp_path), room=Room(tmp_path / "room"))
    assert [image.sha256 for image in release.images] == [image.sha256 for image in folder.images]
    assert [image.claims.caption.value for image in release.images if image.claims.caption] == list(pictures)
    assert release.title == "A statement"
    assert not [item for item in release.skipped if item.missed]


@pytest.mark.parametrize("version", ["release-ru", "release-en"])
def test_the_sample_releases_as_archives_claim_what_the_folders_claim(tmp_path: Path, version: str) -> None:
    files = {f"{version}/{file.name}": file.read_bytes() for file in sorted((SAMPLES / version).iterdir())}
    (tmp_path / "published").write_bytes(zip_of(files))
    folder = read_release(SAMPLES / version)
    packed = read_release(tmp_path / "published", room=Room(tmp_path / "room"))
    assert [(image.sha256, image.claims) for image in packed.images] == [
        (image.sha256, image.claims) for image in folder.images
    ]
    assert (packed.title, packed.published, packed.language) == (folder.title, folder.published, folder.language)


def judged(report: Any) -> list[tuple[str, list[str]]]:
    return [(item["outcome"], [finding["rule"] for finding in item["findings"]]) for item in report["items"]]


def test_the_command_says_the_same_of_a_folder_and_of_an_archive(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    corpus = tmp_path / "known.corpus"
    build_corpus(corpus, {"bridge": scene(1)})
    folder = tmp_path / "release"
    save(folder / "crop.jpg", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    (folder / "release.toml").write_text('[[image]]\npath = "crop.jpg"\ncaption = "<script>alert(1)</script>"\n')
    files = {file.name: file.read_bytes() for file in folder.iterdir()}
    (tmp_path / "outer.zip").write_bytes(zip_of(files))
    reports = [
        provcheck("check", release, "--corpus", corpus, "--format", "json")
        for release in (folder, tmp_path / "outer.zip")
    ]
    told = [json.loads(ran.stdout) for ran in reports]
    assert [ran.exit_code for ran in reports] == [1, 1]
    assert judged(told[0]) == judged(told[1]) == [("reused", ["PC104", "PC105"])]
    assert [item["path"] for item in told[1]["items"]] == ["outer.zip » crop.jpg"]


def test_annotations_point_at_the_container_not_into_it(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    corpus = tmp_path / "known.corpus"
    build_corpus(corpus, {"bridge": scene(1)})
    save(tmp_path / "crop.jpg", crop(scene(1), 0.1, 0.1, 0.9, 0.9))
    (tmp_path / "outer.zip").write_bytes(zip_of({"a/crop.jpg": (tmp_path / "crop.jpg").read_bytes()}))
    ran = provcheck("check", tmp_path / "outer.zip", "--corpus", corpus, "--format", "github")
    assert ran.exit_code == 1
    assert "outer.zip,line=1" in ran.stdout
    assert "outer.zip/" not in ran.stdout


def test_versions_in_other_forms_are_compared(provcheck: Callable[..., Any], tmp_path: Path) -> None:
    save(tmp_path / "release" / "crop.jpg", scene(1))
    content = (tmp_path / "release" / "crop.jpg").read_bytes()
    page = write_form("page", {"A bridge": content}, tmp_path / "published")
    ran = provcheck("compare", tmp_path / "release", page)
    assert "IDENTICAL     crop.jpg → published » picture-1.jpg: caption: nothing → “A bridge”" in ran.stdout
