"""A web server on loopback whose pages are what a test says, hostile ones included.

Every name leads to it by the resolver of `Site.network`, which is given to the fetching and asks nobody.
"""

import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from provcheck.release.fetching import Network, refusal
from provcheck.release.fetching.networks import IP

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with a length and a type, unless the headers say otherwise."""

    content: bytes | str = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, asked: BaseHTTPRequestHandler) -> None:
        content = self.content.encode() if isinstance(self.content, str) else self.content
        asked.send_response(self.status)
        for name, value in {"Content-Type": self.kind, "Content-Length": str(len(content)), **self.headers}.items():
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(content)


Answer = Callable[[BaseHTTPRequestHandler], None]


def jpeg_reply(content: bytes) -> Reply:
    return Reply(content, "image/jpeg")


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(b"", status=status, headers={"Location": to})


def drip(begin: bytes, every_s: float = 0.05) -> Answer:
    """Send what begins an answer, then a byte now and then for longer than any test waits."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(begin)
        for _ in range(400):
            asked.wfile.write(b"1")
            asked.wfile.flush()
            time.sleep(every_s)

    return answer


def endless(begin: bytes, piece: bytes) -> Answer:
    """Send the same again and again, as fast as it is read."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(begin)
        while True:
            asked.wfile.write(piece)

    return answer


def raw(content: bytes) -> Answer:
    """Send these very bytes and close the connection."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(content)
        asked.close_connection = True

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Answer the first time with the first, and so on; the last stays."""
    waiting = list(answers)

    def answer(asked: BaseHTTPRequestHandler) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(asked)

    return answer


def after(seconds: float, answered: Answer) -> Answer:
    """Answer a little later."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        answered(asked)

    return answer


@dataclass
class Site:
    """A running server.

    Attributes
    ----------
    answers : dict of str to callable
        By path, or by host and path.
    asked : Counter of str
        How often each host and path was asked.
    names : dict of str to sequence of str
        Network addresses by host name; those that are not in it lead to this server.
    """

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    names: dict[str, Sequence[str]] = field(default_factory=dict)
    looked_up: Counter[str] = field(default_factory=Counter)
    certificates: str | bool = True

    def address(self, path: str, host: str = "ministry.example", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    @property
    def network(self) -> Network:
        """A network in which this server is the only machine, and the addresses of others are judged as always."""
        return Network(self._resolve, self._refuse, self.certificates)

    def _resolve(self, host: str, port: int) -> Sequence[str]:
        assert port
        self.looked_up[host] += 1
        return self.names.get(host, [LOOPBACK])

    def _refuse(self, address: IP) -> str:
        return "" if str(address) == LOOPBACK else refusal(address)


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.site.asked[f"{host}{self.path}"] += 1
        self.site.headers.append(dict(self.headers))
        answers = self.site.answers
        answer = answers.get(f"{host}{self.path}") or answers.get(self.path) or Reply("gone", status=404)
        with suppress(ConnectionError):
            answer(self)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a server until the end of the block."""
    server = _Server((LOOPBACK, 0), socketserver.BaseRequestHandler)
    site = Site(int(server.server_address[1]))
    server.RequestHandlerClass = partial(_Asked, site)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
