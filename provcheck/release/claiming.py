"""Who is believed about what a release says.

For every field alone, from the strongest: the manifest's entry for the image, the manifest's default, what a page,
document or mail says beside the picture, what is written inside it (`metadata.precedence`). What a person wrote for
this release stands above what an earlier editor left in the file. What a camera recorded is no claim at all.

One exception: a picture that is labelled, by the manifest or by its own IPTC or XMP instructions, is said *not* to be
of the event, so the manifest's default time and place, which are the event's, do not speak of it.
"""

from dataclasses import fields, replace
from typing import Final

from provcheck.records import Claims

_NOTHING: Final = Claims()


def combine_claims(*, entry: Claims, default: Claims, embedded: Claims, beside: Claims = _NOTHING) -> Claims:
    """Return what is claimed of one image.

    Parameters
    ----------
    entry, default : Claims
        From the manifest: for this image, and for all.
    embedded : Claims
        From inside the picture.
    beside : Claims
        From the page, document or mail that holds the picture.
    """
    if entry.label or embedded.label:
        default = replace(default, captured=None, place=None)
    return first_stated(entry, default, beside, embedded)


def first_stated(*strongest_first: Claims) -> Claims:
    """Return each field from the first that states it."""
    stated = {
        field.name: next((value for claims in strongest_first if (value := getattr(claims, field.name))), None)
        for field in fields(Claims)
    }
    return Claims(**stated)
