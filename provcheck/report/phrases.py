"""Records in plain English, for reports that people read. Every phrase is safe to print (`visible`)."""

import math
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from provcheck.records import (
    Alteration,
    Claims,
    Coverage,
    Facts,
    Match,
    Medium,
    OtherShot,
    Place,
    Relation,
    Report,
    Source,
)
from provcheck.report.summary import outcome_counts, skipped_files
from provcheck.report.visible import visible

_LARGEST_EXPONENT: Final = 50
"""Beyond this the model of accidental matches is no longer what decides, and a figure would only feign precision."""


def where_from(match: Match) -> str:
    """Say what the image is, e.g. `is a frame of “Title” (game, published 2015-03-25) at 0:12.48`, and the edits."""
    altered = how_altered(match.alterations)
    return f"{_relation(match)} {source_name(match.source)}{_moment(match)}" + (
        f"; altered: {altered}" if altered else ""
    )


def looks_like(lead: Match) -> str:
    """Say what a person should look at."""
    source = f"{source_name(lead.source)}{_moment(lead)}"
    if lead.relation is Relation.SHARED_ELEMENT:
        return f"shares an element (such as a logo or a caption strip) with {source}"
    if lead.other_shot is OtherShot.OTHER_CONTENT:
        return f"looks like {source}, but {lead.other_shot.value}: a person should look"
    told = f" ({lead.other_shot.value})" if lead.other_shot else ""
    return f"looks like the same scene as {source}{told}, a person should look"


def how_altered(alterations: Sequence[Alteration]) -> str:
    """Return the edits in words, e.g. `cropped to 62 % of the frame, mirrored`; empty when there are none."""
    return visible(", ".join(alteration.detail or alteration.kind.value for alteration in alterations))


def how_sure(log10_false_alarms: float, *, search: str = "search", among: str = "of this corpus") -> str:
    """Return the expected number of accidental matches as a frequency that needs no statistics.

    Parameters
    ----------
    search, among : str
        What was done, in the singular, and on what.
    """
    if log10_false_alarms > -math.log10(2):
        return f"not sure: every {search} {among} may give an accidental match this good"
    plural = "comparisons" if search == "comparison" else "searches"
    return f"sure: one accidental match this good in {_searches(-log10_false_alarms)} {plural} {among}"


def source_name(source: Source) -> str:
    """Return a source's title, else its file name, with what matters most about it in brackets."""
    name = f"“{source.facts.title}”" if source.facts.title else PurePath(source.path).name
    known = ", ".join(_essentials(source.facts))
    return visible(f"{name} ({known})" if known else name)


def without_links(message: str, matches: Iterable[Match]) -> str:
    """Return a finding's sentence without the addresses that stand beside it already."""
    for address in filter(None, (link(match.source.facts) for match in matches)):
        message = message.replace(f" ({address})", "").replace(f", {address})", ")")
    return visible(message)


def link(facts: Facts) -> str | None:
    """Return the address at which the fact can be looked up."""
    address = facts.url or facts.archive_url
    return visible(address) if address else None


def timecode(seconds: float) -> str:
    """Return `m:ss.cc`, or `h:mm:ss.cc` from one hour, rounded to hundredths.

    Examples
    --------
    >>> timecode(12.48), timecode(59.999), timecode(3723.5)
    ('0:12.48', '1:00.00', '1:02:03.50')
    """
    minutes, hundredths = divmod(round(seconds * 100), 6000)
    hours, minutes = divmod(minutes, 60)
    rest = f"{hundredths // 100:02}.{hundredths % 100:02}"
    return f"{hours}:{minutes:02}:{rest}" if hours else f"{minutes}:{rest}"


def coverage_line(coverage: Coverage) -> str:
    """Say how large and how recent the corpus is, and so what a missing match means."""
    if not coverage.sources:
        return visible(f"The corpus {coverage.path} is empty, so nothing could be checked: see `provcheck corpus add`.")
    size = f"{counted(coverage.sources, 'source')}, {counted(coverage.frames, 'frame')}"
    newest = f"newest {coverage.newest}" if coverage.newest else "no dates known"
    return visible(f"Checked against {size}, {newest}; no-match means: not in this corpus ({coverage.path}).")


