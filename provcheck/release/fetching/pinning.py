"""Connections to the very network address that was checked, with the name of the host where TLS and HTTP want it.

To look a name up, judge the answer, and let the library look it up once more is the gap that DNS rebinding uses. So
here a name is looked up once: the connection is made to the checked address, while SNI, the certificate and the Host
header keep the name. A request that would go anywhere else raises before it is sent.
"""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit
from weakref import WeakSet

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from provcheck.release.fetching.networks import Network, checked_addresses

_PORTS: Final = {"http": 80, "https": 443}


class PinnedAdapter(HTTPAdapter):
    """Sends requests to checked addresses alone, without proxies, and stops them when their time is up.

    Parameters
    ----------
    network : Network
        What looks names up, and judges what they mean.
    """

    def __init__(self, network: Network) -> None:
        self.watch = SocketWatch()
        self._network = network
        self._checked: dict[tuple[str, int], tuple[str, ...]] = {}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make connections that are watched."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(self.watch)

    def send_checked(
        self, request: requests.PreparedRequest, *, timeout: tuple[float, float]
    ) -> tuple[requests.Response, str]:
        """Send a request and return the answer, of which only the header was read, and the address that it is from.

        Raises
        ------
        NotFetched
            The host has no address, or one that is refused.
        requests.RequestException
            No address of the host answered; that of the last one.
        """
        parts = urlsplit(str(request.url))
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if (host, port) not in self._checked:
            self._checked[host, port] = checked_addresses(host, port, self._network)
        failed: requests.RequestException | None = None
        for address in self._checked[host, port]:
            try:
                return self._send_to(address, request, timeout), address
            except requests.ConnectionError as error:
                if self.watch.is_over:
                    raise
                failed = failed or error
        raise failed or requests.ConnectionError("no address")

    def _send_to(
        self, address: str, request: requests.PreparedRequest, timeout: tuple[float, float]
    ) -> requests.Response:
        return self.send(_pinned(request, address), stream=True, timeout=timeout, verify=self._network.certificates)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """See `HTTPAdapter`. Refuse what is not pinned, and hold the certificate against the name of the host."""
        host, options = super().build_connection_pool_key_attributes(request, verify, cert)
        ipaddress.ip_address(host["host"])  # raises ValueError for a name: it would be looked up again
        if host["scheme"] != "https":
            return host, options
        name = urlsplit(f"//{request.headers['Host']!s}").hostname
        return host, {**options, "server_hostname": name, "assert_hostname": name}


class SocketWatch:
    """Shuts connections down when the time of a request is up, so that a server which drips cannot hold it up."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    @property
    def is_over(self) -> bool:
        """Whether the time of the last request was too short."""
        return self._over.is_set()

    def add(self, connected: socket.socket | None) -> None:
        """Watch a connection; shut it down at once when the time is over already."""
        if connected is not None:
            self._sockets.add(connected)
        if self.is_over:
            self._end(self._over)

    @contextmanager
    def limit(self, seconds: float) -> Iterator[None]:
        """Give what is done inside so many seconds."""
        self._over = threading.Event()
        timer = threading.Timer(max(seconds, 0.0), self._end, [self._over])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _end(self, over: threading.Event) -> None:
        over.set()
        for connected in list(self._sockets):
            with suppress(OSError):
                # The method of the parent class: that of TLS sockets changes what another thread is reading from.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _watched_pools(watch: SocketWatch) -> dict[str, type[HTTPConnectionPool]]:
    class Watched(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.add(self.sock)

    class WatchedTls(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.add(self.sock)

    class Pool(HTTPConnectionPool):
        ConnectionCls = Watched

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = WatchedTls

    return {"http": Pool, "https": TlsPool}


def _pinned(request: requests.PreparedRequest, address: str) -> requests.PreparedRequest:
    parts = urlsplit(str(request.url))
    host = f"[{address}]" if ":" in address else address
    pinned = request.copy()
    pinned.headers["Host"] = parts.netloc
    pinned.url = urlunsplit(parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host))
    return pinned
