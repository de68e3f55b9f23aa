"""The Content Credentials of one file: found, read, and told what is to be thought of them."""

from pathlib import Path

from provcheck.credentials.capture import captured_of, place_taken_of
from provcheck.credentials.finding import Found, find_credentials
from provcheck.credentials.library import Damaged, Library, NotRead, Store, load_c2pa, open_store
from provcheck.credentials.manifests import deeds_of, generator_of, history_of, ingredients_of
from provcheck.credentials.states import state_of
from provcheck.credentials.untyped import Object, object_of, objects_of, text_of
from provcheck.records import Credentials, CredentialState


def credentials_of(path: Path, *, anchors: str | None = None, load: Library = load_c2pa) -> Credentials | None:
    """Return the Content Credentials (C2PA) of a file; None for a file that has none.

    Nothing is fetched from the network. A file that cannot be read, and credentials that want to do harm, give a
    record that says so, and never an error.

    Parameters
    ----------
    anchors : str, optional
        Certificates (PEM) of those who are trusted to vouch for signers; see `read_trust_list`.
    load : callable
        Gives the library; a test gives another one.
    """
    found = find_credentials(path)
    if found is None:
        return None
    try:
        with open_store(path, found, anchors=anchors, load=load) as store:
            return _credentials(store, place_of(found))
    except Damaged as error:
        return Credentials(CredentialState.INVALID, place_of(found), f"they are damaged ({error})")
    except NotRead as error:
        return Credentials(CredentialState.UNREAD, place_of(found), str(error))


def place_of(found: Found) -> str:
    """Return where credentials are, in words."""
    if found.sidecar:
        return f"the file {found.sidecar.name} beside it"
    return found.place or "its XMP names them"


def _credentials(store: Store, place: str) -> Credentials:
    state, problem, codes = state_of(store.content)
    history = history_of(store.content)
    active = history[-1] if history else {}
    signature = object_of(active, "signature_info")
    return Credentials(
        state=state,
        place=place,
        problem=problem,
        codes=codes,
        signer=text_of(signature, "common_name"),
        organisation=text_of(signature, "issuer"),
        issuer=_issuer_of(store.signatures, text_of(active, "label")),
        signed=text_of(signature, "time"),
        generator=generator_of(active),
        deeds=tuple(deed for manifest in history for deed in deeds_of(manifest)),
        ingredients=tuple(ingredients_of(active)),
        captured=captured_of(history),
        place_taken=place_taken_of(history),
    )


def _issuer_of(signatures: Object, label: str | None) -> str | None:
    """Return who issued the certificate of the manifest of a label."""
    for manifest in objects_of(signatures, "manifests"):
        if text_of(manifest, "label") == label:
            certificate = object_of(object_of(manifest, "signature"), "certificateInfo")
            return text_of(object_of(certificate, "issuer"), "CN", "O")
    return None
