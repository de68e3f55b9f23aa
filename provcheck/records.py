"""The nouns of provcheck: frozen records that flow from a release to a report. Read this file first.

Conventions, stated once
------------------------
- Images are RGB uint8 arrays of shape `(height, width, 3)`, upright, sRGB.
- Points are `(x, y)` float32 at pixel centres, x right, y down: a resize by s maps x to `(x + 0.5) * s - 0.5`.
- Sizes are `(width, height)`. Boxes are `(left, top, right, bottom)` in pixels, right and bottom exclusive.
- A transform is a 3x3 float64 matrix that maps *query* points onto *reference* points.
- Times are float seconds from the start of the media. Hamming distances are bits; a radius is inclusive.
- Codes are packed bits: uint8 arrays of shape `(count, bits // 8)`, most significant bit first.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Generic, TypeVar

import numpy as np
import numpy.typing as npt

RGB = npt.NDArray[np.uint8]
Gray = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float64]
Size = tuple[int, int]
Box = tuple[int, int, int, int]
Transform = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]

T = TypeVar("T")


# ---------------------------------------------------------------- what is said and what is known


class Precision(StrEnum):
    """How much of a date was written."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date exactly as precise as it was written: the half-open interval `[start, end)`.

    Attributes
    ----------
    text : str
        As written, in ISO 8601 (`2016`, `2016-06`, `2016-06-24`, `2016-06-24T10:30:00+03:00`).
    start, end : datetime
        Aware. Without a zone in the text they are the bounds as if the zone were UTC, and `zoned` is False.
    """

    text: str
    precision: Precision
    start: datetime
    end: datetime
    zoned: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is; any part may be unknown. Latitude and longitude in degrees, WGS 84, both or none."""

    name: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class Kind(StrEnum):
    """What a picture is a recording of."""

    PHOTO = "photo"
    VIDEO = "video"
    GAME = "game"
    FILM = "film"
    CGI = "cgi"
    AI_GENERATED = "ai-generated"
    SIMULATION = "simulation"
    SATELLITE = "satellite"
    ILLUSTRATION = "illustration"


class Label(StrEnum):
    """What a release calls a picture that is not of the event itself."""

    FILE = "file"
    ARCHIVE = "archive"
    ILLUSTRATION = "illustration"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the corpus knows about a source.

    Attributes
    ----------
    release : str or None
        The release of one's own in which it was published: the other facts are then what was claimed there.
    """

    title: str | None = None
    publisher: str | None = None
    published: Moment | None = None
    captured: Moment | None = None
    place: Place | None = None
    kind: Kind | None = None
    url: str | None = None
    archive_url: str | None = None
    rights: str | None = None
    note: str | None = None
    release: str | None = None


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value and where it was said, e.g. `release.toml, line 12` or `IPTC Date Created`."""

    value: T
    origin: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a release says about one image."""

    captured: Stated[Moment] | None = None
    place: Stated[Place] | None = None
    kind: Stated[Kind] | None = None
    caption: Stated[str] | None = None
    credit: Stated[str] | None = None
    label: Stated[Label] | None = None


# ---------------------------------------------------------------- what a file says about itself


class Voice(StrEnum):
    """Who speaks in a field of metadata: somebody who describes the picture, or the device or program that wrote it."""

    SAYS = "says"
    RECORDS = "records"


class Block(StrEnum):
    """Where in a file a statement stands."""

    EXIF_IFD0 = "EXIF IFD0"
    EXIF_EXIF = "EXIF Exif"
    EXIF_GPS = "EXIF GPS"
    IPTC = "IPTC-IIM"
    XMP = "XMP"
    PNG = "PNG"
    CONTAINER = "container"


class Subject(StrEnum):
    """What a statement is about."""

    CAPTURED = "captured"
    DIGITIZED = "digitized"
    MODIFIED = "modified"
    PLACE = "place"
    CAPTION = "caption"
    CREDIT = "credit"
    INSTRUCTIONS = "instructions"
    SOURCE_TYPE = "source type"
    CAMERA = "camera"
    SOFTWARE = "software"
    GENERATOR = "generator"
    PROCESSED = "processed"
    IDENTITY = "identity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Processing:
    """One step in the history of a file: what was done, with which program, when."""

    action: str
    software: str | None = None
    when: Moment | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of metadata.

    Attributes
    ----------
    name : str
        As its standard calls it: `DateTimeOriginal`, `2:55 Date Created`, `photoshop:DateCreated`.
    raw : str
        As it stands in the file; long texts are cut.
    """

    block: Block
    name: str
    subject: Subject
    voice: Voice
    raw: str
    value: str | Moment | Place | Processing

    @property
    def origin(self) -> str:
        """The standard and the field, as findings name it: `EXIF DateTimeOriginal`."""
        standard = self.block.value.split()[0].split("-")[0]
        return f"{standard} {self.name}"


