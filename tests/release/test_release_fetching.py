"""A page by its address: what is fetched of it, what is refused, and that the WARC file says the same again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from container_files import jpeg
from page_server import Reply, Site, jpeg_reply, serving

from provcheck.records import Release
from provcheck.release import Room, WebAddress, fetch_release
from provcheck.release.fetching import FetchLimits

QUICK = FetchLimits(
    connect_s=2, read_s=0.5, file_s=1, total_s=5, file_bytes=200_000, total_bytes=1_000_000, pictures=20
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def fetch(site: Site, tmp_path: Path, path: str = "/news", limits: FetchLimits = QUICK) -> Release:
    """Fetch a page; what is kept is `kept.warc.gz`, and no pause is longer than its name."""
    return fetch_release(
        WebAddress(site.address(path)),
        Room(tmp_path / "room"),
        keep=lambda _, warc: shutil.copy(warc, tmp_path / "kept.warc.gz"),
        network=site.network,
        limits=limits,
        sleep=lambda _: None,
    )


ARTICLE = """<!DOCTYPE html><html lang="en"><title>T</title>
<figure><img src="/a.jpg"><figcaption>A</figcaption></figure>"""


def test_a_page_gives_its_pictures(site: Site, tmp_path: Path) -> None:
    site.answers |= {"/news": Reply(ARTICLE), "/a.jpg": jpeg_reply(jpeg())}
    release = fetch(site, tmp_path)
    assert [image.name for image in release.images] == [site.address("/a.jpg")]
