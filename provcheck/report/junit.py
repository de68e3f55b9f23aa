"""JUnit XML: a release is a test suite, an image a test case. Jenkins, GitLab and most others show it.

An image that fails the check is a `failure`, one that could not be checked an `error`, one whose findings are waived is
`skipped`; a file that could not be read is a test case as well. Readers show the first such element only, so each case
has at most one. The form is that of Jenkins' xUnit schema, and the attribute `file` that GitLab reads. XML 1.0 has no
way to write most control characters, not even as references: they are shown as escapes. The document is plain ASCII,
so that no re-coding on its way can break it.
"""

from collections.abc import Iterator, Sequence
from typing import IO, Final
from xml.etree import ElementTree as ET

from provcheck.records import Finding, Report, Skipped, Verdict
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.credentials import credential_lines
from provcheck.report.locations import image_location, skipped_location
from provcheck.report.phrases import coverage_line, where_from
from provcheck.report.statements import all_findings, weighty_findings
from provcheck.report.states import State, state_of
from provcheck.report.summary import skipped_files
from provcheck.report.visible import named_reason, visible
from provcheck.report.waivers import waived_phrase, waiver_problems

_ELEMENTS: Final = {State.FAILED: "failure", State.UNCHECKED: "error", State.WAIVED: "skipped"}
_COUNTED: Final = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def write_junit(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (always every finding)
    fail_on: str = FAILS_BY_DEFAULT,
) -> None:
    """Write a test suite a release; `fail_on` says which outcomes are failures."""
    root = ET.Element("testsuites", name="provcheck")
    problems = waiver_problems(reports)
    root.extend(_suite(report, problems, fail_on) for report in reports)
    root.attrib |= {name: count for name, count in _counts(root).items() if name != "skipped"}
    ET.indent(root)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(ET.tostring(root, encoding="us-ascii").decode("ascii") + "\n")


def _suite(report: Report, problems: Sequence[str], fail_on: str) -> ET.Element:
    suite = ET.Element("testsuite", name=visible(report.release.path), timestamp=visible(report.created[:19]))
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(report):
        ET.SubElement(properties, "property", name=name, value=visible(value))
    suite.extend(_image(verdict, report, fail_on) for verdict in report.verdicts)
    suite.extend(_missed(skipped, report) for skipped in skipped_files(report) if skipped.missed)
    suite.attrib |= _counts(suite)
    unused = [named_reason(skipped.path, skipped.reason) for skipped in skipped_files(report) if not skipped.missed]
    ET.SubElement(suite, "system-out").text = "\n".join([coverage_line(report.coverage), *unused, *problems])
    return suite


def _properties(report: Report) -> Iterator[tuple[str, str]]:
    yield "provcheck", report.tool.get("version", "")
    yield "corpus", report.coverage.path
    yield "corpus sources", str(report.coverage.sources)
    yield "corpus frames", str(report.coverage.frames)
    yield "corpus newest", report.coverage.newest or "unknown"
    if report.release.title:
        yield "title", report.release.title


def _counts(element: ET.Element) -> dict[str, str]:
    cases = list(element.iter("testcase"))
    counts = {name: sum(case.find(tag) is not None for case in cases) for name, tag in _COUNTED.items()}
    return {"tests": str(len(cases)), **{name: str(count) for name, count in counts.items()}}


def _case(name: str, report: Report, path: str) -> ET.Element:
    return ET.Element("testcase", name=visible(name), classname=visible(report.release.path), file=visible(path))


def _image(verdict: Verdict, report: Report, fail_on: str) -> ET.Element:
    case = _case(verdict.image.name, report, image_location(verdict, report.release).path)
    said = "\n".join(visible(part) for part in _explained(verdict))
    state = state_of(verdict, fail_on)
    if state is not State.PASSED:
        message = visible("; ".join(_shown(finding) for finding in weighty_findings(verdict)[:1]) or verdict.reason)
        ET.SubElement(case, _ELEMENTS[state], type=verdict.outcome.value, message=message).text = said
    elif said:
        ET.SubElement(case, "system-out").text = said
    return case


def _missed(skipped: Skipped, report: Report) -> ET.Element:
    case = _case(skipped.path, report, skipped_location(skipped, report.release).path)
    reason = named_reason(skipped.path, skipped.reason)
    ET.SubElement(case, "error", type="skipped", message=reason).text = reason
    return case


def _explained(verdict: Verdict) -> Iterator[str]:
    """Yield what the text block of an image says: what is known, every finding, then what is signed."""
    credentials = verdict.image.credentials
    if verdict.matches or all_findings(verdict) or credentials:
        yield f"{verdict.outcome.value}: {verdict.reason}" if verdict.reason else verdict.outcome.value
    for match in verdict.matches:
        yield f"It {where_from(match)}"
        yield from filter(None, [match.source.facts.url or match.source.facts.archive_url])
    for finding in all_findings(verdict):
        yield _shown(finding)
        if finding.waiver:
            yield f"  {waived_phrase(finding.waiver)}"
    yield from credential_lines(credentials) if credentials else ()


def _shown(finding: Finding) -> str:
    return f"{finding.message} [{finding.rule}, {finding.severity.value}]"
