"""The previews inside a picture: do they show more, and what does the corpus know of that?

A picture that was cut down to a patch of sky is found nowhere, its preview may be. What is found through a preview that
shows the picture and more is proof for the picture too, because both come from one file; it is told as such.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from provcheck.corpus import Corpus
from provcheck.matching.alterations import bounding_box
from provcheck.matching.lookup import Lookup
from provcheck.matching.matcher import find_matches
from provcheck.matching.pair import match_pair
from provcheck.matching.preview_framing import PreviewFit, compare_preview
from provcheck.matching.transforms import apply, corners, nested, rescaling
from provcheck.metadata.previews import Preview
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
    Size,
    Source,
)


@dataclass(frozen=True, slots=True)
class LookedInside:
    """What the previews of a picture show, and what was found through them."""

    looks: tuple[PreviewLook, ...] = ()
    matches: tuple[Match, ...] = ()


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
        fit = compare_preview(picture.pixels, preview.pixels)
        relation = _settled(fit, picture, preview)
        kept = _kept(fit, picture, preview) if relation is PreviewRelation.WIDER else None
        looks.append(PreviewLook(preview.name, preview.size, relation, round(fit.shown, 3), kept))
        if relation is not PreviewRelation.WIDER:
            continue
        for match in _searched(fit, picture, preview, corpus, lookup):
            if match.source.id not in known:
                found.setdefault(match.source.id, match)
    return LookedInside(tuple(looks), tuple(found.values()))


def _settled(fit: PreviewFit, picture: Picture, preview: Preview) -> PreviewRelation:
    """Ask keypoints before a preview is called another picture: a straightened horizon is not found by shifting."""
    if fit.relation is not PreviewRelation.OTHER:
        return fit.relation
    stored = Picture(preview.pixels)
    nowhere = Source("", preview.name, "", Medium.IMAGE, stored.size, None, 1, "")
    found = match_pair(picture, stored, nowhere)
    return PreviewRelation.UNCLEAR if found.matches or found.leads else PreviewRelation.OTHER


def _searched(fit: PreviewFit, picture: Picture, preview: Preview, corpus: Corpus, lookup: Lookup) -> list[Match]:
    left, top, right, bottom = fit.inside
    pixels = np.ascontiguousarray(preview.pixels[top:bottom, left:right])
    into = np.array([[1.0, 0, -left], [0, 1, -top], [0, 0, 1]]) @ fit.matrix @ _down(picture)
    found = find_matches([Picture(pixels)], corpus, lookup)
    return [_of_picture(match, preview.name, into, fit, picture.size) for match in found.matches]


def _of_picture(match: Match, name: str, into: Matrix, fit: PreviewFit, size: Size) -> Match:
    """Return a match of a preview as one of the picture, which is a part of it."""
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
