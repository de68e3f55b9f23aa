"""What servers do, what is then found and what is refused: the table of the README, and the rows of a test.

`python tests/release/page_cases.py` prints the table.
"""

import gzip
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from container_files import data_address, jpeg
from page_server import Answer, Reply, drip, endless, in_turn, jpeg_reply, raw, redirect

PICTURE = jpeg()
LARGE = jpeg((300, 200), (10, 60, 120))
OK = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"


@dataclass(frozen=True)
class Case:
    """A site, and what comes of its page `/news`.

    Attributes
    ----------
    what : str
        What the server does, for the table.
    result : str
        What is then done, for the table.
    found : sequence of str
        Paths of the pictures that are found, in their order.
    missed : sequence of str
        Parts of the reasons why others are not; of the only reason when the page itself is not fetched.
    asked : int or None
        How many requests there are; None where that does not matter.
    """

    what: str
    result: str
    answers: Mapping[str, Answer]
    found: Sequence[str] = ()
    missed: Sequence[str] = ()
    fails: str = ""
    asked: int | None = None
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    captions: Sequence[str | None] | None = None


def page(body: str, head: str = "") -> Reply:
    return Reply(f'<!DOCTYPE html><html lang="en"><head><title>News</title>{head}</head><body>{body}</body></html>')


def one_picture(picture: Answer, *others: tuple[str, Answer]) -> dict[str, Answer]:
    return {"/news": page('<figure><img src="/a.jpg"></figure><img src="/b.jpg">'), "/a.jpg": picture,
            "/b.jpg": jpeg_reply(LARGE), **dict(others)}  # fmt: skip


def packed(content: bytes) -> Reply:
    return Reply(gzip.compress(content), "image/jpeg", headers={"Content-Encoding": "gzip"})


VARIANTS = """<img src="/s.jpg" srcset="/m.jpg 640w, /l.jpg 1600w, /s.jpg 320w">
<picture><source srcset="/p2.jpg 2x, /p1.jpg 1x"><img src="/p1.jpg"></picture>
<img src="/blank.gif" data-src="/lazy.jpg"><a href="/full.jpg"><img src="/thumb.jpg"></a>"""
METADATA = """<meta property="og:image" content="/og.jpg"><script type="application/ld+json">{
"@type": "NewsArticle", "datePublished": "2017-11-14",
"image": {"@type": "ImageObject", "contentUrl": "/ld.jpg"}}</script>"""
GONE = "the server answered 404"

