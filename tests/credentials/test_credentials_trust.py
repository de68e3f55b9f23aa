"""A trust list is a file of certificates, and anything else is refused with what to do."""

from pathlib import Path

import pytest
from signed_pictures import chain

from provcheck.credentials import read_trust_list
from provcheck.errors import UsageError


def write(folder: Path, text: str) -> Path:
    path = folder / "trusted.pem"
    path.write_text(text)
    return path


def test_certificates_are_taken_and_what_stands_between_them_is_not(tmp_path: Path) -> None:
    one, other = chain().root, chain("Somebody Else").root
    read = read_trust_list(write(tmp_path, f"# Invented Roots\n{one}\n-----BEGIN\nother: {other}"))
    assert read == f"{one.strip()}\n{other.strip()}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it holds no certificate"),
        ("-----BEGIN PRIVATE KEY-----\nabcd\n-----END PRIVATE KEY-----", "it holds no certificate"),
        ("-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----", "certificate 1 of 1 is damaged"),
        ("-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----", "certificate 1 of 1 is damaged"),
    ],
)
def test_what_is_no_trust_list_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_trust_list(path)
    assert raised.value.message == f"trust list {path}: {said}"
    assert "PEM" in raised.value.remedy


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.pem: No such file"):
        read_trust_list(tmp_path / "gone.pem")
