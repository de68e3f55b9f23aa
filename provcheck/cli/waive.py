"""`provcheck waive`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provcheck.cli.settings import config_option
from provcheck.errors import UsageError
from provcheck.report.visible import visible

if TYPE_CHECKING:
    from provcheck.records import Finding, Moment, Verdict, Waiver


@click.command(
    epilog="""\b
Examples:
  provcheck waive report.json photo-1.jpg --reason "own archive, cleared by the desk"
  provcheck waive report.json release-en/photo-1.jpg --rule PC104 --expires 2027-06-30 --approved-by "R. Ortiz" \\
      --reason "licence 4711 needs no credit"
"""
)
@click.argument("report")
@click.argument("item")
@click.option("--reason", required=True, help="Why it may pass.")
@click.option("--expires", metavar="DATE", help="The last day on which it may; without it, always.")
@click.option("--approved-by", metavar="NAME", help="Who decided that.")
@click.option("--rule", "rules", metavar="ID", multiple=True, help="Waive findings of this rule alone; repeatable.")
@click.option("--source", metavar="ID", help="Waive findings about this source alone; the beginning of its id.")
@config_option
def waive(
    *,
    report: str,
    item: str,
    reason: str,
    expires: str | None,
    approved_by: str | None,
    rules: tuple[str, ...],
    source: str | None,
    config: Path | None,
) -> None:
    """Let the findings about ITEM, a picture of a saved JSON REPORT, pass from now on.

    Writes a [[waiver]] for each finding into the configuration (or the file that its `waivers` names), which is made
    when there is none. ITEM is the path of a picture as the report has it, with the release in front where several
    have one of that name, or the beginning of its SHA-256. Waived are its errors and warnings or, where it has none,
    its notes.
    """
    from provcheck.cli.convert import read_saved
    from provcheck.config import CONFIG_NAME, find_config, waiver_place, write_waivers
    from provcheck.report.choosing import chosen_verdict

    _, verdict = chosen_verdict(read_saved(report), item)
    terms = _Terms(reason.strip(), _moment(expires), approved_by)
    waivers = [_waiver(verdict, finding, terms) for finding in _chosen(verdict, rules, source)]
    place = waiver_place(config or find_config(Path.cwd()) or Path(CONFIG_NAME))
    there = write_waivers(place, [(waiver, verdict.image.name) for waiver in waivers])
    for known in there:
        click.echo(f"{known.rule} is waived there already: {known.origin}; to change that, edit the file", err=True)
    click.echo(f"{len(waivers) - len(there)} of {len(waivers)} waivers added to {visible(str(place.path))}", err=True)


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the user says of every waiver."""

    reason: str
    expires: "Moment | None"
    approved_by: str | None


def _chosen(verdict: "Verdict", rules: Sequence[str], source: str | None) -> "list[Finding]":
    """Return the findings to waive."""
    from provcheck.records import Severity

    open_ones = [finding for finding in verdict.findings if not finding.waiver]
    chosen = [
        finding
        for finding in open_ones
        if (not rules or finding.rule in rules) and (finding.source_id or "").startswith(source or "")
    ]
    weighty = [finding for finding in chosen if rules or finding.severity is not Severity.NOTE] or chosen
    if not weighty:
        found = ", ".join(sorted({finding.rule for finding in open_ones})) or "none"
        raise UsageError(
            f"{visible(verdict.image.name)} has no such finding to waive; what is open: {found}",
            "Look at the report again.",
        )
    return weighty


def _waiver(verdict: "Verdict", finding: "Finding", terms: _Terms) -> "Waiver":
    from provcheck.records import Waiver

    return Waiver(
        picture=verdict.content_key or f"sha256:{verdict.image.sha256}",
        rule=finding.rule,
        reason=terms.reason,
        source=finding.source_id,
        expires=terms.expires,
        approved_by=terms.approved_by,
    )


def _moment(text: str | None) -> "Moment | None":
    from provcheck.moments import parse_moment

    try:
        return parse_moment(text) if text else None
    except ValueError as error:
        raise UsageError(f"--expires: {error}", "Give the last day on which the waiver counts.") from None
