"""All forms of a release, written into one folder."""

from pathlib import Path

from publishing.archive import archive
from publishing.mail import mail, mail_with
from publishing.pdf import pdf_document
from publishing.statement import read_statement
from publishing.webpage import page_files
from publishing.word import word_document

FORMS = ("statement.html", "statement.docx", "statement.pdf", "statement.eml", "statement.zip", "forwarded.eml")
"""What of the folder is checked: each is the whole release. `forwarded.eml` is a mail with a ZIP with a document."""


def publish(release: Path, out: Path) -> None:
    """Write the release in a folder in every other form into the folder `out`."""
    for name, content in _files(release).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)


def _files(release: Path) -> dict[str, bytes]:
    statement = read_statement(release)
    document = word_document(statement)
    folder = {f"{release.name}/{file.name}": file.read_bytes() for file in sorted(release.iterdir())}
    return page_files(statement, "statement") | {
        "statement.docx": document,
        "statement.pdf": pdf_document(statement),
        "statement.eml": mail(statement),
        "statement.zip": archive(folder),
        "forwarded.eml": mail_with(statement, "photos.zip", archive({"statement.docx": document})),
    }
