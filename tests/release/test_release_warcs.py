"""Web archives that others made: which page they are about, what it shows, and how little is believed."""

import gzip
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from container_files import captions, jpeg, zip_of
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from provcheck.records import Release
from provcheck.release import Room, read_release, read_releases
from provcheck.release.unpacking import Limits

HTML = {"Content-Type": "text/html"}
JPEG = {"Content-Type": "image/jpeg"}
PAGE = b'<!DOCTYPE html><title>News</title><figure><img src="a.jpg"><figcaption>A column</figcaption></figure>'
SITE = "https://ministry.example/"
LARGE = jpeg((200, 150))


class Archive:
    """A WARC file, written record by record as crawlers do."""

    def __init__(self, *, packed: bool = True) -> None:
        self._stream = io.BytesIO()
        self.writer = WARCWriter(self._stream, gzip=packed)
        self.writer.write_record(self.writer.create_warcinfo_record("x.warc.gz", {"software": "another crawler"}))

    def add(
        self, path: str, content: bytes, headers: Mapping[str, str], status: str = "200 OK", **said: str
    ) -> "Archive":
        """Add an answer of the site."""
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        fields = {name.replace("_", "-"): value for name, value in said.items()}
        self.writer.write_record(
            self.writer.create_warc_record(
                f"{SITE}{path}" if "://" not in path else path,
                "response",
                payload=io.BytesIO(content),
                length=len(content),
                http_headers=http,
                warc_headers_dict=fields,
            )
        )
        return self

    def add_other(self, kind: str, address: str, content: bytes, content_type: str) -> "Archive":
        """Add a record without HTTP."""
        self.writer.write_record(
            self.writer.create_warc_record(
                address, kind, payload=io.BytesIO(content), length=len(content), warc_content_type=content_type
            )
        )
        return self

    @property
    def content(self) -> bytes:
        return self._stream.getvalue()


def read(tmp_path: Path, content: bytes, limits: Limits | None = None) -> Release:
    """Read a file whose name tells nothing."""
    (tmp_path / "published").write_bytes(content)
    return read_release(tmp_path / "published", room=Room(tmp_path / "room", limits or Limits()))


def names_of(release: Release) -> list[str]:
    return [image.name.removeprefix("published » ").removeprefix(SITE) for image in release.images]


def missed_in(release: Release) -> list[str]:
    return [item.reason for item in release.skipped if item.missed]


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl_gives_the_pictures_of_its_first_page(tmp_path: Path, packed: bool) -> None:
    archive = Archive(packed=packed).add("robots.txt", b"User-agent: *", {"Content-Type": "text/plain"})
    archive.add("news", PAGE, HTML).add("a.jpg", jpeg(), JPEG).add("other.jpg", jpeg(), JPEG)
    archive.add("second", PAGE, HTML)
    release = read(tmp_path, archive.content)
    assert names_of(release) == ["a.jpg"]
    said = captions(release)[f"published » {SITE}a.jpg"]
    assert said
    assert (said.value, said.origin) == ("A column", f"figcaption in {SITE}news")
    assert release.title == "News"
    assert [(item.reason, item.missed) for item in release.skipped] == [
        (f"1 other page in it is not looked at: {SITE}second", False)
    ]


def test_a_page_in_place_of_a_picture_is_not_another_page(tmp_path: Path) -> None:
    release = read(tmp_path, Archive().add("", PAGE, HTML).add("a.jpg", b"<html><p>Gone</p></html>", HTML).content)
    assert names_of(release) == ["a.jpg"]
    assert release.skipped == ()


def test_redirects_are_followed_also_from_http_to_https(tmp_path: Path) -> None:
    moved = {"Location": SITE}
    archive = Archive().add("http://ministry.example/", b"", moved, "301 Moved").add("", PAGE, HTML)
    archive.add("a.jpg", b"", {"Location": "//cdn.example/x"}, "302 Found").add("https://cdn.example/x", jpeg(), JPEG)
    assert names_of(read(tmp_path, archive.content)) == ["https://cdn.example/x"]


@pytest.mark.parametrize("circle", [{"a.jpg": "a.jpg"}, {"a.jpg": "b", "b": "c", "c": "a.jpg"}])
def test_a_circle_of_redirects_ends(tmp_path: Path, circle: Mapping[str, str]) -> None:
    archive = Archive().add("news", PAGE, HTML)
    for path, to in circle.items():
        archive.add(path, b"", {"Location": f"/{to}"}, "302 Found")
    assert "leads back to itself" in missed_in(read(tmp_path, archive.content))[0]


def test_chunks_and_packed_contents_are_undone(tmp_path: Path) -> None:
    """wget keeps the transfer encoding as it came."""
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    archive = Archive().add("news", chunked, {**HTML, "Transfer-Encoding": "chunked"})
    archive.add("a.jpg", gzip.compress(jpeg()), {**JPEG, "Content-Encoding": "gzip"})
    assert names_of(read(tmp_path, archive.content)) == ["a.jpg"]


def test_a_revisit_is_what_it_repeats(tmp_path: Path) -> None:
    archive = Archive().add("first", PAGE, HTML).add("old.jpg", LARGE, JPEG, WARC_Payload_Digest="sha1:A")
    writer = archive.writer
    http = StatusAndHeaders("200 OK", [("Content-Type", "image/jpeg")], protocol="HTTP/1.1")
    writer.write_record(writer.create_revisit_record(f"{SITE}a.jpg", "sha1:A", f"{SITE}old.jpg", "2020-01-01", http))
    release = read(tmp_path, archive.content)
    assert names_of(release) == ["a.jpg"]
    assert Path(release.images[0].file).read_bytes() == LARGE


