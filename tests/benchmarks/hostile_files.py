"""Releases made to do harm, or that were damaged on the way: what `hostile_releases.py` has checked.

Most hold one sound picture beside the harm, so that a table shows whether it was still read.
"""

import base64
import gzip
import hashlib
import io
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

SOUND: Final = "sound.jpg"
MEGABYTE: Final = 1 << 20
ENDLESS: Final = b"\0" * MEGABYTE
_WORD: Final = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:document>'
_ROOT: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_BILLION_LAUGHS: Final = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 10)) + "]>"
)


def picture() -> bytes:
    """Return a sound picture."""
    from PIL import Image  # noqa: PLC0415 (what a process holds at its start counts into the peak of its children)
    from scenery import scene  # noqa: PLC0415

    stream = io.BytesIO()
    Image.fromarray(scene((320, 240), seed=1)).save(stream, "JPEG", quality=80)
    return stream.getvalue()


def blank() -> bytes:
    """Return a picture of nothing, which is told so without a search."""
    from PIL import Image  # noqa: PLC0415 (see picture)

    stream = io.BytesIO()
    Image.new("RGB", (96, 72), (90, 120, 60)).save(stream, "JPEG")
    return stream.getvalue()


def zipped(files: Iterable[tuple[str, bytes]], *, packed: bool = True) -> bytes:
    """Return a ZIP archive; names may stand in it twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name)
            info.compress_type = archive.compression
            archive.writestr(info, content)
    return stream.getvalue()


def sound(path: Path) -> None:
    """The picture alone, for a corpus that knows it."""
    path.write_bytes(picture())


# ---------------------------------------------------------------- archives


def slip(path: Path) -> None:
    """Paths that lead out."""
    names = ("../out.jpg", "/etc/out.jpg", "C:\\out.jpg", "a/../../out.jpg", "..\\out.jpg", SOUND)
    path.write_bytes(zipped((name, picture()) for name in names))


def links(path: Path) -> None:
    """Links and devices."""
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
    with tarfile.open(path, "w") as archive:
        for at, kind in enumerate(kinds):
            info = tarfile.TarInfo(f"{at}.jpg")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        _add(archive, SOUND, picture())


def bomb(path: Path) -> None:
    """A file of 1 GB in 1 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.bmp", "w", force_zip64=True) as stream:
            for _ in range(1024):
                stream.write(ENDLESS)
        archive.writestr(SOUND, picture())


def many_bombs(path: Path) -> None:
    """1,000 files of 15 MB each, every one within the ratio of what is free."""
    content = zlib.compress(ENDLESS * 15, 9)[2:-4]
    crc = zlib.crc32(ENDLESS * 15)
    entries = [(f"{at}.bmp", content, crc, 15 * MEGABYTE) for at in range(1000)]
    path.write_bytes(_raw_zip(entries, shared=False))


def overlapping(path: Path) -> None:
    """5,000 entries that share the bytes of one file (Fifield 2019)."""
    content = zlib.compress(ENDLESS * 15, 9)[2:-4]
    crc = zlib.crc32(ENDLESS * 15)
    entries = [(f"{at}.bmp", content, crc, 15 * MEGABYTE) for at in range(5000)]
    path.write_bytes(_raw_zip(entries, shared=True))


def forty_two(path: Path) -> None:
    """Archives in archives, 16 in each, six deep: 16 million files of 15 MB."""
    packed = zipped([("0.bmp", ENDLESS * 15)])
    for _ in range(6):
        packed = zipped((f"{at}.zip", packed) for at in range(16))
    path.write_bytes(packed)


def nested(path: Path) -> None:
    """One picture in 100 archives inside each other."""
    packed = zipped([(SOUND, picture())])
    for _ in range(100):
        packed = zipped([("in.zip", packed)])
    path.write_bytes(packed)


def ten_thousand(path: Path) -> None:
    """12,000 blank pictures."""
    content = blank()
    path.write_bytes(zipped(((f"{at:05}.jpg", content) for at in range(12_000)), packed=False))


def long_directory(path: Path) -> None:
    """A directory that says it has 2 GB."""
    content = bytearray(zipped([(SOUND, picture())]))
    content[-10:-6] = (0x7FFFFFFF).to_bytes(4, "little")
    path.write_bytes(bytes(content))


