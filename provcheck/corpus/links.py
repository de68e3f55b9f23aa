"""Do the addresses in the facts still answer? Asked only when the user says so: all else works offline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provcheck import __version__
from provcheck.protocols import Progress
from provcheck.records import Source

if TYPE_CHECKING:
    import requests

TIMEOUT_S = (10.0, 20.0)
"""Seconds to connect, and between two answers of the server."""


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An address that did not answer as it should, and how it answered."""

    source_id: str
    address: str
    reason: str


def find_dead_links(
    sources: Sequence[Source], *, session: "requests.Session | None" = None, progress: Progress | None = None
) -> Iterator[DeadLink]:
    """Ask each `url` and `archive_url` once; yield those that do not answer with a status below 400.

    Parameters
    ----------
    session : requests.Session, optional
        By default a plain one, closed at the end.
    """
    import requests  # noqa: PLC0415 (slow to import, seldom needed)

    links = [(source.id, link) for source in sources for link in (source.facts.url, source.facts.archive_url) if link]
    answers: dict[str, str | None] = {}
    with session or requests.Session() as asking:
        for done, (source_id, address) in enumerate(links, start=1):
            if address not in answers:
                answers[address] = _fault(asking, address)
            if progress:
                progress(done, len(links), address)
            if reason := answers[address]:
                yield DeadLink(source_id, address, reason)


def _fault(session: "requests.Session", address: str) -> str | None:
    """Return why an address is dead, None when it is alive."""
    import requests  # noqa: PLC0415

    headers = {"User-Agent": f"provcheck/{__version__}"}
    try:
        # GET and not HEAD: many archives refuse HEAD. Streaming leaves the body where it is.
        with session.get(address, headers=headers, timeout=TIMEOUT_S, stream=True) as answer:
            return None if answer.ok else f"{answer.status_code} {answer.reason}".strip()
    except requests.Timeout:
        return "no answer in time"
    except (requests.RequestException, ValueError) as error:
        return f"no answer: {type(error).__name__}"
