"""What was found out about a picture, kept between runs.

`search` is what the pipeline asks, with or without a cache; `files` keeps entries in a directory; `serial` writes what
a search gave as JSON; `program` says what an entry was made with.
"""

from provcheck.caching.files import FileCache, open_cache
from provcheck.caching.search import Search, Seen

__all__ = ["FileCache", "Search", "Seen", "open_cache"]
