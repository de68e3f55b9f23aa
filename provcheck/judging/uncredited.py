"""PC104: a known picture is used again, and the release does not say so."""

from collections.abc import Iterator
from dataclasses import dataclass

from provcheck.judging.phrases import claim_text, one_line, source_in_full
from provcheck.records import Claims, Finding, Match, Severity
from provcheck.wording import plain_words


@dataclass(frozen=True, slots=True)
class ReusedUncredited:
    """Reports a match that the release neither labels nor credits."""

    id: str = "PC104"
    severity: Severity = Severity.WARNING
    summary: str = "A known picture is used again without a label or a credit."
    help: str = (
        "Say where the picture comes from: a credit that names the publisher or the title of the source, or a label "
        "(file, archive, illustration) in release.toml or in the picture's IPTC instructions."
    )

    def judge(self, claims: Claims, match: Match) -> Iterator[Finding]:
        """Yield at most one finding."""
        if is_acknowledged(claims, match):
            return
        source = source_in_full(match.source)
        if claims.credit is None:
            message = (
                f"It was taken from the known source {source}, and the release gives neither a label nor a credit."
            )
            claim = None
        else:
            written = f"“{one_line(claims.credit.value)}” ({claims.credit.origin})"
            message = f"It was taken from the known source {source}, but the release credits {written}."
            claim = claim_text("credit", claims.credit.value, claims.credit)
        yield Finding(self.id, self.severity, message, f"source: {source}", claim, match.source.id)


def is_acknowledged(claims: Claims, match: Match) -> bool:
    """Whether the release says that the picture is not new: by a label, or a credit that names publisher or title.

    A picture from a release of one's own needs neither: what was claimed then is held against what is claimed now.
    """
    if claims.label is not None or match.source.facts.release is not None:
        return True
    if claims.credit is None:
        return False
    facts = match.source.facts
    return any(_names(claims.credit.value, name) for name in (facts.publisher, facts.title) if name)


def _names(credit: str, name: str) -> bool:
    """Whether a credit holds a name as whole words."""
    said, words = plain_words(credit), plain_words(name)
    return bool(words) and any(said[i : i + len(words)] == words for i in range(len(said)))
