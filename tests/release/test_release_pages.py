"""Saved pages to a release: the pictures of the article with their captions, and none of what decorates the page."""

from pathlib import Path

import pytest
from container_files import captions, data_address, jpeg, reasons

from provcheck.moments import parse_moment
from provcheck.records import Release, Stated
from provcheck.release import Room, read_release
from provcheck.release.pages.placing import ANNOUNCED, NOT_SAVED

ARTICLE = """<!DOCTYPE html>
<html lang="ru"><head><title>Site: Strikes</title>
<meta property="og:title" content="Strikes on the crossing">
<meta property="og:image" content="https://ministry.example/og.jpg">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "x",
 "datePublished": "2017-11-14T10:00:00+03:00",
 "image": {"@type": "ImageObject", "contentUrl": "page_files/linked.jpg", "caption": "From JSON-LD"}}]}</script>
</head><body>
<nav><img src="page_files/menu.jpg"></nav>
<figure><img src="page_files/first.jpg" alt="not this"><figcaption>A column <b>leaves</b>
 <script>alert(1)</script> the area</figcaption></figure>
<div class="wp-caption"><img src="page_files/second.jpg"><p class="wp-caption-text">Second</p></div>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="page_files/lazy.jpg" alt="Lazy">
<noscript><img src="page_files/lazy.jpg" alt="Lazy"></noscript>
<picture><source srcset="page_files/small.jpg 100w, page_files/large.jpg 200w">
<img src="page_files/small.jpg"></picture>
<a href="page_files/full.jpg"><img src="page_files/thumb.jpg" alt="Full"></a>
<img src="page_files/linked.jpg">
<img class="user-avatar" src="page_files/person.jpg"><img src="page_files/icon-mail.jpg">
<img src="page_files/tiny.jpg"><img src="page_files/drawn.svg"><img width="1" height="1" src="https://tracker.example/1">
<img src="https://ministry.example/gone.jpg" alt="Gone">
<footer><img src="page_files/crest.jpg"></footer></body></html>"""
SIZES = {"tiny": (63, 500), "small": (100, 80), "large": (200, 160), "thumb": (90, 90), "full": (180, 180)}
NAMES = "menu first second lazy small large full thumb linked person icon-mail tiny crest".split()  # noqa: SIM905
SHOWN = {
    "first": Stated("A column leaves the area", "figcaption in page.html"),
    "second": Stated("Second", "caption in page.html"),
    "lazy": Stated("Lazy", "alt text in page.html"),
    "large": None,
    "full": Stated("Full", "alt text in page.html"),
    "linked": Stated("From JSON-LD", "JSON-LD caption in page.html"),
}


