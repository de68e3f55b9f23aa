"""A saved JSON report back to records, so that it can be rendered again without the images and the corpus.

What the JSON report leaves out, no reporter shows: the number of frames of a source, when it was added, and the path of
an image on disk. Keys that this version does not know are passed over, and keys that were added since provcheck 0.1.0
may be missing, because within a version of the schema keys are added and never removed.
"""

import json
from dataclasses import fields, replace

from provcheck.errors import SavedReportError
from provcheck.facts import facts_from_dict
from provcheck.moments import parse_moment
from provcheck.records import (
    Claims,
    Coverage,
    Credentials,
    Facts,
    FileMetadata,
    Finding,
    Kind,
    Label,
    Moment,
    Outcome,
    Place,
    Release,
    ReleaseImage,
    Report,
    Severity,
    Skipped,
    Stated,
    Verdict,
    Waiver,
)
from provcheck.report.json import MANY_VERSION, SCHEMA_VERSION
from provcheck.report.nodes import REMEDY, Node
from provcheck.report.reading_credentials import read_credentials
from provcheck.report.reading_matches import read_match


def read_reports(text: str) -> tuple[Report, ...]:
    """Read what `provcheck.report.json.write_json` wrote, of one release or of several.

    Raises
    ------
    SavedReportError
        It is no JSON, no report, or one of another schema version; the message names the place.
    """
    root = _parsed(text)
    written = root.inner("schema") if isinstance(root.value, dict) else None
    if written is None:
        raise SavedReportError("it is no report: there is no key “schema” at its top", REMEDY)
    if written.value == MANY_VERSION:
        return tuple(_report(each) for each in root["releases"].each())
    if written.value == SCHEMA_VERSION:
        return (_report(root),)
    expected = f"{SCHEMA_VERSION} and {MANY_VERSION}"
    raise SavedReportError(f"its schema is {written.value!r}; this version of provcheck reads {expected}", REMEDY)


def _parsed(text: str) -> Node:
    try:
        return Node(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise SavedReportError(f"it is not JSON: {error}", REMEDY) from None


def _report(node: Node) -> Report:
    release = _release(node["release"])
    verdicts = tuple(_verdict(item, release) for item in node["items"].each())
    tool = node["tool"]
    libraries = _texts(tool["libraries"])
    return Report(
        release=Release(
            release.path,
            tuple(verdict.image for verdict in verdicts),
            release.title,
            release.published,
            release.language,
        ),
        verdicts=verdicts,
        coverage=_coverage(node["corpus"]),
        tool={"name": tool["name"].text(), "version": tool["version"].text(), **libraries},
        algorithms=_texts(tool["algorithms"]),
        created=node["created"].converted(_instant, "a date and time"),
        skipped=tuple(_skipped(each) for each in node["skipped"].each()),
        waivers=node.known("waivers", _waivers) or (),
        redacted=node.known("redacted", Node.flag) or False,
        configuration=node.known("configuration", _texts) or {},
    )


def _texts(node: Node) -> dict[str, str]:
    return {name: value.text() for name, value in node.fields()}


def _instant(value: object) -> str:
    """Return a text that is an instant with its zone: reporters compare it with others."""
    if not isinstance(value, str) or not parse_moment(value).zoned:
        raise ValueError
    return value


def _release(node: Node) -> Release:
    return Release(
        path=node["path"].text(),
        images=(),
        title=node.known("title", Node.text),
        published=node.known("published", _moment),
        language=node.known("language", Node.text),
    )


def _verdict(node: Node, release: Release) -> Verdict:
    name = node["path"].text()
    image = ReleaseImage(name, f"{release.path}/{name}", node["sha256"].text(), _claims(node["claims"]))
    unread = node.known("unread", lambda listed: tuple(reason.text() for reason in listed.each())) or ()
    image = replace(image, credentials=node.known("credentials", _credentials), metadata=FileMetadata(unread=unread))
    return Verdict(
        image=image,
        outcome=node["outcome"].choice(Outcome),
        matches=tuple(read_match(match, _facts) for match in node["matches"].each()),
        leads=tuple(read_match(lead, _facts) for lead in node["leads"].each()),
        findings=tuple(_finding(finding) for finding in node["findings"].each()),
        reason=node["reason"].text(),
        content_key=node.known("content_key", Node.text),
    )


def _credentials(node: Node) -> Credentials:
    return read_credentials(node, _moment, _place)


def _claims(node: Node) -> Claims:
    return Claims(
        captured=node.known("captured", lambda said: Stated(_moment(said["value"]), _origin(said))),
        place=node.known("place", lambda said: Stated(_place(said["value"]), _origin(said))),
        kind=node.known("kind", lambda said: Stated(said["value"].choice(Kind), _origin(said))),
        caption=node.known("caption", lambda said: Stated(said["value"].text(), _origin(said))),
        credit=node.known("credit", lambda said: Stated(said["value"].text(), _origin(said))),
        label=node.known("label", lambda said: Stated(said["value"].choice(Label), _origin(said))),
    )


def _origin(said: Node) -> str:
    return said["origin"].text()


def _moment(node: Node) -> Moment:
    return node.converted(parse_moment, "a date in ISO 8601")


def _place(node: Node) -> Place:
    return Place(
        node.known("name", Node.text),
        node.known("country", Node.text),
        node.known("latitude", Node.number),
        node.known("longitude", Node.number),
    )


def _facts(node: Node) -> Facts:
    plain = {field.name for field in fields(Facts)} - {"place"}
    values = {key: value.text() for key, value in node.fields() if key in plain}
    facts = node.converted(lambda _: facts_from_dict(values), "facts with dates in ISO 8601 and a known kind")
    return replace(facts, place=node.known("place", _place))


def _finding(node: Node) -> Finding:
    return Finding(
        rule=node["rule"].text(),
        severity=node["severity"].choice(Severity),
        message=node["message"].text(),
        fact=node.known("fact", Node.text),
        claim=node.known("claim", Node.text),
        source_id=node.known("source_id", Node.text),
        waiver=node.known("waiver", _waiver),
    )


def _waiver(node: Node) -> Waiver:
    return Waiver(
        picture=node["picture"].text(),
        rule=node["rule"].text(),
        reason=node["reason"].text(),
        source=node.known("source", Node.text),
        expires=node.known("expires", _moment),
        approved_by=node.known("approved_by", Node.text),
        origin=node["origin"].text(),
    )


def _waivers(node: Node) -> tuple[Waiver, ...]:
    return tuple(_waiver(each["waiver"]) for each in node.each())


def _coverage(node: Node) -> Coverage:
    return Coverage(
        path=node["path"].text(),
        sources=node["sources"].whole(),
        frames=node["frames"].whole(),
        newest=node.known("newest", Node.text),
        updated=node.known("updated", Node.text),
    )


def _skipped(node: Node) -> Skipped:
    return Skipped(node["path"].text(), node["reason"].text(), node["missed"].flag())
