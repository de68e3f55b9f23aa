"""What the file of an image says about how it was made, as findings of PC103.

The sentences say what the file says, and that it is the file that says so. A part of the picture weighs less than the
whole, and so does a making that is only inferred from what a known generator leaves behind, because such programs also
enlarge photographs.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from provcheck.credentials.source_types import making_of, term_of
from provcheck.judging.making import INVENTED, UNCLEAR, deed_in_words, is_admitted, making_in_words, signed_making
from provcheck.judging.phrases import claims_in_words, one_line
from provcheck.records import Credentials, CredentialState, Finding, ReleaseImage, Severity, Statement, Subject

_LONGEST: Final = 80


def unrecorded_by_file(rule: str, image: ReleaseImage) -> Iterator[Finding]:
    """Yield at most one finding each for the source type, for the traces of generators, and for credentials.

    Credentials speak here only where the release claims nothing: what contradicts a claim is PC112.
    """
    if is_admitted(image.claims):
        return
    said = claims_in_words(image.claims)
    statements = image.metadata.statements
    yield from (_finding(rule, said, *told) for told in _by_source_type(statements))
    yield from (_finding(rule, said, *told) for told in _by_generator(statements))
    if image.credentials and not said:
        yield from (_finding(rule, said, *told) for told in _by_credentials(image.credentials))


def _by_source_type(statements: Sequence[Statement]) -> Iterator[tuple[str, str, bool]]:
    """Yield what is said, the field that says it, and whether it is said of the whole picture."""
    for one in statements:
        making = making_of(term_of(one.raw)) if one.subject is Subject.SOURCE_TYPE else None
        if making in INVENTED | UNCLEAR:
            told = f"{one.origin}: {_short(one.raw)}"
            yield f"its file says that {making_in_words(making)} ({told})", told, making in INVENTED
            return


def _by_generator(statements: Sequence[Statement]) -> Iterator[tuple[str, str, bool]]:
    for one in statements:
        if one.subject is Subject.GENERATOR:
            program = one_line(str(one.value))
            message = (
                f"its file carries what {program} writes into pictures ({one.origin}), which may have made this one, "
                "or only worked on it"
            )
            yield message, f"{one.origin}: {_short(one.raw)}", False
            return


def _by_credentials(credentials: Credentials) -> Iterator[tuple[str, str, bool]]:
    made = signed_making(credentials) if credentials.state is not CredentialState.UNREAD else None
    if made:
        making, deed = made
        told = deed_in_words(deed)
        is_sure = making in INVENTED and credentials.state.is_intact
        yield f"its Content Credentials say that {making_in_words(making)} ({told})", told, is_sure


def _finding(rule: str, said: str, phrase: str, fact: str, is_sure: bool) -> Finding:  # noqa: FBT001 (from a row)
    if said:
        severity = Severity.ERROR if is_sure else Severity.WARNING
        message = f"The release shows it as a recording of a real event ({said}), but {phrase}."
    else:
        severity = Severity.WARNING if is_sure else Severity.NOTE
        message = f"{phrase[0].upper()}{phrase[1:]}, and the release does not say so."
    return Finding(rule, severity, message, fact, said or None)


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
