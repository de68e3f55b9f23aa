"""Valid, tampered, invalid and untrusted files told apart; nothing fetched; nothing hostile gets through."""

import threading
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from signed_pictures import CREATED, GENERATED, chain, flipped, plain, sign, signed

from provcheck.credentials import INSTALL, credentials_of
from provcheck.records import Credentials, CredentialState, Deed, Ingredient
from provcheck.release import read_release

PICTURE = "the file was changed after it was signed"
CREDENTIALS = "the credentials were changed after they were signed"


def read(data: bytes, folder: Path, *, anchors: str | None = None) -> Credentials:
    path = folder / "picture.jpg"
    path.write_bytes(data)
    found = credentials_of(path, anchors=anchors)
    assert found
    return found


def test_an_intact_file_of_a_signer_on_the_trust_list_is_trusted(tmp_path: Path) -> None:
    found = read(signed(), tmp_path, anchors=chain().root)
    assert (found.state, found.problem, found.codes) == (CredentialState.TRUSTED, "", ())


def test_an_intact_file_of_an_unknown_signer_is_untrusted_and_no_more(tmp_path: Path) -> None:
    found = read(signed(), tmp_path, anchors=chain("Somebody Else").root)
    assert (found.state, found.problem, found.codes) == (CredentialState.UNTRUSTED, "", ())
    assert found == read(signed(), tmp_path)


def test_who_signed_and_with_what_is_told(tmp_path: Path) -> None:
    found = read(signed(), tmp_path)
    assert (found.signer, found.organisation, found.issuer) == ("Ana Ruiz", "Meridian Picture Desk", "Invented Root CA")
    assert found.generator == "Darkroom 4.1"
    assert found.signed is None, "no service stamped the time, and a clock of the signer's own proves nothing"


def test_a_changed_byte_of_the_picture_is_told(tmp_path: Path) -> None:
    data = signed()
    found = read(flipped(data, len(data) - 500), tmp_path, anchors=chain().root)
    assert (found.state, found.problem) == (CredentialState.TAMPERED, PICTURE)
    assert found.codes == ("assertion.dataHash.mismatch",)
    assert found.signer == "Ana Ruiz"


@pytest.mark.parametrize("where", [b"digitalCapture", b"Darkroom"], ids=["an assertion", "the claim"])
def test_a_changed_byte_of_the_credentials_is_told(where: bytes, tmp_path: Path) -> None:
    data = signed()
    found = read(flipped(data, data.index(where)), tmp_path, anchors=chain().root)
    assert (found.state, found.problem) == (CredentialState.TAMPERED, CREDENTIALS)


def test_damaged_credentials_are_invalid(tmp_path: Path) -> None:
    data = signed()
    found = read(flipped(data, data.index(b"jumd") + 3), tmp_path)
    assert found.state is CredentialState.INVALID
    assert found.problem.startswith("they are damaged (")


def test_actions_are_told_in_order(tmp_path: Path) -> None:
    found = read(signed(GENERATED, {"action": "c2pa.cropped", "when": "2017-11-09T10:00:00Z"}), tmp_path)
    assert found.deeds == (
        Deed("c2pa.created", "Invented Model 3", None, "trainedAlgorithmicMedia"),
        Deed("c2pa.cropped", None, "2017-11-09T10:00:00Z"),
    )


def test_the_history_of_a_parent_comes_first(tmp_path: Path) -> None:
    edited = signed({"action": "c2pa.cropped"}, ingredients=[("camera.jpg", signed(GENERATED))])
    found = read(edited, tmp_path)
    assert [deed.action for deed in found.deeds] == ["c2pa.created", "c2pa.cropped"]
    assert found.deeds[0].source_type == "trainedAlgorithmicMedia"
    assert found.ingredients == (Ingredient("camera.jpg", "parentOf", has_thumbnail=True),)


def test_the_history_of_a_component_is_not_that_of_the_picture(tmp_path: Path) -> None:
    collage = signed(CREATED, ingredients=[("sky.jpg", signed(GENERATED))], relation="componentOf")
    assert "trainedAlgorithmicMedia" not in [deed.source_type for deed in read(collage, tmp_path).deeds]


