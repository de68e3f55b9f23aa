"""Documents to a release: their pictures in the order of the text, with the captions that stand near them."""

import io
import zipfile
from pathlib import Path

import av
import docx
import pptx
import pytest
from container_files import captions, jpeg, reasons, zip_of
from docx.shared import Pt
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from provcheck.records import Stated
from provcheck.release import Room, read_release
from provcheck.release.documents.nearby import Line, text_below
from provcheck.release.folder import VIDEO_REASON
from provcheck.release.readers import reader_of
from provcheck.release.unpacking import Limits

RED, GREEN, BLUE = (jpeg(colour=colour) for colour in ((200, 0, 0), (0, 200, 0), (0, 0, 200)))
SMALL = jpeg((200, 20))
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)
FRAME = '<draw:frame><draw:image xlink:href="Pictures/{}.jpg"/><svg:desc>{}</svg:desc></draw:frame>'


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


def odf(kind: str, content: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", f"<office:body {ODF}>{content}</office:body>")
        dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        archive.writestr("meta.xml", f"<meta {dc}><dc:title>A statement</dc:title><dc:language>ru</dc:language></meta>")
        for name, picture in (("red", RED), ("green", GREEN)):
            archive.writestr(f"Pictures/{name}.jpg", picture)
    return stream.getvalue()


def word_document() -> bytes:
    document = docx.Document()
    document.core_properties.title = "On the events"
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(BLUE))
    document.add_paragraph("An introduction.")
    document.add_picture(io.BytesIO(RED))
    document.add_paragraph("Figure 1: a column", style="Caption")
    document.add_paragraph().add_run().add_picture(io.BytesIO(GREEN), width=Pt(50))
    document.add_paragraph("Below the second")
    document.add_picture(io.BytesIO(SMALL))
    return saved(document)


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def test_a_word_document_gives_its_pictures_with_captions(tmp_path: Path, room: Room) -> None:
    (tmp_path / "statement.bin").write_bytes(word_document())
    release = read_release(tmp_path / "statement.bin", room=room)
    assert list(captions(release).values()) == [
        Stated("Figure 1: a column", "caption in statement.bin"),
        Stated("Below the second", "text below the picture in statement.bin"),
    ]
    assert [Path(image.file).read_bytes() for image in release.images] == [RED, GREEN]
    assert reasons(release) == {"statement.bin": "left out as decorations: 1 drawings or smaller than 64 pixels"}
    assert (release.title, release.published) == ("On the events", None)


def test_a_presentation_gives_its_pictures_with_the_text_of_the_slide(tmp_path: Path, room: Room) -> None:
    presentation = pptx.Presentation()
    for title, picture in (("First slide", RED), ("Second slide", GREEN)):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = title
        slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    (tmp_path / "briefing.pptx").write_bytes(saved(presentation))
    release = read_release(tmp_path / "briefing.pptx", room=room)
    assert list(captions(release).values()) == [
        Stated("First slide", "text of slide 1 in briefing.pptx"),
        Stated("Second slide", "text of slide 2 in briefing.pptx"),
    ]


def test_an_opendocument_text_gives_its_pictures_with_captions(tmp_path: Path, room: Room) -> None:
    inner = f"<text:p>{FRAME.format('red', 'told')}Illustration 1</text:p>"
    boxed = f"<draw:frame><draw:text-box>{inner}</draw:text-box></draw:frame>"
    content = f"<text:p>Before</text:p><text:p>{boxed}</text:p><text:p>{FRAME.format('green', 'A bridge')}</text:p>"
    (tmp_path / "statement.odt").write_bytes(odf("text", content))
    release = read_release(tmp_path / "statement.odt", room=room)
    assert captions(release) == {
        "statement.odt » red.jpg": Stated("Illustration 1", "text beside the picture in statement.odt"),
        "statement.odt » green.jpg": Stated("A bridge", "alternative text in statement.odt"),
    }
    assert (release.title, release.language) == ("A statement", "ru")


def test_an_opendocument_presentation_has_the_text_of_the_slide(tmp_path: Path, room: Room) -> None:
    slide = "<draw:page><text:p>Slide of</text:p><text:p>{}</text:p>{}</draw:page>"
    slides = [slide.format(name, FRAME.format(name, "")) for name in ("red", "green")]
    (tmp_path / "briefing.odp").write_bytes(odf("presentation", "".join(slides)))
    release = read_release(tmp_path / "briefing.odp", room=room)
    assert list(captions(release).values()) == [
        Stated("Slide of red", "text of slide 1 in briefing.odp"),
        Stated("Slide of green", "text of slide 2 in briefing.odp"),
    ]


