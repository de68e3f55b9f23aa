"""A saved web page, the HTML of a mail or a chapter of a book to pictures with their captions.

`reading` takes from the HTML what it says, and touches no file; `choosing` says which addresses of a picture there are;
`linked` reads JSON-LD; `placing` finds the files that are meant and leaves out decorations. No script runs, and nothing
is fetched.
"""

from provcheck.release.pages.placing import Resolve, place_pictures
from provcheck.release.pages.reading import LARGEST_BYTES, Page, PagePicture, begins_page, read_page

__all__ = ["LARGEST_BYTES", "Page", "PagePicture", "Resolve", "begins_page", "place_pictures", "read_page"]
