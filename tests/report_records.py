"""One report with every outcome, every relation and hostile text: what the reporters are tested with."""

from dataclasses import replace
from datetime import UTC, datetime

from provcheck.moments import parse_moment
from provcheck.records import (
    Alteration,
    Claims,
    Coverage,
    Credentials,
    CredentialState,
    Deed,
    Edit,
    Facts,
    Finding,
    Ingredient,
    Kind,
    Label,
    Match,
    Medium,
    OtherShot,
    Outcome,
    Overlap,
    Place,
    Relation,
    Release,
    ReleaseImage,
    Report,
    Severity,
    Skipped,
    Source,
    Stated,
    Verdict,
)

HOSTILE = "evil\x1b[31m\x9b2J\n\u202egpj[red].jpg"
IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))

TRAILER = Source(
    id="a1b2c3d4e5f6",
    path="/archive/known/gunship-trailer.mp4",
    sha256="a1b2c3d4e5f6" + "0" * 52,
    medium=Medium.VIDEO,
    size=(1280, 720),
    duration_s=92.5,
    frames=31,
    added="2017-11-14T12:00:00Z",
    facts=Facts(
        title="Gunship Duty: announcement trailer",
        publisher="Bytewing Games",
        published=parse_moment("2015-03-25"),
        place=Place(name="nowhere"),
        kind=Kind.GAME,
        url="https://video.example/watch?v=gunship",
        archive_url="https://archive.example/2015/gunship",
        rights="Bytewing Games",
    ),
)
FOOTAGE = replace(
    TRAILER,
    id="0f1e2d3c4b5a",
    path="/archive/known/infrared-2016.mkv",
    sha256="0f1e2d3c4b5a" + "0" * 52,
    facts=Facts(
        title="Infrared footage", captured=parse_moment("2016-06"), place=Place("Tal Amar", "Irdania", 33.35, 43.78)
    ),
)
BRIDGE = Source(
    id="123456789abc",
    path="/archive/known/bridge.jpg",
    sha256="123456789abc" + "0" * 52,
    medium=Medium.IMAGE,
    size=(4000, 3000),
    duration_s=None,
    frames=1,
    added="2017-11-14T12:00:00Z",
)

CROPPED = Match(
    source=TRAILER,
    relation=Relation.SAME_PICTURE,
    frame_time_s=12.48,
    time_range_s=(12.44, 12.52),
    log10_false_alarms=-23.4,
    inliers=143,
    overlap=Overlap(query=1.0, reference=0.62),
    transform=((0.8, 0.0, 120.0), (0.0, 0.8, 64.0), (0.0, 0.0, 1.0)),
    mirrored=False,
    agreement=0.93,
    alterations=(
        Alteration(Edit.CROPPED, "cropped to 62 % of the frame", reference_boxes=((120, 64, 1144, 640),)),
        Alteration(Edit.REGION_CHANGED, "changed in 1 region", ((40, 30, 200, 60),), ((152, 88, 280, 112),)),
    ),
)
MIRRORED = replace(
    CROPPED,
    source=FOOTAGE,
    relation=Relation.SAME_FOOTAGE,
    frame_time_s=3723.5,
    time_range_s=None,
    log10_false_alarms=-4.3,
    mirrored=True,
    alterations=(Alteration(Edit.MIRRORED, ""),),
)
PICTURE = replace(CROPPED, source=BRIDGE, frame_time_s=None, time_range_s=None, transform=IDENTITY, alterations=())
SCENE = replace(PICTURE, relation=Relation.SAME_SCENE, log10_false_alarms=-7.0, other_shot=OtherShot.MOVED)
LOGO = replace(CROPPED, relation=Relation.SHARED_ELEMENT, log10_false_alarms=float("-inf"))

CLAIMS = Claims(
    captured=Stated(parse_moment("2017-11-09"), "release.toml, line 3"),
    place=Stated(Place("Abu Kamal", "Syrland"), "release.toml, line 4"),
    kind=Stated(Kind.VIDEO, "release.toml, line 5"),
    caption=Stated("The convoy leaves \x1b[1mthe town", "release.toml, line 9"),
    credit=Stated("Ministry", "IPTC Credit"),
    label=Stated(Label.FILE, "release.toml, line 11"),
)
TOO_EARLY = Finding(
    "PC101",
    Severity.ERROR,
    "The release says it was captured on 2017-11-09 (release.toml, line 3), but the known source “Gunship Duty: "
    "announcement trailer” was published on 2015-03-25 by Bytewing Games (https://video.example/watch?v=gunship).",
    "published 2015-03-25",
    "captured 2017-11-09 (release.toml, line 3)",
    TRAILER.id,
)
A_GAME = Finding(
    "PC103",
    Severity.ERROR,
    "The release shows it as a recording of a real event, but the known source “Gunship Duty: announcement trailer” "
    "(Bytewing Games, https://video.example/watch?v=gunship) is a video game.",
    "kind game",
    "kind video (release.toml, line 5)",
    TRAILER.id,
)
ALTERED = Finding("PC105", Severity.NOTE, "The image was altered: cropped.", source_id=TRAILER.id)
UNLABELLED = Finding("PC104", Severity.WARNING, "Known since 2016-06 and shown without a label or a credit.")


