"""PC103: what is shown as evidence is no recording of reality."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.making import UNREAL, is_admitted
from provcheck.judging.phrases import claims_in_words, fact_text, kind_phrase, source_in_full
from provcheck.judging.selfdescribed import unrecorded_by_file
from provcheck.records import Claims, Finding, Match, ReleaseImage, Severity


@dataclass(frozen=True, slots=True)
class NotARecording:
    """Reports a picture that was made and not recorded, by what is known of its source or by what its own file says.

    An error when the release claims a time, a place or a kind for the picture, for that is to show it as evidence; a
    warning when it claims nothing. Nothing when the release itself calls it an illustration or one of these kinds.
    """

    id: str = "PC103"
    severity: Severity = Severity.ERROR
    summary: str = (
        "The known source is a game, a film, computer graphics, a simulation or AI-generated, or the file says such a "
        "thing of itself."
    )
    help: str = (
        "The picture does not record an event. Do not show it as evidence. If it only illustrates, say so in the "
        'caption, and in release.toml with label = "illustration" or the true kind.'
    )

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:
        """Yield at most one finding."""
        known = match.source.facts.kind
        if known is None or known not in UNREAL or is_admitted(claims):
            return
        said = claims_in_words(claims)
        source = source_in_full(match.source)
        if said:
            message = (
                f"The release shows it as a recording of a real event ({said}), but the known source {source} is "
                f"{kind_phrase(known)}."
            )
        else:
            message = f"The known source {source} is {kind_phrase(known)}, and the release does not say so."
        severity = Severity.ERROR if said else Severity.WARNING
        fact = fact_text("kind", known.value, match.source)
        yield Finding(self.id, severity, message, fact, said or None, match.source.id)

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield what the file says of its own making; see `selfdescribed`."""
        yield from unrecorded_by_file(self.id, image)
