"""The status codes of a validated manifest store to one state and one phrase.

Three questions are kept apart, because they have different causes. Are file and credentials as they were when they were
signed (else `tampered`)? Is everything else about the signature in order (else `invalid`)? Is the signer somebody whom
the trust list vouches for (else `untrusted`, which is the rule without a trust list, and no reproach)?

Source of the codes: C2PA Technical Specification 2.2, section 15.2.2, "Returning validation results".
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from provcheck.credentials.untyped import Object, objects_of, text_of
from provcheck.records import CredentialState

_PICTURE: Final = "the file was changed after it was signed"
_CREDENTIALS: Final = "the credentials were changed after they were signed"

TAMPERED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "assertion.dataHash.mismatch": _PICTURE,
        "assertion.bmffHash.mismatch": _PICTURE,
        "assertion.boxesHash.mismatch": _PICTURE,
        "assertion.collectionHash.mismatch": _PICTURE,
        "claimSignature.mismatch": _CREDENTIALS,
        "assertion.hashedURI.mismatch": _CREDENTIALS,
        "hashedURI.mismatch": _CREDENTIALS,
        "ingredient.manifest.mismatch": _CREDENTIALS,
        "ingredient.claimSignature.mismatch": _CREDENTIALS,
    }
)

_INVALID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "signingCredential.expired": "the certificate of the signer had expired",
        "signingCredential.revoked": "the certificate of the signer was revoked",
        "signingCredential.ocsp.revoked": "the certificate of the signer was revoked",
        "signingCredential.invalid": "the certificate of the signer is not one for signing",
        "claimSignature.outsideValidity": "it was signed outside the time for which the certificate holds",
        "assertion.missing": "a part of the credentials is missing",
        "assertion.undeclared": "the credentials have a part that was not signed",
        "claimSignature.missing": "the signature is missing",
    }
)

_UNTRUSTED: Final = "signingCredential.untrusted"
_IN_WORDS: Final = MappingProxyType({"Trusted": CredentialState.TRUSTED, "Valid": CredentialState.UNTRUSTED})


def state_of(content: Object) -> tuple[CredentialState, str, tuple[str, ...]]:
    """Return the state, what is wrong in a phrase, and the codes of what is wrong.

    The library's own verdict decides whether something is wrong; the codes only say what.
    """
    listed = (text_of(status, "code") for status in objects_of(content, "validation_status"))
    codes = tuple(dict.fromkeys(code for code in listed if code and code != _UNTRUSTED))
    state = _IN_WORDS.get(text_of(content, "validation_state") or "")
    if state:
        return state, "", ()
    tampered = next((TAMPERED[code] for code in codes if code in TAMPERED), None)
    if tampered:
        return CredentialState.TAMPERED, tampered, codes
    invalid = next((_INVALID[code] for code in codes if code in _INVALID), "")
    return CredentialState.INVALID, invalid or f"they do not pass validation ({', '.join(codes) or 'no reason'})", codes