SIGNED = Credentials(
    state=CredentialState.UNTRUSTED,
    place="APP11 of the JPEG file",
    signer="Ana Ruiz",
    organisation="Meridian Picture Desk",
    issuer="Invented Root CA",
    signed="2017-11-10T08:00:00+00:00",
    generator="Darkroom 4.1",
    deeds=(
        Deed("c2pa.created", "Lantern Camera", "2017-11-09T07:10:00Z", "digitalCapture"),
        Deed("c2pa.color_adjustments", "Darkroom 4.1"),
    ),
    ingredients=(Ingredient("IMG_0042.jpg", "parentOf", has_thumbnail=True),),
    captured=Stated(parse_moment("2017-11-09T07:10:00Z"), "Content Credentials, exif:DateTimeOriginal"),
    place_taken=Stated(Place(latitude=33.35, longitude=43.78), "Content Credentials, exif:GPSLatitude"),
)
UNREAD = Credentials(CredentialState.UNREAD, "the chunk caBX of the PNG file", "the library is not installed")
BROKEN = replace(
    SIGNED,
    state=CredentialState.TAMPERED,
    problem="the file was changed after it was signed",
    codes=("assertion.dataHash.mismatch",),
)


def image(name: str, claims: Claims = CLAIMS, credentials: Credentials | None = None) -> ReleaseImage:
    return ReleaseImage(name=name, file=f"/in/{name}", sha256="9" * 64, claims=claims, credentials=credentials)


def verdict_with(outcome: Outcome, name: str = "picture.jpg") -> Verdict:
    return Verdict(image(name), outcome)


def report_of(*verdicts: Verdict, skipped: tuple[Skipped, ...] = (), sources: int = 14) -> Report:
    release = Release("statement", tuple(verdict.image for verdict in verdicts))
    coverage = Coverage("known.corpus", sources, sources * 15, "2017-06-01" if sources else None, None)
    return Report(
        release=release,
        verdicts=verdicts,
        coverage=coverage,
        tool={"name": "provcheck", "version": "0.1.0", "numpy": "2.0.0"},
        algorithms={"phash": "1", "pdq": "1"},
        created=datetime(2017, 11, 14, 12, 30, tzinfo=UTC).isoformat(),
        skipped=skipped,
    )


def full_report() -> Report:
    many = tuple(replace(TOO_EARLY, rule=f"PC10{number}") for number in range(1, 6))
    report = report_of(
        Verdict(image("harbour.jpg", Claims(), SIGNED), Outcome.NO_MATCH),
        Verdict(image("column.jpg"), Outcome.MISMATCHED, (CROPPED,), (LOGO,), (TOO_EARLY, A_GAME, ALTERED)),
        Verdict(image("flat.png", credentials=UNREAD), Outcome.INCONCLUSIVE, reason="too little detail"),
        Verdict(image("mirrored.jpg", credentials=BROKEN), Outcome.REUSED, (MIRRORED,), findings=(UNLABELLED,)),
        Verdict(image(HOSTILE), Outcome.NO_MATCH, leads=(SCENE, LOGO)),
        Verdict(image("collage.jpg"), Outcome.MISMATCHED, (CROPPED, MIRRORED, PICTURE), findings=many),
        Verdict(image("bridge.jpg"), Outcome.CREDITED, (PICTURE,), reason="labelled as a file photo, which is true"),
        skipped=(Skipped("broken.jpg", "a JPEG that ends too early"), Skipped("statement.txt", "text", missed=False)),
    )
    release = replace(
        report.release,
        title="Statement on the convoy",
        published=parse_moment("2017-11-14"),
        language="ru",
        skipped=(Skipped(f"{HOSTILE}.psd", "a layered drawing [bold]"), *report.skipped),
    )
    return replace(report, release=release)
