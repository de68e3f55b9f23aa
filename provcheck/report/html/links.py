"""Addresses that may become links, and the moment in a video that they lead to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup, escape

from provcheck.records import Match
from provcheck.report.visible import visible

_TAKES_T: Final = ("youtube.com", "youtu.be")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a known picture can be looked up; None where there is no address that may be a link.

    Attributes
    ----------
    moment : str or None
        Opens a video at the matched frame.
    """

    source: str | None
    moment: str | None
    archived: str | None


def links_of(match: Match) -> Links:
    """Return the addresses of a matched source."""
    archived = web_address(match.source.facts.archive_url)
    source = web_address(match.source.facts.url) or archived
    moment = at_time(source, match.frame_time_s) if source and match.frame_time_s is not None else None
    return Links(source, moment, archived if archived != source else None)


def linked(text: str, matches: Iterable[Match]) -> Markup:
    """Return a text, escaped, in which the address of one of the matched sources is a link if it may be one."""
    shown = escape(visible(text))
    addresses = {
        web_address(match.source.facts.url) or web_address(match.source.facts.archive_url) for match in matches
    }
    for address in sorted(filter(None, addresses), key=len, reverse=True):
        before, found, after = shown.partition(escape(address))
        if found:
            anchor = Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)
            return before + anchor + after
    return shown


def web_address(address: str | None) -> str | None:
    """Return an address of the web, or None for everything else: a link to `javascript:` would be a command."""
    if not address or visible(address) != address or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def at_time(address: str, time_s: float) -> str:
    """Return an address that opens a video at a time: `&t=` for YouTube, else a media fragment (W3C, 2012).

    Examples
    --------
    >>> at_time("https://a.example/clip.mp4", 12.48), at_time("https://www.youtube.com/watch?v=1", 12.48)
    ('https://a.example/clip.mp4#t=12.48', 'https://www.youtube.com/watch?v=1&t=12s')
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in _TAKES_T and "t" not in parse_qs(parts.query):
        query = "&".join(filter(None, [parts.query, f"t={int(time_s)}s"]))
        return parts._replace(query=query).geturl()
    return address if parts.fragment else f"{address}#t={time_s:.2f}"
