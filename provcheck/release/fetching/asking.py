"""One address to what it answers: redirects by hand, each checked anew, and again after a pause where that may help.

Neither cookies nor credentials, proxies or scripts: requests' session, which would bring most of them, is not used. A
request is prepared from the address alone and handed to the adapter.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import requests
import urllib3

from provcheck import __version__
from provcheck.errors import NotFetched
from provcheck.release.addresses import next_address
from provcheck.release.fetching.faults import TRY_AGAIN, Transient, asked_to_wait, told
from provcheck.release.fetching.headers import LONGEST_REASON, plain_headers, plain_line
from provcheck.release.fetching.limits import FetchLimits
from provcheck.release.fetching.pinning import PinnedAdapter
from provcheck.release.warcs.archive import REDIRECTS
from provcheck.release.warcs.writing import Exchange, WarcFile

USER_AGENT: Final = f"provcheck/{__version__} (checks where the pictures of one page come from; python-requests)"
_CHUNK: Final = 1 << 16


@dataclass(slots=True)
class Asking:
    """Asks addresses one after the other and keeps the last answer of each.

    Attributes
    ----------
    warc : WarcFile
        Where answers, and the reasons for missing ones, are kept.
    folder : Path
        Where the content of answers is put until it is kept.
    sleep : callable
        `time.sleep`, or what a test has instead.
    """

    adapter: PinnedAdapter
    warc: WarcFile
    folder: Path
    limits: FetchLimits = field(default_factory=FetchLimits)
    sleep: Callable[[float], None] = time.sleep
    received: int = 0
    asked: int = 0
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends = time.monotonic() + self.limits.total_s

    def ask(self, address: str) -> Exchange | None:
        """Return what an address, or the last one that it leads to, answers; None, and a reason kept, for nothing."""
        passed: set[str] = set()
        while True:
            if len(passed) > self.limits.redirects:
                self.warc.add_failure(address, f"more than {self.limits.redirects} redirects: not followed further")
                return None
            try:
                exchange = self._persistent(address)
            except NotFetched as error:
                self.warc.add_failure(address, error.message)
                return None
            self.warc.add_exchange(exchange)
            passed.add(address)
            if exchange.status not in REDIRECTS or not exchange.header("location"):
                return exchange
            try:
                address = next_address(address, exchange.header("location"))
            except NotFetched:
                return None
            if address in passed:
                return None

    def _persistent(self, address: str) -> Exchange:
        """Ask until there is an answer that counts, or attempts or time are used up."""
        wait = self.limits.first_wait_s
        for left in reversed(range(self.limits.attempts)):
            try:
                exchange = self._once(address)
                if exchange.status not in TRY_AGAIN or not left:
                    return exchange
                pause = max(wait, asked_to_wait(exchange.header("retry-after")))
            except Transient as error:
                if not left:
                    raise NotFetched(f"{error.message} ({self.limits.attempts} attempts)") from error
                exchange, pause = None, wait
            if pause > min(self.limits.longest_wait_s, self.ends - time.monotonic()):
                if exchange is None:
                    raise self._out_of_time()
                return exchange
            self.sleep(pause)
            wait *= 2
        raise self._out_of_time()

    def _once(self, address: str) -> Exchange:
        remaining = self.ends - time.monotonic()
        if remaining <= 0:
            raise self._out_of_time()
        if self.received > self.limits.total_bytes:
            raise self._out_of_bytes()
        if self.asked >= self.limits.requests:
            raise NotFetched(f"more than {self.limits.requests} requests for the page: no more are made")
        self.asked += 1
        watch = self.adapter.watch
        try:
            with watch.limit(min(self.limits.file_s, remaining)):
                exchange = self._exchange(address)
                if not watch.is_over:
                    return exchange
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if not watch.is_over:
                raise told(error, self.limits) from error
        if time.monotonic() >= self.ends:
            raise self._out_of_time()
        raise NotFetched(f"the answer took longer than {self.limits.file_s:g} s")

    def _exchange(self, address: str) -> Exchange:
        request = requests.Request("GET", address, headers=_HEADERS).prepare()
        request.headers["Host"] = urlsplit(address).netloc
        limits = self.limits
        response, network_address = self.adapter.send_checked(request, timeout=(limits.connect_s, limits.read_s))
        try:
            answered = plain_headers(response.raw.headers.iteritems())
            content = self._received(response)
        finally:
            response.close()
        return Exchange(
            address=address,
            network_address=network_address,
            path=request.path_url,
            asked=[(name, str(value)) for name, value in request.headers.items()],
            status_line=f"{response.status_code} {plain_line(response.reason or '')[:LONGEST_REASON]}".strip(),
            answered=answered,
            content=content,
        )

    def _received(self, response: requests.Response) -> Path:
        """Write what is sent to a file. Lengths that a server states are only believed when they are too large."""
        stated = response.headers.get("content-length", "")
        if stated.isascii() and stated.isdigit() and int(stated[:20]) > self.limits.file_bytes:
            raise NotFetched(f"it has {int(stated[:20])} bytes; at most {self.limits.file_bytes} are fetched")
        self.folder.mkdir(parents=True, exist_ok=True)
        path, size = self.folder / "answer", 0
        with path.open("wb") as file:
            while chunk := response.raw.read1(_CHUNK, decode_content=False):
                size += len(chunk)
                self.received += len(chunk)
                if size > self.limits.file_bytes:
                    raise NotFetched(f"it has more than {self.limits.file_bytes} bytes: the rest is not fetched")
                if self.received > self.limits.total_bytes:
                    raise self._out_of_bytes()
                file.write(chunk)
        return path

    def _out_of_bytes(self) -> NotFetched:
        return NotFetched(f"more than {self.limits.total_bytes} bytes came for the page: no more is fetched")

    def _out_of_time(self) -> NotFetched:
        return NotFetched(f"the {self.limits.total_s:g} s for the page and its pictures were over")


_HEADERS: Final = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