@dataclass(frozen=True, slots=True)
class FileMetadata:
    """What a file says about itself.

    Attributes
    ----------
    statements : tuple of Statement
        In the order EXIF, IPTC, XMP.
    unread : tuple of str
        What could not be read, and why.
    iptc_is_newer : bool
        Whether the IPTC block was changed after it was last brought in line with XMP.
    """

    statements: tuple[Statement, ...] = ()
    unread: tuple[str, ...] = ()
    iptc_is_newer: bool = False


# ---------------------------------------------------------------- what signed credentials say (C2PA)


class Making(StrEnum):
    """How a picture was made, as its own file says (IPTC Digital Source Type, grouped)."""

    RECORDED = "recorded"
    EDITED = "edited"
    COMPOSITE = "composite"
    PARTLY_GENERATED = "partly generated"
    GENERATED = "generated"
    DRAWN = "drawn"
    SCREEN = "screen"
    VIRTUAL = "virtual"
    UNSAID = "unsaid"


class CredentialState(StrEnum):
    """What is to be thought of the Content Credentials of a file."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    TAMPERED = "tampered"
    INVALID = "invalid"
    UNREAD = "unread"

    @property
    def is_intact(self) -> bool:
        """Whether file and credentials are as they were when they were signed, by whomever."""
        return self in (CredentialState.TRUSTED, CredentialState.UNTRUSTED)


@dataclass(frozen=True, slots=True)
class Deed:
    """One action that credentials tell of, such as `c2pa.cropped`.

    Attributes
    ----------
    source_type : str or None
        The term of IPTC's Digital Source Type, without the address before it.
    """

    action: str
    software: str | None = None
    when: str | None = None
    source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A picture that, by its credentials, another one was made from.

    Attributes
    ----------
    relation : str or None
        `parentOf`, `componentOf` or `inputTo`.
    has_thumbnail : bool
        Whether a small picture of it is kept in the credentials.
    """

    title: str | None = None
    relation: str | None = None
    has_thumbnail: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """The Content Credentials of a file: who signed what about it. What is not known is None or empty.

    Attributes
    ----------
    place : str
        Where they stand: `APP11 of the JPEG file`.
    problem : str
        Why they could not be read, or what is wrong with them, in a phrase.
    codes : tuple of str
        The C2PA status codes of what is wrong.
    signed : str or None
        Time of the signature as a time-stamping service stated it, ISO 8601.
    signer, organisation, issuer : str or None
        As the certificate has them: whom it names, the organisation behind that, and who issued it.
    generator : str or None
        The program that wrote them.
    deeds : tuple of Deed
        From the first; those of earlier credentials, that the file's own ones carry on from, included.
    captured, place_taken : Stated or None
        When and where they say that the picture was taken.
    """

    state: CredentialState
    place: str
    problem: str = ""
    codes: tuple[str, ...] = ()
    signer: str | None = None
    organisation: str | None = None
    issuer: str | None = None
    signed: str | None = None
    generator: str | None = None
    deeds: tuple[Deed, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    captured: Stated[Moment] | None = None
    place_taken: Stated[Place] | None = None


class PreviewRelation(StrEnum):
    """What a small preview inside a picture shows, held against the picture."""

    SAME = "the same"
    WIDER = "more"
    EDITED = "a region that differs"
    OTHER = "something else"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PreviewLook:
    """One preview that is stored in a picture, and what it shows.

    Attributes
    ----------
    name : str
        Where it stands: `EXIF thumbnail`.
    shown : float
        Share of the preview that the picture shows, 0 to 1.
    kept : Box or None
        The box in the preview that the picture shows, where it shows less.
    """

    name: str
    size: Size
    relation: PreviewRelation
    shown: float = 1.0
    kept: Box | None = None


# ---------------------------------------------------------------- the release


STEP: Final = " » "
"""Between the steps of a place inside containers: `mail.eml » photos.zip » statement.docx » image3.jpg`."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not used, and why. Never dropped silently.

    Attributes
    ----------
    missed : bool
        Whether a picture may have been missed; False for what holds none, such as a text beside the pictures.
    """

    path: str
    reason: str
    missed: bool = True


@dataclass(frozen=True, slots=True)
class ReleaseImage:
    """One image of a release, not decoded yet.

    Attributes
    ----------
    name : str
        POSIX path relative to the release; what reports call `path`. Steps into containers stand between `STEP`.
    file : str
        Path on disk; for a picture that was taken out of a container, one that lives as long as the check.
    metadata : FileMetadata
        What the file says about itself; what its publisher says in it is among the claims, too.
    previews : tuple of PreviewLook
        The small pictures stored in it; empty before they were looked for.
    credentials : Credentials or None
        What is signed about the file; None when it has none, and before they were looked for.
    """

    name: str
    file: str
    sha256: str
    claims: Claims = field(default_factory=Claims)
    metadata: FileMetadata = field(default_factory=FileMetadata)
    previews: tuple[PreviewLook, ...] = ()

    credentials: Credentials | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """The images under test, with what the release says.

    Attributes
    ----------
    path : str
        Of the folder or file; of a page that was fetched its web address, and images have theirs as names.
    """

    path: str
    images: tuple[ReleaseImage, ...]
    title: str | None = None
    published: Moment | None = None
    language: str | None = None
    skipped: tuple[Skipped, ...] = ()


# ---------------------------------------------------------------- pictures, codes and the corpus


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A decoded still: upright sRGB pixels.

    Attributes
    ----------
    pixels : (height, width, 3) uint8 array
        All of the original's, or fewer where a reader was told how many are enough.
    time_s : float or None
        Presentation time for a video frame, from the start of the video; None for stills.
    number : int
        0-based frame or page number inside its file.
    original : (width, height) or None
        Of the upright original, where `pixels` are fewer.
    """

    pixels: RGB
    time_s: float | None = None
    number: int = 0
    original: Size | None = None

    @property
    def size(self) -> Size:
        """`(width, height)` of the upright original."""
        return self.original or (int(self.pixels.shape[1]), int(self.pixels.shape[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Local features of one picture, strongest first, in the coordinates of a picture scaled to `size`.

    Attributes
    ----------
    points : (N, 2) float32 array
    scales : (N,) float32 array
        Keypoint diameters, pixels.
    angles : (N,) float32 array
        Radians, clockwise from the x axis (y points down).
    codes : (N, 32) uint8 array
        256-bit codes of the RootSIFT descriptors.
    size : (width, height)
    """

    points: Points
    scales: npt.NDArray[np.float32]
    angles: npt.NDArray[np.float32]
    codes: Codes
    size: Size

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, slots=True, eq=False)
class FrameCodes:
    """All that the corpus stores about the look of one frame.

    Attributes
    ----------
    size : (width, height)
        Of the original, upright frame.
    whole : dict of str to bytes
        Whole-image codes by fingerprint name (`phash`, `dhash`: 8 bytes; `pdq`: 32 bytes).
    pdq_quality : int
        0 to 100; below 50 the PDQ code says little.
    thumbnail : bytes
        JPEG, longest side at most 384 pixels: what verification looks at.
    """

    number: int
    time_s: float | None
    size: Size
    whole: dict[str, bytes]
    pdq_quality: int
    features: Features
    thumbnail: bytes


