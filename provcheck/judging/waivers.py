"""Waivers: findings that somebody has looked at and lets pass.

A waiver names a picture by its content, a source and a rule, so it lets pass one finding and no other: the same picture
matched with another source, or contradicted by another rule, is reported as before. A waived finding stays where it
was, and so does the outcome, because neither the picture nor the facts have changed; only what fails a check is less
(`Verdict.standing`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from provcheck.records import Finding, Verdict, Waiver

RADIUS: Final = 40
"""Bits between two PDQ codes of one picture.

Over 197 photographs, 99 of 100 copies that were encoded or scaled anew (JPEG and WebP of quality 30 to 90, longest side
160 to 1600 pixels) were within 36 bits. The nearest of 19,303 pairs of different photographs was 92 bits away.
"""

_PDQ: Final = "pdq:"


def apply_waivers(verdicts: Iterable[Verdict], waivers: Sequence[Waiver], *, now: datetime) -> tuple[Verdict, ...]:
    """Return the verdicts, their findings marked with the waivers that let them pass; expired ones let nothing pass."""
    in_force = [waiver for waiver in waivers if waiver.expires is None or waiver.expires.end > now]
    return tuple(_waived(verdict, in_force) for verdict in verdicts)


def is_same_content(key: str, other: str) -> bool:
    """Whether two content keys name one picture."""
    if key.startswith(_PDQ) and other.startswith(_PDQ):
        distance = int(key.removeprefix(_PDQ), 16) ^ int(other.removeprefix(_PDQ), 16)
        return distance.bit_count() <= RADIUS
    return key == other


def _waived(verdict: Verdict, waivers: Sequence[Waiver]) -> Verdict:
    keys = (verdict.content_key or "", f"sha256:{verdict.image.sha256}")
    mine = [waiver for waiver in waivers if any(is_same_content(waiver.picture, key) for key in keys)]
    if not mine:
        return verdict
    return replace(verdict, findings=tuple(_marked(finding, mine) for finding in verdict.findings))


def _marked(finding: Finding, waivers: Sequence[Waiver]) -> Finding:
    named = (finding.rule, finding.source_id)
    waiver = next((waiver for waiver in waivers if (waiver.rule, waiver.source) == named), None)
    return replace(finding, waiver=waiver)
