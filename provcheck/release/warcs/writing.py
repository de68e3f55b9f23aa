"""What was fetched, kept as a WARC file: every request with its answer, and why what is missing is missing.

The answer is kept as it came, with its content encoding; only the transfer encoding, which is that of the connection,
is taken off. Records are packed one by one, as the standard asks, so that any tool can find its way in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from provcheck import __version__

NOT_FETCHED: Final = "provcheck-not-fetched"
_HOP_BY_HOP: Final = frozenset({"transfer-encoding", "connection", "keep-alive", "trailer", "upgrade"})

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer.

    Attributes
    ----------
    address, network_address : str
        The URL, and the IP address that answered.
    path : str
        Of the request: what follows the host.
    status_line : str
        Without the protocol: `200 OK`.
    content : Path or None
        What was sent, still encoded; None for nothing.
    """

    address: str
    network_address: str
    path: str
    asked: Headers
    status_line: str
    answered: Headers
    content: Path | None = None

    @property
    def status(self) -> int:
        """The status of HTTP."""
        return int(self.status_line.partition(" ")[0])

    def header(self, name: str) -> str:
        """Return the last header of a name; empty when there is none."""
        return next((value for key, value in reversed(self.answered) if key.lower() == name), "")


class WarcFile:
    """A WARC file that is being written. Every record is whole in the file when its method returns."""

    def __init__(self, stream: IO[bytes], address: str) -> None:
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415 (loaded by the first web archive)

        self._writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        about = {"software": f"provcheck/{__version__}", "format": "WARC File Format 1.1", "description": address}
        self._writer.write_record(self._writer.create_warcinfo_record(None, about))

    def add_exchange(self, exchange: Exchange) -> None:
        """Add a request and its answer."""
        from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 (loaded by the first web archive)

        kept = [(name, value) for name, value in exchange.answered if name.lower() not in _HOP_BY_HOP]
        answer = StatusAndHeaders(exchange.status_line, kept, protocol="HTTP/1.1")
        asked = StatusAndHeaders(
            f"{exchange.path} HTTP/1.1", list(exchange.asked), protocol="GET", is_http_request=True
        )
        with exchange.content.open("rb") if exchange.content else BytesIO() as content:
            response = self._writer.create_warc_record(
                exchange.address,
                "response",
                payload=content,
                length=exchange.content.stat().st_size if exchange.content else 0,
                http_headers=answer,
                warc_headers_dict={"WARC-IP-Address": exchange.network_address},
            )
            request = self._writer.create_warc_record(exchange.address, "request", http_headers=asked)
            self._writer.write_request_response_pair(request, response)

    def add_failure(self, address: str, reason: str) -> None:
        """Add why an address was not fetched."""
        fields = f"{NOT_FETCHED}: {reason}\r\n".encode()
        self._writer.write_record(
            self._writer.create_warc_record(
                address,
                "metadata",
                payload=BytesIO(fields),
                length=len(fields),
                warc_content_type="application/warc-fields",
            )
        )
