"""Status codes to states: what accuses nobody is not mixed up with what was changed."""

import pytest

from provcheck.credentials.states import state_of
from provcheck.credentials.untyped import Object
from provcheck.records import CredentialState


def content(state: str, *codes: str) -> Object:
    return {"validation_state": state, "validation_status": [{"code": code} for code in codes]}


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (content("Trusted"), CredentialState.TRUSTED),
        (content("Valid", "signingCredential.untrusted"), CredentialState.UNTRUSTED),
        (content("Invalid", "signingCredential.untrusted", "assertion.dataHash.mismatch"), CredentialState.TAMPERED),
        (content("Invalid", "assertion.hashedURI.mismatch"), CredentialState.TAMPERED),
        (content("Invalid", "signingCredential.expired"), CredentialState.INVALID),
        (content("Invalid", "signingCredential.expired", "claimSignature.mismatch"), CredentialState.TAMPERED),
        (content("Invalid", "some.new.code"), CredentialState.INVALID),
        (content("Sound"), CredentialState.INVALID),
        ({}, CredentialState.INVALID),
        ({"validation_state": 7, "validation_status": "broken"}, CredentialState.INVALID),
        ({"validation_state": "Invalid", "validation_status": [7, {"code": None}]}, CredentialState.INVALID),
    ],
)
def test_the_state_is_that_of_the_worst_code(found: Object, state: CredentialState) -> None:
    assert state_of(found)[0] is state


def test_what_is_wrong_is_said_in_words_and_in_codes() -> None:
    _, problem, codes = state_of(content("Invalid", "signingCredential.untrusted", "signingCredential.revoked"))
    assert (problem, codes) == ("the certificate of the signer was revoked", ("signingCredential.revoked",))


def test_a_code_without_words_is_named() -> None:
    assert state_of(content("Invalid", "some.new.code"))[1] == "they do not pass validation (some.new.code)"
