"""The nouns of provcheck: frozen records that flow from a release to a report. Read this package first.

Import them from here; they stand, one subject a module, in the order in which a picture meets them: `claims` (what is
said and known), `metadata`, `credentials` and `previews` (what a file says about itself), `release` (the images under
test), `pictures` and `corpus` (codes and sources), `matches`, `verdicts` (and the report).

Conventions, stated once
------------------------
- Images are RGB uint8 arrays of shape `(height, width, 3)`, upright, sRGB.
- Points are `(x, y)` float32 at pixel centres, x right, y down: a resize by s maps x to `(x + 0.5) * s - 0.5`.
- Sizes are `(width, height)`. Boxes are `(left, top, right, bottom)` in pixels, right and bottom exclusive.
- A transform is a 3x3 float64 matrix that maps *query* points onto *reference* points.
- Times are float seconds from the start of the media. Hamming distances are bits; a radius is inclusive.
- Codes are packed bits: uint8 arrays of shape `(count, bits // 8)`, most significant bit first.
"""

from provcheck.records.arrays import RGB, Box, Codes, Gray, Matrix, Points, Size, Transform
from provcheck.records.claims import Claims, Facts, Kind, Label, Moment, Place, Precision, Stated
from provcheck.records.corpus import Coverage, Frame, Medium, Source
from provcheck.records.credentials import Credentials, CredentialState, Deed, Ingredient, Making
from provcheck.records.matches import Alteration, Edit, Found, Match, OtherShot, Overlap, Relation
from provcheck.records.metadata import Block, FileMetadata, Processing, Statement, Subject, Voice
from provcheck.records.pictures import Features, FrameCodes, Picture
from provcheck.records.previews import PreviewLook, PreviewRelation
from provcheck.records.release import STEP, Release, ReleaseImage, Skipped
from provcheck.records.verdicts import Finding, Outcome, Report, Severity, Verdict, Waiver

__all__ = [
    "RGB",
    "Gray",
    "Points",
    "Codes",
    "Matrix",
    "Size",
    "Box",
    "Transform",
    "Precision",
    "Moment",
    "Place",
    "Kind",
    "Label",
    "Facts",
    "Stated",
    "Claims",
    "Voice",
    "Block",
    "Subject",
    "Processing",
    "Statement",
    "FileMetadata",
    "Making",
    "CredentialState",
    "Deed",
    "Ingredient",
    "Credentials",
    "PreviewRelation",
    "PreviewLook",
    "Skipped",
    "ReleaseImage",
    "Release",
    "STEP",
    "Picture",
    "Features",
    "FrameCodes",
    "Medium",
    "Source",
    "Frame",
    "Coverage",
    "Relation",
    "Edit",
    "Alteration",
    "Overlap",
    "OtherShot",
    "Match",
    "Found",
    "Severity",
    "Outcome",
    "Waiver",
    "Finding",
    "Verdict",
    "Report",
]
