"""The home of c2pa-python: a manifest store to the plain object that the library makes of it.

It is loaded when the first file with credentials is met, and it never goes to the network: manifests elsewhere are not
fetched, certificates are not looked up (OCSP), identities are not resolved, no host is allowed.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, BinaryIO, Final, Protocol

from provcheck.credentials.finding import Found

INSTALL: Final = "pip install 'provcheck[c2pa]'"

_OFFLINE: Final = MappingProxyType(
    {
        "verify": {
            "verify_after_reading": True,
            "verify_trust": True,
            "ocsp_fetch": False,
            "remote_manifest_fetch": False,
        },
        "core": {"allowed_network_hosts": [], "allow_redirects": False, "decode_identity_assertions": False},
    }
)

_MOST_STORE_BYTES: Final = 64 << 20

Failures = tuple[type[Exception], ...]


class NotRead(Exception):
    """Credentials that are there and cannot be read; the message is a phrase that says why."""


class Damaged(NotRead):
    """They are no manifest store, or none that could be valid."""


class Library(Protocol):
    """What is asked of the library; a test gives another one."""

    def __call__(self) -> ModuleType | None:
        """Return the module, None when it is not installed."""
        ...


class Store:
    """An open manifest store.

    Attributes
    ----------
    content, signatures : mapping
        As c2pa-python's `Reader.json` and `Reader.crjson` give them: hostile until each part was looked at. Only the
        second has who issued a certificate.
    """

    def __init__(self, reader: Any, failures: Failures) -> None:
        self._reader = reader
        self._failures = failures
        self.content = _object(reader.json())
        self.signatures = _object(reader.crjson())

    def write_resource(self, address: str, stream: BinaryIO) -> None:
        """Write a part of the store, such as a thumbnail, into a stream; raise `Damaged` when there is none."""
        with _told(self._failures):
            self._reader.resource_to_stream(address, stream)


def load_c2pa() -> ModuleType | None:
    """Import c2pa-python; None when it is not installed, or not for this machine."""
    try:
        import c2pa  # noqa: PLC0415 - loaded by the first file that has credentials
    except (ImportError, OSError, RuntimeError, ValueError):  # the last two where it has nothing for this machine
        return None
    return c2pa  # type: ignore[no-any-return]


@contextmanager
def open_store(path: Path, found: Found, *, anchors: str | None = None, load: Library = load_c2pa) -> Iterator[Store]:
    """Open and verify the manifest store of a file.

    Parameters
    ----------
    anchors : str, optional
        Certificates (PEM) of those who are trusted to issue certificates to signers. None trusts nobody.

    Raises
    ------
    NotRead
        The store is elsewhere, or the library is not installed.
    Damaged
        What is there is no manifest store.
    """
    if found.remote:
        raise NotRead(_elsewhere(found.remote))
    c2pa = load()
    if c2pa is None:
        raise NotRead(f"the library that reads them is not installed: {INSTALL}")
    failures = (c2pa.C2paError, ValueError, TypeError, RecursionError)
    with ExitStack() as stack:
        with _told(failures):
            settings = {**_OFFLINE, **({"trust": {"trust_anchors": anchors}} if anchors else {})}
            stream = stack.enter_context(path.open("rb"))
            context = stack.enter_context(c2pa.Context.from_dict(settings))
            beside = _read(found.sidecar) if found.sidecar else None
            reader = stack.enter_context(c2pa.Reader(None, stream, beside, context=context))
            store = Store(reader, failures)
        yield store


def _elsewhere(address: str) -> str:
    if address.startswith("self#"):
        return "its XMP refers to credentials that are no longer in the file"
    return f"they are kept at {address}, and nothing is fetched"


def _read(sidecar: Path) -> bytes:
    if sidecar.stat().st_size > _MOST_STORE_BYTES:
        raise NotRead(f"the file beside it has more than {_MOST_STORE_BYTES >> 20} MB")
    return sidecar.read_bytes()


def _object(text: str) -> Mapping[str, Any]:
    content = json.loads(text)
    if not isinstance(content, dict):
        raise Damaged("the manifest store is no object")
    return content


@contextmanager
def _told(failures: Failures) -> Iterator[None]:
    """Turn what goes wrong in the library, or in what it gives us, into `NotRead`, or `Damaged`."""
    try:
        yield
    except OSError as error:
        raise NotRead(f"the file cannot be read: {error.strerror or error}") from error
    except failures as error:
        said = str(error).strip() or type(error).__name__
        raise Damaged(said.splitlines()[0][:200]) from error
