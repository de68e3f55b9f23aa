"""PDF: pictures come out as the page shows them, whatever way they are stored, placed, turned, masked or cut up."""

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from container_files import captions, jpeg, reasons
from PIL import Image, ImageChops, ImageOps, ImageStat
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from provcheck.records import Release
from provcheck.release import Room, read_release
from provcheck.release.readers.locked import LOCKED
from provcheck.release.readers.pdfs import CUT_SHORT

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 160, 30), (30, 30, 200), (255, 255, 255)


def corners() -> Image.Image:
    """A picture whose corners tell how it is turned: red, green, blue and white, from the top left clockwise."""
    picture = Image.new("RGB", (160, 120), WHITE)
    for box, colour in (((0, 0, 80, 60), RED), ((80, 0, 160, 60), GREEN), ((80, 60, 160, 120), BLUE)):
        picture.paste(colour, box)
    return picture


def as_jpeg(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=95)
    return stream.getvalue()


def reader(picture: Image.Image | bytes) -> ImageReader:
    return ImageReader(io.BytesIO(picture) if isinstance(picture, bytes) else picture)


def pdf(draw: Callable[[Canvas], object]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Release]:
    def call(content: bytes) -> Release:
        (tmp_path / "a.pdf").write_bytes(content)
        return read_release(tmp_path / "a.pdf", room=Room(tmp_path / "room"))

    return call


def shown(release: Release, at: int = 0) -> Image.Image:
    """A picture as `provcheck.media` sees it: upright."""
    with Image.open(release.images[at].file) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> float:
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def turned(canvas: Canvas, picture: Image.Image | bytes, degrees: int) -> None:
    canvas.translate(300, 400)
    canvas.rotate(degrees)
    canvas.drawImage(reader(picture), 0, 0, 160, 120)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("stored", [corners(), as_jpeg(corners())], ids=["lossless", "jpeg"])
def test_a_picture_turned_on_its_page_comes_out_upright(
    read: Callable[[bytes], Release], degrees: int, stored: Image.Image | bytes
) -> None:
    release = read(pdf(lambda canvas: turned(canvas, stored, degrees)))
    assert differ(shown(release), corners().rotate(degrees, expand=True)) < 3