class Medium(StrEnum):
    """How a source is stored."""

    IMAGE = "image"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Source:
    """One registered photo or video with its facts.

    Attributes
    ----------
    id : str
        The first 12 hexadecimal digits of `sha256`: the same in every corpus.
    path : str
        Absolute path at the time of registration.
    duration_s : float or None
        None for stills.
    added : str
        UTC instant of registration, ISO 8601.
    """

    id: str
    path: str
    sha256: str
    medium: Medium
    size: Size
    duration_s: float | None
    frames: int
    added: str
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One stored still of a source."""

    id: int
    source_id: str
    codes: FrameCodes


@dataclass(frozen=True, slots=True)
class Coverage:
    """How large and how recent a corpus is. `newest` is the latest known capture or publication date."""

    path: str
    sources: int
    frames: int
    newest: str | None
    updated: str | None


# ---------------------------------------------------------------- matches


class Relation(StrEnum):
    """How a query and a reference belong together once geometry and pixels were looked at."""

    SAME_PICTURE = "same picture"
    SAME_FOOTAGE = "same footage, another moment"
    SAME_SCENE = "same scene, another shot"
    SHARED_ELEMENT = "shared element"

    @property
    def is_match(self) -> bool:
        """Whether it proves where the picture comes from (else it is a lead for a person)."""
        return self in (Relation.SAME_PICTURE, Relation.SAME_FOOTAGE)


class Edit(StrEnum):
    """One way in which a query differs from its reference."""

    CROPPED = "cropped"
    MIRRORED = "mirrored"
    ROTATED = "rotated"
    STRETCHED = "stretched"
    PERSPECTIVE = "perspective"
    EMBEDDED = "embedded"
    RECOLOURED = "recoloured"
    REGION_CHANGED = "region changed"


@dataclass(frozen=True, slots=True)
class Alteration:
    """One edit, in a phrase, with the boxes it concerns.

    Attributes
    ----------
    query_boxes, reference_boxes : tuple of Box
        Pixels of the query and of the original reference frame; a crop has the reference box that was kept, a changed
        region its boxes on both sides.
    """

    kind: Edit
    detail: str
    query_boxes: tuple[Box, ...] = ()
    reference_boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Area fractions, 0 to 1: how much of the query, and of the reference, the shared part covers."""

    query: float
    reference: float


