"""Whether a picture shows enough to be found at all.

A flat, tiny or blank picture matches nothing and everything: its hashes are noise, and another flat picture has the
same noise. That nothing was found then says nothing, and the picture is reported as not checkable.
"""

from typing import Final

from provcheck.matching.pages import is_page
from provcheck.matching.views import Query

SMALLEST_SIDE: Final = 48
"""Pixels; the shorter side of the smallest picture in which verification has the six windows that it needs."""

LEAST_QUALITY: Final = 50
"""PDQ quality; Meta advises to discard codes below it."""

FEWEST_KEYPOINTS: Final = 25
"""Of 420 edited pictures of the tuning set three had both fewer points and less quality: two crops of 15 % that are not
found, and one blurred copy that is found all the same. The next had 57 points."""


def why_not_checkable(query: Query) -> str:
    """Return the reason why finding nothing would mean nothing; empty when it would mean something."""
    width, height = query.size
    if min(width, height) < SMALLEST_SIDE:
        return f"too small: {width}x{height} pixels; at least {SMALLEST_SIDE} on the shorter side are needed"
    keypoints = len(query.views[0].features)
    if query.quality < LEAST_QUALITY and keypoints < FEWEST_KEYPOINTS:
        return f"too little detail: {keypoints} points to recognise it by, PDQ quality {query.quality} of 100"
    if is_page(query.views[0].grey):
        return "mostly blank: paper of one shade with thin strokes on it, as in a page of text or a chart"
    return ""
