"""One release in every form that releases are published in, with the same pictures in the same order."""

import io
import tarfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import docx
import pptx
from compound_files import compound_file, outlook_mail
from container_files import data_address, zip_of
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Pictures = Mapping[str, bytes]
"""Captions and JPEG files."""


def as_page(pictures: Pictures) -> bytes:
    figure = "<figure><img src='{}'><figcaption>{}</figcaption></figure>"
    body = "".join(figure.format(data_address(picture), caption) for caption, picture in pictures.items())
    return f"<!DOCTYPE html><html><meta charset=utf-8><title>A statement</title>{body}</html>".encode()


def as_mail(pictures: Pictures) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "press@ministry.example", "A statement"
    message.set_content("See below.")
    message.add_alternative(as_page(pictures).decode(), "html")
    return message.as_bytes()


def as_word(pictures: Pictures) -> bytes:
    document = docx.Document()
    document.core_properties.title = "A statement"
    for caption, picture in pictures.items():
        document.add_picture(io.BytesIO(picture))
        document.add_paragraph(caption, style="Caption")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_slides(pictures: Pictures) -> bytes:
    presentation = pptx.Presentation()
    presentation.core_properties.title = "A statement"
    for caption, picture in pictures.items():
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = caption
        slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


def as_pdf(pictures: Pictures) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.setTitle("A statement")
    for caption, picture in pictures.items():
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 50, 300, 400, 300)
        canvas.drawString(60, 285, caption)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def as_zip_of_word(pictures: Pictures) -> bytes:
    return zip_of({"release.toml": 'title = "A statement"\n', "statement.docx": as_word(pictures)})


def as_tar_of_pdf(pictures: Pictures) -> bytes:
    stream, content = io.BytesIO(), as_pdf(pictures)
    with tarfile.open(fileobj=stream, mode="w:xz") as archive:
        info = tarfile.TarInfo("deep/statement.pdf")
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def as_rich_text(pictures: Pictures) -> bytes:
    figure = r"\pard {{\*\shppict{{\pict\jpegblip {}}}}}\par\pard\s1 {}\par"
    body = "\n".join(figure.format(picture.hex(), caption) for caption, picture in pictures.items())
    return rf"{{\rtf1\ansi{{\stylesheet{{\s1 caption;}}}}{{\info{{\title A statement}}}}{body}}}".encode()


def as_outlook_mail(pictures: Pictures) -> bytes:
    return compound_file(outlook_mail("A statement", as_page(pictures).decode()))


def as_web_archive(pictures: Pictures) -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream)
    figures = (f"<figure><img src='{at}.jpg'><figcaption>{text}</figcaption>" for at, text in enumerate(pictures))
    page = f"<!DOCTYPE html><html><title>A statement</title>{'</figure>'.join(figures)}".encode()
    answers = {"": page, **{f"{at}.jpg": picture for at, picture in enumerate(pictures.values())}}
    for path, content in answers.items():
        http = StatusAndHeaders("200 OK", [], protocol="HTTP/1.1")
        address = f"https://ministry.example/{path}"
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(content), length=len(content), http_headers=http
        )
        writer.write_record(record)
    return stream.getvalue()


FORMS: Final[dict[str, Callable[[Pictures], bytes]]] = {
    "page": as_page,
    "mail": as_mail,
    "word": as_word,
    "slides": as_slides,
    "pdf": as_pdf,
    "zip of word": as_zip_of_word,
    "tar of pdf": as_tar_of_pdf,
    "rich text": as_rich_text,
    "Outlook mail": as_outlook_mail,
    "web archive": as_web_archive,
}


def write_form(form: str, pictures: Pictures, folder: Path) -> Path:
    """Write a release under a name that tells nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "published"
    path.write_bytes(FORMS[form](pictures))
    return path
