"""The images under test, with what the release says about each and where it says so.

Start in `folder` (which files are images, what is done with the others); `manifest` reads `release.toml`; `embedded`
reads what is written inside the pictures; `claiming` holds the one precedence between them. `opening` takes pictures
out of archives, documents, mails and pages, with one of `readers` each, into the `Room` that `unpacking` limits.
`fetching` fetches the address of a page into a web archive, which is then read like any other; only those who fetch
import it.
`several` finds the releases that a command line names, and makes a broken one say so, `changed` those that changed
files belong to; `own` turns claims into facts.
"""

from provcheck.release.addresses import WebAddress, is_address, named_address
from provcheck.release.changed import changed_releases
from provcheck.release.folder import read_release
from provcheck.release.own import own_facts
from provcheck.release.several import find_releases, read_releases
from provcheck.release.unpacking import Room, working_folder

__all__ = [
    "read_release",
    "find_releases",
    "read_releases",
    "WebAddress",
    "is_address",
    "named_address",
    "changed_releases",
    "own_facts",
    "Room",
    "working_folder",
]
