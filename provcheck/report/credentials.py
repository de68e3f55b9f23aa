"""Content Credentials in plain English and as a plain object, for all reports. Every phrase is safe to print."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from provcheck.judging.credentials import signer_of
from provcheck.records import Credentials, CredentialState, Deed, Place, Stated
from provcheck.report.phrases import place_name
from provcheck.report.visible import visible

_MOST_NAMED: Final = 6
_OWN: Final = "c2pa."


def credential_lines(credentials: Credentials, *, verbose: bool = False) -> Iterator[str]:
    """Yield what is to be thought of the credentials of a file, then what they say.

    Parameters
    ----------
    verbose : bool
        Name every action, with its time, and what stands in the certificate.
    """
    yield visible(f"Content Credentials: {_standing(credentials)}")
    said = [*_said(credentials, verbose=verbose)]
    if said:
        verb = "say" if credentials.state.is_intact else "said"
        yield visible(f"They {verb}: {'; '.join(said)}")


def credentials_to_dict(credentials: Credentials) -> dict[str, Any]:
    """Return credentials as the schema of the report describes them."""
    stated: dict[str, Stated[Any] | None] = {
        "captured": credentials.captured,
        "place_taken": credentials.place_taken,
    }
    values = {
        name: {"value": _value(claim.value), "origin": claim.origin} if claim else None
        for name, claim in stated.items()
    }
    lists = {
        "codes": list(credentials.codes),
        "deeds": [asdict(deed) for deed in credentials.deeds],
        "ingredients": [asdict(part) for part in credentials.ingredients],
    }
    return asdict(credentials) | {"state": credentials.state.value} | lists | values


def _value(value: Any) -> object:
    if isinstance(value, Place):
        return {name: part for name, part in asdict(value).items() if part is not None}
    return value.text


def _standing(credentials: Credentials) -> str:
    signer = signer_of(credentials)
    match credentials.state:
        case CredentialState.TRUSTED:
            return f"intact, signed by {signer}, whom the trust list vouches for"
        case CredentialState.UNTRUSTED:
            return f"intact, signed by {signer}, whom no trust list here vouches for"
        case CredentialState.UNREAD:
            return f"present ({credentials.place}), but not read: {credentials.problem}"
        case CredentialState.TAMPERED:
            return f"{credentials.problem}, by {signer}"
        case CredentialState.INVALID:
            return f"not valid: {credentials.problem}"


def _said(credentials: Credentials, *, verbose: bool) -> Iterator[str]:
    if credentials.captured:
        yield f"captured {credentials.captured.value.text}"
    if credentials.place_taken:
        yield f"taken at {place_name(credentials.place_taken.value)}"
    deeds = credentials.deeds if verbose else credentials.deeds[:_MOST_NAMED]
    if deeds:
        left = len(credentials.deeds) - len(deeds)
        yield ", ".join([*(_deed(deed, verbose=verbose) for deed in deeds), *([f"and {left} more"] if left else [])])
    titles = [f"“{part.title or 'untitled'}”" for part in credentials.ingredients]
    if titles:
        yield f"made from {', '.join(titles if verbose else titles[:_MOST_NAMED])}"
    if credentials.generator:
        yield f"written by {credentials.generator}"
    if credentials.signed:
        yield f"signed {credentials.signed}"
    if verbose and credentials.issuer:
        yield f"certificate issued by {credentials.issuer}"


def _deed(deed: Deed, *, verbose: bool) -> str:
    name = deed.action.removeprefix(_OWN).replace("_", " ") if deed.action.startswith(_OWN) else deed.action
    details = [deed.source_type, deed.software, deed.when if verbose else None]
    told = ", ".join(detail for detail in details if detail)
    return f"{name} ({told})" if told else name
