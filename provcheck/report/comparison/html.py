"""A comparison for people: one page that holds everything, with the pictures of every pair side by side.

It is put together beside the page on a check, in `provcheck.report.html`, whose style and script it shares.
"""

from typing import IO

from provcheck.report.html.compared import render_comparison
from provcheck.versions import ComparisonReport


def write_html(report: ComparisonReport, stream: IO[str], *, verbose: bool = False) -> None:  # noqa: ARG001 (always all)
    """Write the page; pictures are read again from the files that the versions name."""
    stream.write(render_comparison(report))
