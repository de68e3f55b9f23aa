"""Real documents, which other programs wrote: as many pictures as a person counted in them.

`python tests/benchmarks/documents.py --fetch` gets most of them. The mails are those that Python tests itself with.
"""

import sysconfig
from pathlib import Path

import docx
import pptx
import pytest
from documents import EXPECTED, Expected, documents_folder, read

MAILS = Path(sysconfig.get_path("stdlib")) / "test" / "test_email" / "data"
INSTALLED = (
    (MAILS / "msg_07.txt", 1, "a drawing attached"),
    (MAILS / "msg_13.txt", 1, "the same one level deeper"),
    (MAILS / "msg_22.txt", 2, "two photographs attached, cut off"),
    (MAILS / "msg_26.txt", 1, "a bitmap of 32 pixels attached"),
    (MAILS / "msg_01.txt", 0, "text"),
    (Path(docx.__file__).parent / "templates" / "default.docx", 0, "an empty document"),
    (Path(pptx.__file__).parent / "templates" / "default.pptx", 0, "no slide"),
)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: Path(expected.path).name)
def test_a_real_document_gives_the_pictures_that_a_person_counts(expected: Expected, tmp_path: Path) -> None:
    path = documents_folder() / expected.path
    if not path.is_file():
        pytest.skip(f"{path} is not there: python tests/benchmarks/documents.py --fetch")
    release = read(path, tmp_path)
    captions = [image.claims.caption.value if image.claims.caption else "" for image in release.images]
    assert len(release.images) == expected.pictures, expected.seen
    assert [told[: len(start)] for told, start in zip(captions, expected.captions, strict=False)] == [
        *expected.captions
    ]


@pytest.mark.parametrize(("path", "pictures", "seen"), INSTALLED, ids=lambda value: getattr(value, "name", None))
def test_an_installed_file_gives_the_pictures_that_a_person_counts(
    path: Path, pictures: int, seen: str, tmp_path: Path
) -> None:
    if not path.is_file():
        pytest.skip(f"{path} was not installed with Python")
    assert len(read(path, tmp_path).images) == pictures, seen
