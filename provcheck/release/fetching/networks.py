"""Which network addresses are connected to: those of the public internet, unless more is allowed.

A name is resolved first, and what it means is judged: `http://2130706433/`, `localhost.example` and a name that points
into a private network are all the same here. An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64)
is judged by both. The registries are those of IANA (RFC 6890), as Python's `ipaddress` knows them.
"""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from provcheck.errors import NotFetched

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolve = Callable[[str, int], Sequence[str]]
"""A host name and a port to network addresses, in the order in which they are to be tried."""

Refuse = Callable[[IP], str]
"""Why a network address is not connected to; empty when it is."""

MOST_ADDRESSES: Final = 4
_CARRIER_NAT: Final = ipaddress.ip_network("100.64.0.0/10")
_GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
_UNIQUE_LOCAL: Final = ipaddress.ip_network("fc00::/7")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """Ask the resolver of the system; its own settings limit how long that takes."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def refusal(address: IP, *, allow_private: bool = False) -> str:
    """Return why an address is not connected to; empty when it is.

    Parameters
    ----------
    allow_private : bool
        Allow those of private networks and of this machine; never what is of no host, of many, or of the link alone,
        where clouds answer questions about their machines.
    """
    for each in (address, *_carried(address)):
        if kind := _never(each):
            return f"{kind}: refused"
        if not allow_private and (kind := _private(each)):
            return f"{kind}: refused (--allow-private allows it)"
    return ""


@dataclass(frozen=True, slots=True)
class Network:
    """How names become connections; a test may give other means than those of the machine.

    Attributes
    ----------
    certificates : str or bool
        A file or folder of certificates to trust, as intranets have; True for those of `certifi`.
    """

    resolve: Resolve = resolve_by_system
    refuse: Refuse = refusal
    certificates: str | bool = True


def open_network(*, allow_private: bool = False, environment: Mapping[str, str] = os.environ) -> Network:
    """Return the network of this machine, with the certificates that the user's environment names."""
    certificates = environment.get("REQUESTS_CA_BUNDLE") or environment.get("SSL_CERT_FILE") or True
    return Network(refuse=partial(refusal, allow_private=allow_private), certificates=certificates)


def checked_addresses(host: str, port: int, network: Network) -> tuple[str, ...]:
    """Return the network addresses of a host; all of them must be allowed.

    Raises
    ------
    NotFetched
        There are none, or one is refused.
    """
    try:
        found = network.resolve(host, port)
        addresses = [ipaddress.ip_address(text) for text in found]
    except (OSError, ValueError) as error:  # UnicodeError is a ValueError
        raise NotFetched(f"{host} has no network address: {getattr(error, 'strerror', None) or error}") from error
    if not addresses:
        raise NotFetched(f"{host} has no network address")
    for address in addresses:
        refused = network.refuse(address)
        if refused:
            named = host if host == str(address) else f"the network address of {host}, {address},"
            raise NotFetched(f"{named} is {refused}")
    return tuple(str(address) for address in addresses[:MOST_ADDRESSES])


def _never(address: IP) -> str:
    if address.is_unspecified:
        return "that of no host"
    if address.is_multicast:
        return "a multicast address"
    if address.is_link_local:
        return "a link-local address"
    if isinstance(address, ipaddress.IPv4Address):
        return "a reserved address" if address.is_reserved else ""
    known = address in _GLOBAL_UNICAST or address in _UNIQUE_LOCAL or address.is_loopback or address.is_site_local
    return "" if known or any(_carried(address)) else "a reserved address"


def _private(address: IP) -> str:
    if address.is_loopback:
        return "a loopback address, this machine itself"
    if isinstance(address, ipaddress.IPv4Address) and address in _CARRIER_NAT:
        return "an address shared behind a carrier's NAT"
    if any(_carried(address)):
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return "a private address"
    return "" if address.is_global else "a private address"


def _carried(address: IP) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    teredo = address.teredo or ()
    for carried in (address.ipv4_mapped, address.sixtofour, *teredo):
        if carried is not None:
            yield carried
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
