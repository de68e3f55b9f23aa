"""PC112: what is signed about the file contradicts what the release says."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from provcheck.judging.clocks import is_unset, with_slack
from provcheck.judging.credentials import signer_of
from provcheck.judging.making import INVENTED, deed_in_words, is_admitted, making_in_words, signed_making
from provcheck.judging.phrases import claim_text, claims_in_words, one_line, place_phrase, when
from provcheck.moments import certainly_before
from provcheck.places import Likeness, compare_places, describe_place
from provcheck.records import Credentials, CredentialState, Finding, ReleaseImage, Severity

_WEIGHTS: Final = {CredentialState.TRUSTED: Severity.ERROR, CredentialState.UNTRUSTED: Severity.WARNING}


@dataclass(frozen=True, slots=True)
class OtherThanSigned:
    """Holds the time, the place and the making that credentials state against the claims.

    Time and place count as much as their signer: an error when the trust list vouches for them, a warning when nobody
    does, nothing when the credentials are broken. That a picture was generated is an error whoever signed it, because
    nothing writes that into a photograph by accident, and a warning when the credentials are broken.
    """

    id: str = "PC112"
    severity: Severity = Severity.ERROR
    summary: str = "The Content Credentials of the file contradict the claimed time, place or kind."
    help: str = (
        "Look at who signed, and ask them. A camera signs what its clock and its receiver say, which may be wrong. "
        "Then correct the claim, replace the picture, or say in the release what it is."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield a finding for each of the three that contradicts."""
        credentials = image.credentials
        if credentials is None or credentials.state is CredentialState.UNREAD:
            return
        if credentials.state.is_intact:
            yield from self._time(image, credentials)
            yield from self._place(image, credentials)
        yield from self._making(image, credentials)

    def _time(self, image: ReleaseImage, credentials: Credentials) -> Iterator[Finding]:
        claim, known = image.claims.captured, credentials.captured
        if claim is None or known is None or is_unset(known.value):
            return
        signed = with_slack(known.value)
        if certainly_before(signed, claim.value) or certainly_before(claim.value, signed):
            message = (
                f"The release says it was captured {when(claim.value)} ({claim.origin}), but its Content Credentials, "
                f"signed by {signer_of(credentials)}, say that it was captured {when(known.value)}."
            )
            fact = f"captured: {known.value.text} ({known.origin})"
            said = claim_text("captured", claim.value.text, claim)
            yield Finding(self.id, _WEIGHTS[credentials.state], message, fact, said)

    def _place(self, image: ReleaseImage, credentials: Credentials) -> Iterator[Finding]:
        claim, known = image.claims.place, credentials.place_taken
        if claim is None or known is None:
            return
        comparison = compare_places(claim.value, known.value)
        if comparison.likeness is Likeness.DIFFERENT:
            message = (
                f"The release says it shows {place_phrase(claim.value)} ({claim.origin}), but its Content Credentials, "
                f"signed by {signer_of(credentials)}, say that it was taken at {place_phrase(known.value)}. "
                f"{comparison.reason}"
            )
            fact = f"place: {one_line(describe_place(known.value))} ({known.origin})"
            said = claim_text("place", describe_place(claim.value), claim)
            yield Finding(self.id, _WEIGHTS[credentials.state], message, fact, said)

    def _making(self, image: ReleaseImage, credentials: Credentials) -> Iterator[Finding]:
        said, made = claims_in_words(image.claims), signed_making(credentials)
        if not said or made is None or is_admitted(image.claims):
            return
        making, deed = made
        is_sure = making in INVENTED and credentials.state.is_intact
        broken = "" if credentials.state.is_intact else ", which are broken,"
        message = (
            f"The release shows it as a recording of a real event ({said}), but its Content Credentials{broken} signed "
            f"by {signer_of(credentials)} say that {making_in_words(making)} ({deed_in_words(deed)})."
        )
        severity = Severity.ERROR if is_sure else Severity.WARNING
        yield Finding(self.id, severity, message, deed_in_words(deed), said)