def test_a_revisit_of_what_is_not_there_is_missed(tmp_path: Path) -> None:
    archive = Archive().add("first", PAGE, HTML)
    writer = archive.writer
    writer.write_record(writer.create_revisit_record(f"{SITE}a.jpg", "sha1:A", f"{SITE}old.jpg", "2020-01-01"))
    assert "repeats an answer that is not in the archive" in missed_in(read(tmp_path, archive.content))[0]


def test_the_answer_with_content_counts(tmp_path: Path) -> None:
    archive = Archive().add("news", b"wait", HTML, "503 Busy").add("news", PAGE, HTML)
    archive.add("a.jpg", b"", JPEG, "304 Not Modified").add("a.jpg", jpeg(), JPEG)
    assert names_of(read(tmp_path, archive.content)) == ["a.jpg"]


def test_what_was_not_captured_is_missed_with_the_reason(tmp_path: Path) -> None:
    page = b'<!DOCTYPE html><img src="a.jpg"><img src="b.jpg"><img src="c.jpg">'
    archive = Archive().add("news", page, HTML).add("a.jpg", b"", HTML, "404 Not Found")
    archive.add("b.jpg", b"xx", {**JPEG, "Content-Encoding": "br"})
    told = [
        "a picture of the page that was not fetched: the server answered 404 Not Found",
        "a picture of the page that was not fetched: it is encoded as br, which is not read",
        "a picture of the page that was not saved with it",
    ]
    assert missed_in(read(tmp_path, archive.content)) == told


def test_a_capture_without_a_page_gives_its_files(tmp_path: Path) -> None:
    archive = Archive().add("a.jpg", jpeg(), JPEG).add("photos.zip", zip_of({"b.jpg": jpeg()}), JPEG)
    archive.add_other("resource", f"{SITE}c.jpg", jpeg(), "image/jpeg")
    archive.add_other("resource", "urn:screenshot", jpeg(), "image/jpeg")
    assert names_of(read(tmp_path, archive.content)) == ["a.jpg", "photos.zip » b.jpg", "c.jpg"]


def wacz(pages: Sequence[str], main: str | None = None) -> bytes:
    archive = Archive().add("frame", b"<!DOCTYPE html><p>no picture", HTML).add("news", PAGE, HTML)
    images = Archive().add("a.jpg", jpeg(), JPEG)
    lines = [{"format": "json-pages-1.0"}, *({"url": f"{SITE}{page}"} for page in pages)]
    about = {"profile": "data-package", **({"mainPageUrl": f"{SITE}{main}"} if main else {})}
    return zip_of(
        {
            "datapackage.json": json.dumps(about),
            "pages/pages.jsonl": "\n".join(map(json.dumps, lines)),
            "archive/1.warc.gz": archive.content,
            "archive/2.warc.gz": images.content,
        }
    )


@pytest.mark.parametrize(("pages", "main"), [(["news"], None), (["frame", "news"], "news"), (["gone", "news"], "no")])
def test_a_wacz_file_names_its_page(tmp_path: Path, pages: Sequence[str], main: str | None) -> None:
    assert names_of(read(tmp_path, wacz(pages, main))) == ["a.jpg"]


def test_a_web_archive_in_a_zip_file_is_read(tmp_path: Path) -> None:
    inner = Archive().add("news", PAGE, HTML).add("a.jpg", jpeg(), JPEG).content
    release = read(tmp_path, zip_of({"deep/x.warc.gz": inner}))
    assert [image.name for image in release.images] == [f"published » deep/x.warc.gz » {SITE}a.jpg"]


def test_a_manifest_in_a_web_archive_does_not_speak_for_the_release(tmp_path: Path) -> None:
    archive = (
        Archive().add("release.toml", b'title = "Mine"', {"Content-Type": "text/plain"}).add("a.jpg", jpeg(), JPEG)
    )
    assert read(tmp_path, archive.content).title is None


HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n"
HOSTILE = {
    "an endless line": gzip.compress(b"WARC/1.0\r\n" + b"A" * 100_000_000),
    "endless headers": b"WARC/1.0\r\n" + b"a: b\r\n" * 100_000,
    "a length that lies": HEAD + b"Content-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx",
    "a length below zero": HEAD + b"Content-Length: -5\r\n\r\nx",
    "a length that is none": HEAD + b"Content-Length: many\r\n\r\nx",
    "no end": HEAD,
    "nothing but zeros": b"WARC/1.0\r\n\r\n" + bytes(50_000),
    "a status that is none": HEAD + b"Content-Length: 30\r\n\r\nHTTP/1.1 \xff\xfe none at all\r\n\r\n\r\n\r\n",
    "packed as a whole": gzip.compress(gzip.decompress(Archive().add("news", PAGE, HTML).add("b", PAGE, HTML).content)),
    "a bomb": Archive().add("news", bytes(50_000_000), HTML).content,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_damaged_archive_is_bounded_and_said_to_be_so(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "published").write_bytes(content)
    (release,) = read_releases([tmp_path / "published"], tmp_path)
    assert not release.images
    assert not "".join(capsys.readouterr())
    assert missed_in(release)


def test_a_picture_that_is_cut_off_stays_to_be_reported(tmp_path: Path) -> None:
    archive = Archive().add("news", PAGE, HTML).add("a.jpg", LARGE, JPEG)
    assert names_of(read(tmp_path, archive.content[:-300])) == ["a.jpg"]


def test_damage_does_not_hide_what_stands_before_it(tmp_path: Path) -> None:
    archive = Archive().add("news", PAGE, HTML).add("a.jpg", jpeg(), JPEG)
    release = read(tmp_path, archive.content + b"\x1f\x8b\x08\x00broken")
    assert names_of(release) == ["a.jpg"]
