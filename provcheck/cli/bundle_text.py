"""What `provcheck bundle verify` says, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any, Final

from provcheck.report.visible import visible

if TYPE_CHECKING:
    from provcheck.bundling import Verification
    from provcheck.bundling.matching_again import Repeated

SCHEMA: Final = "provcheck/bundle-verification/1"
_WORD_WIDTH: Final = 15


def write_text(verification: "Verification", name: str, stream: IO[str]) -> None:
    """Write what was found, the worst first."""
    stream.writelines(f"{line}\n" for line in _lines(verification, name))


def write_json(verification: "Verification", name: str, stream: IO[str]) -> None:
    """Write everything as one JSON object."""
    json.dump(_as_dict(verification, name), stream, indent=2)
    stream.write("\n")


def _lines(verification: "Verification", name: str) -> Iterator[str]:
    from provcheck.bundling.matching_again import Again
    from provcheck.report.phrases import counted

    made = verification.made.isoformat() if verification.made else "at a time that it does not tell"
    megabytes = verification.size / 1_000_000
    yield f"{visible(name)}: {counted(verification.files, 'file')}, {megabytes:.1f} MB, made {made}"
    yield f"digest over all: {verification.digest or 'none'}"
    if verification.problems:
        yield from _problems(verification)
        return
    yield "Whole: every file has the SHA-256 that was noted for it; nothing is missing, nothing was added."
    for other in verification.versions:
        yield f"another version: {visible(other.name)} {visible(other.then or 'none')} then, {other.now or 'none'} now"
    for report, items in verification.items:
        yield ""
        yield f"Release: {visible(report.release.path)}, checked {visible(report.created)}"
        for item in items:
            yield from _item(item)
    if verification.items:
        yield ""
        yield f"Matched again: {_counts(verification)}"
        if Again.NOTHING_KNOWN in {item.again for item in verification.repeated}:
            yield "Nothing known: the report has no known picture for it; what to search is the corpus, not the bundle."


def _problems(verification: "Verification") -> Iterator[str]:
    from provcheck.bundling.problems import Harm

    yield "NOT WHOLE, so nothing was matched again:"
    for problem in verification.problems:
        yield f"{problem.harm.value.upper():<{_WORD_WIDTH}} {visible(problem.member)}: {visible(problem.detail)}"
    if all(problem.harm is Harm.PACKING for problem in verification.problems):
        yield "Every file in it has the SHA-256 that was noted for it: only the ZIP file around them was changed, or"
        yield "they were packed anew. Unpacked, the folder can be verified."


def _item(item: "Repeated") -> Iterator[str]:
    image, before = item.verdict.image, item.verdict.outcome.value
    yield f"{item.again.value.upper():<{_WORD_WIDTH}} {visible(image.name)}: {before}"
    for remark in item.remarks:
        yield f"  {visible(remark)}"


def _counts(verification: "Verification") -> str:
    from provcheck.bundling.matching_again import Again
    from provcheck.report.phrases import counted

    came = Counter(item.again for item in verification.repeated)
    said = ", ".join(f"{came[again]} {again.value}" for again in Again if came[again])
    return f"{counted(len(verification.repeated), 'picture')}: {said or 'none'}"


def _as_dict(verification: "Verification", name: str) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "bundle": name,
        "whole": not verification.problems,
        "made": verification.made.isoformat() if verification.made else None,
        "files": verification.files,
        "bytes": verification.size,
        "digest_over_all": verification.digest or None,
        "problems": [
            {"kind": problem.harm.value, "member": problem.member, "detail": problem.detail}
            for problem in verification.problems
        ],
        "versions": [{"name": other.name, "then": other.then, "now": other.now} for other in verification.versions],
        "releases": [
            {"path": report.release.path, "items": [_item_as_dict(item) for item in items]}
            for report, items in verification.items
        ],
    }


def _item_as_dict(item: "Repeated") -> dict[str, Any]:
    return {
        "path": item.verdict.image.name,
        "sha256": item.verdict.image.sha256,
        "state": item.again.value,
        "outcome": item.verdict.outcome.value,
        "outcome_now": item.outcome.value,
        "remarks": list(item.remarks),
    }
