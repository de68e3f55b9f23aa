"""Addresses of web pages (URLs): which there are, which are refused, and one form of each to compare.

Both what is fetched and what is found in web archives goes through `normal_address`, so that a picture has one address
however a page writes it.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from provcheck.errors import NotFetched, UsageError

LONGEST: Final = 4_000
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebAddress:
    """The address of a page that is to be fetched, in its normal form."""

    text: str

    def __str__(self) -> str:
        return self.text


def is_address(text: str) -> bool:
    """Whether what a person named is the address of something to fetch, and no file."""
    return _ADDRESS.match(text) is not None


def named_address(text: str) -> str:
    """Return the address that a person named, in its normal form.

    Raises
    ------
    UsageError
        It is none that is fetched.
    """
    try:
        return normal_address(text)
    except NotFetched as error:
        raise UsageError(error.message, "Give an address like https://ministry.example/news/123.") from error


def next_address(where: str, written: str) -> str:
    """Return the address that a page or a redirect at `where` means; raise `NotFetched` as `normal_address` does."""
    try:
        return normal_address(urljoin(where, written.strip()))
    except ValueError as error:
        raise NotFetched(f"{written[:200]}: no address of a web page ({error})") from error


def normal_address(text: str) -> str:
    """Return an address with its host in ASCII, its path quoted, and neither default port nor fragment.

    Raises
    ------
    NotFetched
        It is of another scheme than http and https, has a user name or a password, or is none.
    """
    import requests  # noqa: PLC0415 (slow to import, seldom needed)

    shown = text[:200]
    if len(text) > LONGEST:
        raise NotFetched(f"{shown}...: an address of {len(text)} letters; at most {LONGEST} are followed")
    if not text.lower().startswith(("http://", "https://")):
        raise NotFetched(f"{shown}: only http:// and https:// are fetched")
    prepared = requests.PreparedRequest()
    try:
        prepared.prepare_url(urldefrag(text).url, None)
        parts = urlsplit(prepared.url or "")
        has_credentials, port = "@" in parts.netloc, parts.port
    except (requests.RequestException, ValueError) as error:
        raise NotFetched(f"{shown}: no address of a web page ({error})") from error
    if has_credentials:
        raise NotFetched(f"{shown.rpartition('@')[2]}: user names and passwords in addresses are refused")
    netloc = parts.netloc
    if port == _DEFAULT_PORTS[parts.scheme]:
        netloc = netloc.rpartition(":")[0]
    return urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
