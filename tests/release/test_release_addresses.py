"""Which addresses there are, and which network addresses are connected to."""

import ipaddress

import pytest

from provcheck.errors import NotFetched, UsageError
from provcheck.release import find_releases
from provcheck.release.addresses import WebAddress, is_address, next_address, normal_address
from provcheck.release.fetching import Network, open_network, refusal
from provcheck.release.fetching.networks import checked_addresses

PRIVATE = (
    "10.0.0.1 172.16.5.5 192.168.1.1 127.0.0.1 127.255.0.1 100.64.0.1 100.127.255.255 192.0.2.1 198.18.0.1 "
    "198.51.100.7 203.0.113.9 ::1 fc00::1 fd00:ec2::254 2001:db8::1 fec0::1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 "
    "2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1:: 64:ff9b::10.0.0.1 64:ff9b::7f00:1"
)
NEVER = (
    "0.0.0.0 169.254.169.254 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: fe80::1 fe80::1%eth0 ff02::1 "
    "::ffff:169.254.169.254 ::ffff:0.0.0.0 64:ff9b::a9fe:a9fe 64:ff9b:1::1 4000::1 100::1 ::7f00:1"
)
PUBLIC = "93.184.216.34 1.1.1.1 2606:2800:220:1:248:1893:25c8:1946 ::ffff:8.8.8.8 64:ff9b::808:808"


@pytest.mark.parametrize("address", f"{PRIVATE} {NEVER}".split())
def test_only_the_public_internet_is_connected_to(address: str) -> None:
    assert refusal(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_connected_to(address: str) -> None:
    assert not refusal(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", NEVER.split())
def test_some_are_never_connected_to(address: str) -> None:
    assert refusal(ipaddress.ip_address(address), allow_private=True)


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "100.64.0.1", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_private_networks_can_be_allowed(address: str) -> None:
    assert not refusal(ipaddress.ip_address(address), allow_private=True)
    assert "--allow-private" in refusal(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f000001", "017700000001", "localhost", "[::1]", "0"])
def test_every_way_to_write_this_machine_is_refused(host: str) -> None:
    """These are asked of the resolver of the machine, which needs no network for them."""
    with pytest.raises(NotFetched):
        checked_addresses(host.strip("[]"), 80, open_network())


@pytest.mark.parametrize("found", [[], ["no address"], ["8.8.8.8", "10.0.0.1"]])
def test_all_addresses_of_a_name_must_be_allowed(found: list[str]) -> None:
    with pytest.raises(NotFetched, match=r"x\.example"):
        checked_addresses("x.example", 80, Network(resolve=lambda _host, _port: found))


def test_the_certificates_of_the_environment_are_trusted() -> None:
    assert open_network(environment={}).certificates is True
    assert open_network(environment={"SSL_CERT_FILE": "a.pem"}).certificates == "a.pem"
    assert open_network(environment={"SSL_CERT_FILE": "a", "REQUESTS_CA_BUNDLE": "b"}).certificates == "b"


@pytest.mark.parametrize(
    ("written", "normal"),
    [("https://Ministry.EXAMPLE", "https://ministry.example/"),
     ("HTTP://a.example:80/x?q=1#there", "http://a.example/x?q=1"),
     ("https://a.example:443", "https://a.example/"), ("https://a.example:8443/", "https://a.example:8443/"),
     ("https://министерство.example/é é", "https://xn--b1afiashkohcid.example/%C3%A9%20%C3%A9"),
     ("http://[2606::1]:80/", "http://[2606::1]/"), ("https://a.example/%C3%A9?x=%20", "https://a.example/%C3%A9?x=%20")],
)  # fmt: skip
def test_an_address_has_one_form(written: str, normal: str) -> None:
    assert normal_address(written) == normal
    assert normal_address(normal) == normal


@pytest.mark.parametrize(
    ("written", "reason"),
    [("ftp://a.example/", "only http"), ("file:///etc/passwd", "only http"), ("javascript:alert(1)", "only http"),
     ("https://me:secret@a.example/", "passwords"), ("https://me@a.example/", "passwords"), ("http://", "no address"),
     ("http://a.example:99999/", "no address"), ("http://*.example/", "no address"), ("http://[::1/", "no address"),
     ("http://a b.example/", "no address"), ("http://a.example/" + "x" * 9000, "letters")],
)  # fmt: skip
def test_an_address_that_is_not_fetched_is_named(written: str, reason: str) -> None:
    with pytest.raises(NotFetched, match=reason) as raised:
        normal_address(written)
    assert "secret" not in raised.value.message


@pytest.mark.parametrize(
    ("written", "meant"),
    [("b.jpg", "https://a.example/x/b.jpg"), ("/b.jpg", "https://a.example/b.jpg"), ("?q", "https://a.example/x/y?q"),
     ("//c.example/b", "https://c.example/b"), (" ../../b ", "https://a.example/b"), ("#here", "https://a.example/x/y")],
)  # fmt: skip
def test_an_address_on_a_page_is_relative_to_it(written: str, meant: str) -> None:
    assert next_address("https://a.example/x/y", written) == meant


def test_what_is_no_address_is_a_file() -> None:
    assert not [name for name in ("release/", "C:\\release", "a:b", "http:", "./http://x", "") if is_address(name)]
    assert [name for name in ("http://x", "HTTPS://x/*?", "ftp://x") if is_address(name)]


def test_releases_may_be_addresses_and_count_once() -> None:
    assert find_releases(["https://a.example/?q=*", "https://A.example/?q=*#x"]) == [
        WebAddress("https://a.example/?q=*")
    ]
    with pytest.raises(UsageError, match="only http"):
        find_releases(["ftp://a.example"])