def lying_lengths(path: Path) -> None:
    """A file whose directory entry says 10 bytes, and one that says 3 GB."""
    content = bytearray(zipped([("short.jpg", picture()), ("long.jpg", picture()), (SOUND, picture())]))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[first + 24 : first + 28] = (10).to_bytes(4, "little")
    content[second + 24 : second + 28] = (3_000_000_000).to_bytes(4, "little")
    path.write_bytes(bytes(content))


def odd_names(path: Path) -> None:
    """Names twice, in other cases, with line breaks, terminal codes and changes of direction."""
    names = (
        "a.jpg",
        "a.jpg",
        "A.JPG",
        "b\nERROR none.jpg",
        "c\x1b[2J\x1b[31m.jpg",
        "d\u202egpj.exe.jpg",
        "e\u2066f.jpg",
    )
    path.write_bytes(zipped((name, picture()) for name in names))


def encrypted_zip(path: Path) -> None:
    """An encrypted file beside one that is not."""
    content = bytearray(zipped([("secret.jpg", picture()), (SOUND, picture())]))
    for at in (6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    path.write_bytes(bytes(content))


def cut_zip(path: Path) -> None:
    """Three pictures, cut in the third."""
    content = zipped(((f"{at}.jpg", picture()) for at in range(3)), packed=False)
    path.write_bytes(content[: 2 * len(picture()) + 2000])


def cut_tar(path: Path) -> None:
    """Three pictures, cut in the third."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for at in range(3):
            _add(archive, f"{at}.jpg", picture())
    path.write_bytes(stream.getvalue()[: 2 * len(picture()) + 4000])


def cut_tar_gz(path: Path) -> None:
    """The same, packed."""
    cut_tar(path)
    packed = gzip.compress(path.read_bytes() + hashlib.shake_128(b"noise").digest(20_000))
    path.write_bytes(packed[:-12_000])


def long_header(path: Path) -> None:
    """A TAR header that has 3 GB, packed into 3 MB."""
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 3 << 30
    with gzip.open(path, "wb", compresslevel=1) as stream:
        stream.write(info.tobuf())
        for _ in range(3 << 10):
            stream.write(ENDLESS)


# ---------------------------------------------------------------- documents


def _docx(document: str, extra: Iterable[tuple[str, bytes]] = ()) -> bytes:
    return zipped([("_rels/.rels", _ROOT.encode()), ("word/document.xml", document.encode()), *extra])


def laughs_docx(path: Path) -> None:
    """A billion laughs (entities in entities)."""
    path.write_bytes(_docx(_BILLION_LAUGHS + _WORD.format("&a9;")))


def quadratic_odt(path: Path) -> None:
    """One entity of 100 kB, 10,000 times."""
    content = f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]><x>{'&a;' * 10_000}</x>"
    path.write_bytes(
        zipped([("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.encode())])
    )


def deep_docx(path: Path) -> None:
    """500,000 elements inside each other."""
    path.write_bytes(_docx(_WORD.format("<w:p>" * 500_000 + "</w:p>" * 500_000)))


def wide_docx(path: Path) -> None:
    """One XML of 2 GB, packed into 2 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _ROOT)
        with archive.open("word/document.xml", "w", force_zip64=True) as stream:
            for _ in range(2048):
                stream.write(b" " * MEGABYTE)


def laughs_epub(path: Path) -> None:
    """A billion laughs where a book names its chapters."""
    container = _BILLION_LAUGHS + "<container>&a9;</container>"
    path.write_bytes(
        zipped([("mimetype", b"application/epub+zip"), ("META-INF/container.xml", container.encode())], packed=False)
    )


