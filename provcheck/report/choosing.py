"""Which picture of a report a person means."""

import difflib
from collections.abc import Sequence
from typing import Final

from provcheck.errors import UsageError
from provcheck.records import Report, Verdict
from provcheck.report.visible import visible

FEWEST_DIGITS: Final = 8
"""Of a SHA-256 that names a picture."""


def chosen_verdict(reports: Sequence[Report], item: str) -> tuple[Report, Verdict]:
    """Return the picture whose path, or the beginning of whose SHA-256, is `item`, and its report.

    Raises
    ------
    UsageError
        There is none, or there are several.
    """
    named = [
        (f"{report.release.path.rstrip('/')}/{verdict.image.name}", report, verdict)
        for report in reports
        for verdict in report.verdicts
    ]
    meant = [each for each in named if _means(item, each[0], each[2])]
    if len({verdict.image.sha256 for _, _, verdict in meant}) == 1:
        return meant[0][1:]
    if meant:
        paths = ", ".join(visible(path) for path, _, _ in meant)
        raise UsageError(f"“{visible(item)}” means several pictures: {paths}", "Write one of these paths.")
    near = difflib.get_close_matches(item, [verdict.image.name for _, _, verdict in named], n=1)
    hint = f"Did you mean “{visible(near[0])}”?" if near else "Give its path as the report has it."
    raise UsageError(f"the report has no picture “{visible(item)}”", hint)


def _means(item: str, path: str, verdict: Verdict) -> bool:
    digits = len(item) >= FEWEST_DIGITS and verdict.image.sha256.startswith(item)
    return item in (path, verdict.image.name) or digits