def test_a_mirrored_picture_comes_out_mirrored(read: Callable[[bytes], Release]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(-1, 1)
        canvas.drawImage(reader(corners()), -300, 100)

    assert differ(shown(read(pdf(draw))), ImageOps.mirror(corners())) < 3


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(read: Callable[[bytes], Release], degrees: int) -> None:
    """The viewer turns the page clockwise, so the scan lies the other way round in the file."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        turned(canvas, corners(), degrees)
        canvas.drawString(0, -12, "Below it as it is shown")

    release = read(pdf(draw))
    assert differ(shown(release), corners()) < 3
    assert [said.value for said in captions(release).values() if said] == ["Below it as it is shown"]


def test_a_jpeg_that_is_turned_keeps_its_stream(read: Callable[[bytes], Release]) -> None:
    stored = as_jpeg(corners())
    (image,) = read(pdf(lambda canvas: turned(canvas, stored, 90))).images
    assert Path(image.file).read_bytes().endswith(stored[2:])


def test_a_picture_inside_a_form_is_placed_through_it(read: Callable[[bytes], Release]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.drawImage(reader(corners()), 0, 0, 160, 120)
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.doForm("inner")
        canvas.drawString(10, -14, "Below the form")

    release = read(pdf(draw))
    assert [said.value for said in captions(release).values() if said] == ["Below the form"]


def test_what_a_mask_hides_is_white(read: Callable[[bytes], Release]) -> None:
    masked = corners().convert("RGBA")
    masked.putalpha(Image.new("L", masked.size, 255))
    masked.paste((0, 0, 0, 0), (0, 0, 80, 60))
    expected = corners()
    expected.paste(WHITE, (0, 0, 80, 60))
    release = read(pdf(lambda canvas: canvas.drawImage(reader(masked), 50, 50, mask="auto")))
    assert differ(shown(release), expected) < 3


def test_inks_that_the_document_turns_round_are_turned_round(read: Callable[[bytes], Release]) -> None:
    gray = corners().convert("L")
    content = pdf(lambda canvas: canvas.drawImage(reader(as_jpeg(gray)), 50, 50))
    assert b"/DeviceGray" in content
    release = read(content.replace(b"/DeviceGray", b"/DeviceGray /Decode [1 0]"))
    assert differ(shown(release).convert("L"), ImageChops.invert(gray)) < 3


def test_the_layers_of_a_scan_are_one_picture_as_shown(read: Callable[[bytes], Release]) -> None:
    ink = Image.new("RGBA", (320, 240), (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), (40, 40, 280, 60))

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(reader(as_jpeg(corners())), 50, 50, 320, 240)
        canvas.drawImage(reader(ink), 50, 50, 320, 240, mask="auto")

    release = read(pdf(draw))
    expected = Image.alpha_composite(corners().resize((320, 240)).convert("RGBA"), ink).convert("RGB")
    assert len(release.images) == 1
    assert differ(shown(release).resize((320, 240)), expected) < 8


def test_strips_of_one_picture_are_put_together(read: Callable[[bytes], Release]) -> None:
    def draw(canvas: Canvas) -> None:
        for top in range(0, 120, 20):
            strip = corners().crop((0, top, 160, top + 20))
            canvas.drawImage(reader(strip), 100, 500 - top, 160, 20)
        canvas.drawString(110, 385, "Cut into six")

    release = read(pdf(draw))
    assert [said.value for said in captions(release).values() if said] == ["Cut into six"]
    assert differ(shown(release).resize((160, 120)), corners()) < 8
    assert not release.skipped


def test_two_pictures_that_touch_stay_two(read: Callable[[bytes], Release]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(reader(corners()), 100, 500, 160, 70)
        canvas.drawImage(reader(ImageOps.mirror(corners())), 100, 430, 160, 70)

    assert len(read(pdf(draw)).images) == 2


def test_pictures_side_by_side_are_read_from_left_to_right(read: Callable[[bytes], Release]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(reader(jpeg(colour=RED)), 300, 400, 100, 200)
        canvas.drawImage(reader(jpeg(colour=BLUE)), 100, 400, 100, 150)
        canvas.drawImage(reader(jpeg(colour=GREEN)), 100, 100, 100, 150)

    release = read(pdf(draw))
    assert [Path(image.file).read_bytes() for image in release.images] == [jpeg(colour=c) for c in (BLUE, RED, GREEN)]


def test_files_attached_to_a_pdf_are_read(read: Callable[[bytes], Release], tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(pdf(lambda canvas: canvas.drawString(10, 10, "See the attachment.")))
    document.new_attachment("original.jpg").set_data(jpeg())
    document.save(tmp_path / "attached.pdf")
    document.close()
    release = read((tmp_path / "attached.pdf").read_bytes())
    assert [image.name for image in release.images] == ["a.pdf » original.jpg"]


def test_a_pdf_that_is_cut_short_says_so_and_gives_what_is_there(read: Callable[[bytes], Release]) -> None:
    content = pdf(lambda canvas: canvas.drawImage(reader(jpeg()), 50, 50))
    release = read(content[: content.rindex(b"startxref")])
    assert len(release.images) == 1
    assert reasons(release) == {"a.pdf": CUT_SHORT}
    assert [item.missed for item in release.skipped] == [True]


def test_of_a_pdf_without_its_table_the_jpegs_are_read(read: Callable[[bytes], Release]) -> None:
    """Written with the pages at the end, as most programs do, so that nothing opens it."""

    pictures = [jpeg((300, 200), colour) for colour in (RED, GREEN, BLUE)]
    objects = (b"1 0 obj\n<< /Filter /DCTDecode >>\nstream\n%b\nendstream\nendobj\n" % picture for picture in pictures)
    body = b"%PDF-1.4\n" + b"".join(objects)
    release = read(body[:-30])
    assert [Path(image.file).read_bytes() for image in release.images] == pictures[:2]
    assert reasons(release) == {"a.pdf": CUT_SHORT}


def test_a_pdf_with_a_password_says_what_to_do(read: Callable[[bytes], Release]) -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(10, 10, "secret")
    canvas.save()
    assert reasons(read(stream.getvalue())) == {"a.pdf": LOCKED}