def locked_docx(path: Path) -> None:
    """A DOCX with a password: a compound file with one stream for all."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(header.ljust(512, b"\xff") + b"\xff" * 512 + name.ljust(64, b"\0") + bytes(4096))


def cut_docx(path: Path) -> None:
    """A DOCX of three pictures without its last third."""
    media = ((f"word/media/image{at}.jpg", picture()) for at in range(3))
    content = _docx(_WORD.format(""), media)
    path.write_bytes(content[: 2 * len(content) // 3])


# ---------------------------------------------------------------- PDF


def cut_pdf(path: Path) -> None:
    """A PDF of three pictures without its last third."""
    content = _pdf(3)
    path.write_bytes(content[: 2 * len(content) // 3])


def huge_pdf_picture(path: Path) -> None:
    """A picture that says it has 100,000 x 100,000 pixels."""
    content = _pdf(1)
    path.write_bytes(content.replace(b"/Width 320", b"/Width 100000").replace(b"/Height 240", b"/Height 100000"))


def pdf_stream_bomb(path: Path) -> None:
    """A picture of 100 x 100 pixels whose stream unpacks to 3 GB, twice packed."""
    inner = zlib.compressobj(9)
    packed = b"".join(inner.compress(ENDLESS) for _ in range(3 << 10)) + inner.flush()
    twice = zlib.compress(packed, 9)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n%b\nendstream" % (len(twice), twice)
    )
    path.write_bytes(_pdf_of([image]))


def pdf_pages(path: Path) -> None:
    """A tree of pages that is its own branch, and says that it has 2 thousand million."""
    content = _pdf(1)
    path.write_bytes(content.replace(b"/Count 1", b"/Count 2000000000").replace(b"/Kids [", b"/Kids [2 0 R "))


def _pdf(pictures: int) -> bytes:
    jpeg = picture()
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 320 /Height 240 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /DCTDecode /Length %d >>\nstream\n%b\nendstream" % (len(jpeg), jpeg)
    )
    return _pdf_of([image] * pictures)


def _pdf_of(images: list[bytes]) -> bytes:
    numbers = [3 + 3 * at for at in range(len(images))]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(images), kids)]
    for number, image in zip(numbers, images, strict=True):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents %d 0 R /Resources << /XObject "
        objects.append(page % (number + 1) + b"<< /I %d 0 R >> >> >>" % (number + 2))
        objects += [b"<< /Length 31 >>\nstream\nq 320 0 0 240 40 30 cm /I Do Q  \nendstream", image]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (at, content) for at, content in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


# ---------------------------------------------------------------- pages and mails


def spaces(path: Path) -> None:
    """A page of 1 GB of spaces."""
    with path.open("wb") as stream:
        stream.write(b"<!DOCTYPE html><html>")
        for _ in range(1024):
            stream.write(b" " * MEGABYTE)


def fewer_spaces(path: Path) -> None:
    """A page of 99 MB of spaces."""
    path.write_bytes(b"<!DOCTYPE html><html>" + b" " * 99_000_000 + b"<img src=none.jpg>")


def deep_page(path: Path) -> None:
    """290,000 elements inside each other."""
    path.write_bytes(b"<!DOCTYPE html><html>" + b"<b>" * 290_000 + _shown())


def wide_page(path: Path) -> None:
    """400,000 elements."""
    path.write_bytes(b"<!DOCTYPE html><html>" + b"<p>" * 400_000 + _shown())


def many_shown(path: Path) -> None:
    """12,000 blank pictures inside a page."""
    content = blank()
    images = (_data(content + at.to_bytes(4, "big")) for at in range(12_000))
    path.write_bytes(b"<!DOCTYPE html><html>" + b"".join(images))


def script(path: Path) -> None:
    """Script, terminal codes and changes of direction in the caption, and files of the machine as pictures."""
    caption = b"<figcaption>&lt;script&gt;alert(1)&lt;/script&gt; \x1b[2J \xe2\x80\xae gpj</figcaption>"
    stolen = b'<img src="file:///etc/passwd"><img src="/etc/passwd"><img src="../../../../../../etc/passwd">'
    path.write_bytes(b"<!DOCTYPE html><meta charset=utf-8><figure>" + _shown() + caption + b"</figure>" + stolen)


def many_parts(path: Path) -> None:
    """A mail of two million parts."""
    path.write_bytes(_mail_head() + b"--x\n\n\n" * 2_000_000 + _attached() + b"--x--\n")


def deep_mail(path: Path) -> None:
    """100,000 parts inside each other."""
    parts = (b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (at, at + 1) for at in range(100_000))
    head = b"From: a@b.example\nSubject: Deep\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n"
    path.write_bytes(head + b"".join(parts))


def mails_in_mails(path: Path) -> None:
    """A picture in 100 mails inside each other."""
    content = _mail_head() + _attached() + b"--x--\n"
    for _ in range(100):
        content = b"From: a@b.example\nSubject: In\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" + content
    path.write_bytes(content)


def bad_base64(path: Path) -> None:
    """A picture in base64 with other characters in it, one in uuencode that is none, and a sound one."""
    head = b"--x\nContent-Type: image/jpeg; name=%b\nContent-Transfer-Encoding: %b\n\n"
    wrong = base64.encodebytes(picture()).replace(b"\n", b"*!\n\xff") + b"\n"
    parts = head % (b"wrong.jpg", b"base64") + wrong + head % (b"uu.jpg", b"x-uuencode") + b"begin 644\n\xff\xff\nend\n"
    path.write_bytes(_mail_head() + parts + _attached() + b"--x--\n")


def cut_mail(path: Path) -> None:
    """A mail with three pictures, cut in the third."""
    content = _mail_head() + _attached() * 3 + b"--x--\n"
    path.write_bytes(content[: -len(_attached()) // 2])


def large_mail(path: Path) -> None:
    """A mail of 1 GB."""
    with path.open("wb") as stream:
        stream.write(_mail_head() + b"--x\nContent-Type: image/bmp\nContent-Transfer-Encoding: base64\n\n")
        for _ in range(1024):
            stream.write((b"A" * 63 + b"\n") * (MEGABYTE // 64))
        stream.write(b"--x--\n")


def most_of_a_mail(path: Path) -> None:
    """A mail of 97 MB."""
    with path.open("wb") as stream:
        stream.write(_mail_head() + b"--x\nContent-Type: image/bmp\nContent-Transfer-Encoding: base64\n\n")
        for _ in range(92):
            stream.write((b"A" * 63 + b"\n") * (MEGABYTE // 64))
        stream.write(b"--x--\n")


def most_parts(path: Path) -> None:
    """A mail of 49,000 parts."""
    path.write_bytes(_mail_head() + b"--x\n\n\n" * 49_000 + _attached() + b"--x--\n")


def many_mails(path: Path) -> None:
    """A mailbox of 300,000 mails."""
    mail = b"From a Thu Jan  1 00:00:00 1970\nFrom: a@b.example\nSubject: One\nMIME-Version: 1.0\n\nx\n\n"
    path.write_bytes(mail * 300_000)


def _mail_head() -> bytes:
    return b"From: a@b.example\nSubject: Parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"


def _attached() -> bytes:
    head = b"--x\nContent-Type: image/jpeg; name=sound.jpg\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(picture())


def _shown() -> bytes:
    return _data(picture())


def _data(content: bytes) -> bytes:
    return b'<img src="data:image/jpeg;base64,' + base64.b64encode(content) + b'">'


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


Entry = tuple[str, bytes, int, int]
"""Name, packed bytes, checksum and unpacked length."""


def _raw_zip(entries: list[Entry], *, shared: bool) -> bytes:
    """Write a ZIP archive header by header; with `shared` all entries point at the first one's bytes."""
    body, directory = bytearray(), bytearray()
    for name, content, crc, size in entries:
        fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(content), size, len(name), 0)
        place = 0 if shared and body else len(body)
        if place == len(body):
            body += b"PK\x03\x04" + fields + name.encode() + content
        directory += (
            b"PK\x01\x02" + struct.pack("<H", 20) + fields + bytes(10) + struct.pack("<I", place) + name.encode()
        )
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body) + bytes(directory) + b"PK\x05\x06" + end


