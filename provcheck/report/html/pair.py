"""Two pictures on a page of their own: what `provcheck explain -o pair.html` writes."""

from collections.abc import Sequence
from typing import Final

from provcheck.evidence import Originals, Still
from provcheck.records import Match
from provcheck.report.html.album import Album
from provcheck.report.html.items import ShownMatch
from provcheck.report.html.links import links_of
from provcheck.report.html.page import environment
from provcheck.report.html.sides import draw_sides

PAIR_SIDE: Final = 1000
"""Longest side of a picture that is one of two, pixels."""


def render_pair(
    query: Still,
    reference: Still,
    match: Match | None,
    originals: Originals,
    *,
    names: tuple[str, str],
    sentences: Sequence[str],
) -> str:
    """Return a page on two pictures as HTML; without a match they are shown side by side.

    Parameters
    ----------
    names : (str, str)
        What the two are called.
    sentences : sequence of str
        What was found, the first of them the heading.
    """
    album = Album(PAIR_SIDE)
    shown = None
    if match:
        sides = draw_sides(query, match, originals, album, with_points=True)
        shown = ShownMatch(match=match, sides=sides, links=links_of(match), dates=())
    plain = [] if match else [(album.address(still.pixels), still.original) for still in (query, reference)]
    page = environment().get_template("pair.html")
    return page.render(shown=shown, plain=plain, names=names, sentences=sentences)