CASES: Sequence[Case] = (
    Case("figures, pictures of another host, icons, navigation, trackers",
         "the pictures with their captions; decorations are not even asked for",
         {"/news": page('<figure><img src="/a.jpg"><figcaption>A column</figcaption></figure><nav><img src="/n.jpg">'
                        '</nav><img class="icon" src="/i.jpg"><img width="1" src="/t.gif">'),
          "/a.jpg": jpeg_reply(PICTURE)}, ["/a.jpg"], asked=2, captions=["A column"]),
    Case("`srcset`, `picture`, lazy loading, a link to the full picture",
         "one variant of each, the one that is said to be largest",
         {"/news": page(VARIANTS),
          **dict.fromkeys(["/l.jpg", "/m.jpg", "/p2.jpg", "/lazy.jpg", "/full.jpg"], jpeg_reply(PICTURE))},
         ["/l.jpg", "/p2.jpg", "/lazy.jpg", "/full.jpg"], asked=5),
    Case("the largest variant is gone, the link leads to a page", "the next largest",
         {"/news": page('<img srcset="/l.jpg 9w, /m.jpg 5w"><a href="/full.jpg"><img src="/thumb.jpg"></a>'),
          "/full.jpg": page("no picture"), **dict.fromkeys(["/m.jpg", "/thumb.jpg"], jpeg_reply(PICTURE))},
         ["/m.jpg", "/thumb.jpg"]),
    Case("`og:image` and JSON-LD only", "their pictures, the date",
         {"/news": page("", METADATA), "/og.jpg": jpeg_reply(PICTURE), "/ld.jpg": jpeg_reply(LARGE)},
         ["/og.jpg", "/ld.jpg"]),
    Case("`base`, relative addresses, a picture in the page itself", "all of them",
         {"/news": page(f'<img src="a.jpg"><img src="../b%20c.jpg?x=1"><img src="{data_address(LARGE)}">',
                        '<base href="/deep/er/">'),
          "/deep/er/a.jpg": jpeg_reply(PICTURE), "/deep/b%20c.jpg?x=1": jpeg_reply(PICTURE)},
         ["/deep/er/a.jpg", "/deep/b%20c.jpg?x=1", "picture-3.jpg"]),
    Case("a chain of redirects, for the page and for a picture", "what is at the end of it",
         {"/news": redirect("/one", 301), "/one": redirect("two", 307), "/two": page('<img src="/r.jpg">'),
          "/r.jpg": redirect("http://cdn.example:{port}/a.jpg", 308), "cdn.example/a.jpg": jpeg_reply(PICTURE)},
         ["http://cdn.example:{port}/a.jpg"]),
    Case("redirects in a circle", "refused", {"/news": redirect("/one"), "/one": redirect("/news")},
         fails="leads back to itself", asked=2),
    Case("more redirects than are followed", "refused",
         {f"/{at or 'news'}": redirect(f"/{at + 1}") for at in range(9)}, fails="more than 5 redirects", asked=6),
    Case("a redirect to ftp: or file:", "refused",
         {"/news": page('<img src="/a.jpg">'), "/a.jpg": redirect("file:///etc/passwd")},
         missed=["only http:// and https:// are fetched"]),
    Case("a redirect to a private address", "refused, the rest is found",
         one_picture(redirect("http://intranet.example/a.jpg")), ["/b.jpg"], ["10.0.0.5, is a private address"],
         names={"intranet.example": ["10.0.0.5"]}),
    Case("a picture at an address of cloud metadata", "refused",
         {"/news": page('<img src="http://169.254.169.254/latest/a.jpg">')}, missed=["a link-local address"],
         names={"169.254.169.254": ["169.254.169.254"]}),
    Case("a name with a public and a private address", "refused",
         {"/news": page('<img src="http://both.example/a.jpg">')}, missed=["the network address of both.example, "],
         names={"both.example": ["93.184.216.34", "::ffff:192.168.0.1"]}),
    Case("a name without an address, one without a server", "named, the rest is found",
         {"/news": page('<img src="http://no.example/a.jpg"><img src="http://dead.example:9/b.jpg"><img src="/c.jpg">'),
          "/c.jpg": jpeg_reply(PICTURE)}, ["/c.jpg"], ["no.example has no network address", "Connection refused"],
         names={"no.example": []}),
    Case("a page without a content type, or with a wrong one", "read for what it is",
         {"/news": Reply(page('<img src="/a.jpg">').content, "image/png"),
          "/a.jpg": Reply(PICTURE, "text/plain")}, ["/a.jpg"]),
    Case("a page of text where a picture should be", "reported as a picture that cannot be read",
         one_picture(page("sorry")), ["/a.jpg", "/b.jpg"]),
    Case("a charset in the header that is not that of the page", "the header counts",
         {"/news": Reply('<!DOCTYPE html><meta charset="utf-8"><img src="/a.jpg" alt="Колонна">'.encode("cp1251"),
                         "text/html; charset=windows-1251"), "/a.jpg": jpeg_reply(PICTURE)},
         ["/a.jpg"], captions=["Колонна"]),
    Case("a page and a picture packed by gzip or deflate", "unpacked",
         {"/news": Reply(zlib.compress(str(page('<img src="/a.jpg">').content).encode()),
                         headers={"Content-Encoding": "deflate"}), "/a.jpg": packed(PICTURE)}, ["/a.jpg"]),
    Case("an encoding that was not asked for (Brotli)", "refused",
         {"/news": Reply(b"\x0b\x02\x80", headers={"Content-Encoding": "br"})}, fails="encoded as br"),
    Case("a gzip bomb as page", "refused at 16 MB",
         {"/news": Reply(gzip.compress(b"<html>" + bytes(20_000_000)), headers={"Content-Encoding": "gzip"})},
         fails="that unpacks to more than 16 MB"),
    Case("a gzip bomb as picture", "refused, the rest is found",
         one_picture(packed(b"\xff\xd8\xff" + bytes(20_000_000))), ["/b.jpg"], ["a bomb"]),
    Case("a picture that says that it is too large", "refused before it is sent",
         one_picture(raw(OK + b"Content-Length: 999999999999\r\n\r\n")), ["/b.jpg"], ["it has 999999999999 bytes"]),
    Case("a picture without an end", "refused at the limit",
         one_picture(endless(OK + b"\r\n", PICTURE)), ["/b.jpg"], ["it has more than 200000 bytes"]),
    Case("a picture that is shorter than its length says", "tried again, then named",
         one_picture(raw(OK + b"Content-Length: 5000\r\n\r\n" + PICTURE[:300])), ["/b.jpg"],
         ["the connection failed: IncompleteRead"], asked=5),
    Case("a body, or a header, of a byte now and then", "ended when its time is up",
         {"/news": page('<img src="/body.jpg"><img src="/head.jpg"><img src="/b.jpg">'),
          "/body.jpg": drip(OK + b"Content-Length: 400\r\n\r\n"), "/head.jpg": drip(OK + b"X: "),
          "/b.jpg": jpeg_reply(LARGE)}, ["/b.jpg"], ["took longer than 0.6 s", "took longer than 0.6 s"]),
    Case("`100 Continue` without an end, trailers without an end", "ended when its time is up",
         {"/news": page('<img src="/wait.jpg"><img src="/trail.jpg"><img src="/b.jpg">'),
          "/wait.jpg": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100), "/b.jpg": jpeg_reply(LARGE),
          "/trail.jpg": endless(OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n", b"a: b\r\n" * 100)},
         ["/b.jpg"], ["took longer than 0.6 s", "took longer than 0.6 s"]),
    Case("no answer at all", "tried again, then named", one_picture(raw(b"")), ["/b.jpg"],
         ["the connection failed: Remote end closed connection without response (3 attempts)"], asked=5),
    Case("an answer that is no HTTP, a header without an end", "named",
         {"/news": page('<img src="/a.jpg"><img src="/b.jpg">'), "/a.jpg": raw(b"SSH-2.0-OpenSSH_9\r\n"),
          "/b.jpg": endless(OK, b"X-A: b\r\n" * 100)}, missed=["the connection failed", "got more than 100 headers"]),
    Case("a header of 60,000 bytes, one that is not ASCII", "refused; read as UTF-8 or Latin-1",
         {"/news": page('<img src="/a.jpg"><img src="/b.jpg"><img src="/c.jpg">'),
          "/a.jpg": raw(OK + b"X-A: " + b"x" * 60_000 + b"\r\n\r\n" + PICTURE),
          "/b.jpg": raw("HTTP/1.1 302 Да\r\nLocation: /é.jpg\r\nNé: x\r\nContent-Length: 0\r\n\r\n".encode()),
          "/%C3%A9.jpg": jpeg_reply(PICTURE),
          "/c.jpg": raw(b"HTTP/1.1 200 \xe9\r\nX: \xe9;a=\xe9\r\nContent-Length: %d\r\n\r\n" % len(LARGE) + LARGE)},
         ["/%C3%A9.jpg", "/c.jpg"], ["at most 32000 are read"]),
    Case("404 for a picture, 404 for the page", "named; the page is not checked",
         one_picture(Reply("gone", status=404)), ["/b.jpg"], [GONE]),
    Case("429, 503, then the picture", "found at the third attempt",
         one_picture(in_turn(Reply(status=429, headers={"Retry-After": "7"}), Reply(status=503), jpeg_reply(PICTURE))),
         ["/a.jpg", "/b.jpg"], asked=5),
    Case("429 with an hour to wait", "named, without waiting",
         one_picture(Reply("", status=429, headers={"Retry-After": "3600"})), ["/b.jpg"], ["answered 429"], asked=3),
    Case("500 all the time", "named after three attempts", one_picture(Reply("", status=500)), ["/b.jpg"],
         ["answered 500"], asked=5),
    Case("more pictures than are fetched", "the first 20; the others are named",
         {"/news": page("".join(f'<img src="/{at}.jpg">' for at in range(25))),
          **{f"/{at}.jpg": jpeg_reply(PICTURE) for at in range(25)}},
         [f"/{at}.jpg" for at in range(20)], ["more than 20 pictures on the page"] * 5, asked=21),
    Case("cookies", "never sent back",
         one_picture(Reply(PICTURE, "image/jpeg", headers={"Set-Cookie": "a=b; Path=/"})), ["/a.jpg", "/b.jpg"]),
    Case("`javascript:` and `data:` as pictures, scripts in captions", "named; a caption is text",
         {"/news": page('<img src="javascript:alert(1)"><figure><img src="/a.jpg"><figcaption>&lt;script&gt;1'
                        "</figcaption></figure>"), "/a.jpg": jpeg_reply(PICTURE)},
         ["/a.jpg"], ["only http:// and https:// are fetched"], captions=["<script>1"]),
    Case("the address of a picture itself", "that picture", {"/news": jpeg_reply(PICTURE)}, ["/news"]),
)  # fmt: skip


def table() -> str:
    """Return the table of the README."""
    rows = [f"| {case.what} | {case.result} |" for case in CASES]
    return "\n".join(["| the server gives | what is done |", "|---|---|", *rows])


if __name__ == "__main__":
    print(table())