_ARCHIVES: Final = (
    slip, links, bomb, many_bombs, overlapping, forty_two, nested, ten_thousand, long_directory, lying_lengths,
    odd_names, encrypted_zip, cut_zip, cut_tar, cut_tar_gz, long_header,
)  # fmt: skip
_DOCUMENTS: Final = (
    laughs_docx, quadratic_odt, deep_docx, wide_docx, laughs_epub, locked_docx, cut_docx, cut_pdf, huge_pdf_picture,
    pdf_stream_bomb, pdf_pages,
)  # fmt: skip
_PAGES: Final = (spaces, fewer_spaces, deep_page, wide_page, many_shown, script)
_MAILS: Final = (
    many_parts,
    deep_mail,
    mails_in_mails,
    bad_base64,
    cut_mail,
    large_mail,
    most_of_a_mail,
    most_parts,
    many_mails,
)
CASES: Final[tuple[Callable[[Path], None], ...]] = (*_ARCHIVES, *_DOCUMENTS, *_PAGES, *_MAILS)
"""Every case writes its file; the first line of its docstring says what is in it."""


def main() -> None:
    """Write the case of a name: `python hostile_files.py bomb bomb.zip`."""
    name, path = sys.argv[1:]
    next(case for case in (sound, *CASES) if case.__name__ == name)(Path(path))


if __name__ == "__main__":
    main()
