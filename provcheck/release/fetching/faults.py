"""What goes wrong while an address is asked: in one line, and whether another attempt may help, and when."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import requests
import urllib3

from provcheck.errors import NotFetched
from provcheck.release.fetching.limits import FetchLimits

TRY_AGAIN: Final = frozenset({429, 500, 502, 503, 504})
"""Answers that say that it is the moment that is wrong (RFC 6585, RFC 9110)."""


class Transient(NotFetched):
    """Another attempt may help."""


def asked_to_wait(retry_after: str) -> float:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or a date; 0 for neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, LookupError, OverflowError):
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def told(error: Exception, limits: FetchLimits) -> NotFetched:
    """Return what went wrong as one line, and whether to try again."""
    match error:
        case requests.exceptions.SSLError():
            return NotFetched(f"its TLS certificate or handshake is not accepted: {_innermost(error)}")
        case requests.ConnectTimeout():
            return Transient(f"no connection within {limits.connect_s:g} s")
        case requests.Timeout() | urllib3.exceptions.TimeoutError() | TimeoutError():
            return Transient(f"nothing came for {limits.read_s:g} s")
        case requests.ConnectionError() | urllib3.exceptions.HTTPError() | OSError():
            return Transient(f"the connection failed: {_innermost(error)}")
        case _:
            return NotFetched(f"the answer cannot be read: {_innermost(error)}")


def _innermost(error: BaseException) -> str:
    """Return what the error says that all others were raised from; those around it repeat addresses."""
    inner = error.__cause__ or error.__context__ or getattr(error, "reason", None)
    for _ in range(8):
        if not isinstance(inner, BaseException):
            break
        error, inner = inner, inner.__cause__ or inner.__context__
    return getattr(error, "strerror", None) or " ".join(str(error).split())[:160] or type(error).__name__
