"""`provcheck check` of signed pictures, from the file to the report and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rendered_scenes import build_corpus, scene
from signed_pictures import GENERATED, chain, flipped, signed

Run = Callable[..., Any]


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A release of one event with a signed photograph, a changed one and a generated one."""
    build_corpus(tmp_path / "known.corpus", {"bridge": scene(1)})
    (tmp_path / "trusted.pem").write_text(chain().root)
    folder = tmp_path / "release"
    folder.mkdir()
    (folder / "release.toml").write_text("[claims]\ncaptured = 2017-11-09\n")
    photograph = signed(metadata={"exif:DateTimeOriginal": "2017-11-09T10:00:00Z"})
    (folder / "signed.jpg").write_bytes(photograph)
    (folder / "changed.jpg").write_bytes(flipped(photograph, len(photograph) - 500))
    (folder / "generated.jpg").write_bytes(signed(GENERATED))
    return folder


def checked(provcheck: Run, release: Path, *options: object) -> tuple[int, dict[str, Any]]:
    ran = provcheck("check", release, "--corpus", release.parent / "known.corpus", "--format", "json", *options)
    return ran.exit_code, {item["path"]: item for item in json.loads(ran.stdout)["items"]}


def found(item: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding["rule"], finding["severity"]) for finding in item["findings"]]


def test_what_is_signed_is_read_judged_and_reported(provcheck: Run, release: Path) -> None:
    code, items = checked(provcheck, release)
    assert code == 1
    assert {name: item["credentials"]["state"] for name, item in items.items()} == {
        "signed.jpg": "untrusted", "changed.jpg": "tampered", "generated.jpg": "untrusted",
    }  # fmt: skip
    assert {name: item["outcome"] for name, item in items.items()} == {
        "signed.jpg": "no-match", "changed.jpg": "no-match", "generated.jpg": "mismatched",
    }  # fmt: skip
    assert found(items["signed.jpg"]) == []
    assert found(items["changed.jpg"]) == [("PC111", "warning")]
    assert found(items["generated.jpg"]) == [("PC112", "error")]


def test_the_trust_list_says_who_is_trusted(provcheck: Run, release: Path) -> None:
    trusted = release.parent / "trusted.pem"
    _, items = checked(provcheck, release, "--trust-list", trusted)
    assert items["signed.jpg"]["credentials"]["state"] == "trusted"
    config = release.parent / "provcheck.toml"
    config.write_text('trust-list = "trusted.pem"\n')
    _, items = checked(provcheck, release, "--config", config)
    assert items["signed.jpg"]["credentials"]["state"] == "trusted"


def test_a_trust_list_that_is_none_is_wrong_usage(provcheck: Run, release: Path) -> None:
    ran = provcheck(
        "check", release, "--corpus", release.parent / "known.corpus", "--trust-list", release / "signed.jpg"
    )
    assert ran.exit_code == 2
    assert "signed.jpg: it holds no certificate" in ran.stderr


def test_the_text_names_the_signer(provcheck: Run, release: Path) -> None:
    text = provcheck("check", release, "--corpus", release.parent / "known.corpus").stdout
    lines = " ".join(text.split())
    assert "NO-MATCH signed.jpg Content Credentials: intact, signed by “Ana Ruiz” (Meridian Picture Desk)" in lines
    assert "Content Credentials: the file was changed after it was signed, by “Ana Ruiz”" in lines
