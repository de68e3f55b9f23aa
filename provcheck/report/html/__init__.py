"""The report as one page that holds everything: it can be opened, printed and sent, and asks no network for anything.

`page` puts it together, `items` is one picture of the release, `sides` the two pictures of a match, `album` bounds what
pictures may weigh, `words`, `dates` and `links` are what they say. The look is in `page.html`, `item.html`, `page.css`
and `page.js`, which are inlined; the page's Content-Security-Policy names the digests of the last two and allows
nothing else.
"""

from collections.abc import Sequence
from typing import IO

from provcheck.records import Report
from provcheck.report import FAILS_BY_DEFAULT
from provcheck.report.html.page import render_page


def write_html(
    reports: Sequence[Report],
    stream: IO[str],
    *,
    verbose: bool = False,  # noqa: ARG001 (the page folds away what a text report would leave out)
    fail_on: str = FAILS_BY_DEFAULT,
) -> None:
    """Write the page; pictures are read again from the files that the reports name."""
    stream.write(render_page(reports, fail_on=fail_on))
