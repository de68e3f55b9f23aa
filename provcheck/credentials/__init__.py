"""Content Credentials (C2PA): what is signed about a file, by whom, and whether file and statements are still intact.

Start in `reading`. `finding` and `containers` say where credentials are, without a library; `library` is the home of
c2pa-python, an optional extra; `manifests`, `capture`, `states` and `source_types` make records of what it gives;
`thumbnails` has the pictures that they keep; `trust` reads the user's list of those who may vouch for signers.
"""

from provcheck.credentials.library import INSTALL
from provcheck.credentials.reading import credentials_of
from provcheck.credentials.thumbnails import parent_previews
from provcheck.credentials.trust import read_trust_list

__all__ = ["INSTALL", "credentials_of", "parent_previews", "read_trust_list"]
