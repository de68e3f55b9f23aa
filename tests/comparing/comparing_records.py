"""Pictures, versions and matches for the tests of comparisons, without files."""

import hashlib
from dataclasses import replace
from typing import Any

from provcheck.moments import parse_moment
from provcheck.records import (
    Alteration,
    Claims,
    Kind,
    Label,
    Match,
    Medium,
    Overlap,
    Place,
    Relation,
    Release,
    ReleaseImage,
    Source,
    Stated,
)
from provcheck.versions import Basis, Change, Comparison, Pair, PairKind

IDENTITY = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def image(name: str, content: str | None = None, **said: Any) -> ReleaseImage:
    """Return a picture; `content` stands for its bytes, by default its name does."""
    sha256 = hashlib.sha256((content or name).encode()).hexdigest()
    return ReleaseImage(name, f"/in/{name}", sha256, claims(**said))


def claims(
    *,
    captured: str | None = None,
    place: Place | None = None,
    kind: Kind | None = None,
    label: Label | None = None,
    caption: str | None = None,
    credit: str | None = None,
    origin: str = "release.toml, line 3",
) -> Claims:
    return Claims(
        captured=Stated(parse_moment(captured), origin) if captured else None,
        place=Stated(place, origin) if place else None,
        kind=Stated(kind, origin) if kind else None,
        label=Stated(label, origin) if label else None,
        caption=Stated(caption, origin) if caption is not None else None,
        credit=Stated(credit, origin) if credit is not None else None,
    )


def images(*names: str) -> list[ReleaseImage]:
    return [image(name) for name in names]


def release(*shown: ReleaseImage, path: str = "release", language: str | None = None) -> Release:
    return Release(path, tuple(shown), language=language)


def match(*alterations: Alteration, **given: Any) -> Match:
    """Return a match of whole pictures of 100x80 pixels."""
    source = Source("0" * 12, "/in/known.jpg", "0" * 64, Medium.IMAGE, (100, 80), None, 1, "2020-01-01T00:00:00Z")
    plain = Match(
        source=source,
        relation=Relation.SAME_PICTURE,
        frame_time_s=None,
        time_range_s=None,
        log10_false_alarms=-40.0,
        inliers=100,
        overlap=Overlap(1.0, 1.0),
        transform=IDENTITY,
        mirrored=False,
        agreement=0.99,
        alterations=alterations,
    )
    return replace(plain, **given)


def pair(kind: PairKind, a: ReleaseImage | None, b: ReleaseImage | None, *changes: Change, **given: Any) -> Pair:
    basis = Basis.PROOF if a and b else None
    plain = Pair(kind, a, b, 0 if a else None, 0 if b else None, basis, changes)
    return replace(plain, **given)


def comparison(*pairs: Pair, **given: Any) -> Comparison:
    """Return a comparison of the pairs, in their order on both sides."""
    a = release(*(each.a for each in pairs if each.a), path="old", language=given.pop("a_language", None))
    b = release(*(each.b for each in pairs if each.b), path="new", language=given.pop("b_language", None))
    return replace(Comparison(a, b, pairs), **given)
