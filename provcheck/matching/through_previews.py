"""The previews inside a picture: do they show more, and what does the corpus know of that?

A picture that was cut down to a patch of sky is found nowhere, its preview may be. What is found through a preview that
shows the picture and more is proof for the picture too, because both come from one file; it is told as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from provcheck.corpus import Corpus
from provcheck.credentials import parent_previews
from provcheck.matching.alterations import bounding_box
from provcheck.matching.lookup import Lookup
from provcheck.matching.matcher import find_matches
from provcheck.matching.pair import match_pair
from provcheck.matching.preview_framing import PreviewFit, compare_preview
from provcheck.matching.transforms import apply, corners, nested, rescaling
from provcheck.metadata.previews import Preview, read_previews
from provcheck.records import (
    Alteration,
    Box,
    Edit,
    Match,
    Matrix,
    Medium,
    Overlap,
    Picture,
    PreviewLook,
    PreviewRelation,
    Source,
)


@dataclass(frozen=True, slots=True)
class LookedInside:
    """What the previews of a picture show, and what was found through them."""

    looks: tuple[PreviewLook, ...] = ()
    matches: tuple[Match, ...] = ()


def stored_previews(path: Path) -> list[Preview]:
    """Return every preview in a file: the camera's, the editor's, and that of what it was made from, by its
    credentials.

    What cannot be read is left out.
    """
    return [*read_previews(path)[0], *parent_previews(path)[0]]


def look_inside(
    picture: Picture, previews: Sequence[Preview], corpus: Corpus, lookup: Lookup, *, known: frozenset[str]
) -> LookedInside:
    """Compare the previews of a picture with it, and search those that show more.

    Parameters
    ----------
    known : frozenset of str
        Ids of the sources that the picture itself was found in: a preview adds nothing to those.
    """
    looks: list[PreviewLook] = []
    found: dict[str, Match] = {}
    for preview in previews:
        look, fit = _looked_at(picture, preview)
        looks.append(look)
        if look.relation is not PreviewRelation.WIDER:
            continue
        for match in find_matches([_without_bars(fit, preview)], corpus, lookup).matches:
            if match.source.id not in known:
                found.setdefault(match.source.id, _of_picture(match, preview.name, fit, picture))
    return LookedInside(tuple(looks), tuple(found.values()))


def look_at_stored(picture: Picture, path: Path) -> tuple[PreviewLook, ...]:
    """Compare all previews of a file with the picture in it, without a corpus.

    Those of what it was made from count where they show more; otherwise they differ because the picture was edited,
    which its credentials say openly.
    """
    own = [_looked_at(picture, preview)[0] for preview in read_previews(path)[0]]
    parents = [_looked_at(picture, preview)[0] for preview in parent_previews(path)[0]]
    return (*own, *(look for look in parents if look.relation is PreviewRelation.WIDER))


def match_through(
    picture: Picture, previews: Sequence[Preview], reference: Picture, source: Source, *, name: str
) -> list[Match]:
    """Prove again that a picture belongs to a reference, through its previews of a name that show more than it."""
    found = []
    for preview in previews:
        fit = compare_preview(picture.pixels, preview.pixels)
        if preview.name == name and fit.relation is PreviewRelation.WIDER:
            matches = match_pair(_without_bars(fit, preview), reference, source).matches
            found += [_of_picture(match, name, fit, picture) for match in matches]
    return found


def _looked_at(picture: Picture, preview: Preview) -> tuple[PreviewLook, PreviewFit]:
    fit = compare_preview(picture.pixels, preview.pixels)
    relation = _settled(fit, picture, preview)
    kept = _kept(fit, picture, preview) if relation is PreviewRelation.WIDER else None
    return PreviewLook(preview.name, preview.size, relation, round(fit.shown, 3), kept), fit


def _settled(fit: PreviewFit, picture: Picture, preview: Preview) -> PreviewRelation:
    """Ask keypoints before a preview is called another picture: a straightened horizon is not found by shifting."""
    if fit.relation is not PreviewRelation.OTHER:
        return fit.relation
    stored = Picture(preview.pixels)
    nowhere = Source("", preview.name, "", Medium.IMAGE, stored.size, None, 1, "")
    found = match_pair(picture, stored, nowhere)
    return PreviewRelation.UNCLEAR if found.matches or found.leads else PreviewRelation.OTHER


def _without_bars(fit: PreviewFit, preview: Preview) -> Picture:
    left, top, right, bottom = fit.inside
    return Picture(np.ascontiguousarray(preview.pixels[top:bottom, left:right]))


def _of_picture(match: Match, name: str, fit: PreviewFit, picture: Picture) -> Match:
    """Return a match of a preview without its bars as one of the picture, which is a part of it."""
    size, (left, top) = picture.size, fit.inside[:2]
    into = np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]) @ fit.matrix @ _down(picture)
    matrix = np.asarray(match.transform) @ into
    quad, original = apply(matrix, corners(size)), match.source.size
    shown = min(1.0, cv2.contourArea(quad.astype(np.float32)) / (original[0] * original[1]))
    crop = Alteration(
        Edit.CROPPED, f"shows {shown:.0%} of the known frame", reference_boxes=(bounding_box(quad, original),)
    )
    edits = [edit for edit in match.alterations if edit.kind not in (Edit.CROPPED, Edit.REGION_CHANGED)]
    return replace(
        match,
        transform=nested(matrix / matrix[2, 2]),
        mirrored=match.mirrored is not fit.mirrored,
        overlap=Overlap(match.overlap.query, shown),
        alterations=(crop, *edits),
        through=name,
    )


def _kept(fit: PreviewFit, picture: Picture, preview: Preview) -> Box:
    return bounding_box(apply(fit.matrix @ _down(picture), corners(picture.size)), preview.size)


def _down(picture: Picture) -> Matrix:
    """Return the transform from the original to the pixels that were read of it."""
    return rescaling(picture.size, (picture.pixels.shape[1], picture.pixels.shape[0]))
