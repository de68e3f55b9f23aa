"""A redacted report: in no format is a file name, a folder or a picture left, and what was found is all there."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile_records import HOSTILE_TEXTS, hostile_report
from known_scenes import Known
from rendered_scenes import crop, save, scene
from report_records import CROPPED, IDENTITY, SIGNED, TOO_EARLY, TRAILER, full_report, image, report_of, verdict_with

from provcheck import pipeline
from provcheck.records import (
    Block,
    Credentials,
    CredentialState,
    Deed,
    Facts,
    FileMetadata,
    Finding,
    Ingredient,
    Outcome,
    Report,
    Severity,
    Skipped,
    Statement,
    Subject,
    Verdict,
    Voice,
    Waiver,
)
from provcheck.release import Room, read_release, working_folder
from provcheck.report import FORMATS, REPORTERS
from provcheck.report.redaction import LEFT_OUT, redacted

REDACTABLE = [name for name, form in FORMATS.items() if not form.points_at_files]
EVERY = pytest.mark.parametrize("name", REDACTABLE)

MANIFEST = """
title = "On the events at the crossing"
[claims]
captured = 2017-11-09
[[image]]
path = "vertraulich-7.png"
captured = 2017-11-08
place = { name = "Dalmir" }
"""
SECRET = ("geheimakte-4711", "vertraulich", "quellen-7", "anhang-12", "doppelt-3", "unlesbar-9", "informant-8")
"""Parts of names that stand nowhere else."""


def rendered(name: str, *reports: Report) -> str:
    stream = io.StringIO()
    REPORTERS[name](redacted(reports), stream, verbose=True)
    return stream.getvalue()


@pytest.fixture(scope="module")
def checked(known: Known, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Report]:
    """A report on a folder whose every name is secret: pictures, an archive, a broken file, twice the same picture."""
    folder = tmp_path_factory.mktemp("top") / "geheimakte-4711"
    save(folder / "vertraulich-7.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(folder / "quellen-7" / "doppelt-3.png", crop(scene(3), 0.1, 0.1, 0.8, 0.9))
    save(folder / "informant-8.png", scene(77))
    (folder / "unlesbar-9.jpg").write_bytes(b"\xff\xd8\xff\xe0 broken")
    (folder / "release.toml").write_text(MANIFEST)
    with zipfile.ZipFile(folder / "anhang-12.zip", "w") as archive:
        archive.write(save(folder / "x.png", crop(scene(5), 0.0, 0.1, 0.9, 0.9)), "innen/vertraulich-8.png")
    (folder / "x.png").unlink()
    with working_folder() as room:
        report = pipeline.check(read_release(folder, room=Room(room)), known.corpus)
        yield replace(
            report, waivers=(Waiver("pdq:" + "8" * 64, "PC104", "settled", origin=f"{folder}/provcheck.toml:3"),)
        )


@EVERY
def test_no_name_and_no_folder_is_left(checked: Report, name: str) -> None:
    said = rendered(name, checked)
    assert not [part for part in SECRET if part in said.lower()]
    for path in (checked.release.path, checked.coverage.path, checked.verdicts[0].matches[0].source.path):
        assert path not in said
        assert str(Path(path).parent) not in said
    assert ".png" not in said
    assert ".zip" not in said


def test_no_picture_and_nothing_to_make_one_from_is_left(checked: Report) -> None:
    assert "data:image" not in rendered("html", checked)
    for name in REDACTABLE:
        assert "pdq:" not in rendered(name, checked)


def test_what_was_found_is_all_there(checked: Report) -> None:
    (after,) = redacted([checked])
    assert [verdict.outcome for verdict in after.verdicts] == [verdict.outcome for verdict in checked.verdicts]
    assert [[f.rule for f in v.findings] for v in after.verdicts] == [
        [f.rule for f in v.findings] for v in checked.verdicts
    ]
    assert [v.image.sha256 for v in after.verdicts] == [v.image.sha256 for v in checked.verdicts]
    for verdict, before in zip(after.verdicts, checked.verdicts, strict=True):
        sources = [match.source for match in before.matches]
        restored = [replace(match, source=source) for match, source in zip(verdict.matches, sources, strict=True)]
        assert tuple(restored) == before.matches
    assert after.coverage == replace(checked.coverage, path=LEFT_OUT)
    assert after.release.title == "On the events at the crossing"
    assert "captured: 2017-11-08 (release.toml, line 7)" in rendered("text", checked)


def test_one_picture_that_stands_twice_is_named_by_its_number(checked: Report) -> None:
    (after,) = redacted([checked])
    twice = [finding.message for verdict in after.verdicts for finding in verdict.findings if finding.rule == "PC106"]
    numbers = {int(number) for message in twice for number in re.findall(r"in picture (\d)", message)}
    assert numbers == {
        at
        for at, verdict in enumerate(after.verdicts, 1)
        if verdict.findings[-1:] and "PC106" in [f.rule for f in verdict.findings]
    }


def test_pictures_are_numbered_through_all_releases() -> None:
    first, second = redacted([report_of(verdict_with(Outcome.REUSED)), report_of(verdict_with(Outcome.REUSED))])
    assert (first.verdicts[0].image.name, second.verdicts[0].image.name) == ("picture 1", "picture 2")
    assert (first.release.path, second.release.path) == ("release 1", "release 2")
    assert 'id="picture-2"' in rendered("html", first, second)


def test_the_address_of_a_source_stays_unless_it_holds_the_name_of_a_file() -> None:
    facts = replace(TRAILER.facts, archive_url="https://archive.example/a/Gunship%2Dtrailer.mp4")
    match = replace(CROPPED, source=replace(TRAILER, facts=facts))
    finding = replace(TOO_EARLY, message=f"See {facts.archive_url}.")
    (after,) = redacted([report_of(Verdict(image("a.jpg"), Outcome.MISMATCHED, (match,), findings=(finding,)))])
    source = after.verdicts[0].matches[0].source
    assert source.facts.url == TRAILER.facts.url
    assert source.facts.archive_url == "https://archive.example/"
    assert after.verdicts[0].findings[0].message == "See https://archive.example/."


@pytest.mark.parametrize("address", ["file:///home/me/clip.mp4", "/home/me/clip.mp4", "clip"])
def test_an_address_that_is_none_of_the_web_is_a_path(address: str) -> None:
    match = replace(CROPPED, source=replace(TRAILER, facts=Facts(url=address)))
    (after,) = redacted([report_of(Verdict(image("a.jpg"), Outcome.REUSED, (match,)))])
    assert after.verdicts[0].matches[0].source.facts.url == LEFT_OUT


def test_a_folder_called_by_a_plain_word_leaves_the_word_in_sentences() -> None:
    report = report_of(
        Verdict(
            image("a.jpg"), Outcome.MISMATCHED, findings=(Finding("PC101", Severity.ERROR, "The statement says 2017."),)
        )
    )
    (after,) = redacted([replace(report, release=replace(report.release, path="statement"))])
    assert after.verdicts[0].findings[0].message == "The statement says 2017."
    assert after.release.path == "release 1"


def test_reasons_lose_their_paths() -> None:
    reason = "broken-1.jpg: links to /home/me/private, named in C:\\Users\\me"
    (after,) = redacted([report_of(skipped=(Skipped("in/broken-1.jpg", reason),))])
    assert after.skipped[0] == Skipped("file 1", f"links to {LEFT_OUT}, named in {LEFT_OUT}")


def test_titles_files_and_addresses_of_credentials_are_left_out() -> None:
    kept = "they are kept at https://e.example/secret.c2pa, and nothing is fetched"
    beside = replace(SIGNED, place="the file secret.c2pa beside it", problem=kept)
    report = report_of(Verdict(image("a.jpg", credentials=beside), Outcome.NO_MATCH))
    (done,) = redacted([report])
    signed = done.verdicts[0].image.credentials
    assert signed
    assert [part.title for part in signed.ingredients] == [LEFT_OUT]
    assert signed.place == f"the file {LEFT_OUT} beside it"
    assert "secret" not in signed.problem
    assert signed.signer == SIGNED.signer


def test_redacting_twice_changes_nothing() -> None:
    once = redacted([full_report()])
    assert redacted(once) == once
    assert once[0].verdicts[1].matches[0].transform != IDENTITY


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_whatever_stands_in_a_name_is_gone(text: str) -> None:
    (after,) = redacted([hostile_report(text)])
    names: list[Any] = [after.release.path, after.coverage.path, *(skipped.path for skipped in after.skipped)]
    names += [verdict.image.name for verdict in after.verdicts]
    assert all(re.fullmatch(r"(release|file|picture) \d|\[redacted\]", name) for name in names)


def test_what_a_file_says_of_itself_names_no_other_file() -> None:
    signed = Credentials(
        CredentialState.TRUSTED, "APP11", deeds=(Deed("c2pa.cropped"),), ingredients=(Ingredient("IMG_7.jpg"),)
    )
    said = Finding("PC101", Severity.ERROR, "It was made from IMG_7.jpg.")
    kept = Statement(Block.XMP, "dc:source", Subject.OTHER, Voice.SAYS, "IMG_7.jpg", "IMG_7.jpg")
    shown = replace(image("a.jpg"), credentials=signed, metadata=FileMetadata((kept,)))
    for name in REDACTABLE:
        assert "IMG_7" not in rendered(name, report_of(Verdict(shown, Outcome.MISMATCHED, findings=(said,))))
