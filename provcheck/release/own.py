"""A release of one's own as facts: what was claimed when it was published is what a later release is held against."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from provcheck.records import Claims, Facts, Release, ReleaseImage

LONGEST_TITLE: Final = 80
"""Characters of a caption; the whole of it goes into the note."""


def own_facts(release: Release) -> Mapping[Path, Facts]:
    """Return what a release claims of each of its images as facts, by the absolute path of the file."""
    return {Path(image.file).absolute(): _facts(release, image) for image in release.images}


def _facts(release: Release, image: ReleaseImage) -> Facts:
    claims = image.claims
    return Facts(
        title=_title(claims),
        published=release.published,
        captured=claims.captured.value if claims.captured else None,
        place=claims.place.value if claims.place else None,
        kind=claims.kind.value if claims.kind else None,
        rights=claims.credit.value if claims.credit else None,
        note=_note(claims),
        release=release.title or Path(release.path).absolute().name,
    )


def _title(claims: Claims) -> str | None:
    caption = " ".join(claims.caption.value.split()) if claims.caption else ""
    if len(caption) > LONGEST_TITLE:
        return f"{caption[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    return caption or None


def _note(claims: Claims) -> str | None:
    label = f"Labelled as {claims.label.value}." if claims.label else ""
    caption = claims.caption.value if claims.caption and len(claims.caption.value) > LONGEST_TITLE else ""
    return " ".join(filter(None, (label, caption))) or None