def html(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    (folder / "page_files").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        (folder / "page_files" / f"{name}.jpg").write_bytes(jpeg(SIZES.get(name, (120, 90)), (number, 90, 60)))
    (folder / "page_files" / "drawn.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "page.html").write_text(ARTICLE, encoding="utf-8")
    return folder


def read_page_with(room: Room, folder: Path, text: str) -> Release:
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(text, encoding="utf-8")
    return read_release(folder / "page.html", room=room)


def test_a_saved_page_gives_the_pictures_of_its_article_with_their_captions(folder: Path, room: Room) -> None:
    release = read_release(folder / "page.html", room=room)
    assert captions(release) == {f"page.html » page_files/{name}.jpg": said for name, said in SHOWN.items()}
    assert (release.title, release.language) == ("Strikes on the crossing", "ru")
    assert release.published == parse_moment("2017-11-14T10:00:00+03:00")


def test_what_is_left_out_of_a_page_is_counted_and_what_is_gone_is_missed(folder: Path, room: Room) -> None:
    release = read_release(folder / "page.html", room=room)
    missed = {item.path: item.missed for item in release.skipped}
    assert reasons(release) == {
        "page.html » https://ministry.example/gone.jpg": NOT_SAVED,
        "page.html » https://ministry.example/og.jpg": ANNOUNCED,
        "page.html": "left out of the page as decorations: 1 drawings (SVG), 2 in the navigation or the footer, "
        "2 named as icons, sprites, avatars or spacers, 2 smaller than 64 pixels, 3 smaller variants of others",
    }
    assert missed == dict(zip(missed, (True, False, False), strict=True))


def test_a_page_in_a_folder_tells_about_the_pictures_beside_it(folder: Path, room: Room) -> None:
    (folder / "other.jpg").write_bytes(jpeg())
    (folder / "release.toml").write_text('[[image]]\npath = "page_files/second.jpg"\ncaption = "Ours"\n')
    release = read_release(folder, room=room)
    expected = {f"page_files/{name}.jpg": said for name, said in SHOWN.items()}
    expected["page_files/second.jpg"] = Stated("Ours", "release.toml, line 3")
    assert captions(release) == {**expected, "other.jpg": None}
    assert release.language == "ru"


def test_a_page_of_one_file_is_read_and_shows_the_same_picture_once(tmp_path: Path, room: Room) -> None:
    address = data_address(jpeg())
    text = html(f'<img src="{address}"><figure><img src="{address}"><figcaption>Said</figcaption></figure>')
    release = read_page_with(room, tmp_path / "page", text)
    assert captions(release) == {"page.html » picture-1.jpg": Stated("Said", "figcaption in page.html")}


@pytest.mark.parametrize("address", ["../secret.jpg", "/etc/hostname", "file:///etc/hostname", "link.jpg", "%00.jpg"])
def test_a_page_reaches_nothing_outside_its_folder(tmp_path: Path, room: Room, address: str) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "secret.jpg").write_bytes(jpeg())
    (tmp_path / "page" / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    release = read_page_with(room, tmp_path / "page", html(f'<img src="{address}">'))
    assert (release.images, list(reasons(release).values())) == ((), [NOT_SAVED])


@pytest.mark.parametrize("alone", [True, False])
def test_an_impossible_name_costs_one_picture_and_not_the_page(tmp_path: Path, room: Room, alone: bool) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "good.jpg").write_bytes(jpeg((120, 90)))
    (folder / "circle.jpg").symlink_to("circle.jpg")
    names = ["circle.jpg", "x" * 300, "y/" * 3000, "good.jpg"]
    (folder / "page.html").write_text(html("".join(f"<img src='{name}'>" for name in names)), encoding="utf-8")
    release = read_release(folder / "page.html" if alone else folder, room=room)
    assert [image.name.removeprefix("page.html » ") for image in release.images] == ["good.jpg"]
    assert sum(skipped.missed for skipped in release.skipped) == 3


def test_a_page_that_shows_itself_ends(tmp_path: Path, room: Room) -> None:
    release = read_page_with(room, tmp_path / "page", html('<img src="page.html"><img src="./page.html">'))
    assert not release.images
    assert room.files == 0


def test_ten_thousand_pictures_and_a_deep_page_are_bounded(tmp_path: Path) -> None:
    room = Room(tmp_path / "room")
    many = "".join(f'<img src="missing-{number}.jpg">' for number in range(10_000))
    release = read_page_with(room, tmp_path / "page", html("<div>" * 3_000 + many))
    assert len(release.skipped) <= 101
    assert "9900 more" in release.skipped[-1].reason


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_the_charset_of_a_page_is_honoured(tmp_path: Path, room: Room, encoding: str) -> None:
    text = html(f'<img src="{data_address(jpeg())}" alt="Мост">', f'<meta charset="{encoding}"><title>Удар</title>')
    (tmp_path / "page.html").write_bytes(text.encode(encoding))
    release = read_release(tmp_path / "page.html", room=room)
    assert release.title == "Удар"
    assert [said.value for said in captions(release).values() if said] == ["Мост"]


@pytest.mark.parametrize(
    "broken",
    ['<img src="data:image/jpeg;base64,***">', '<img src="data:">', "<script type='application/ld+json'>{</script>"],
)
def test_what_is_broken_in_a_page_says_nothing(tmp_path: Path, room: Room, broken: str) -> None:
    good = f'<img src="{data_address(jpeg())}">'
    release = read_page_with(room, tmp_path / "page", html(broken + good))
    assert len(release.images) == 1
    assert release.published is None


def test_a_page_of_too_many_tags_is_refused(tmp_path: Path, room: Room) -> None:
    release = read_page_with(room, tmp_path / "page", html("<br>" * 300_001))
    assert reasons(release) == {"page.html": "a page with more than 300000 tags"}