def test_a_book_is_read_chapter_by_chapter(tmp_path: Path, room: Room) -> None:
    chapter = "<html><figure><img src='../images/{}.jpg'/><figcaption>{}</figcaption></figure></html>"
    names = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfile full-path="OEBPS/book.opf"/></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:title>A report</dc:title><item id="a" href="text/a.xhtml"/><item id="b" href="text/b.xhtml"/>'
        '<itemref idref="b"/><itemref idref="a"/></package>',
        "OEBPS/text/a.xhtml": chapter.format("red", "First"),
        "OEBPS/text/b.xhtml": chapter.format("green", "Second"),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in names.items():
            archive.writestr(name, text)
        archive.writestr("OEBPS/images/red.jpg", RED)
        archive.writestr("OEBPS/images/green.jpg", GREEN)
    (tmp_path / "book.epub").write_bytes(stream.getvalue())
    release = read_release(tmp_path / "book.epub", room=room)
    assert [said.value for said in captions(release).values() if said] == ["Second", "First"]
    assert release.title == "A report"


def pdf(*, password: bool = False) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(600, 800), encrypt="secret" if password else None)
    canvas.setTitle("A statement")
    for number, picture in enumerate((RED, GREEN)):
        canvas.drawImage(ImageReader(io.BytesIO(BLUE)), 10, 700, 120, 90)
        canvas.drawImage(ImageReader(io.BytesIO(SMALL)), 400, 700, 100, 10)
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 100, 300, 300, 200)
        canvas.drawString(110, 285, f"Caption number {number}")
        canvas.drawString(110, 272, "in two lines")
        canvas.drawString(110, 200, "The article goes on.")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def test_a_pdf_gives_its_pictures_as_stored_with_the_text_below(tmp_path: Path, room: Room) -> None:
    (tmp_path / "statement.pdf").write_bytes(pdf())
    release = read_release(tmp_path / "statement.pdf", room=room)
    origin = "text below the picture on page {} of statement.pdf"
    assert captions(release) == {
        "statement.pdf » page 1 picture 1.jpg": None,
        "statement.pdf » page 1 picture 3.jpg": Stated("Caption number 0 in two lines", origin.format(1)),
        "statement.pdf » page 2 picture 3.jpg": Stated("Caption number 1 in two lines", origin.format(2)),
    }
    assert [Path(image.file).read_bytes() for image in release.images] == [BLUE, RED, GREEN]
    assert reasons(release)["statement.pdf"] == "left out: 1 repeated from earlier pages, 2 smaller than 64 pixels"
    assert release.title == "A statement"


def test_a_scanned_page_is_a_picture(tmp_path: Path, room: Room) -> None:
    Image.new("RGB", (850, 1100), (90, 90, 90)).save(tmp_path / "scan.pdf")
    release = read_release(tmp_path / "scan.pdf", room=room)
    assert list(captions(release)) == ["scan.pdf » page 1 picture 1.jpg"]
    with Image.open(release.images[0].file) as picture:
        assert picture.size == (850, 1100)


