"""One flipped byte anywhere is found and named; so is whatever is missing, added or lied about."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some
from small_bundles import FRAME, PLAIN, complaints, files_of, packed, parts_of, zipped

from provcheck.bundling.checking import check_bundle
from provcheck.bundling.contents import (
    CASE,
    INFO,
    MANIFEST,
    PAYLOAD_SUMS,
    TAG_SUMS,
    content,
    is_plain,
    plain_stem,
    plain_suffix,
)
from provcheck.bundling.listings import write_manifest, write_sums
from provcheck.bundling.zip_form import Part
from provcheck.errors import BundleError, ProvcheckError

FILES = files_of()
RAW = packed(FILES)
PARTS = parts_of(FILES)
BASE = PARTS[0].what.rpartition(" ")[2].partition("/")[0]

on_one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def part_at(at: int) -> Part:
    return next(part for part in PARTS if part.start <= at < part.start + part.size)


def name_of(part: Part) -> str:
    return part.what.removeprefix(f"{BASE}/") if part.entry is not None else part.what


def flipped(at: int, mask: int) -> bytes:
    return RAW[:at] + bytes([RAW[at] ^ mask]) + RAW[at + 1 :]


def test_a_bundle_is_whole_as_it_was_packed(tmp_path: Path) -> None:
    assert complaints(tmp_path / "case.zip", RAW) == []


def test_a_flipped_byte_anywhere_is_found_and_named(tmp_path: Path) -> None:
    """Every field of every header is longer than a byte, so every other byte is in all of them."""
    wrong = {}
    for at in range(0, len(RAW), 2):
        found = complaints(tmp_path / "case.zip", flipped(at, 0xFF))
        if [name for _, name in found] != [name_of(part_at(at))]:
            wrong[at, part_at(at).what] = found
    assert wrong == {}


@on_one_file
@given(at=some.integers(0, len(RAW) - 1), mask=some.integers(1, 255))
def test_a_changed_byte_is_named_whatever_it_becomes(tmp_path: Path, at: int, mask: int) -> None:
    found = complaints(tmp_path / "case.zip", flipped(at, mask))
    assert [name for _, name in found] == [name_of(part_at(at))]


@on_one_file
@given(at=some.integers(0, len(RAW) - 1), count=some.integers(0, 40), added=some.binary(max_size=40))
def test_bytes_cut_out_or_put_in_are_found(tmp_path: Path, at: int, count: int, added: bytes) -> None:
    raw = RAW[:at] + added + RAW[at + count :]
    assume(raw != RAW)
    try:
        found = complaints(tmp_path / "case.zip", raw)
    except BundleError:
        return  # nothing could be read from it
    assert found


@on_one_file
@given(raw=some.binary(max_size=400))
def test_nonsense_is_no_bundle(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(BundleError, match="is no bundle"):
        complaints(tmp_path / "case.zip", raw)
    with pytest.raises(BundleError, match="is no bundle"):
        complaints(tmp_path / "case.zip", raw + RAW[-300:])


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_ends_too_early_is_not_whole(tmp_path: Path, kept: float) -> None:
    found = complaints(tmp_path / "case.zip", RAW[: int(len(RAW) * kept)])
    assert found
    assert "additional" not in {kind for kind, _ in found}


def test_bytes_behind_the_end_belong_to_nothing(tmp_path: Path) -> None:
    assert complaints(tmp_path / "case.zip", RAW + b"more") == [("packing", "the end of the file")]


def test_what_is_missing_and_what_was_added_is_named(tmp_path: Path) -> None:
    fewer = tuple(file for file in FILES if file.name != FRAME)
    more = (*FILES, content("data/pictures/new.jpg", b"new"))
    assert complaints(tmp_path / "case.zip", packed(fewer)) == [("missing", FRAME)]
    assert complaints(tmp_path / "case.zip", packed(more)) == [("additional", "data/pictures/new.jpg")]


@pytest.mark.parametrize("name", [PAYLOAD_SUMS, TAG_SUMS, MANIFEST])
def test_a_list_that_is_gone_is_missed(tmp_path: Path, name: str) -> None:
    fewer = tuple(file for file in FILES if file.name != name)
    assert complaints(tmp_path / "case.zip", packed(fewer)) == [("missing", name)]


def forged(name: str, written: bytes) -> bytes:
    return packed(tuple(content(name, written) if file.name == name else file for file in FILES))


def test_a_list_that_lies_is_named(tmp_path: Path) -> None:
    """Somebody exchanged a frame and corrected one of the lists."""
    exchanged = tuple(content(FRAME, b"another") if file.name == FRAME else file for file in FILES)
    digests = {file.name: file.sha256 for file in exchanged}
    payload = {name: digest for name, digest in digests.items() if name.startswith("data/")}
    sums = content(PAYLOAD_SUMS, write_sums(payload))
    corrected = tuple(sums if file.name == PAYLOAD_SUMS else file for file in exchanged)
    names = {name for _, name in complaints(tmp_path / "case.zip", packed(corrected))}
    assert PAYLOAD_SUMS in names
    known = {file.name: (file.sha256, file.size) for file in exchanged if file.name != MANIFEST}
    manifest = content(MANIFEST, write_manifest(known))
    corrected = tuple(manifest if file.name == MANIFEST else file for file in exchanged)
    assert complaints(tmp_path / "case.zip", packed(corrected))


@pytest.mark.parametrize(
    "written",
    [b"", b"{}", b"[]", b'{"files": 3}', b'{"files": {"a": 3}}', b'{"files": {"a": {"sha256": []}}}', b"[" * 100_000],
)
def test_a_list_that_is_nonsense_is_named(tmp_path: Path, written: bytes) -> None:
    assert complaints(tmp_path / "case.zip", forged(MANIFEST, written)) == [("changed", MANIFEST)]
    assert ("changed", TAG_SUMS) in complaints(tmp_path / "case.zip", forged(TAG_SUMS, written))


def test_the_digest_over_all_is_compared_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "case.zip"
    path.write_bytes(RAW)
    digest = next(file.sha256 for file in FILES if file.name == TAG_SUMS)
    assert check_bundle(path, digest=digest).problems == ()
    (problem,) = check_bundle(path, digest="0" * 64).problems
    assert problem.harm == "digest"
    assert digest in problem.detail


# ---------------------------------------------------------------- hostile archives


def test_a_bundle_that_was_packed_anew_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    anew = {f"{BASE}/": b"", **{f"{BASE}/{file.name}": b"".join(file.chunks()) for file in FILES}}
    found = complaints(tmp_path / "case.zip", zipped(anew))
    assert {kind for kind, _ in found} == {"packing"}
    with pytest.raises(BundleError, match="uncompressed") as caught:
        complaints(tmp_path / "case.zip", zipped(anew, zipfile.ZIP_DEFLATED))
    assert "unpacked" in caught.value.remedy


def test_names_that_lead_out_are_named_and_not_followed(tmp_path: Path) -> None:
    leading = {"../../evil.txt": b"x", f"{BASE}/data/../../../evil": b"y"}
    anew = {f"{BASE}/{file.name}": b"".join(file.chunks()) for file in FILES}
    found = complaints(tmp_path / "case.zip", zipped(anew | leading))
    assert ("additional", "../../evil.txt") in found
    assert ("additional", "data/../../../evil") in found
    assert [path.name for path in tmp_path.iterdir()] == ["case.zip"]


def test_a_file_that_is_there_twice_is_named(tmp_path: Path) -> None:
    doubled = f"{BASE}/{FILES[0].name}"
    stream = io.BytesIO(zipped({f"{BASE}/{file.name}": b"".join(file.chunks()) for file in FILES}))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(doubled, b"twice")
    assert ("additional", doubled) in complaints(tmp_path / "case.zip", stream.getvalue())


def test_files_that_share_bytes_are_not_read_again_and_again(tmp_path: Path) -> None:
    """The directory says of every file that it is the first one, and the headers do not."""
    end = PARTS[-1]
    rows = [part for part in PARTS if part.entry is None and "directory" in part.what and part is not end]
    first = rows[0].written
    overlapping = RAW[: rows[0].start] + b"".join(row.written[:42] + first[42:46] + row.written[46:] for row in rows)
    found = complaints(tmp_path / "case.zip", overlapping + end.written)
    assert {kind for kind, _ in found} == {"packing"}


def test_a_bag_that_is_no_case_is_refused(tmp_path: Path) -> None:
    bag = files_of({name: data for name, data in PLAIN.items() if name != CASE} | {"data/case.txt": b""})
    path = tmp_path / "case.zip"
    path.write_bytes(zipped({f"bag/{file.name}": b"".join(file.chunks()) for file in bag}))
    with pytest.raises(BundleError, match="no case of provcheck"):
        check_bundle(path)


def test_a_bundle_that_does_not_tell_its_time_is_not_whole(tmp_path: Path) -> None:
    timeless = files_of({**PLAIN, INFO: b"Bagging-Time: soon\n"})
    assert complaints(tmp_path / "case.zip", packed(timeless)) == [("changed", INFO)]


# ---------------------------------------------------------------- an unpacked bundle


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(RAW)) as archive:
        archive.extractall(tmp_path)
    return tmp_path / BASE


def test_an_unpacked_bundle_can_be_checked(unpacked: Path) -> None:
    assert check_bundle(unpacked).problems == ()
    (unpacked / FRAME).write_bytes(b"another")
    (unpacked / "data" / "new").mkdir()
    (unpacked / "data" / "new" / "file.txt").write_text("new")
    (unpacked / INFO).unlink()
    found = {(problem.harm.value, problem.member) for problem in check_bundle(unpacked).problems}
    assert found == {("changed", FRAME), ("additional", "data/new/file.txt"), ("missing", INFO)}


def test_a_link_in_an_unpacked_bundle_is_not_followed(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(PLAIN[FRAME])
    (unpacked / FRAME).unlink()
    (unpacked / FRAME).symlink_to(tmp_path / "elsewhere")
    (unpacked / "data" / "pictures").symlink_to(tmp_path, target_is_directory=True)
    found = {(problem.harm.value, problem.member) for problem in check_bundle(unpacked).problems}
    assert found == {("changed", FRAME), ("additional", "data/pictures")}


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProvcheckError, match="there is no such file"):
        check_bundle(tmp_path / "gone.zip")


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["data/a.png", "README.txt", "data/releases/1/release.toml", "a..b"])
def test_plain_names(name: str) -> None:
    assert is_plain(name)


@pytest.mark.parametrize(
    "name", ["", "/a", "a/", "../a", "a/../b", "a//b", "./a", "a\\b", "C:a", "a\nb", "é", "a" * 300]
)
def test_names_that_are_not_plain(name: str) -> None:
    assert not is_plain(name)


@given(some.text(max_size=300))
def test_every_name_becomes_a_plain_one(name: str) -> None:
    assert is_plain(f"data/pictures/0001-{plain_stem(name)}{plain_suffix(name)}")


def test_the_json_list_has_what_a_program_needs() -> None:
    manifest = json.loads(b"".join(next(file for file in FILES if file.name == MANIFEST).chunks()))
    assert manifest["schema"] == "provcheck/bundle/1"
    assert manifest["digest_over_all"]["of"] == TAG_SUMS
    assert manifest["files"][FRAME] == {"sha256": content(FRAME, PLAIN[FRAME]).sha256, "bytes": len(PLAIN[FRAME])}
