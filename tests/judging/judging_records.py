"""The story's sources and claims, in short: what the rules are tested with."""

from provcheck.moments import parse_moment
from provcheck.records import (
    Alteration,
    Claims,
    Facts,
    Finding,
    Kind,
    Label,
    Match,
    Medium,
    Overlap,
    Place,
    Relation,
    ReleaseImage,
    Severity,
    Source,
    Stated,
)

TRAILER = Facts(
    title="Gunship trailer",
    publisher="Nimbus Games",
    published=parse_moment("2015-03-25"),
    kind=Kind.GAME,
    url="https://example.org/trailer",
)
FOOTAGE = Facts(
    title="Infrared footage",
    publisher="Ministry of Air",
    published=parse_moment("2016-07-01"),
    captured=parse_moment("2016-06"),
    place=Place("Fallujah", "Iraq"),
    kind=Kind.VIDEO,
    archive_url="https://archive.example.org/1",
)


def match_of(
    facts: Facts,
    *alterations: Alteration,
    time_s: float | None = 12.0,
    relation: Relation = Relation.SAME_PICTURE,
    number: int = 1,
) -> Match:
    """A match with a source of these facts; another number is another source."""
    sha256 = f"{number:012x}" + "0" * 52
    return Match(
        source=Source(sha256[:12], "/known/clip.mp4", sha256, Medium.VIDEO, (640, 360), 60.0, 9, "2017-01-01", facts),
        relation=relation,
        frame_time_s=time_s,
        time_range_s=None,
        log10_false_alarms=-20.0,
        inliers=50,
        overlap=Overlap(1.0, 0.5),
        transform=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        mirrored=False,
        agreement=0.9,
        alterations=alterations,
    )


def claims_of(
    *,
    captured: str | None = None,
    place: Place | None = None,
    kind: Kind | None = None,
    credit: str | None = None,
    label: Label | None = None,
) -> Claims:
    """Claims of a manifest, on lines 8 to 12."""
    return Claims(
        captured=Stated(parse_moment(captured), "release.toml, line 8") if captured else None,
        place=Stated(place, "release.toml, line 9") if place else None,
        kind=Stated(kind, "release.toml, line 10") if kind else None,
        credit=Stated(credit, "IPTC 2:110 Credit") if credit else None,
        label=Stated(label, "release.toml, line 12") if label else None,
    )


def image_of(claims: Claims, name: str = "photo-1.jpg", *, sha256: str = "") -> ReleaseImage:
    """An image of a release; without a digest it has one of its own."""
    return ReleaseImage(name, f"/release/{name}", sha256 or name, claims)


def weights(findings: tuple[Finding, ...]) -> list[tuple[str, Severity]]:
    """Rules and severities, in order."""
    return [(finding.rule, finding.severity) for finding in findings]
