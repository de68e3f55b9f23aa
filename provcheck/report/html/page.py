"""The page, put together: one section a release, then what holds for all of them."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from provcheck.evidence import opened_originals
from provcheck.records import Outcome, Report, Skipped
from provcheck.report import FAILS_BY_DEFAULT, phrases
from provcheck.report.comparison.phrases import change_boxes
from provcheck.report.credentials import credential_lines
from provcheck.report.html.album import MOST_BYTES, Album, side_for
from provcheck.report.html.compared_words import TONE_MARKS
from provcheck.report.html.dates import spoken
from provcheck.report.html.items import Item, items_of
from provcheck.report.html.links import linked
from provcheck.report.html.words import MARKS, MEANINGS, NOT_DONE, verdict_sentences
from provcheck.report.summary import finite_log10, outcome_counts, skipped_files
from provcheck.report.visible import visible
from provcheck.report.waivers import waived_phrase, waiver_problems

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Section:
    """One release on the page; `known` are the items with something to tell, the most serious first."""

    report: Report
    sentences: tuple[str, ...]
    counts: Mapping[Outcome, int]
    known: tuple[Item, ...]
    others: tuple[Item, ...]
    unchecked: tuple[Item, ...]
    skipped: tuple[Skipped, ...]


def render_page(reports: Sequence[Report], *, fail_on: str = FAILS_BY_DEFAULT, room: int = MOST_BYTES) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    fail_on : str
        One of `report.FAIL_ON`.
    room : int
        Bytes that all pictures may take together.
    """
    flagged = sum(bool(verdict.matches or verdict.leads) for report in reports for verdict in report.verdicts)
    album = Album(side_for(flagged), room)
    sections = list(_sections(reports, album, fail_on=fail_on))
    items = [item for section in sections for item in (*section.known, *section.others, *section.unchecked)]
    return environment().get_template("page.html").render(
        reports=reports,
        sections=sections,
        sources=_sources(items),
        rules=sorted({rule for item in items for rule in item.rules}),
        totals=outcome_counts(*reports),
        total=len(items),
        problems=waiver_problems(reports),
        coverages=list(dict.fromkeys(report.coverage for report in reports)),
        album=album,
        redacted=any(report.redacted for report in reports),
    )  # fmt: skip


def _sections(reports: Sequence[Report], album: Album, *, fail_on: str) -> Iterator[Section]:
    first = 1
    for report in reports:
        with opened_originals(report.coverage) as originals:
            items = list(items_of(report, originals, album, first=first, fail_on=fail_on))
        first += len(items)
        untold = [item for item in items if not _is_told(item)]
        yield Section(
            report=report,
            sentences=tuple(verdict_sentences(report)),
            counts=outcome_counts(report),
            known=tuple(item for item in items if _is_told(item)),
            others=tuple(item for item in untold if item.verdict.outcome is not Outcome.INCONCLUSIVE),
            unchecked=tuple(item for item in untold if item.verdict.outcome is Outcome.INCONCLUSIVE),
            skipped=skipped_files(report),
        )


def _is_told(item: Item) -> bool:
    """Whether an item has something to tell, and is not one of many that say "nothing found"."""
    verdict = item.verdict
    is_mismatched = verdict.outcome is Outcome.MISMATCHED
    return bool(item.matches or item.scene or verdict.image.credentials or is_mismatched)


def _sources(items: Sequence[Item]) -> dict[str, str]:
    """Return the names of all matched sources by id, for the filter."""
    sources = [shown.match.source for item in items for shown in item.matches]
    return {source.id: phrases.source_name(source) for source in sources}


@cache
def environment() -> Environment:
    """Return the renderer: everything that it puts in is made visible and escaped, but what we wrote ourselves."""
    made = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style, script = (HERE / "page.css").read_text("utf-8"), (HERE / "page.js").read_text("utf-8")
    made.globals |= {
        "style": Markup(style),  # noqa: S704 (our own files)
        "script": Markup(script),  # noqa: S704
        "policy": _policy(style, script),
        "phrases": phrases,
        "linked": linked,
        "spoken": spoken,
        "credential_lines": credential_lines,
        "marks": MARKS,
        "meanings": MEANINGS,
        "not_done": NOT_DONE,
        "waived_phrase": waived_phrase,
        "finite_log10": finite_log10,
        "tone_marks": TONE_MARKS,
        "change_boxes": change_boxes,
    }
    return made


def _shown(value: object) -> object:
    return value if isinstance(value, Markup) else visible(str(value))


def _policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy: our own style and script, pictures inside the page, and nothing else."""
    styles, scripts = (base64.b64encode(hashlib.sha256(t.encode()).digest()).decode() for t in (style, script))
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{styles}'; script-src 'sha256-{scripts}'; "
        "base-uri 'none'; form-action 'none'"
    )
