"""What programs record of their work in XMP: `xmpMM:History`, and what a file was derived from (ISO 16684-2)."""

from collections.abc import Iterator
from typing import Final

from provcheck.metadata.dates import moment_or_none
from provcheck.metadata.rdf import Properties, structures, text_of
from provcheck.metadata.texts import cleaned
from provcheck.records import Block, Processing, Statement, Subject, Voice

MOST_STEPS: Final = 200
"""Of a longer history the first and the last steps are kept, half and half."""

METADATA_ONLY: Final = "metadata only"
"""In the action of a step that changed words and no pixel."""


def history_statements(properties: Properties) -> Iterator[Statement]:
    """Yield every step of the history, in its order, and the document that the file was derived from."""
    steps = structures(properties.get("xmpMM:History"))
    if len(steps) > MOST_STEPS:
        steps = steps[: MOST_STEPS // 2] + steps[-MOST_STEPS // 2 :]
    for step in steps:
        yield from _step(step)
    for origin in structures(properties.get("xmpMM:DerivedFrom")):
        identity = text_of(origin.get("stRef:originalDocumentID")) or text_of(origin.get("stRef:documentID"))
        if identity:
            raw = cleaned(identity)
            yield Statement(Block.XMP, "xmpMM:DerivedFrom", Subject.IDENTITY, Voice.RECORDS, raw, raw)


def _step(step: Properties) -> Iterator[Statement]:
    action, software, when, changed, parameters = (
        cleaned(text_of(step.get(f"stEvt:{name}")))
        for name in ("action", "softwareAgent", "when", "changed", "parameters")
    )
    if not action and not software:
        return
    raw = "; ".join(filter(None, (action, parameters, software, when, changed)))
    done = f"{action or 'changed'} ({METADATA_ONLY})" if changed.strip("/; ") == "metadata" else action or "changed"
    value = Processing(done, software or None, moment_or_none(when))
    yield Statement(Block.XMP, "xmpMM:History", Subject.PROCESSED, Voice.RECORDS, raw, value)