class OtherShot(StrEnum):
    """What tells another shot of the same scene from a copy, as a person would say it of the image."""

    DISPLACED = "its parts lie elsewhere, as seen from another place"
    MOVED = "things in it have moved, as at another moment"
    UNLIKE = "its pixels agree too little for a copy"


@dataclass(frozen=True, slots=True)
class Match:
    """A verified pair of a query and a reference frame.

    Attributes
    ----------
    frame_time_s : float or None
        Best time of the still in a video.
    time_range_s : (float, float) or None
        The times that fit as well as `frame_time_s` (a picture that does not move fits many).
    log10_false_alarms : float
        Decimal logarithm of how many accidental matches as good as this one a search of this corpus should give.
    transform : 3x3 nested tuple
        Query to reference, in pixels of the upright originals.
    agreement : float
        Median local normalised correlation over the textured overlap after alignment, -1 to 1.
    through : str or None
        The preview stored in the picture that was found in the corpus, where the picture itself was not; figures are
        those of the preview, the transform is the picture's.
    other_shot : OtherShot or None
        Of a lead with the same scene: what speaks against a copy.
    """

    source: Source
    relation: Relation
    frame_time_s: float | None
    time_range_s: tuple[float, float] | None
    log10_false_alarms: float
    inliers: int
    overlap: Overlap
    transform: Transform
    mirrored: bool
    agreement: float
    alterations: tuple[Alteration, ...] = ()
    through: str | None = None
    other_shot: OtherShot | None = None


# ---------------------------------------------------------------- verdicts and the report


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Outcome(StrEnum):
    """What is said about one image, from least to most serious; `inconclusive` stands apart."""

    NO_MATCH = "no-match"
    CREDITED = "credited"
    REUSED = "reused"
    MISMATCHED = "mismatched"
    INCONCLUSIVE = "inconclusive"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody has looked at and lets pass, until when and why.

    Attributes
    ----------
    picture : str
        Content key of the picture, see `Verdict.content_key`.
    source : str or None
        Id of the source that the finding is about; None for findings that are about none.
    rule : str
        `PC101` ...
    expires : Moment or None
        The last day on which it counts; None for always.
    origin : str
        Where it stands: `provcheck.toml, line 12`.
    """

    picture: str
    rule: str
    reason: str
    source: str | None = None
    expires: Moment | None = None
    approved_by: str | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's result with its evidence, in words.

    Attributes
    ----------
    rule : str
        `PC101` ...
    message : str
        A sentence that names the fact, its source and the claim.
    fact, claim : str or None
        The two values that were held against each other, with their origins.
    source_id : str or None
        The source whose fact it is.
    waiver : Waiver or None
        What lets it pass. A waived finding is shown like any other and fails nothing.
    """

    rule: str
    severity: Severity
    message: str
    fact: str | None = None
    claim: str | None = None
    source_id: str | None = None
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one image, with all its reasons.

    Attributes
    ----------
    content_key : str or None
        Names the picture by its content: `pdq:` and 64 hexadecimal digits, which hardly change when it is encoded or
        scaled anew; `sha256:` and the digest of the file where PDQ says too little. None when it was not computed.
    """

    image: ReleaseImage
    outcome: Outcome
    matches: tuple[Match, ...] = ()
    leads: tuple[Match, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    content_key: str | None = None

    @property
    def waived(self) -> bool:
        """Whether every finding that decides about the image is waived: its errors and warnings, else its notes."""
        weighty = [finding for finding in self.findings if finding.severity is not Severity.NOTE] or self.findings
        return bool(weighty) and all(finding.waiver for finding in weighty)

    @property
    def standing(self) -> Outcome:
        """What the image counts as where outcomes decide about failing: its outcome, less what is waived."""
        if self.waived:
            return Outcome.NO_MATCH
        errors = [finding for finding in self.findings if finding.severity is Severity.ERROR]
        if self.outcome is not Outcome.MISMATCHED or not errors or not all(finding.waiver for finding in errors):
            return self.outcome
        return Outcome.REUSED if self.matches else Outcome.NO_MATCH


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reporter needs.

    Attributes
    ----------
    waivers : tuple of Waiver
        All that were there to be applied, used, unused and expired.
    redacted : bool
        Whether names and paths were left out, see `report.redaction`; pictures are then left out, too.
    configuration : dict of str to str
        The settings that decided about outcomes and exit code, by their names in `provcheck.toml`: `severity.PC104`.
    """

    release: Release
    verdicts: tuple[Verdict, ...]
    coverage: Coverage
    tool: dict[str, str]
    algorithms: dict[str, str]
    created: str
    skipped: tuple[Skipped, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    redacted: bool = False
    configuration: dict[str, str] = field(default_factory=dict)
