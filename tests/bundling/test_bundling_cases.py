"""What belongs to a case, where it comes from, and what comes out when it is matched again."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bundled_cases import (
    Case,
    bundled,
    case_of,
    checked,
    contents,
    make_release,
    names,
    repacked,
    saved,
    verified,
)
from embedded_media import iptc_block, write_jpeg
from known_scenes import Known, opened
from PIL import Image
from rendered_scenes import build_corpus, save, save_video, scene
from small_bundles import zipped

from provcheck import pipeline
from provcheck.bundling.contents import CASE, FRAMES, PAGE, PICTURES, RELEASES, REPORT, TEXT, content
from provcheck.bundling.gathering import Payload
from provcheck.bundling.matching_again import Again
from provcheck.errors import BundleError
from provcheck.records import Outcome, Severity
from provcheck.release import Room, read_release


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, known: Known) -> Case:
    return checked(make_release(tmp_path_factory.mktemp("case") / "release"), known)


@pytest.fixture(scope="module")
def payload(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Payload:
    return case.gathered(tmp_path_factory.mktemp("payload") / "work")


@pytest.fixture(scope="module")
def bundle(payload: Payload, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled(payload, tmp_path_factory.mktemp("bundle") / "case.zip")


def exchanged(payload: Payload, path: Path, **files: bytes) -> Path:
    """Write a bundle with other files in it, whose digests are right."""
    others = {name.replace("__", "/").replace("_json", ".json"): data for name, data in files.items()}
    return repacked(contents(payload) | others, path)


def states(path: Path, **options: Any) -> dict[str, Again]:
    return {item.verdict.image.name: item.again for item in verified(path, **options).repeated}


# ---------------------------------------------------------------- what is in it


def test_everything_that_a_report_rests_on_is_in_the_bundle(case: Case, payload: Payload) -> None:
    files = contents(payload)
    assert payload.missing == ()
    assert files[REPORT] == case.written
    assert files[f"{RELEASES}1/release.toml"] == (case.release / "release.toml").read_bytes()
    pictures = {data for name, data in files.items() if name.startswith(PICTURES)}
    assert pictures == {path.read_bytes() for path in case.release.glob("*.png")}
    assert files[PAGE].startswith(b"<!doctype html>")
    assert b"\x1b" not in files[TEXT]
    assert "cropped.png" in files[TEXT].decode()
    frames = [data for name, data in files.items() if name.startswith(FRAMES)]
    sources = {Path(match.source.path) for report in case.reports for one in report.verdicts for match in one.matches}
    assert len(sources) == 2
    assert set(frames) == {source.read_bytes() for source in sources}


def test_the_list_says_which_file_is_which(case: Case, payload: Payload) -> None:
    files = contents(payload)
    listed = case_of(files)
    assert listed["bundled_with"]["name"] == "provcheck"
    (release,) = listed["releases"]
    for verdict, item in zip(case.reports[0].verdicts, release["items"], strict=True):
        assert item["sha256"] == verdict.image.sha256
        assert files[item["file"]] == Path(verdict.image.file).read_bytes()
        assert [known["is"] for known in item["known"]] == ["the source file"] * len(verdict.matches)


def test_without_pictures_the_digests_and_the_known_frames_stay(case: Case, payload: Payload, tmp_path: Path) -> None:
    shown = contents(payload)[PAGE].count(b"data:image")
    payload = case.gathered(tmp_path / "work", with_pictures=False)
    files = contents(payload)
    assert (payload.pictures, payload.known, payload.missing) == (0, 2, ())
    assert names(payload.files, PICTURES) == []
    assert 0 < files[PAGE].count(b"data:image") < shown
    assert files[PAGE].count(b"(not in the bundle): cannot be opened") == 4
    assert all(item["file"] is None for item in case_of(files)["releases"][0]["items"])


def test_the_same_case_gives_the_same_bytes(case: Case, bundle: Path, tmp_path: Path) -> None:
    again = bundled(case.gathered(tmp_path / "work"), tmp_path / "again.zip")
    assert again.read_bytes() == bundle.read_bytes()


def test_a_stranger_can_check_it_with_what_every_system_has(bundle: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        ["unzip", "-q", bundle, "-d", tmp_path], check=False, capture_output=True, text=True
    ) if Path("/usr/bin/unzip").exists() else None  # fmt: skip
    if ran is None or not Path("/usr/bin/sha256sum").exists():
        pytest.skip("this system has no unzip or no sha256sum")
    assert (ran.returncode, ran.stderr) == (0, "")
    (folder,) = tmp_path.iterdir()
    command = ["sha256sum", "--check", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_picture_that_was_changed_since_is_left_out_and_named(known: Known, tmp_path: Path) -> None:
    case = checked(make_release(tmp_path / "release", "cropped.png", "mirrored.png"), known)
    save(tmp_path / "release" / "cropped.png", scene(4))
    (tmp_path / "release" / "mirrored.png").unlink()
    payload = case.gathered(tmp_path / "work")
    assert payload.missing == (
        "cropped.png: the file there is not the one that was checked: its SHA-256 is another one",
        "mirrored.png: there is no file at its path",
    )
    assert {name for name, again in states(bundled(payload, tmp_path / "case.zip")).items() if again == "not run"} == {
        "cropped.png",
        "mirrored.png",
    }


def test_pictures_inside_an_archive_are_found_again(known: Known, tmp_path: Path) -> None:
    folder = make_release(tmp_path / "release", "cropped.png")
    archive = tmp_path / "release.zip"
    archive.write_bytes(zipped({path.name: path.read_bytes() for path in folder.iterdir()}))
    release = read_release(archive, room=Room(tmp_path / "room"))
    case = saved(pipeline.check(release, known.corpus), archive)
    payload = case.gathered(tmp_path / "work")
    assert (payload.pictures, payload.missing) == (1, ())
    assert states(bundled(payload, tmp_path / "case.zip"))["release.zip » cropped.png"] == "same"


def test_pictures_that_were_moved_are_taken_from_where_a_person_says(known: Known, tmp_path: Path) -> None:
    case = checked(make_release(tmp_path / "release", "cropped.png"), known)
    moved = (tmp_path / "release").rename(tmp_path / "moved")
    assert case.gathered(tmp_path / "a").pictures == 0
    assert case.gathered(tmp_path / "b", images=moved).missing == ()
    (tmp_path / "kept.zip").write_bytes(zipped({"a/b.png": (moved / "cropped.png").read_bytes()}))
    assert case.gathered(tmp_path / "c", images=tmp_path / "kept.zip").pictures == 1
    assert case.gathered(tmp_path / "d", images=tmp_path / "a").pictures == 0


def test_a_report_cannot_bring_another_file_of_the_machine(case: Case, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (tmp_path / "release.toml").write_text("secret = 1\n")
    report = json.loads(case.written)
    report["release"]["path"] = str(tmp_path)
    report["items"][0]["path"] = secret.name
    for item in report["items"]:
        for match in item["matches"]:
            match["source"]["path"] = str(secret)
    report["corpus"]["path"] = str(tmp_path)
    payload = replace(case, written=json.dumps(report).encode()).gathered(tmp_path / "work")
    files = contents(payload)
    del files[REPORT]
    assert not [name for name, data in files.items() if b"secret = 1" in data or data == b"secret"]
    assert payload.pictures == payload.known == 0


# ---------------------------------------------------------------- a video


@pytest.fixture(scope="module")
def filmed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Path, Path]:
    """A still of a video: the case, the video, and the corpus that keeps small pictures of it."""
    folder = tmp_path_factory.mktemp("filmed")
    whole = scene(20, 560, 320)
    pictures = [np.ascontiguousarray(whole[:, at : at + 480]) for at in range(0, 60, 3)]
    video = save_video(folder / "film.mp4", pictures)
    corpus = build_corpus(folder / "corpus", {}, videos=(video,))
    save(folder / "release" / "still.png", pictures[15])
    with opened(corpus) as known:
        return checked(folder / "release", known), video, corpus


def test_a_frame_of_a_video_is_kept_at_full_size(filmed: tuple[Case, Path, Path], tmp_path: Path) -> None:
    case, _, _ = filmed
    payload = case.gathered(tmp_path / "work")
    (name,) = names(payload.files, FRAMES)
    (known,) = case_of(contents(payload))["releases"][0]["items"][0]["known"]
    assert (known["file"], known["is"], known["note"]) == (name, "a frame of the source file", "")
    assert known["time_s"] == pytest.approx(1.0, abs=0.07)
    with Image.open(tmp_path / "work" / "0.png") as frame:
        assert frame.size == (480, 320)
    assert states(bundled(payload, tmp_path / "case.zip")) == {"still.png": Again.SAME}


def test_where_the_video_is_gone_the_small_picture_of_the_corpus_stands_in(
    filmed: tuple[Case, Path, Path], tmp_path: Path
) -> None:
    case, video, corpus = filmed
    video.rename(video.with_suffix(".away"))
    try:
        payload = case.gathered(tmp_path / "work")
        corpus.rename(corpus.with_suffix(".away"))
        without = case.gathered(tmp_path / "more-work")
    finally:
        video.with_suffix(".away").rename(video)
        corpus.with_suffix(".away").rename(corpus)
    (name,) = names(payload.files, FRAMES)
    assert name.endswith("-small.png")
    assert (payload.known, payload.small) == (1, 1)
    (known,) = case_of(contents(payload))["releases"][0]["items"][0]["known"]
    assert known["is"] == "the small picture of the corpus"
    assert "shown is the small picture" in known["note"]
    assert states(bundled(payload, tmp_path / "case.zip")) == {"still.png": Again.SAME}
    assert names(without.files, FRAMES) == []
    assert without.missing == (
        "still.png: without its known picture: film.mp4: cannot be opened: no such file or directory",
    )
    assert states(bundled(without, tmp_path / "without.zip")) == {"still.png": Again.NOT_RUN}


# ---------------------------------------------------------------- matched again


def test_a_whole_bundle_gives_the_same_outcomes(bundle: Path) -> None:
    verification = verified(bundle)
    assert verification.problems == ()
    assert states(bundle) == {
        "cropped.png": Again.SAME,
        "flat.png": Again.NOTHING_KNOWN,
        "mirrored.png": Again.SAME,
        "unknown.png": Again.NOTHING_KNOWN,
    }
    assert [other for item in verification.repeated for other in item.remarks] == []


def test_pictures_that_were_left_out_are_taken_from_elsewhere(case: Case, tmp_path: Path) -> None:
    path = bundled(case.gathered(tmp_path / "work", with_pictures=False), tmp_path / "case.zip")
    assert states(path)["cropped.png"] is Again.NOT_RUN
    assert states(path, images=case.release)["cropped.png"] is Again.SAME
    assert states(path, images=tmp_path)["cropped.png"] is Again.NOT_RUN


def test_another_known_picture_gives_another_outcome(payload: Payload, tmp_path: Path) -> None:
    """Somebody exchanged a frame and made the bundle anew: the digests are right, and the outcome is not."""
    listed = case_of(contents(payload))
    items = listed["releases"][0]["items"]
    cropped = next(item for item in items if "cropped" in item["file"])
    other = save(tmp_path / "other.png", scene(8)).read_bytes()
    kept = [content(file.name, other) if file.name == cropped["known"][0]["file"] else file for file in payload.files]
    (item,) = [
        item
        for item in verified(bundled(replace(payload, files=tuple(kept)), tmp_path / "a.zip")).repeated
        if item.verdict.image.name == "cropped.png"
    ]
    assert item.again is Again.NOT_RUN
    assert item.remarks == ("what the bundle has as its known picture is another file",)
    cropped["known"][0]["is"] = "a frame of the source file"
    kept = [content(CASE, json.dumps(listed).encode()) if file.name == CASE else file for file in kept]
    (item,) = [
        item
        for item in verified(bundled(replace(payload, files=tuple(kept)), tmp_path / "b.zip")).repeated
        if item.verdict.image.name == "cropped.png"
    ]
    assert (item.again, item.outcome) == (Again.DIFFERENT, Outcome.NO_MATCH)
    assert "nothing shows that they belong together" in item.remarks[0]


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ({"mirrored": True}, "was mirrored, is now not mirrored"),
        ({"transform": [[1, 0, 200], [0, 1, 0], [0, 0, 1]]}, "lies elsewhere"),
        ({"transform": [[1e8, 0, 0], [0, 1, 0], [-0.005, 0, 1]]}, "lies elsewhere"),
    ],
)
def test_a_report_that_lies_about_a_match_is_told(
    case: Case, payload: Payload, tmp_path: Path, change: dict[str, Any], remark: str
) -> None:
    report = json.loads(case.written)
    report["items"][0]["matches"][0] |= change
    path = exchanged(payload, tmp_path / "case.zip", data__report_json=json.dumps(report).encode())
    item = verified(path).repeated[0]
    assert item.again is Again.DIFFERENT
    assert remark in item.remarks[0]


def test_a_lead_that_leads_nowhere_changes_no_outcome(case: Case, payload: Payload, tmp_path: Path) -> None:
    report = json.loads(case.written)
    cropped, unknown = report["items"][0], report["items"][3]
    unknown["leads"] = [cropped["matches"][0] | {"relation": "same scene, another shot"}]
    listed = case_of(contents(payload))
    items = listed["releases"][0]["items"]
    items[3]["known"] = items[0]["known"]
    files = {"data__report_json": json.dumps(report).encode(), "data__case_json": json.dumps(listed).encode()}
    item = verified(exchanged(payload, tmp_path / "case.zip", **files)).repeated[3]
    assert (item.again, item.outcome) == (Again.SAME, Outcome.NO_MATCH)
    assert "was “same scene, another shot”, and now nothing shows" in item.remarks[0]


def test_findings_that_the_rules_do_not_give_are_told(case: Case, payload: Payload, tmp_path: Path) -> None:
    report = json.loads(case.written)
    report["items"][0]["findings"] = []
    path = exchanged(payload, tmp_path / "case.zip", data__report_json=json.dumps(report).encode())
    item = verified(path).repeated[0]
    assert (item.again, item.remarks) == (Again.SAME, ("findings were no rule, and are now PC104, PC105",))


def test_a_report_that_lies_about_an_outcome_is_told(case: Case, payload: Payload, tmp_path: Path) -> None:
    report = json.loads(case.written)
    report["items"][0]["outcome"] = "credited"
    item = verified(
        exchanged(payload, tmp_path / "case.zip", data__report_json=json.dumps(report).encode())
    ).repeated[0]  # fmt: skip
    assert (item.again, item.outcome) == (Again.DIFFERENT, Outcome.REUSED)
    assert item.remarks == ("the report says credited (PC104, PC105), now it is reused (PC104, PC105)",)


def test_severities_of_the_report_count_again(known: Known, tmp_path: Path) -> None:
    release = make_release(tmp_path / "release", "cropped.png")
    report = pipeline.check(read_release(release), known.corpus, severities={"PC104": Severity.ERROR})
    assert report.configuration == {"severity.PC104": "error"}
    path = bundled(saved(report, release).gathered(tmp_path / "work"), tmp_path / "case.zip")
    assert {item.outcome for item in verified(path).repeated if item.again is Again.SAME} == {Outcome.MISMATCHED}


@pytest.mark.parametrize("with_pictures", [True, False])
def test_what_files_say_of_themselves_is_judged_again(known: Known, tmp_path: Path, *, with_pictures: bool) -> None:
    release = make_release(tmp_path / "release", "cropped.png")
    write_jpeg(release / "archive.jpg", picture=Image.fromarray(scene(77)), iptc=iptc_block({55: "20160624"}))
    case = checked(release, known)
    outcomes = {verdict.image.name: verdict.outcome for verdict in case.reports[0].verdicts}
    assert outcomes["archive.jpg"] is Outcome.MISMATCHED
    payload = case.gathered(tmp_path / "work", with_pictures=with_pictures)
    assert states(bundled(payload, tmp_path / "case.zip"))["archive.jpg"] is Again.NOTHING_KNOWN
    report = json.loads(case.written)
    report["items"][0] |= {"outcome": "no-match", "findings": []}
    path = exchanged(payload, tmp_path / "forged.zip", data__report_json=json.dumps(report).encode())
    assert states(path)["archive.jpg"] is (Again.DIFFERENT if with_pictures else Again.NOTHING_KNOWN)


def test_other_versions_are_named(bundle: Path) -> None:
    others = {other.name: (other.then, other.now) for other in verified(bundle).versions}
    assert others["version"][1] == "test"
    assert others["numpy"] == (np.__version__, None)
    assert not [name for name in others if name.startswith("algorithm")]


# ---------------------------------------------------------------- hostile lists


@pytest.mark.parametrize(
    "written",
    [b"{}", b"3", b"[" * 100_000, b"\xff", b'{"releases": 3}', b'{"releases": [{"items": [{"known": [3]}]}]}'],
)
def test_lists_that_make_no_sense_are_refused(payload: Payload, tmp_path: Path, written: bytes) -> None:
    for name in ("data__case_json", "data__report_json"):
        path = exchanged(payload, tmp_path / f"{name}.zip", **{name: written})
        with pytest.raises(BundleError, match=r"case\.zip|data/(case|report)\.json"):
            verified(path)


@pytest.mark.parametrize(
    "said",
    [
        [],
        [{"source": "0" * 64, "file": "data/report.json", "is": None, "note": ""}],
        [{"source": None, "file": "/etc/passwd", "is": None, "note": ""}],
        [{"source": None, "file": "data/report.json", "is": None, "note": ""}],
    ],
)
def test_a_list_that_lies_about_known_pictures_brings_nothing(
    payload: Payload, tmp_path: Path, said: list[dict[str, Any]]
) -> None:
    listed = case_of(contents(payload))
    item = listed["releases"][0]["items"][0]
    item["known"] = [{**one, "source": one["source"] or item["known"][0]["source"]} for one in said]
    path = exchanged(payload, tmp_path / "case.zip", data__case_json=json.dumps(listed).encode())
    assert verified(path).repeated[0].again is Again.NOT_RUN