def test_the_history_of_a_broken_parent_is_not_believed(tmp_path: Path) -> None:
    parent = signed(GENERATED)
    edited = signed({"action": "c2pa.cropped"}, ingredients=[("camera.jpg", flipped(parent, len(parent) - 500))])
    assert "trainedAlgorithmicMedia" not in [deed.source_type for deed in read(edited, tmp_path).deeds]


def test_credentials_beside_the_file_are_read(tmp_path: Path) -> None:
    _, store = sign(form="JPEG", metadata=None, ingredients=(), relation="", remote="https://e.example/a", by=None,
                    picture=None)  # fmt: skip
    (tmp_path / "picture.c2pa").write_bytes(store)
    found = read(plain(), tmp_path, anchors=chain().root)
    assert found.place == "the file picture.c2pa beside it"
    assert found.signer == "Ana Ruiz"


def test_without_the_library_it_is_said_how_to_read_them(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(signed())
    found = credentials_of(path, load=lambda: None)
    assert found == Credentials(
        CredentialState.UNREAD,
        "APP11 of the JPEG file",
        "the library that reads them is not installed: pip install 'provcheck[c2pa]'",
    )


def test_a_file_without_credentials_never_loads_the_library(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(plain())

    def load() -> None:
        raise AssertionError

    assert credentials_of(path, load=load) is None


class Counting(BaseHTTPRequestHandler):
    """Counts what asks for something."""

    asked: list[str]

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    do_POST = do_GET  # noqa: N815 (http.server names it so)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on stderr."""


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), Counting) as listening:
        listening.asked = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


def test_credentials_elsewhere_are_named_and_not_fetched(server: HTTPServer, tmp_path: Path) -> None:
    there = f"http://127.0.0.1:{server.server_port}/picture.c2pa"
    found = read(signed(remote=there), tmp_path)
    assert found.state is CredentialState.UNREAD
    assert found.problem == f"they are kept at {there}, and nothing is fetched"
    assert server.asked == []  # type: ignore[attr-defined]


def test_an_ingredient_that_is_kept_elsewhere_is_not_fetched_either(server: HTTPServer, tmp_path: Path) -> None:
    there = f"http://127.0.0.1:{server.server_port}/parent.c2pa"
    parent = signed(remote=there)
    assert read(signed(ingredients=[("parent.jpg", parent)]), tmp_path).state is CredentialState.UNTRUSTED
    assert server.asked == []  # type: ignore[attr-defined]


def test_a_trust_list_without_certificates_trusts_nobody(tmp_path: Path) -> None:
    assert read(signed(), tmp_path, anchors="no certificate").state is not CredentialState.TRUSTED


def test_text_of_any_length_is_cut(tmp_path: Path) -> None:
    long = {**CREATED, "softwareAgent": {"name": "x" * 100_000}}
    found = read(signed(long), tmp_path)
    assert max(len(deed.software or "") for deed in found.deeds) == 500
    assert replace(found, deeds=()).deeds == ()


def test_the_command_that_installs_the_library_names_an_extra_that_there_is() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert INSTALL == "pip install 'provcheck[c2pa]'"
    assert any(wanted.startswith("c2pa-python") for wanted in project["optional-dependencies"]["c2pa"])


def test_credentials_beside_a_picture_of_a_release_are_no_file_that_was_skipped(tmp_path: Path) -> None:
    for name in ("photo.jpg", "photo.c2pa", "other.c2pa"):
        (tmp_path / name).write_bytes(plain() if name.endswith(".jpg") else b"store")
    release = read_release(tmp_path)
    assert [image.name for image in release.images] == ["photo.jpg"]
    assert [skipped.path for skipped in release.skipped] == ["other.c2pa"]


def test_credentials_that_were_removed_are_told_with_or_without_the_library(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    inside, elsewhere = b"self#jumbf=/c2pa/urn:c2pa:1", "https://credentials.example"
    path.write_bytes(signed(remote=elsewhere).replace(elsewhere.encode(), inside))
    found = credentials_of(path, load=lambda: None)
    assert found == credentials_of(path)
    assert found
    assert found.problem == "its XMP refers to credentials that are no longer in the file"
