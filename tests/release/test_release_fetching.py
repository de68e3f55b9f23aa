"""A page by its address: what is fetched of it, what is refused, and that the WARC file says the same again."""

import shutil
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from container_files import jpeg
from page_cases import CASES, Case, page, table
from page_server import Answer, Reply, Site, after, in_turn, jpeg_reply, redirect, serving

from provcheck import __version__
from provcheck.errors import NotFetched, ProvcheckError
from provcheck.records import STEP, Release
from provcheck.release import Room, WebAddress, read_release
from provcheck.release.fetching import FetchLimits, fetch_release

README = Path(__file__).parents[2] / "README.md"
QUICK = FetchLimits(
    connect_s=2,
    read_s=0.3,
    file_s=0.6,
    total_s=8,
    file_bytes=200_000,
    total_bytes=2_000_000,
    pictures=20,
    redirects=5,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def fetch(site: Site, tmp_path: Path, limits: FetchLimits = QUICK) -> Release:
    """Fetch `/news`; what is kept is `kept.warc.gz`, and pauses are not waited for."""
    return fetch_release(
        WebAddress(site.address("/news")),
        Room(tmp_path / "room"),
        keep=lambda _, warc: shutil.copy(warc, tmp_path / "kept.warc.gz"),
        network=site.network,
        limits=limits,
        sleep=lambda _: None,
    )


def set_up(site: Site, case: Case) -> None:
    site.names |= case.names
    site.answers |= {path: with_port(answer, site.port) for path, answer in case.answers.items()}


def with_port(answer: Answer, port: int) -> Answer:
    if not isinstance(answer, Reply):
        return answer
    return replace(answer, headers={name: value.replace("{port}", str(port)) for name, value in answer.headers.items()})


def names_of(release: Release, container: str = "") -> list[str]:
    return [image.name.removeprefix(f"{container}{STEP}") for image in release.images]


def missed_in(release: Release) -> list[str]:
    return [item.reason for item in release.skipped if item.missed]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_what_a_server_does_gives_what_the_table_says(site: Site, tmp_path: Path, case: Case) -> None:
    set_up(site, case)
    if case.fails:
        with pytest.raises(ProvcheckError, match=case.fails):
            fetch(site, tmp_path)
        assert case.asked in (None, site.asked.total())
        return
    release = fetch(site, tmp_path)
    expected = [name.format(port=site.port) for name in case.found]
    assert names_of(release) == [site.address(name) if name.startswith("/") else name for name in expected]
    missed = missed_in(release)
    assert len(missed) == len(case.missed), missed
    assert all(part in reason for part, reason in zip(case.missed, missed, strict=True)), missed
    assert case.asked in (None, site.asked.total())
    if case.captions is not None:
        assert [image.claims.caption and image.claims.caption.value for image in release.images] == case.captions


@pytest.mark.parametrize("case", [case for case in CASES if not case.fails], ids=lambda case: case.what)
def test_the_warc_file_says_the_same_without_the_server(tmp_path: Path, case: Case) -> None:
    with serving() as site:
        set_up(site, case)
        fetched = fetch(site, tmp_path)
    again = read_release(tmp_path / "kept.warc.gz", room=Room(tmp_path / "again"))
    assert names_of(again, "kept.warc.gz") == names_of(fetched)
    assert [(image.sha256, image.claims) for image in again.images] == [
        (image.sha256, image.claims) for image in fetched.images
    ]
    assert [(item.reason, item.missed) for item in again.skipped] == [
        (item.reason, item.missed) for item in fetched.skipped
    ]
    assert (again.title, again.published, again.language) == (fetched.title, fetched.published, fetched.language)


def test_the_readme_has_the_table() -> None:
    assert table() in README.read_text(encoding="utf-8")


def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(site: Site, tmp_path: Path) -> None:
    """The names of the test are in no DNS, and one that changes its mind is not asked a second time."""
    answers = iter([["127.0.0.1"], ["10.0.0.5"]])
    network = replace(site.network, resolve=lambda _host, _port: next(answers))
    site.answers |= {"/news": page('<img src="/a.jpg"><img src="/b.jpg">'), "/a.jpg": jpeg_reply(jpeg())}
    room = Room(tmp_path / "room")
    release = fetch_release(WebAddress(site.address("/news")), room, network=network, limits=QUICK)
    assert names_of(release) == [site.address("/a.jpg")]
    assert {headers["Host"] for headers in site.headers} == {f"ministry.example:{site.port}"}


def test_an_address_that_does_not_connect_is_followed_by_the_next(site: Site, tmp_path: Path) -> None:
    site.names["ministry.example"] = ["127.0.0.1", "127.0.0.1"]
    network = replace(site.network, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"], refuse=lambda _: "")
    site.answers["/news"] = jpeg_reply(jpeg())
    room = Room(tmp_path / "room")
    assert fetch_release(WebAddress(site.address("/news")), room, network=network, limits=QUICK).images


def test_a_request_says_who_asks_and_nothing_of_the_user(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither proxies nor `.netrc` of the environment count; a server's cookies are not sent back."""
    (tmp_path / "netrc").write_text("machine ministry.example login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    cookie = {"Set-Cookie": "a=b"}
    site.answers |= {"/news": replace(page('<img src="/a.jpg">'), headers=cookie), "/a.jpg": jpeg_reply(jpeg())}
    assert fetch(site, tmp_path).images
    asked = [set(headers) for headers in site.headers]
    assert asked == [{"Host", "User-Agent", "Accept", "Accept-Encoding"}] * 2
    assert all(headers["User-Agent"].startswith(f"provcheck/{__version__} (") for headers in site.headers)


@pytest.mark.parametrize("host", ["ministry.example", "other.example"])
def test_the_certificate_is_that_of_the_name(tmp_path: Path, host: str) -> None:
    authority = trustme.CA()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("ministry.example").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    asked_names: list[str | None] = []
    tls.sni_callback = lambda _socket, name, _context: asked_names.append(name)
    with serving(tls) as site:
        site.answers["/news"] = jpeg_reply(jpeg())
        network = replace(site.network, certificates=str(tmp_path / "ca.pem"))
        address = WebAddress(site.address("/news", host, "https"))
        if host == "ministry.example":
            assert fetch_release(address, Room(tmp_path / "room"), network=network, limits=QUICK).images
        else:
            with pytest.raises(NotFetched, match="certificate"):
                fetch_release(address, Room(tmp_path / "room"), network=network, limits=QUICK)
    assert asked_names == [host]


def test_the_time_for_all_is_kept(site: Site, tmp_path: Path) -> None:
    slow = "".join(f'<img src="/{at}.jpg">' for at in range(5))
    site.answers |= {"/news": page(slow), **{f"/{at}.jpg": after(0.3, jpeg_reply(jpeg())) for at in range(5)}}
    release = fetch(site, tmp_path, replace(QUICK, total_s=0.75))
    assert len(release.images) < 4
    assert "the 0.75 s for the page and its pictures were over" in missed_in(release)[-1]


def test_the_bytes_of_all_are_limited(site: Site, tmp_path: Path) -> None:
    content = jpeg((600, 400))
    site.answers |= {"/news": page("".join(f'<img src="/{at}.jpg">' for at in range(9)))}
    site.answers |= {f"/{at}.jpg": jpeg_reply(content) for at in range(9)}
    release = fetch(site, tmp_path, replace(QUICK, total_bytes=3 * len(content)))
    assert len(release.images) == 2
    assert all("no more is fetched" in reason for reason in missed_in(release))
    assert site.asked.total() == 4


def test_the_requests_of_all_are_limited(site: Site, tmp_path: Path) -> None:
    site.answers["/news"] = page("".join(f'<img src="/{at}.jpg">' for at in range(9)))
    release = fetch(site, tmp_path, replace(QUICK, requests=5))
    assert site.asked.total() == 5
    assert [reason.endswith("no more are made") for reason in missed_in(release)] == [False] * 4 + [True] * 5


def test_pauses_grow_and_are_those_that_the_server_asks_for(site: Site, tmp_path: Path) -> None:
    pauses: list[float] = []
    busy = Reply("", status=503)
    site.answers["/news"] = in_turn(busy, replace(busy, headers={"Retry-After": "3"}), jpeg_reply(jpeg()))
    address = WebAddress(site.address("/news"))
    limits = replace(QUICK, total_s=60)
    fetch_release(address, Room(tmp_path / "room"), network=site.network, limits=limits, sleep=pauses.append)
    assert pauses == [1.0, 3.0]


def test_a_page_of_very_many_pictures_is_bounded(site: Site, tmp_path: Path) -> None:
    many = "".join(f'<img src="/{at}.jpg">' for at in range(5_000))
    site.answers |= {"/news": page(many), "/0.jpg": jpeg_reply(jpeg())}
    release = fetch(site, tmp_path, replace(QUICK, pictures=2))
    assert len(release.images) == 1
    assert len(release.skipped) <= 102
    assert site.asked.total() == 3


def test_progress_is_told(site: Site, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    site.answers |= {"/news": page('<img src="/a.jpg">'), "/a.jpg": jpeg_reply(jpeg())}
    address = WebAddress(site.address("/news"))
    room = Room(tmp_path / "room")
    fetch_release(
        address, room, network=site.network, limits=QUICK, progress=lambda *step: told.append(step), keep=None
    )
    assert told == [(0, 1, site.address("/news")), (1, 2, site.address("/a.jpg")), (2, 2, "done")]


def test_what_a_page_is_redirected_to_is_named_when_it_is_refused(site: Site, tmp_path: Path) -> None:
    site.names["intranet.example"] = ["192.168.3.4"]
    site.answers["/news"] = redirect("http://intranet.example/x")
    with pytest.raises(NotFetched) as raised:
        fetch(site, tmp_path)
    assert raised.value.message == (
        f"{site.address('/news')}: the network address of intranet.example, 192.168.3.4, is a private address: refused "
        "(--allow-private allows it) (redirected to http://intranet.example/x)"
    )


def test_a_refused_network_address_is_named_once(site: Site, tmp_path: Path) -> None:
    site.answers["/news"] = redirect("http://192.168.3.4/x")
    site.names["192.168.3.4"] = ["192.168.3.4"]
    with pytest.raises(NotFetched, match=r"news: 192\.168\.3\.4 is a private address: refused \(--allow"):
        fetch(site, tmp_path)
