"""PC109: the file was processed after the claimed time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from provcheck.judging.phrases import claim_text, one_line, when
from provcheck.metadata.history import METADATA_ONLY
from provcheck.metadata.precedence import recorded
from provcheck.moments import certainly_before
from provcheck.records import Finding, Moment, Processing, ReleaseImage, Severity, Statement, Subject

EDITORS: Final = (
    "acdsee", "affinity", "camera raw", "canva", "capture one", "corel", "darktable", "digikam", "dxo", "faststone",
    "fotor", "gimp", "imagemagick", "irfanview", "krita", "lightroom", "luminar", "paint", "photofiltre", "photopea",
    "photoscape", "photoshop", "picasa", "pixelmator", "pixlr", "polarr", "rawtherapee", "snapseed", "vsco", "xnview",
)  # fmt: skip
"""In the names of programs that change pictures. What else stands in the Software tag is mostly a camera's firmware."""

MOST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class ProcessedLater:
    """Lists the programs that a file records to have changed it after the claimed time, as a note: it is daily work."""

    id: str = "PC109"
    severity: Severity = Severity.NOTE
    summary: str = "The file was processed with an editor after the claimed time."
    help: str = (
        "Most published pictures are: cropped, brightened, made smaller. It says that this file is not what the camera "
        "wrote, so ask for that one when it matters."
    )

    def judge_file(self, image: ReleaseImage) -> Iterator[Finding]:
        """Yield at most one note."""
        claim = image.claims.captured
        if claim is None:
            return
        steps = [
            (step, where)
            for step, where in _steps(image.metadata.statements)
            if step.when and certainly_before(claim.value, step.when)
        ]
        if not steps:
            return
        listed = "; ".join(_in_words(step, where) for step, where in steps[:MOST_STEPS])
        more = f"; and {len(steps) - MOST_STEPS} more" if len(steps) > MOST_STEPS else ""
        message = f"After the claimed time, {claim.value.text} ({claim.origin}), it was processed: {listed}{more}."
        claimed = claim_text("captured", claim.value.text, claim)
        yield Finding(self.id, self.severity, message, f"processed: {listed}{more}", claimed)


def _steps(statements: Sequence[Statement]) -> Iterator[tuple[Processing, str]]:
    """Yield every step of the history and, where that is empty, the last change by an editor."""
    found = [(one.value, one.origin) for one in statements if isinstance(one.value, Processing)]
    yield from ((step, where) for step, where in found if step.software and METADATA_ONLY not in step.action)
    if found:
        return
    editors = [one for one in statements if one.subject is Subject.SOFTWARE and _is_editor(str(one.value))]
    for editor in editors[:1]:
        for change in recorded(statements, Subject.MODIFIED)[:1]:
            if isinstance(change.value, Moment):
                step = Processing("changed", str(editor.value), change.value)
                yield step, f"{editor.origin}, {change.origin}"


def _is_editor(software: str) -> bool:
    return any(editor in software.lower() for editor in EDITORS)


def _in_words(step: Processing, where: str) -> str:
    at = f" {when(step.when)}" if step.when else ""
    return f"{one_line(step.action)} with {one_line(step.software or 'a program')}{at} ({where})"
