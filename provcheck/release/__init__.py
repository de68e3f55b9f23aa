"""The images under test, with what the release says about each and where it says so.

Start in `folder` (which files are images, what is done with the others); `manifest` reads `release.toml`; `embedded`
reads what is written inside the pictures; `claiming` holds the one precedence between them.
"""

from provcheck.release.folder import read_release

__all__ = ["read_release"]
