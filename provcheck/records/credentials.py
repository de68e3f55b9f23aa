"""What signed Content Credentials say of a file (C2PA)."""

from dataclasses import dataclass
from enum import StrEnum

from provcheck.records.claims import Moment, Place, Stated


class Making(StrEnum):
    """How a picture was made, as its own file says (IPTC Digital Source Type, grouped)."""

    RECORDED = "recorded"
    EDITED = "edited"
    COMPOSITE = "composite"
    PARTLY_GENERATED = "partly generated"
    GENERATED = "generated"
    DRAWN = "drawn"
    SCREEN = "screen"
    VIRTUAL = "virtual"
    UNSAID = "unsaid"


class CredentialState(StrEnum):
    """What is to be thought of the Content Credentials of a file."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    TAMPERED = "tampered"
    INVALID = "invalid"
    UNREAD = "unread"

    @property
    def is_intact(self) -> bool:
        """Whether file and credentials are as they were when they were signed, by whomever."""
        return self in (CredentialState.TRUSTED, CredentialState.UNTRUSTED)


@dataclass(frozen=True, slots=True)
class Deed:
    """One action that credentials tell of, such as `c2pa.cropped`.

    Attributes
    ----------
    source_type : str or None
        The term of IPTC's Digital Source Type, without the address before it.
    """

    action: str
    software: str | None = None
    when: str | None = None
    source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A picture that, by its credentials, another one was made from.

    Attributes
    ----------
    relation : str or None
        `parentOf`, `componentOf` or `inputTo`.
    has_thumbnail : bool
        Whether a small picture of it is kept in the credentials.
    """

    title: str | None = None
    relation: str | None = None
    has_thumbnail: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """The Content Credentials of a file: who signed what about it. What is not known is None or empty.

    Attributes
    ----------
    place : str
        Where they stand: `APP11 of the JPEG file`.
    problem : str
        Why they could not be read, or what is wrong with them, in a phrase.
    codes : tuple of str
        The C2PA status codes of what is wrong.
    signed : str or None
        Time of the signature as a time-stamping service stated it, ISO 8601.
    signer, organisation, issuer : str or None
        As the certificate has them: whom it names, the organisation behind that, and who issued it.
    generator : str or None
        The program that wrote them.
    deeds : tuple of Deed
        From the first; those of earlier credentials, that the file's own ones carry on from, included.
    captured, place_taken : Stated or None
        When and where they say that the picture was taken.
    """

    state: CredentialState
    place: str
    problem: str = ""
    codes: tuple[str, ...] = ()
    signer: str | None = None
    organisation: str | None = None
    issuer: str | None = None
    signed: str | None = None
    generator: str | None = None
    deeds: tuple[Deed, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    captured: Stated[Moment] | None = None
    place_taken: Stated[Place] | None = None
