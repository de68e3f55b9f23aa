"""Trust lists: who may vouch for signers, from a file of the user's own.

None comes with provcheck. Whom to trust is for the newsroom to say, and lists change; the C2PA publishes one, as a file
of certificates, at https://github.com/c2pa-org/conformance-public/tree/main/trust-list.
"""

import re
from pathlib import Path
from typing import Final

from provcheck.errors import UsageError

_MOST_BYTES: Final = 16 << 20
_CERTIFICATE: Final = re.compile(r"-----BEGIN CERTIFICATE-----[\w+/=\s]+?-----END CERTIFICATE-----", re.ASCII)
_SEQUENCE: Final = b"\x30"
_REMEDY: Final = "Give a PEM file, in which each certificate begins with -----BEGIN CERTIFICATE-----."


def read_trust_list(path: Path) -> str:
    """Return the certificates of a trust list as PEM; what stands between them is left out.

    Raises
    ------
    UsageError
        There is no such file, it is too large, or it holds no certificate; the message names the file.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"trust list {path}: {error.strerror or error}", _REMEDY) from error
    if len(data) > _MOST_BYTES:
        raise UsageError(f"trust list {path}: it has more than {_MOST_BYTES >> 20} MB", _REMEDY)
    certificates = _CERTIFICATE.findall(data.decode("utf-8", "replace"))
    broken = next((number for number, one in enumerate(certificates, 1) if not _is_certificate(one)), None)
    if broken or not certificates:
        found = f"certificate {broken} of {len(certificates)} is damaged" if broken else "it holds no certificate"
        raise UsageError(f"trust list {path}: {found}", _REMEDY)
    return "\n".join(certificates) + "\n"


def _is_certificate(pem: str) -> bool:
    import ssl  # noqa: PLC0415 - slow to import, and few have a trust list

    try:
        return ssl.PEM_cert_to_DER_cert(pem).startswith(_SEQUENCE)
    except ValueError:
        return False