def test_a_picture_without_loss_comes_out_of_a_pdf_with_its_pixels(tmp_path: Path, room: Room) -> None:
    stripes = Image.linear_gradient("L").resize((120, 90)).convert("RGB")
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawImage(ImageReader(stripes), 10, 10)
    canvas.save()
    (tmp_path / "lossless.pdf").write_bytes(stream.getvalue())
    (image,) = read_release(tmp_path / "lossless.pdf", room=room).images
    with Image.open(image.file) as picture:
        assert picture.convert("RGB").tobytes() == stripes.tobytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("locked.pdf", pdf(password=True)),
        ("cut.pdf", pdf()[:300]),
        ("cut.docx", word_document()[:3000] + word_document()[-22:]),
        ("bomb.odt", odf("text", "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>&a;")),
        ("wrong.odt", odf("text", "<unclosed>")),
    ],
)
def test_what_cannot_be_read_is_told_and_counts_as_missed(
    tmp_path: Path, room: Room, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    release = read_release(tmp_path / name, room=room)
    assert not release.images
    assert [item.missed for item in release.skipped] == [True]


def test_entities_in_a_document_are_refused(tmp_path: Path, room: Room) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x xmlns:d="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">&a;</x>'
    stream = io.BytesIO(odf("text", ""))
    with zipfile.ZipFile(stream) as old:
        files: dict[str, bytes | str] = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(tmp_path / "bomb.odt", "w") as archive:
        for name, content in {**files, "content.xml": bomb}.items():
            archive.writestr(name, content)
    release = read_release(tmp_path / "bomb.odt", room=room)
    assert reasons(release) == {"bomb.odt": "content.xml has XML entities, which are refused"}


def test_a_picture_that_is_only_linked_is_told(tmp_path: Path, room: Room) -> None:
    (tmp_path / "statement.odt").write_bytes(odf("text", f"<text:p>{FRAME.format('gone', '')}</text:p>"))
    release = read_release(tmp_path / "statement.odt", room=room)
    assert reasons(release) == {"statement.odt » Pictures/gone.jpg": "linked to, not inside the document"}


def test_a_release_inside_a_release_is_told_as_a_path_of_steps(tmp_path: Path, room: Room) -> None:
    (tmp_path / "photos.zip").write_bytes(zip_of({"statement.docx": word_document()}))
    release = read_release(tmp_path / "photos.zip", room=room)
    assert next(iter(captions(release))).startswith("photos.zip » statement.docx » image")
    assert release.title == "On the events"


def test_what_was_found_in_a_document_before_a_limit_is_kept(tmp_path: Path) -> None:
    for name, content in (("a.pdf", pdf()), ("a.docx", word_document())):
        (tmp_path / name).write_bytes(content)
        release = read_release(tmp_path / name, room=Room(tmp_path / f"room of {name}", Limits(files=1)))
        assert len(release.images) == 1
        assert reasons(release)[name] == "more than 1 files in it: the rest was not looked at"


def test_a_plain_archive_is_not_taken_for_a_document(tmp_path: Path) -> None:
    (tmp_path / "photos.docx").write_bytes(zip_of({"a.jpg": RED}))
    assert type(reader_of(tmp_path / "photos.docx")).__name__ == "ZipReader"


def test_the_text_below_ends_where_the_paragraph_ends() -> None:
    picture = Line(100, 100, 300, 200)
    lines = [
        Line(100, 240, 300, 250, "next paragraph"),
        Line(100, 217, 300, 227, "two"),
        Line(100, 205, 300, 215, "one"),
        Line(310, 205, 400, 215, "other column"),
        Line(100, 80, 300, 90, "above"),
    ]
    assert text_below(picture, lines) == "one two"
    assert text_below(picture, [Line(100, 231, 300, 241, "too far")]) == ""


def repacked(content: bytes, order: str) -> bytes:
    """Pack an archive anew as a program does that knows nothing of media types: all deflated, `order` first."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        names = sorted(old.namelist(), key=lambda name: name != order)
        return zip_of({name: old.read(name) for name in names})


def test_an_opendocument_file_is_one_however_it_is_packed(tmp_path: Path, room: Room) -> None:
    content = odf("text", f"<text:p>{FRAME.format('red', 'A bridge')}</text:p>")
    (tmp_path / "statement.bin").write_bytes(repacked(content, "content.xml"))
    (said,) = captions(read_release(tmp_path / "statement.bin", room=room)).values()
    assert said == Stated("A bridge", "alternative text in statement.bin")


@pytest.mark.parametrize("written", ["monty-truth.png", "My photo 1.jpg", ", ,"])
def test_a_file_name_and_no_words_are_no_caption(tmp_path: Path, room: Room, written: str) -> None:
    (tmp_path / "a.odt").write_bytes(odf("text", f"<text:p>{FRAME.format('red', written)}</text:p>"))
    assert list(captions(read_release(tmp_path / "a.odt", room=room)).values()) == [None]


def test_the_preview_of_an_object_that_was_not_saved_is_no_missing_picture(tmp_path: Path, room: Room) -> None:
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./Replacements/1"/></draw:frame>'
    (tmp_path / "a.odt").write_bytes(odf("text", f"<text:p>{frame}</text:p>"))
    release = read_release(tmp_path / "a.odt", room=room)
    assert [(item.reason, item.missed) for item in release.skipped][:1] == [
        ("left out as decorations: 1 drawings or smaller than 64 pixels", False)
    ]


def test_pictures_in_comments_are_read(tmp_path: Path, room: Room) -> None:
    document = docx.Document()
    comment = document.add_comment(document.add_paragraph("Text").runs, "")
    comment.paragraphs[0].add_run().add_picture(io.BytesIO(RED))
    (tmp_path / "a.docx").write_bytes(saved(document))
    (image,) = read_release(tmp_path / "a.docx", room=room).images
    assert Path(image.file).read_bytes() == RED


def test_a_video_on_a_slide_is_told(tmp_path: Path, room: Room) -> None:
    clip = tmp_path / "clip.mp4"
    with av.open(str(clip), "w") as container:
        stream = container.add_stream("mpeg4", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 96, "yuv420p"
        for frame in (av.VideoFrame(96, 96, "yuv420p"), None):
            container.mux(stream.encode(frame))
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    slide.shapes.add_movie(str(clip), 0, 0, Pt(200), Pt(200), poster_frame_image=io.BytesIO(RED))
    (tmp_path / "a.pptx").write_bytes(saved(presentation))
    release = read_release(tmp_path / "a.pptx", room=room)
    assert [Path(image.file).read_bytes() for image in release.images] == [RED]
    assert [item.reason for item in release.skipped if item.missed] == [VIDEO_REASON]
