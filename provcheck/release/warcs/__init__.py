"""Web archives (WARC, ISO 28500): what was fetched, as a file that can be read again.

`writing` keeps what provcheck fetches, `records` reads the records of any WARC file within limits, `archive` finds in
them what an address answered, through redirects and revisits, and `main_page` the page that an archive is about.
"""

from provcheck.release.warcs.archive import Found, WebArchive, read_archive
from provcheck.release.warcs.main_page import MainPage, find_page
from provcheck.release.warcs.writing import Exchange, WarcFile

__all__ = ["Found", "WebArchive", "read_archive", "MainPage", "find_page", "Exchange", "WarcFile"]