def summary_line(*reports: Report) -> str:
    """Return the counts in one line, e.g. `5 images: 4 mismatched, 1 credited; 1 file skipped`.

    Of several releases their number comes first, e.g. `2 releases, 9 images: 5 mismatched, 4 no-match`.
    """
    counts = [f"{count} {outcome.value}" for outcome, count in outcome_counts(*reports).items() if count]
    skipped = sum(len(skipped_files(report)) for report in reports)
    images = counted(sum(len(report.verdicts) for report in reports), "image")
    releases = [counted(len(reports), "release")] if len(reports) > 1 else []
    counted_all = ": ".join(filter(None, [", ".join([*releases, images]), ", ".join(counts)]))
    return counted_all + (f"; {counted(skipped, 'file')} skipped" if skipped else "")


def release_line(report: Report) -> str:
    """Name the release as its manifest does, else by its path."""
    release = report.release
    known = [release.path] if release.title else []
    known += [f"published {release.published.text}"] if release.published else []
    known += [f"language {release.language}"] if release.language else []
    name = f"“{release.title}”" if release.title else release.path
    return visible(f"Release: {name}" + (f" ({', '.join(known)})" if known else ""))


def claim_phrases(claims: Claims) -> list[str]:
    """Return each claim with where it was said."""
    said = {
        "captured": claims.captured and (claims.captured.value.text, claims.captured.origin),
        "place": claims.place and (place_name(claims.place.value), claims.place.origin),
        "kind": claims.kind and (claims.kind.value.value, claims.kind.origin),
        "caption": claims.caption and (claims.caption.value, claims.caption.origin),
        "credit": claims.credit and (claims.credit.value, claims.credit.origin),
        "label": claims.label and (claims.label.value.value, claims.label.origin),
    }
    return [visible(f"{name}: {claim[0]} ({claim[1]})") for name, claim in said.items() if claim]


def fact_phrases(facts: Facts) -> list[str]:
    """Return each known fact that `source_name` leaves out."""
    known = {
        "captured": facts.captured and facts.captured.text,
        "place": facts.place and place_name(facts.place),
        "archived at": facts.archive_url,
        "rights": facts.rights,
        "note": facts.note,
    }
    return [visible(f"{name}: {fact}") for name, fact in known.items() if fact]


def place_name(place: Place) -> str:
    """Return what is known of a place, from the name to the coordinates."""
    parts = [part for part in (place.name, place.country) if part]
    if place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.4f}, {place.longitude:.4f}")
    return ", ".join(parts)


def counted(count: int, noun: str) -> str:
    """Return a count with its noun, e.g. `1 file`, `2 files`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _searches(log10: float) -> str:
    if log10 >= _LARGEST_EXPONENT + 1:
        return f"more than 10^{_LARGEST_EXPONENT}"
    return f"10^{int(log10)}" if log10 >= 6 else f"{float(f'{10**log10:.1g}'):,.0f}"


def _relation(match: Match) -> str:
    if match.through:
        return f"is, as the {match.through} stored in its file shows, a part of"
    if match.relation is Relation.SAME_FOOTAGE:
        return "is another moment of the footage"
    return "is a frame of" if match.source.medium is Medium.VIDEO else "is the known picture"


def _moment(match: Match) -> str:
    if match.frame_time_s is None:
        return ""
    near = "near" if match.relation is Relation.SAME_FOOTAGE else "at"
    return f" {near} {timecode(match.frame_time_s)}"


def _essentials(facts: Facts) -> Iterable[str]:
    if facts.kind:
        yield facts.kind.value
    if facts.publisher:
        yield facts.publisher
    if facts.published:
        yield f"published {facts.published.text}"
    elif facts.captured:
        yield f"captured {facts.captured.text}"
