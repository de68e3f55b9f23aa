"""Pictures with Content Credentials, signed with a certificate that is made here; nothing comes from the network."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image
from rendered_scenes import scene

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "TIFF": "image/tiff", "GIF": "image/gif",
        "AVIF": "image/avif"}  # fmt: skip

CREATED = {"action": "c2pa.created", "digitalSourceType": f"{SOURCE_TYPES}digitalCapture"}
GENERATED = {
    "action": "c2pa.created",
    "digitalSourceType": f"{SOURCE_TYPES}trainedAlgorithmicMedia",
    "softwareAgent": {"name": "Invented Model", "version": "3"},
}


@dataclass(frozen=True)
class Chain:
    """A certificate for signing with the one that vouches for it, as PEM."""

    certificates: bytes
    key: bytes
    root: str


@cache
def chain(signer: str = "Ana Ruiz") -> Chain:
    """Make a root, and a certificate that it issues; a signer makes the same ones the same for a whole run."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("Invented Roots", "Invented Root CA")
    usage = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    root = (
        _certificate(root_name, root_name, root_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage | {"key_cert_sign": True}), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    leaf = (
        _certificate(_name("Meridian Picture Desk", signer), root_name, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage | {"digital_signature": True}), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem = [one.public_bytes(serialization.Encoding.PEM) for one in (leaf, root)]
    return Chain(b"".join(pem), private, pem[1].decode())


def signed(
    *actions: Mapping[str, Any],
    form: str = "JPEG",
    metadata: Mapping[str, Any] | None = None,
    ingredients: Iterable[tuple[str, bytes]] = (),
    relation: str = "parentOf",
    remote: str | None = None,
    by: Chain | None = None,
    picture: bytes | None = None,
) -> bytes:
    """Return a picture with credentials inside.

    Parameters
    ----------
    metadata : mapping, optional
        Of the assertion `c2pa.metadata`: `exif:DateTimeOriginal` and the like.
    ingredients : iterable of (str, bytes)
        Titles and JPEG files.
    remote : str, optional
        An address for the credentials, instead of putting them inside.
    """
    return sign(*actions, form=form, metadata=metadata, ingredients=ingredients, relation=relation, remote=remote,
                by=by, picture=picture)[0]  # fmt: skip


def sign(
    *actions: Mapping[str, Any],
    form: str,
    metadata: Mapping[str, Any] | None,
    ingredients: Iterable[tuple[str, bytes]],
    relation: str,
    remote: str | None,
    by: Chain | None,
    picture: bytes | None,
) -> tuple[bytes, bytes]:
    """Return the file and the manifest store by itself."""
    who = by or chain()
    info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=who.certificates, private_key=who.key, ta_url=None)
    offline = {"verify": {"verify_after_sign": False, "remote_manifest_fetch": False}}
    out = io.BytesIO()
    with (
        c2pa.Context.from_dict(offline) as context,
        c2pa.Signer.from_info(info) as signer,
        c2pa.Builder(_manifest(actions or (CREATED,), metadata), context=context) as builder,
    ):
        for title, original in ingredients:
            told = json.dumps({"title": title, "relationship": relation})
            builder.add_ingredient(told, MIME["JPEG"], io.BytesIO(original))
        if remote:
            builder.set_no_embed()
            builder.set_remote_url(remote)
        store = builder.sign(signer, MIME[form], io.BytesIO(picture or plain(form)), out)
    return out.getvalue(), store


@cache
def plain(form: str = "JPEG", *, seed: int = 7, width: int = 320) -> bytes:
    """Return a small picture without credentials."""
    out = io.BytesIO()
    Image.fromarray(scene(seed)).resize((width, width * 3 // 4)).save(out, form)
    return out.getvalue()


def flipped(data: bytes, at: int) -> bytes:
    """Return the bytes with one bit changed."""
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


def _manifest(actions: Iterable[Mapping[str, Any]], metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    assertions: list[dict[str, Any]] = [{"label": "c2pa.actions.v2", "data": {"actions": list(actions)}}]
    if metadata:
        spaces = {"exif": "http://ns.adobe.com/exif/1.0/", "photoshop": "http://ns.adobe.com/photoshop/1.0/",
                  "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"}  # fmt: skip
        assertions.append({"label": "c2pa.metadata", "data": {"@context": spaces, **metadata}})
    return {
        "claim_generator_info": [{"name": "Darkroom", "version": "4.1"}],
        "title": "signed picture",
        "assertions": assertions,
    }


def _name(organisation: str, name: str) -> x509.Name:
    parts = {NameOID.COUNTRY_NAME: "XX", NameOID.ORGANIZATION_NAME: organisation, NameOID.COMMON_NAME: name}
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def _certificate(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=9000))
    )
